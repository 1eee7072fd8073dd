"""A text with a name, and a piece of it: the address every later record carries."""

from __future__ import annotations

from bisect import bisect_right

from msgspec import Struct
from msgspec.structs import force_setattr


class Source(Struct, frozen=True):
    """A text a person wrote. `name` is how the person calls it: a path as given, or `<stdin>`."""

    name: str
    text: str
    _starts: tuple[int, ...] = ()  # offsets of lines, found when made

    def __post_init__(self) -> None:
        starts = [0, *(at + 1 for at, char in enumerate(self.text) if char == "\n")]
        force_setattr(self, "_starts", tuple(starts))

    def __repr__(self) -> str:
        return f"Source({self.name!r})"

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both from 1, in Unicode characters."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of line `number` (from 1), without its line end."""
        start = self._starts[number - 1]
        stop = self._starts[number] - 1 if number < len(self._starts) else len(self.text)
        return self.text[start:stop]

    @property
    def line_count(self) -> int:
        return len(self._starts)


class Span(Struct, frozen=True):
    """Characters `start` up to, not including, `stop` of a source."""

    source: Source
    start: int
    stop: int

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.stop]

    @property
    def flat(self) -> str:
        """The text on one line."""
        return " ".join(self.text.split())

    @property
    def place(self) -> str:
        """`file:line:column`, as compilers and editors write it."""
        line, column = self.source.position(self.start)
        return f"{self.source.name}:{line}:{column}"

    @property
    def whole_line(self) -> Span:
        """With all of its line, the line end included, where nothing else stands on it."""
        text = self.source.text
        start = text.rfind("\n", 0, self.start) + 1
        stop = text.find("\n", self.stop) + 1 or len(text)
        alone = not (text[start : self.start] + text[self.stop : stop]).strip()
        return Span(self.source, start, stop) if alone else self

    def to(self, other: Span) -> Span:
        """From the start of this span to the end of the other."""
        return Span(self.source, self.start, max(self.stop, other.stop))
