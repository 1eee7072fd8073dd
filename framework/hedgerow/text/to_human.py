"""Diagnostics for people: the line, a caret under the place, and the way out."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from enum import Enum, StrEnum
from itertools import accumulate

from msgspec import Struct

from hedgerow.text.diagnostic import Diagnostic, Fix, Severity
from hedgerow.text.source import Source, Span

MOST_SHOWN = 20
TAB_WIDTH = 4
WIDEST_LINE = 100  # columns of a source line that are shown
_CUT = "..."
_NEAR = 4 * WIDEST_LINE  # characters looked at on each side of a place


class Colour(Enum):
    ON = "on"
    OFF = "off"


class _Ink(StrEnum):
    RED = "\x1b[1;31m"
    YELLOW = "\x1b[1;33m"
    CYAN = "\x1b[1;36m"
    GREEN = "\x1b[32m"
    BLUE = "\x1b[34m"
    BOLD = "\x1b[1m"
    PLAIN = "\x1b[0m"


_SEVERITY_INK = {Severity.ERROR: _Ink.RED, Severity.WARNING: _Ink.YELLOW, Severity.NOTE: _Ink.CYAN}


class _Mark(Struct, frozen=True):
    """A place to be drawn: its sign is repeated under it."""

    span: Span
    sign: str
    text: str
    ink: _Ink


def draw(diagnostics: Sequence[Diagnostic], *, colour: Colour) -> str:
    """The first 20 diagnostics as text that ends in a line end; empty for none.

    Without colour the output adds nothing beyond ASCII to what the writer wrote.
    """
    shown = diagnostics[:MOST_SHOWN]
    pen = _Pen(colour)
    drawn = [pen.diagnostic(found) for found in shown]
    left = len(diagnostics) - len(shown)
    if left:
        drawn.append(f"... and {left} more\n")
    return "\n".join(drawn)


class _Pen:
    def __init__(self, colour: Colour) -> None:
        self._colour = colour

    def diagnostic(self, found: Diagnostic) -> str:
        ink = _SEVERITY_INK[found.severity]
        head = self._inked(f"{found.severity}[{found.code} {found.name}]", ink)
        lines = [f"{head}: {self._inked(_printable(found.message), _Ink.BOLD)}"]
        gutter = len(str(max(_line(span) for span in _spans(found))))
        bar = self._inked(f"{' ' * gutter} |", _Ink.BLUE)
        lines.append(
            f"{' ' * gutter}{self._inked('-->', _Ink.BLUE)} {_printable(found.span.place)}"
        )
        lines += self._snippet(found, gutter, bar, ink)
        lines += [f"{' ' * gutter} = note: {_printable(note)}" for note in found.notes]
        lines += [
            f"{' ' * gutter} {self._inked('= help:', _Ink.GREEN)} {_printable(text)}"
            for text in found.help
            if not any(fix.title == text for fix in found.fixes)  # the fix says it
        ]
        lines += [f"{' ' * gutter} {line}" for fix in found.fixes for line in self._fix(fix)]
        lines.append(f"{' ' * gutter} = more: hedgerow explain {found.code}")
        return "\n".join(lines) + "\n"

    def _snippet(self, found: Diagnostic, gutter: int, bar: str, ink: _Ink) -> list[str]:
        """The lines with marks, in order; a gap between distant ones is shown."""
        marks = [_Mark(found.span, "^", "", ink)]
        marks += [_Mark(label.span, "-", label.text, _Ink.BLUE) for label in found.labels]
        by_line: dict[tuple[Source, int], list[_Mark]] = {}
        for mark in marks:
            by_line.setdefault(_where(mark.span), []).append(mark)
        lines: list[str] = []
        last: tuple[str, int] | None = None
        for source, number in sorted(by_line, key=_order(found)):
            if not source.text:
                continue
            if last is not None and last[0] != source.name:
                lines.append(
                    f"{' ' * gutter}{self._inked('-->', _Ink.BLUE)} {source.name}:{number}"
                )
            elif last is not None and number > last[1] + 1:
                lines.append(f"{'.' * min(3, gutter + 2)}")
            elif last is None:
                lines.append(bar)
            lines += self._line(source, number, by_line[source, number], gutter, bar)
            last = (source.name, number)
        return lines

    def _line(
        self, source: Source, number: int, marks: Sequence[_Mark], gutter: int, bar: str
    ) -> list[str]:
        row = _Row(source, number, marks[0].span)
        label = self._inked(f"{number:>{gutter}} |", _Ink.BLUE)
        lines = [f"{label} {row.text}".rstrip()]
        for mark in marks:
            start, width = row.columns(mark.span)
            under = self._inked(f"{mark.sign * width} {_printable(mark.text)}".rstrip(), mark.ink)
            lines.append(f"{bar} {' ' * start}{under}")
        return lines

    def _fix(self, fix: Fix) -> list[str]:
        words = dict.fromkeys(f"`{_printable(edit.text.strip())}`" for edit in fix.edits)
        told = [word for word in words if word != "``" and word not in fix.title]
        shown = f": {', '.join(told)}" if told else ""
        return [f"{self._inked('= fix:', _Ink.GREEN)} {fix.title}{shown}{fix.doubt}"]

    def _inked(self, text: str, ink: _Ink) -> str:
        return f"{ink}{text}{_Ink.PLAIN}" if self._colour is Colour.ON and text else text


class _Row:
    """One source line as it is shown: tabs expanded, cut around the place of interest."""

    def __init__(self, source: Source, number: int, focus: Span) -> None:
        _, column = source.position(focus.start)
        line = source.line(number)
        # Of a line of a million characters only those near the place are looked at.
        skipped = max(0, column - 1 - _NEAR)
        self._start = focus.start - column + 1 + skipped
        pieces = _expanded(line[skipped : column + _NEAR])
        self._columns = [0, *accumulate(sum(map(_width, piece)) for piece in pieces)]
        left = 0
        if skipped or self._columns[-1] > WIDEST_LINE:
            left = max(0, min(focus.start - self._start, len(pieces)) - WIDEST_LINE // 3)
        widest = self._columns[left] + WIDEST_LINE
        right = bisect_right(self._columns, widest, lo=left) - 1
        before = _CUT if left or skipped else ""
        after = _CUT if right < len(pieces) or column + _NEAR < len(line) else ""
        self.text = f"{before}{''.join(pieces[left:right])}{after}"
        self._shown = self._columns[left], self._columns[right]
        self._shift = len(before) - self._columns[left]

    def columns(self, span: Span) -> tuple[int, int]:
        """Where a span starts under the shown text, and how wide it is, at least one column."""
        first, last = (
            self._columns[min(max(offset - self._start, 0), len(self._columns) - 1)]
            for offset in (span.start, span.stop)
        )
        left, right = self._shown
        start, stop = min(max(first, left), right), min(last, right)
        return start + self._shift, max(1, stop - start)


def _expanded(line: str) -> list[str]:
    """What is shown for each character; a tab reaches to the next multiple of its width."""
    pieces: list[str] = []
    column = 0
    for char in line:
        tab = " " * (TAB_WIDTH - column % TAB_WIDTH)
        pieces.append(tab if char == "\t" else _printable(char))
        column += sum(map(_width, pieces[-1]))
    return pieces


def _printable(text: str) -> str:
    """Characters that move the cursor or show nothing, as `?`: no text paints over the screen."""
    return "".join(
        "?" if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") else char
        for char in text
    )


def _width(char: str) -> int:
    """Columns of a character on a terminal."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def _spans(found: Diagnostic) -> Iterable[Span]:
    return (found.span, *(label.span for label in found.labels))


def _line(span: Span) -> int:
    return span.source.position(span.start)[0]


def _where(span: Span) -> tuple[Source, int]:
    return span.source, _line(span)


def _order(found: Diagnostic) -> Callable[[tuple[Source, int]], tuple[bool, str, int]]:
    """The file of the mistake first, then by name and line."""
    own = found.span.source.name
    return lambda place: (place[0].name != own, place[0].name, place[1])
