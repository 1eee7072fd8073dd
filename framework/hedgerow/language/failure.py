"""One statement that does not parse: what stood there, and where in the file that is."""

from __future__ import annotations

import re
from bisect import bisect_right

from lark import Token, UnexpectedToken
from msgspec import Struct

from hedgerow.language.grammar import parse_text
from hedgerow.language.scanner import Statement
from hedgerow.language.vocabulary import Kind
from hedgerow.text.source import Source, Span

_LAST_PIECE = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*|[0-9]+(?:[.,][0-9]+)*|[<>=!]=|[^\sA-Za-z0-9_]")
_BEFORE = 60  # characters looked back for the piece before


class Skeleton(Struct, frozen=True):
    """A statement with its blocks emptied, and where its pieces came from."""

    source: Source
    text: str
    pieces: tuple[tuple[int, int], ...]  # (offset here, offset in the file), ascending

    def span(self, start: int, stop: int) -> Span:
        """The characters of the file that stand at these offsets of the skeleton."""
        first = self._origin(start)
        last = self._origin(stop - 1) + 1 if stop > start else first
        return Span(self.source, first, last)

    def _origin(self, offset: int) -> int:
        index = bisect_right(self.pieces, (offset, len(self.source.text))) - 1
        here, there = self.pieces[index]
        return there + offset - here


class Failure(Struct, frozen=True):
    skeleton: Skeleton
    at: int  # offset in the skeleton; its length where the statement ends too early
    token: Token | None  # what can't stand there; None where the statement ends
    accepts: frozenset[str]  # the terminals that could
    kind: Kind  # of the block it stands in
    around: tuple[str, ...]  # the blocks it stands in, innermost first: "entry `base`"

    @property
    def text(self) -> str:
        return self.skeleton.text

    @property
    def found(self) -> str:
        """What stands there, whole: a word, a number, or one character."""
        piece = _LAST_PIECE.match(self.text, self.at)
        return piece[0] if piece else self.text[self.at : self.at + 1]

    @property
    def before(self) -> str:
        """The piece that stands before it on the statement; empty at the start."""
        pieces = _LAST_PIECE.findall(self.text[max(0, self.at - _BEFORE) : self.at])
        return pieces[-1] if pieces else ""

    @property
    def span(self) -> Span:
        """The unexpected piece; the last one of the statement where that ends too early."""
        if self.token is not None:
            return self.skeleton.span(self.at, self.at + max(1, len(self.found)))
        stop = len(self.text.rstrip("} \t\n")) if self.text.endswith("{}") else len(self.text)
        return self.skeleton.span(max(0, stop - 1), stop)

    def reads(self, text: str) -> bool:
        """Whether the statement could stand in its block, were it written so."""
        try:
            parse_text(text, self.kind.start)
        except UnexpectedToken:
            return False
        return True


def skeleton(source: Source, text: str, statement: Statement) -> Skeleton:
    """`entry base { ... }` as `entry base {}`; the statement of a text that keeps its offsets."""
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    here, at = 0, statement.start
    for block in statement.blocks:
        pieces.append((here, at))
        parts += [text[at : block.open + 1], "}"]
        here += block.open + 1 - at
        close = block.close if block.close is not None else statement.stop - 1
        pieces.append((here, close))
        here += 1
        at = close + 1
    pieces.append((here, at))
    parts.append(text[at : statement.stop])
    return Skeleton(source, "".join(parts), tuple(pieces))
