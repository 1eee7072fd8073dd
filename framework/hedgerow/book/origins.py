"""A resolved strategy line by line: where each line came from, and what it said before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from hedgerow.book.changes import Change
from hedgerow.book.names import walk
from hedgerow.book.spelling import text_from_node
from hedgerow.book.variant import Resolved
from hedgerow.language import tree
from hedgerow.language.from_text import tree_from_text
from hedgerow.language.to_text import canonical_text
from hedgerow.language.tree import Tree
from hedgerow.text.source import Source, Span

_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_HEADER = 2  # lines it can have
_BLOCKS = (tree.Entry, tree.Layer, tree.Layers, tree.Shock, tree.Structure)


class Step(Struct, frozen=True):
    """A change of something on a line: what it said before, and the line that changed it."""

    before: str
    after: str
    span: Span


class Line(Struct, frozen=True):
    text: str
    origin: Span | None  # None: a closing brace, an empty line
    steps: tuple[Step, ...]  # the eldest first


def lines_of(whole: Resolved) -> tuple[Line, ...]:
    """The canonical text with an empty line between blocks, each line with its history."""
    text = canonical_text(whole.tree)
    again, found = tree_from_text(Source("resolved", text))
    assert not found, f"a resolved strategy can be read: {found[0].message}"
    origins = _origins(whole.tree, again)
    steps = _steps(whole, again)
    blanks = _blank_before(whole.tree, again)
    lines: list[Line] = []
    for number, line in enumerate(text.splitlines(), 1):
        if number in blanks:
            lines.append(Line("", None, ()))
        lines.append(Line(line, origins.get(number), tuple(steps.get(number, ()))))
    return tuple(lines)


def text_of(whole: Resolved) -> str:
    """The same as a plain text: a rule file that means what the variant means."""
    return "".join(f"{line.text}\n" for line in lines_of(whole))


def _pairs(file: Tree, again: Tree) -> Iterator[tuple[tree.Node, int]]:
    """Every node as it was written, with the line it stands on now."""
    for node, now in zip(walk(file.statements), walk(again.statements), strict=True):
        yield node, _line(now.span)


def _origins(file: Tree, again: Tree) -> dict[int, Span]:
    """By line, the place of the outermost node that starts there."""
    found: dict[int, Span] = {}
    if file.header is not None and again.header is not None:
        for number in range(1, 1 + _HEADER - (file.header.doc is None)):
            found[number] = file.header.name_span
    for node, number in _pairs(file, again):
        found.setdefault(number, node.span)
    return found


def _steps(whole: Resolved, again: Tree) -> dict[int, list[Step]]:
    history: dict[str, list[Step]] = defaultdict(list)
    last: dict[Span, str] = {}  # by place of a new value or of the line that set it, its path
    for change in whole.changes:
        if change.before is None or change.after is None:
            history.pop(change.path, None)
        else:
            history[change.path].append(_step(change))
            last[change.after.span] = last[change.span] = change.path
    found: dict[int, list[Step]] = defaultdict(list)
    for node, number in _pairs(whole.tree, again):
        path = last.get(node.span)
        if path is not None:
            found[number] += history.pop(path, ())
    return found


def _step(change: Change) -> Step:
    assert change.before is not None and change.after is not None
    before, after = (text_from_node(each) for each in (change.before, change.after))
    if isinstance(change.after, _BLOCKS):  # a replaced block: its first line will do
        before, after = (text.partition(" {")[0] for text in (before, after))
    return Step(before, after, change.span)


def _blank_before(file: Tree, again: Tree) -> set[int]:
    """Lines before which an empty one stands: where the writer left one, and between files."""
    found = set()
    before: Span | None = None
    for node, now in zip(file.statements, again.statements, strict=True):
        if before is None or _apart(before, node.span):
            found.add(_line(now.span))
        before = node.span
    return found


def _apart(before: Span, after: Span) -> bool:
    if before.source is not after.source:
        return True
    return _BLANK_LINE.search(after.source.text, before.stop, after.start) is not None


def _line(span: Span) -> int:
    return span.source.position(span.start)[0]
