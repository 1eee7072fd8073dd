"""A rule file open in an editor: its tree, its names, its mistakes, after every keystroke.

Each top-level statement is read alone and kept until its text changes. The spans of its nodes
point into a small source of its own, so that nothing has to be moved when a line above it grows;
`Document.at` says where they stand in the whole text.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import PurePath
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from hedgerow.book import check_text, check_tree
from hedgerow.book.expression import Expression
from hedgerow.book.names import Names, in_dependency_order, names_of, walk
from hedgerow.book.reading import Reading
from hedgerow.book.structures import leg_names
from hedgerow.book.variant import resolved
from hedgerow.editor.pieces import cuts
from hedgerow.language import tree
from hedgerow.language.characters import MOST_CHARACTERS, MOST_LINES
from hedgerow.language.from_text import tree_from_text
from hedgerow.language.tree import Tree
from hedgerow.text.diagnostic import Diagnostic, Edit, Fix, Label, in_order
from hedgerow.text.parents import Load, no_parents
from hedgerow.text.source import Source, Span

# Every piece but the first is read behind a first line of its own, as if it were a whole file.
_HEAD = "strategy piece 1.0.0\n"
# Mistakes of characters that concern the whole file, or make the rest of it unreadable.
_OF_THE_WHOLE = ("L002", "L003", "L006", "L008")

Found = TypeVar("Found", bound=tree.Node)
Key = tuple[str, int]  # the text of a piece, and how many of the same text stand before it


class Piece(Struct, frozen=True):
    """One top-level statement, read alone; no other piece of the file has its source's name."""

    tree: Tree
    found: tuple[Diagnostic, ...]
    head: int  # characters of its source that nobody wrote

    @property
    def name(self) -> str:
        return self.tree.source.name


class Document:
    """One state of an open file; `before` is the state it was edited from.

    Offsets are those of the text as the editor holds it, whatever its line ends. What a variant
    inherits keeps the spans of its parent's text, which `load` finds.
    """

    def __init__(
        self,
        name: str,
        written: str,
        before: Document | None = None,
        load: Load = no_parents,
    ) -> None:
        self.written = written
        self.load = load
        plain = written.replace("\r\n", " \n").replace("\r", "\n")  # as many characters
        self.source = Source(name, plain)
        self.pieces: Mapping[Key, Piece] = {}
        self._starts: Mapping[str, int] = {}  # by name of piece: from its offsets to those here
        if not self._read_in_pieces(before.pieces if before else {}):
            self.pieces, self._starts = {}, {}
            self.tree, self._syntax = tree_from_text(self.source)

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Every mistake of the file, in order of place."""
        if not self.pieces:
            return in_order(map(self._relocated, check_text(self.source, self.load)))
        found = check_tree(self.tree, self._syntax, self.load)
        return in_order(map(self._relocated, found))

    @cached_property
    def names(self) -> Names:
        """Those of the file, and all that it inherits."""
        header = self.tree.header
        if header is None or header.kind != "variant":
            return names_of(self.tree)[0]
        return names_of(resolved(self.tree, self.load)[0].tree)[0]

    def owns(self, span: Span) -> bool:
        """Whether a span, as `at` gives it, stands in this file and not in a parent."""
        return span.source.name == self.source.name

    def reading(self, rule: str | None = None) -> Reading:
        """A reader of expressions as they are meant in a rule, by path, or outside of all."""
        reading = Reading(self.names)
        reading.values, reading.legs, reading.rule = dict(self._values), self._legs, rule
        node = self.names.rules.get(rule or "")
        for clause in node.clauses if node else ():
            if isinstance(clause, tree.Let):
                reading.local[clause.name] = reading.read(clause.value)
        return reading

    def at(self, span: Span) -> Span:
        """Where a span of a node stands in the whole text."""
        shift = self._starts.get(span.source.name)
        if shift is None:
            return span
        last = len(self.source.text)
        start, stop = (min(max(0, each + shift), last) for each in (span.start, span.stop))
        return Span(self.source, start, stop)

    def node_at(self, offset: int, kind: type[Found]) -> Found | None:
        """The first node of a kind that covers an offset of the whole text."""
        for statement in self.tree.statements:
            whole = self.at(statement.span)
            if not whole.start <= offset <= whole.stop:
                continue
            for node in walk(statement):
                here = self.at(node.span)
                if isinstance(node, kind) and here.start <= offset <= here.stop:
                    return node
        return None

    def _read_in_pieces(self, known: Mapping[Key, Piece]) -> bool:
        """Read what has changed; whether the file can be read so at all."""
        text = self.source.text
        if len(text) > MOST_CHARACTERS or self.source.line_count > MOST_LINES:
            return False
        starts = cuts(text)
        pieces: dict[Key, Piece] = {}
        shifts: dict[str, int] = {}
        unused = 1 + max((int(each.name) for each in known.values()), default=0)
        seen: dict[str, int] = {}
        for index, (start, stop) in enumerate(zip(starts, (*starts[1:], len(text)), strict=True)):
            part = text[start:stop]
            key = (part, seen.get(part, 0))
            seen[part] = key[1] + 1
            piece = known.get(key)
            if piece is None or (piece.head == 0) != (index == 0):
                piece = _piece(str(unused), part, _HEAD if index else "")
                unused += 1
            if any(each.code in _OF_THE_WHOLE for each in piece.found):
                return False
            pieces[key] = piece
            shifts[piece.name] = start - piece.head
        self.pieces, self._starts = pieces, shifts
        return self._joined(tuple(pieces.values()))

    def _joined(self, pieces: tuple[Piece, ...]) -> bool:
        """One tree of all pieces; whether the first of them has the header of the file."""
        header = pieces[0].tree.header
        statements = tuple(each for piece in pieces for each in piece.tree.statements)
        comments = tuple(each for piece in pieces for each in piece.tree.comments)
        self.tree = Tree(self.source, header, statements, comments)
        self._syntax = tuple(each for piece in pieces for each in piece.found)
        return header is not None

    @cached_property
    def _values(self) -> dict[str, Expression | None]:
        reading = Reading(self.names)
        for name in in_dependency_order(self.names)[0]:
            reading.values[name] = reading.read(self.names.values[name].value)
        return reading.values

    @cached_property
    def _legs(self) -> dict[str, tuple[str, ...]]:
        rules = self.names.rules.items()
        return {path: leg_names(self.names, node.clauses) for path, node in rules}

    def _relocated(self, found: Diagnostic) -> Diagnostic:
        """With the places of the whole text; what stands in a parent where that is named."""
        labels = tuple(Label(self.at(each.span), each.text) for each in found.labels)
        span = self.at(found.span)
        if not self.owns(span):
            parent = PurePath(span.source.name).name
            labels = (Label(span, found.message), *labels)
            message = f"in `{parent}`: {found.message}"
            return Diagnostic(found.code, message, self._header_line, labels, help=found.help)
        fixes = tuple(
            Fix(fix.title, fix.applicability,
                tuple(Edit(self.at(edit.span), edit.text) for edit in fix.edits))
            for fix in found.fixes
        )  # fmt: skip
        return replace(found, span=span, labels=labels, fixes=fixes)

    @property
    def _header_line(self) -> Span:
        header = self.tree.header
        start = self.at(header.span).start if header else 0
        stop = self.source.text.find("\n", start)
        return Span(self.source, start, stop if stop >= 0 else len(self.source.text))


def _piece(name: str, text: str, head: str) -> Piece:
    found, mistakes = tree_from_text(Source(name, head + text))
    return Piece(found, mistakes, len(head))
