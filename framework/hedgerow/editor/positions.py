"""Offsets of a text and the positions of editors: lines from 0, columns in code units.

An editor counts columns in UTF-16 unless it agreed on something else, so an emoji in a comment
moves everything behind it. Line ends are `\\n`, `\\r\\n` and `\\r`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import StrEnum

from msgspec import Struct

_LINE_END = re.compile(r"\r\n|\n|\r")


class Units(StrEnum):
    """What an editor counts; the values are those of the protocol."""

    UTF8 = "utf-8"
    UTF16 = "utf-16"
    UTF32 = "utf-32"


class Position(Struct, frozen=True):
    line: int  # from 0
    column: int  # from 0, in code units


class Positions:
    """The lines of one text. No position is refused: one beyond the text is its nearest end."""

    def __init__(self, text: str, units: Units = Units.UTF16) -> None:
        self._text = text
        self._units = units
        ends = [(found.start(), found.end()) for found in _LINE_END.finditer(text)]
        self._starts = [0, *(stop for _, stop in ends)]
        self._stops = [*(start for start, _ in ends), len(text)]  # line ends not counted

    def of(self, text: str) -> Positions:
        """Those of another text, for the same editor."""
        return Positions(text, self._units)

    def offset(self, position: Position) -> int:
        """The character at a position; the one that a position inside of it points into."""
        if position.line >= len(self._starts):
            return len(self._text)
        line = max(0, position.line)
        start, stop = self._starts[line], self._stops[line]
        text = self._text[start:stop]
        if text.isascii() or self._units is Units.UTF32:
            return min(start + max(0, position.column), stop)
        left = position.column
        for at, char in enumerate(text):
            left -= self._width(char)
            if left < 0:
                return start + at
        return stop

    def position(self, offset: int) -> Position:
        offset = min(max(0, offset), len(self._text))
        line = bisect_right(self._starts, offset) - 1
        start = self._starts[line]
        before = self._text[start : min(offset, self._stops[line])]
        if before.isascii() or self._units is Units.UTF32:
            return Position(line, len(before))
        return Position(line, sum(map(self._width, before)))

    def _width(self, char: str) -> int:
        """Code units; half a surrogate pair that stands alone counts as it would be sent."""
        if self._units is Units.UTF16:
            return 2 if ord(char) > 0xFFFF else 1
        return len(char.encode("utf-8", "surrogatepass"))
