"""Where in a file a cursor stands: in which block, and behind what of which statement."""

from __future__ import annotations

import re

from msgspec import Struct, field

from hedgerow.language import vocabulary
from hedgerow.language.vocabulary import LINE_STARTS, Kind

_PIECES = re.compile(
    r"""(?P<skip>\#[^\n]*|"[^"\n]*"?|'[^'\n]*'?)
    |(?P<bracket>[(){}])
    |(?P<line>\n)
    |(?P<first>[A-Za-z]+)""",
    re.VERBOSE,
)
_WORDS = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_PARTIAL = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


class Place(Struct, frozen=True):
    """`written` is the statement up to the word at the cursor, the blocks inside it emptied."""

    kind: Kind  # of the block; its `start` is the grammar's rule for a line of it
    heads: tuple[str, ...]  # the lines that opened the blocks around, outermost first
    written: str
    word: str  # what stands of the word at the cursor, to its left

    @property
    def rule(self) -> str | None:
        """The path of the entry or layer the cursor stands in."""
        stack: str | None = None
        for head in self.heads:
            words: list[str] = _WORDS.findall(head)
            words = words[1:] if words[:1] == ["add"] else words
            match words:
                case ["layers", name, *_]:
                    stack = name.removeprefix("layers.")
                case ["layer", name, "to", into, *_]:
                    return f"{into}.{name}"
                case ["layer", name, *_] if stack is not None:
                    return f"{stack}.{name}"
                case ["entry", name, *_]:
                    return name
        return None

    @property
    def in_claim(self) -> bool:
        """Whether the words here are results of whole runs."""
        return any(head.removeprefix("add ").startswith("claim") for head in self.heads)

    @property
    def line_start(self) -> bool:
        return not self.written.strip()


class _Line(Struct):
    """A statement as it is read: the pieces of its text that belong to no inner block."""

    parts: list[str] = field(default_factory=list)
    parentheses: int = 0

    @property
    def text(self) -> str:
        return "".join(self.parts)


def place_at(text: str, offset: int) -> Place | None:
    """The place of an offset; None inside a comment or a text in quotes."""
    lines, at, fresh = [_Line()], 0, True
    for found in _PIECES.finditer(text, 0, offset):
        match found.lastgroup:
            case "skip" if found.end() == offset and not _closed(found[0]):
                return None
            case "line":
                fresh = True
                if lines[-1].parentheses == 0:
                    lines[-1] = _Line()
                    at = found.end()
            case "first" if fresh:
                fresh = False
                if lines[-1].parentheses and found[0] in LINE_STARTS and found.end() < offset:
                    lines[-1] = _Line()
                    at = found.start()
            case "bracket":
                fresh = False
                at = _bracket(text, found, lines, at)
    lines[-1].parts.append(text[at:offset])
    return _place(lines)


def _closed(written: str) -> bool:
    return written[0] != "#" and len(written) > 1 and written[-1] == written[0]


def _bracket(text: str, found: re.Match[str], lines: list[_Line], at: int) -> int:
    """Step into a block, out of it, or count a parenthesis; where the next part begins."""
    line = lines[-1]
    match found[0]:
        case "(":
            line.parentheses += 1
        case ")":
            line.parentheses = max(0, line.parentheses - 1)
        case "{":
            line.parts.append(text[at : found.start()])
            lines.append(_Line())
            return found.end()
        case _:
            if len(lines) > 1:
                lines.pop()
            lines[-1].parts.append("{}")
            lines[-1].parentheses = 0
            return found.end()
    return at


def _place(lines: list[_Line]) -> Place | None:
    heads = tuple(line.text.strip() for line in lines[:-1])
    kind = _kind_inside(heads[-1]) if heads else vocabulary.FILE
    if kind is None:
        return None
    text = lines[-1].text
    partial = _PARTIAL.search(text)
    word = partial[0] if partial and not text[: partial.start()][-1:].isdigit() else ""
    return Place(kind, heads, text[: len(text) - len(word)].lstrip(), word)


def _kind_inside(head: str) -> Kind | None:
    """What the lines of a block are, by the line that opened it."""
    word = vocabulary.block_word(_WORDS.findall(head))
    return vocabulary.BLOCKS.get(word.partition(".")[0])
