"""Two strategies side by side: what differs in meaning, by path.

Names, versions, layout, comments, the order of declarations, of arguments and of the conditions of
a group are no differences; neither are other digits and units for the same value. The order of
rules is one: exits, entries and layers are looked at in the order written.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from hedgerow.book.edits import node_at
from hedgerow.book.meaning import meaning
from hedgerow.book.place import Holds, Place
from hedgerow.book.places import places_of
from hedgerow.book.spelling import text_from_node
from hedgerow.language import tree
from hedgerow.language.tree import Tree
from hedgerow.text.source import Source, Span


class Kind(StrEnum):
    CHANGED = "changed"
    ADDED = "added"
    DROPPED = "dropped"
    REORDERED = "reordered"


class Difference(Struct, frozen=True):
    path: str
    kind: Kind
    before: str | None  # canonical text with its units; None: there was nothing
    after: str | None
    before_span: Span | None
    after_span: Span | None


class _Fact(Struct, frozen=True):
    text: str
    means: Hashable
    span: Span


def differences(before: Tree, after: Tree) -> tuple[Difference, ...]:
    """Of two strategies (variants resolved): in the order of the first, what is new at the end."""
    old, new = _facts(before), _facts(after)
    gone = {path for path in old if path not in new}
    come = {path for path in new if path not in old}
    found = [
        _difference(path, fact, new.get(path))
        for path, fact in old.items()
        if not _inside(path, gone) and (path in gone or fact.means != new[path].means)
    ]
    found += [_difference(path, None, new[path]) for path in new
              if path in come and not _inside(path, come)]  # fmt: skip
    return (*found, *_reordered(before, after))


def _difference(path: str, old: _Fact | None, new: _Fact | None) -> Difference:
    kind = Kind.ADDED if old is None else Kind.DROPPED if new is None else Kind.CHANGED
    return Difference(
        path,
        kind,
        old.text if old else None,
        new.text if new else None,
        old.span if old else None,
        new.span if new else None,
    )


def _inside(path: str, paths: set[str]) -> bool:
    """Whether something above it is gone or new already, so that this goes without saying."""
    above = path.rpartition(".")[0]
    while above:
        if above in paths:
            return True
        above = above.rpartition(".")[0]
    return False


def _facts(file: Tree) -> dict[str, _Fact]:
    found: dict[str, _Fact] = {}
    for place in places_of(file):
        fact = _fact(file, place)
        if fact is not None:
            found[_free(place.path, found)] = fact
    return found


def _fact(file: Tree, place: Place) -> _Fact | None:
    node = place.shown or place.value
    if node is not None:
        means = meaning(node)
        anyway = means == _SAID_ANYWAY.get(place.path.rpartition(".")[2])
        return None if anyway else _Fact(_text(node), means, node.span)
    if place.holds is Holds.NOTHING and place.whole is not None:
        whole = node_at(file, place.whole)
        head, _, _ = text_from_node(whole).partition(" {")
        return _Fact(head, None, whole.span)
    return None


def _text(node: tree.Node) -> str:
    """Without the word that the path says already."""
    text = text_from_node(node)
    words = {tree.Size: "size ", tree.Exit: "exit when ", tree.Roll: "roll when "}
    return text.removeprefix(words.get(type(node), ""))


def _free(path: str, taken: dict[str, _Fact]) -> str:
    """Things without a name of their own are numbered."""
    if path not in taken:
        return path
    return next(name for name in (f"{path}_{count}" for count in range(2, len(taken) + 3))
                if name not in taken)  # fmt: skip


def _reordered(before: Tree, after: Tree) -> Iterator[Difference]:
    old, new = dict(_orders(before)), dict(_orders(after))
    for path, nodes in old.items():
        both = {each.name for each in nodes} & {each.name for each in new.get(path, ())}
        first = [each for each in nodes if each.name in both]
        second = [each for each in new.get(path, ()) if each.name in both]
        names, others = [each.name for each in first], [each.name for each in second]
        if names != others:
            yield Difference(path, Kind.REORDERED, ", ".join(names), ", ".join(others),
                             first[0].span, second[0].span)  # fmt: skip


def _orders(file: Tree) -> Iterator[tuple[str, Sequence[tree.Entry | tree.Layer | tree.Layers]]]:
    """What is looked at in the order written: rules of the file, layers of each stack."""
    rules = [each for each in file.statements if isinstance(each, tree.Entry | tree.Layers)]
    yield "rules", rules
    for each in rules:
        if isinstance(each, tree.Layers):
            yield each.name, each.layers


_NOWHERE = Span(Source("", ""), 0, 0)
# What holds where nothing is said.
_SAID_ANYWAY = {
    "at_most": meaning(tree.Number(Decimal(1), None, span=_NOWHERE)),
    "sd": meaning(tree.Name(("implied",), span=_NOWHERE)),
}
