"""Lines of the canonical layout: indents, blank lines, comments, and calls that are too long."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct

from hedgerow.language import tree as nodes
from hedgerow.language.value_text import text_from_argument, text_from_value
from hedgerow.text.source import Source

LONGEST_CALL = 100  # characters of a call that stands on one line
INDENT = "  "


class Block(Struct, frozen=True):
    """`{ ... }`: its lines, where its brace is to be looked for, and where it ends."""

    children: Sequence[nodes.Node]
    after: int
    stop: int


Piece = str | nodes.Expression | Block


class Writer:
    """Puts pieces of statements on lines, each comment where it stood.

    A comment stays at the end of its line, or on a line of its own before what it stood before.
    """

    def __init__(self, source: Source, comments: Sequence[nodes.Comment], *, blanks: bool) -> None:
        self.lines: list[str] = []
        self._text = source.text
        self._comments = sorted(comments, key=lambda comment: comment.span.start)
        self._starts = [comment.span.start for comment in self._comments]
        self._next = 0  # the first comment that is not written yet
        self._blanks = blanks
        self._end = 0  # everything before this offset is written
        self._opened = True  # nothing stands above in this block

    def begin(self, start: int, indent: str) -> None:
        """Write the comments that come before a statement, and keep one blank line."""
        self.flush(start, indent)
        self._keep_blank(start)
        self._end = max(self._end, start)

    def finish(self, line: str, stop: int) -> None:
        """Write a line whose last character stood before `stop`, with the comment after it."""
        line += self._comment_beside(stop, " \t")
        self.lines.append(line)
        written = self._comments[self._next - 1].span.stop if self._next else 0
        self._end = max(self._end, stop, written)
        self._opened = False

    def open_block(self, line: str, after: int) -> int:
        """Write a line that ends in the brace found after `after`; the offset behind the brace."""
        stop = self._text.find("{", after) + 1
        self.finish(line, stop)
        self._opened = True
        return stop

    def flush(self, stop: int, indent: str) -> None:
        """Write the comments that are left before `stop`, each on a line of its own."""
        for comment in self._take(stop):
            self._keep_blank(comment.span.start)
            self.lines.append(indent + comment.text)
            self._end = comment.span.stop
            self._opened = False

    def value(self, value: nodes.Expression, indent: str) -> str:
        """An expression; a call that is too long, or holds comments, has an argument a line."""
        if not isinstance(value, nodes.Call):
            return text_from_value(value)
        flat = text_from_value(value)
        fits = len(flat) <= LONGEST_CALL and not self._has_comment(value)
        return flat if fits or not value.arguments else self._broken_call(value, indent)

    def _has_comment(self, value: nodes.Call) -> bool:
        at = bisect_left(self._starts, value.span.start, self._next)
        return at < len(self._starts) and self._starts[at] < value.span.stop

    def _broken_call(self, call: nodes.Call, indent: str) -> str:
        deeper = indent + INDENT
        lines = [f"{call.function.dotted}("]
        for argument in call.arguments:
            text = self._argument(argument, deeper)
            lines += [deeper + comment.text for comment in self._take(argument.span.stop)]
            beside = self._comment_beside(argument.span.stop, " \t,")
            lines.append(f"{deeper}{text},{beside}")
        lines += [deeper + comment.text for comment in self._take(call.span.stop)]
        return "\n".join([*lines, f"{indent})"])

    def _argument(self, argument: nodes.Argument, indent: str) -> str:
        if not isinstance(argument.value, nodes.Call):
            return text_from_argument(argument)
        value = self.value(argument.value, indent)
        return f"{argument.name} = {value}" if argument.name else value

    def _comment_beside(self, stop: int, between: str) -> str:
        """The next comment, if on this line nothing but `between` stands before it."""
        if self._next == len(self._comments):
            return ""
        comment = self._comments[self._next]
        start = comment.span.start
        if start < stop or self._text[stop:start].strip(between):
            return ""
        self._next += 1
        return f"  {comment.text}"

    def _take(self, stop: int) -> list[nodes.Comment]:
        """The comments not yet written that start before `stop`."""
        first, self._next = self._next, max(self._next, bisect_left(self._starts, stop))
        return self._comments[first : self._next]

    def _keep_blank(self, start: int) -> None:
        if self._blanks and not self._opened and self._text.count("\n", self._end, start) > 1:
            self.lines.append("")
