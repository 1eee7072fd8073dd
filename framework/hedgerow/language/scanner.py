"""A damaged text cut into statements by its braces, its line ends and its indentation.

Braces alone decide as long as they balance. Where they don't, a line that stands as far left as
the opening of a block shows where the block should have been closed.
"""

from __future__ import annotations

import re

from msgspec import Struct, field

from hedgerow.language.vocabulary import FILE_ONLY, LINE_STARTS, opens_block

_PIECES = re.compile(
    r"""(?P<skip>\#[^\n]*|[ \t]+)
    |(?P<line>\n)
    |(?P<text>"[^"\n]*"?|'[^'\n]*')
    |(?P<bracket>[(){}])
    |(?P<word>[A-Za-z][A-Za-z0-9_]*)
    |(?P<other>.)""",
    re.VERBOSE,
)
_WORDS = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


class Block(Struct):
    """The lines between two braces; `close` is None where the closing one is missing."""

    open: int
    close: int | None = None
    lines: list[Statement] = field(default_factory=list)


class Statement(Struct):
    """From its first word to its line end, over all its blocks."""

    start: int
    stop: int
    indent: int
    blocks: list[Block] = field(default_factory=list)
    unclosed: int | None = None  # where a parenthesis opens that nothing closes


class Missing(Struct, frozen=True):
    """A closing brace that is not there: its opening one, and behind which offset it belongs."""

    open: int
    after: int
    indent: int


class Scan(Struct):
    lines: list[Statement]
    missing: list[Missing]
    stray: list[int]  # closing braces that close nothing
    unopened: list[int]  # offsets behind which an opening brace is missing


def scan(text: str, opened: frozenset[int] = frozenset()) -> Scan:
    """The statements of a text; one whose braces balance is cut by its braces alone.

    `opened` are braces that were put in place of a line end.
    """
    by_braces = _Scanner(text, opened, _Braces())
    found = by_braces.run()
    if not found.missing and not found.stray:
        return found
    return _Scanner(text, opened, _Indents()).run()


class _Braces:
    """Only braces count."""

    def closed_before(self, stack: list[Statement], word: str, indent: int) -> int:
        """How many open blocks should have been closed before a line that starts so."""
        del stack, word, indent
        return 0

    def is_stray(self, stack: list[Statement], indent: int) -> bool:
        """Whether a closing brace that stands alone on its line closes nothing."""
        del indent
        return not stack


class _Indents(_Braces):
    """Indentation and the words that can start a line only outside of blocks help."""

    def closed_before(self, stack: list[Statement], word: str, indent: int) -> int:
        if word in FILE_ONLY:
            return len(stack)
        count = 0
        for opener in reversed(stack):
            too_far_left = indent < opener.indent if word == "}" else indent <= opener.indent
            if not (_is_indented(opener) and too_far_left):
                break
            count += 1
        return min(count, len(stack) - 1) if word == "}" else count

    def is_stray(self, stack: list[Statement], indent: int) -> bool:
        return not stack or (_is_indented(stack[-1]) and indent > stack[-1].indent)


def _is_indented(opener: Statement) -> bool:
    lines = opener.blocks[-1].lines
    return bool(lines) and lines[0].indent > opener.indent


class _Scanner:
    def __init__(self, text: str, opened: frozenset[int], hints: _Braces) -> None:
        self._text = text
        self._opened = opened
        self._hints = hints
        self._found = Scan([], [], [], [])
        self._stack: list[Statement] = []  # statements whose block is open
        self._current: Statement | None = None
        self._parentheses: list[int] = []
        self._fresh = True  # nothing but space stands before on this line
        self._indent = 0
        self._line = 0  # where this line starts
        self._end = 0  # behind the last character that counts

    def run(self) -> Scan:
        for piece in _PIECES.finditer(self._text):
            kind, at = piece.lastgroup, piece.start()
            if kind == "skip":
                continue
            if kind == "line":
                self._line_end(piece.end())
                continue
            if self._fresh:
                self._indent = at - self._line
                self._line_start(piece[0])
            if kind == "bracket":
                self._bracket(piece[0], at)
            else:
                self._add(at, piece.end())
            self._fresh = False
            self._end = piece.end()
            if at in self._opened:
                self._line_end(self._end)
        self._leave_parentheses()
        self._close_missing(len(self._stack))
        return self._found

    def _line_start(self, word: str) -> None:
        if self._parentheses and (word in LINE_STARTS or word == "}"):
            self._leave_parentheses()
        if not self._parentheses:
            self._note_unopened()
            self._close_missing(self._hints.closed_before(self._stack, word, self._indent))

    def _note_unopened(self) -> None:
        """Remember the statement before, if it and this line show that a brace is missing."""
        lines = self._stack[-1].blocks[-1].lines if self._stack else self._found.lines
        if lines and lines[-1].stop == self._end:
            before = lines[-1]
            words = _WORDS.findall(self._text[before.start : before.stop])
            if self._indent > before.indent and not before.blocks and opens_block(words):
                self._found.unopened.append(before.stop)

    def _line_end(self, behind: int) -> None:
        self._fresh = True
        self._line = behind
        if not self._parentheses:
            self._current = None

    def _add(self, start: int, stop: int) -> None:
        if self._current is None:
            self._current = Statement(start, stop, self._indent)
            lines = self._stack[-1].blocks[-1].lines if self._stack else self._found.lines
            lines.append(self._current)
        self._current.stop = stop

    def _bracket(self, bracket: str, at: int) -> None:
        if bracket == "(":
            self._parentheses.append(at)
            self._add(at, at + 1)
        elif bracket == ")":
            if self._parentheses:
                self._parentheses.pop()
            self._add(at, at + 1)
        elif bracket == "{":
            self._open(at)
        else:
            self._close(at)

    def _open(self, at: int) -> None:
        self._mark_unclosed()
        self._add(at, at + 1)
        assert self._current is not None
        self._current.blocks.append(Block(at))
        self._stack.append(self._current)
        self._current = None

    def _close(self, at: int) -> None:
        self._leave_parentheses()
        alone = not self._text[self._text.rfind("\n", 0, at) + 1 : at].strip()
        if not self._stack or (alone and self._hints.is_stray(self._stack, self._indent)):
            self._found.stray.append(at)
            return
        self._current = self._stack.pop()
        self._current.blocks[-1].close = at
        self._current.stop = at + 1

    def _mark_unclosed(self) -> None:
        """Remember the outermost open parenthesis; what follows is read as if it were closed."""
        if self._parentheses and self._current is not None:
            self._current.unclosed = self._parentheses[0]
        self._parentheses.clear()

    def _leave_parentheses(self) -> None:
        self._mark_unclosed()
        self._current = None

    def _close_missing(self, count: int) -> None:
        for _ in range(count):
            opener = self._stack.pop()
            opener.stop = max(opener.stop, self._end)
            self._found.missing.append(Missing(opener.blocks[-1].open, self._end, opener.indent))
            self._current = None
