"""What the builder carries along: where the text came from, and what was found wrong in it."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from lark import Token, Tree
from msgspec import Struct, field

from hedgerow.language.tree import Broken
from hedgerow.text.diagnostic import Diagnostic, Fix
from hedgerow.text.source import Source, Span

Piece = Tree[Any]  # of a parse tree: a rule of the grammar and what stands under it
Parsed = Piece | Token  # what stands in a parse tree


class Prepared(Struct, frozen=True):
    """A text as the parser gets it, and the way back to the characters that were written.

    `inserted` are the offsets, ascending, of characters that the writer did not write;
    `lost` says how far each unreadable line reaches, by its first character, as written.
    """

    text: str
    inserted: tuple[int, ...] = ()
    lost: dict[int, int] = field(default_factory=dict)

    def origin(self, offset: int) -> int:
        return offset - bisect_right(self.inserted, offset - 1)


class Reading(Struct):
    """One pass of the builder over one parse tree."""

    source: Source
    prepared: Prepared
    diagnostics: list[Diagnostic] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)  # inside blocks that have no place for one

    def span(self, parsed: Parsed) -> Span:
        start, stop = bounds(parsed)
        origin = self.prepared.origin
        return Span(self.source, origin(start), min(origin(stop), len(self.source.text)))

    def report(
        self, code: str, message: str, at: Span, *, help: str | None = None, fix: Fix | None = None
    ) -> None:
        helps = (help,) if help else ()
        fixes = (fix,) if fix else ()
        self.diagnostics.append(Diagnostic(code, message, at, help=helps, fixes=fixes))

    def lost(self, parsed: Parsed) -> Broken:
        """The line that stood where the recovering parser put its mark."""
        start = self.span(parsed).start
        return Broken(span=Span(self.source, start, self.prepared.lost.get(start, start + 1)))


def bounds(parsed: Parsed) -> tuple[int, int]:
    """Where a piece of a parse tree starts and stops, in the text that was parsed."""
    if isinstance(parsed, Token):
        assert parsed.start_pos is not None
        assert parsed.end_pos is not None
        return parsed.start_pos, parsed.end_pos
    if parsed.meta.empty:
        return 0, 0
    return parsed.meta.start_pos, parsed.meta.end_pos


def tokens(parsed: Piece, *types: str) -> list[Token]:
    """The tokens of these types right under a rule."""
    return [item for item in parsed.children if isinstance(item, Token) and item.type in types]


def token(parsed: Piece, *types: str) -> Token:
    return tokens(parsed, *types)[0]


def subtrees(parsed: Piece, *rules: str) -> list[Piece]:
    """The pieces of these rules right under a rule; without rules all but its words."""
    found = (item for item in parsed.children if isinstance(item, Tree))
    return [item for item in found if not rules or item.data in rules]


def subtree(parsed: Piece, *rules: str) -> Piece | None:
    found = subtrees(parsed, *rules)
    return found[0] if found else None


def last_tree(parsed: Piece) -> Piece:
    """The last piece; rules that hold one value keep it there."""
    return subtrees(parsed)[-1]
