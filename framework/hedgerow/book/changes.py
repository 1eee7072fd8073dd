"""What a variant says about its parent: `set`, `drop` and `add`, carried out on the parent's tree.

All paths are those of the parent, so the order of the lines does not matter; only added rules keep
theirs. A thing dropped and added again under its name takes the place of the old one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from hedgerow.book.edits import Edits, node_at
from hedgerow.book.meaning import same
from hedgerow.book.paths import LONGEST_SHOWN, Paths
from hedgerow.book.place import Address, Holds, Place
from hedgerow.book.spelling import text_from_node
from hedgerow.language import tree
from hedgerow.language.tree import Tree
from hedgerow.text.diagnostic import Diagnostic, Label, replace, shortened
from hedgerow.text.source import Span


class Change(Struct, frozen=True):
    """One place of a strategy, before and after; None where there was or is nothing."""

    path: str
    before: tree.Node | None
    after: tree.Node | None
    span: Span  # of the line that changes it


class Changes:
    """One variant's lines over one parent."""

    def __init__(self, parent: Tree) -> None:
        self._parent = parent
        self._edits = Edits()
        self._dropped: dict[str, Place] = {}
        self._paths = Paths(parent)
        self.found: list[Diagnostic] = []
        self.made: list[Change] = []

    def carried_out(self, statements: Sequence[tree.Statement]) -> Tree:
        """The parent after all of them; lines that can't be carried out are left out."""
        for line in statements:
            if isinstance(line, tree.Drop):
                self._drop(line)
        for line in statements:
            if isinstance(line, tree.Set):
                self._set(line)
        for line in statements:
            if isinstance(line, tree.Add):
                self._add(line)
        return self._edits.carried_out(self._parent)

    # --- drop and set ---------------------------------------------------------------------------

    def _drop(self, line: tree.Drop) -> None:
        place = self._place(line.target)
        if place is None or self._locked(place, line.target):
            return
        if place.whole is None:
            self._wrong_place(line.target, f"`{place.path}` can't be dropped alone", place)
            return
        if self._overlaps(self._edits.drop(place.whole, line.span), line.span, place.path):
            return
        self._dropped[place.path] = place
        self.made.append(Change(place.path, node_at(self._parent, place.whole), None, line.span))

    def _set(self, line: tree.Set) -> None:
        place = self._place(line.target)
        if place is None or self._locked(place, line.target):
            return
        if place.at is None:
            self._wrong_place(line.target, f"`{place.path}` is not one value", place)
            return
        if not _fits(line.value, place.holds):
            message = f"`{place.path}` is {place.holds}, and `{line.value.span.text}` is not"
            self._report("V410", message, line.value.span)
            return
        self._compare(line, place)
        after = place.make(line.value, line.span)
        if not self._overlaps(self._edits.put(place.at, after, line.span), line.span, place.path):
            self.made.append(Change(place.path, place.value, line.value, line.span))

    def _compare(self, line: tree.Set, place: Place) -> None:
        """`was` against the parent, and the parent against the new value."""
        old = place.value
        if line.was is not None and (old is None or not same(line.was, old)):
            self._moved(line.was, place)
        elif old is not None and same(line.value, old):
            fix = replace("delete the line", line.span.whole_line, "")
            labels = (Label(old.span, "the parent's value"),)
            message = f"`{place.path}` is `{text_from_node(old)}` in the parent already"
            self.found.append(Diagnostic("V413", message, line.span, labels, fixes=(fix,)))

    def _moved(self, was: tree.Expression, place: Place) -> None:
        old = place.value
        if old is None:
            self._report("V406", f"the parent has no `{place.path}`", was.span,
                         help=("leave out `was`, or look at what became of it",))  # fmt: skip
            return
        now = text_from_node(old)
        self.found.append(
            Diagnostic(
                "V406",
                f"`{place.path}` is `{now}` in the parent, not `{was.span.text}`",
                was.span,
                (Label(old.span, "what it is now"),),
                help=("look whether the change still means what it meant, then correct `was`",),
                fixes=(replace(f"write `was {now}`", was.span, now, safe=False),),
            )
        )

    # --- add ------------------------------------------------------------------------------------

    def _add(self, line: tree.Add) -> None:
        if line.target is None:
            self._add_statement(line)
            return
        layer = isinstance(line.addition, tree.Layer)
        at = self._list_for(line.target, layer=layer)
        if at is None:
            return
        path = f"{line.target.dotted}.{getattr(line.addition, 'name', '')}"
        if layer and path in self._dropped:
            self._put_instead(path, line)
        elif not self._overlaps(self._edits.add(at, line.addition), line.span, path):
            self.made.append(Change(path.rstrip("."), None, line.addition, line.span))

    def _add_statement(self, line: tree.Add) -> None:
        name = getattr(line.addition, "name", None)
        if name is not None and name in self._dropped:
            self._put_instead(name, line)
            return
        self._edits.add(("statements",), line.addition)
        self.made.append(Change(name or "", None, line.addition, line.span))

    def _put_instead(self, path: str, line: tree.Add) -> None:
        """In place of the dropped one, once; a second addition of the name is declared twice."""
        place = self._dropped.pop(path)
        assert place.whole is not None
        self._edits.put_instead(place.whole, line.addition)
        old = node_at(self._parent, place.whole)
        self.made.append(Change(path, old, line.addition, line.span))

    def _list_for(self, target: tree.Name, *, layer: bool) -> Address | None:
        """Where a clause or a layer is added."""
        place = self._place(target)
        if place is None:
            return None
        node = node_at(self._parent, place.whole) if place.whole else None
        if layer and isinstance(node, tree.Layers) and place.whole:
            return (*place.whole, "layers")
        if not layer and isinstance(node, tree.Entry | tree.Layer) and place.whole:
            return (*place.whole, "clauses")
        what = "a stack of layers" if layer else "an entry or a layer"
        self._wrong_place(target, f"`{place.path}` is not {what}", place)
        return None

    def _place(self, target: tree.Name) -> Place | None:
        found = self._paths.find(target)
        if isinstance(found, Place):
            return found
        self.found.append(found)
        return None

    # --- reports --------------------------------------------------------------------------------

    def _locked(self, place: Place, target: tree.Name) -> bool:
        if place.lock is None:
            return False
        labels = (Label(place.lock, "locked here"),)
        help = ("what is locked is the same in every variant; write a strategy of its own",)
        message = f"`{place.path.partition('.')[0]}` is locked"
        self.found.append(Diagnostic("V407", message, target.span, labels, help=help))
        return True

    def _overlaps(self, other: Span | None, span: Span, path: str) -> bool:
        if other is None:
            return False
        first, again = sorted((other, span), key=lambda each: each.start)
        self.found.append(
            Diagnostic(
                "V408", f"`{shortened(path, LONGEST_SHOWN)}` is changed by two lines", again,
                (Label(first, "the other one"),), help=("keep one of them",),
            )
        )  # fmt: skip
        return True

    def _wrong_place(self, target: tree.Name, message: str, place: Place) -> None:
        self._report("V410", message, target.span, help=self._paths.listed(place.path))

    def _report(self, code: str, message: str, span: Span, *, help: tuple[str, ...] = ()) -> None:
        self.found.append(Diagnostic(code, message, span, help=help))


def unmarked(statements: Iterable[tree.Statement]) -> list[tuple[tree.Statement, str]]:
    """Statements of a variant that should say `add` or `set`, and which."""
    marked = (tree.Set, tree.Drop, tree.Add, tree.Declare, tree.Broken)
    return [
        (each, "set" if isinstance(each, tree.SdBasis) else "add")
        for each in statements
        if not isinstance(each, marked)
    ]


def _fits(value: tree.Expression, holds: Holds) -> bool:
    if holds is Holds.COUNT:
        if not isinstance(value, tree.Number) or value.unit is not None:
            return False
        return value.value == value.value.to_integral_value() and value.value >= 1
    kind: Any = {Holds.STRUCTURE: tree.Call, Holds.NAME: tree.Name}.get(holds, tree.Node)
    return isinstance(value, kind) and (
        holds is Holds.CONDITION or not isinstance(value, tree.Group)
    )
