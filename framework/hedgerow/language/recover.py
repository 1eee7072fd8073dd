"""What is wrong in a text that does not parse, statement by statement, and what is left of it.

Each statement is parsed alone, by the same grammar; one that fails is reported once and replaced
by a mark that the grammar takes for a line it knows nothing about. What then parses is the rest.
"""

from __future__ import annotations

import re

from lark import UnexpectedToken
from msgspec import Struct, field

from hedgerow.language import vocabulary
from hedgerow.language.failure import Failure, Skeleton, skeleton
from hedgerow.language.grammar import parse_text
from hedgerow.language.messages import report_failure
from hedgerow.language.reading import Prepared
from hedgerow.language.scanner import Missing, Scan, Statement, scan
from hedgerow.language.vocabulary import Kind
from hedgerow.text.diagnostic import Diagnostic, Label, nearest, replace
from hedgerow.text.source import Source, Span

MOST_REPORTS = 100  # a file with more is garbage, and nobody reads on
MARK = "\x00"

_HEAD = re.compile(r"(?:entry|layers|layer)[ \t]+[A-Za-z][A-Za-z0-9_]*\b")
_NAMED = re.compile(r"([a-z]+)[ \t]+(?:(\"[^\"\n]*\")|([A-Za-z][A-Za-z0-9_]*))")
_LATE_BRACE = re.compile(r"^[ \t]*([^\s#{}][^\n#{}]*?)[ \t]*\n\s*\{", re.MULTILINE)
_WORDS = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


class Mark(Struct, frozen=True):
    """Characters that can't be read; `start` takes the mark, the rest becomes space."""

    start: int
    stop: int
    sign: str = MARK


class Recovery(Struct):
    source: Source
    text: str
    diagnostics: list[Diagnostic] = field(default_factory=list)
    opened: set[int] = field(default_factory=set)  # braces that the writer did not write

    def failed(self, diagnostic: Diagnostic) -> None:
        if len(self.diagnostics) < MOST_REPORTS:
            self.diagnostics.append(diagnostic)


def recover(source: Source, text: str) -> tuple[Prepared, list[Diagnostic]]:
    """A text that parses as a file, made from one that does not, and every reason found.

    `text` has the offsets of the source, whatever characters were replaced in it.
    """
    recovery = Recovery(source, text)
    found = _opened(recovery)
    text = recovery.text
    for missing in found.missing:
        if missing.open not in recovery.opened:
            recovery.failed(_missing_brace(source, missing))
    for at in found.stray:
        span = Span(source, at, at + 1)
        fix = replace("delete it", span, "", safe=False)
        recovery.failed(Diagnostic("S105", "this `}` closes nothing", span, fixes=(fix,)))
    marks: list[Mark] = []
    for statement in found.lines:
        marks += _check(statement, vocabulary.FILE, (), recovery)
    return _prepared(text, found, marks), recovery.diagnostics


def _opened(recovery: Recovery) -> Scan:
    """The statements, with the opening braces put where the lines show that one is missing."""
    for late in _LATE_BRACE.finditer(recovery.text):
        if vocabulary.opens_block(_WORDS.findall(late[1])):
            recovery.failed(_late_brace(recovery.source, late))
            blank = " " * (late.end() - 1 - late.end(1))
            recovery.text = _with(recovery.text, late.end(1), blank)
    found = scan(recovery.text)
    if found.unopened:
        for after in found.unopened:
            recovery.failed(_missing_opening(recovery.source, after))
            at = after - 1 if recovery.text[after - 1] == ":" else after
            recovery.opened.add(at)
        recovery.text = _with_braces(recovery.text, recovery.opened)
        found = scan(recovery.text, frozenset(recovery.opened))
    return found


def _with(text: str, at: int, other: str) -> str:
    return text[:at] + other + text[at + len(other) :]


def _with_braces(text: str, places: set[int]) -> str:
    characters = list(text)
    for place in places:
        characters[place] = "{"
    return "".join(characters)


def _late_brace(source: Source, late: re.Match[str]) -> Diagnostic:
    fix = replace("move it up", Span(source, late.end(1), late.end() - 1), " ")
    return Diagnostic(
        "S126", "this `{` stands on a line of its own", Span(source, late.end() - 1, late.end()),
        help=("a block opens on the line of its first word",), fixes=(fix,),
    )  # fmt: skip


def _missing_opening(source: Source, after: int) -> Diagnostic:
    place = Span(source, after, after)
    if source.text[after - 1] == ":":
        colon = Span(source, after - 1, after)
        fix = replace("open the block", colon, " {", safe=False)
        return Diagnostic("S126", "a block opens with `{`, not with `:`", colon, fixes=(fix,))
    return Diagnostic(
        "S126", "a `{` is missing at the end of this line", Span(source, after - 1, after),
        fixes=(replace("open the block", place, " {", safe=False),),
    )  # fmt: skip


def _check(
    statement: Statement, kind: Kind, around: tuple[str, ...], recovery: Recovery
) -> list[Mark]:
    """Report what is wrong in a statement and its blocks; the marks to be set for it."""
    bones = skeleton(recovery.source, recovery.text, statement)
    failure = _failure(statement, bones, kind, around, recovery)
    inside = (_called(bones.text), *around)
    marks: list[Mark] = []
    for block in statement.blocks:
        child = _kind_of_block(statement, block.open, recovery.text)
        if child is not None:
            for line in block.lines:
                marks += _check(line, child, inside, recovery)
    return marks if failure is None else _salvaged(statement, failure, marks)


def _failure(
    statement: Statement,
    bones: Skeleton,
    kind: Kind,
    around: tuple[str, ...],
    recovery: Recovery,
) -> Failure | None:
    """Why a statement can't be read, its blocks set aside; reported."""
    ended = len(bones.text)
    if statement.unclosed is not None:
        unclosed = Span(recovery.source, statement.unclosed, statement.unclosed + 1)
        help = ("write its `)` where what it holds ends",)
        recovery.failed(Diagnostic("S104", "this `(` is never closed", unclosed, help=help))
        return Failure(bones, ended, None, frozenset(), kind, around)
    scene = kind is vocabulary.SCENES and bones.text.startswith("expect")
    try:
        parse_text(bones.text, "expect" if scene else kind.start)
    except UnexpectedToken as unexpected:
        token = None if unexpected.token.type == "$END" else unexpected.token
        at = ended if token is None or token.start_pos is None else token.start_pos
        if len(recovery.diagnostics) >= MOST_REPORTS:
            return Failure(bones, at, token, frozenset(), kind, around)
        accepts = frozenset(unexpected.accepts or ())
        failure = Failure(bones, at, token, accepts, kind, around)
        recovery.failed(report_failure(failure))
        return failure
    return None


def _salvaged(statement: Statement, failure: Failure, marks: list[Mark]) -> list[Mark]:
    """The marks for a statement that failed: its head only, where its name can be read."""
    head = _HEAD.match(failure.text)
    block = statement.blocks[0] if len(statement.blocks) == 1 else None
    if head is None or block is None or block.close is None:
        return [Mark(statement.start, statement.stop)]
    named = statement.start + head.end()
    if named < block.open and not failure.text[head.end() :].startswith("("):
        after = block.close + 1
        tail = [Mark(after, statement.stop, sign=" ")] if after < statement.stop else []
        return [Mark(named, block.open), *marks, *tail]
    return [Mark(statement.start, statement.stop)]


def _called(text: str) -> str:
    """How a block is spoken of: "entry `base`"."""
    found = _NAMED.match(text)
    if found is None:
        first = _WORDS.match(text)
        return f"`{first[0]}`" if first else "this block"
    if found[3] in ("all", "any"):
        return f"`{found[1]} {found[3]}`"
    return f"{found[1]} {found[2]}" if found[2] else f"{found[1]} `{found[3]}`"


def _kind_of_block(statement: Statement, opening: int, text: str) -> Kind | None:
    """What the lines of a block are; None where its head does not tell."""
    earlier = [block.close + 1 for block in statement.blocks if block.close is not None]
    start = max([statement.start, *(at for at in earlier if at <= opening)])
    word = vocabulary.block_word(_WORDS.findall(text[start:opening]))
    if word in ("strategy", "variant"):  # braces around the whole file
        return vocabulary.FILE
    meant = word if word in vocabulary.BLOCKS else nearest(word, tuple(vocabulary.BLOCKS))
    return vocabulary.BLOCKS[meant] if meant else None


def _missing_brace(source: Source, missing: Missing) -> Diagnostic:
    place = Span(source, missing.after, missing.after)
    fix = replace("close it", place, "\n" + " " * missing.indent + "}", safe=False)
    return Diagnostic(
        "S103",
        "this block is never closed",
        Span(source, missing.open, missing.open + 1),
        labels=(Label(place, "a `}` is missing after this"),),
        fixes=(fix,),
    )


def _prepared(text: str, found: Scan, marks: list[Mark]) -> Prepared:
    """The text with marks for what can't be read, and with the braces that were missing."""
    marks = sorted(marks, key=lambda mark: mark.start)
    parts: list[str] = []
    at = 0
    for mark in marks:
        parts += [text[at : mark.start], mark.sign, " " * (mark.stop - mark.start - 1)]
        at = mark.stop
    marked = "".join([*parts, text[at:]])
    added = [
        missing.after
        for missing in found.missing
        if not any(mark.start <= missing.open < mark.stop for mark in marks)
    ]
    cut = list(marked)
    for stray in found.stray:
        cut[stray] = " "
    inserted: list[int] = []
    for count, after in enumerate(sorted(added)):
        first = after + 2 * count
        inserted += [first, first + 1]
        cut[first:first] = ["\n", "}"]
    return Prepared("".join(cut), tuple(inserted), {mark.start: mark.stop for mark in marks})
