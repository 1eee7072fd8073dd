"""What is looked at before the grammar is: limits, merge markers, pasted characters, comments.

Offsets never move: whatever is replaced is replaced by as many characters.
"""

from __future__ import annotations

import re

from msgspec import Struct, field

from hedgerow.language.tree import Comment
from hedgerow.text.diagnostic import Applicability, Diagnostic, Edit, Fix, Label, has_errors
from hedgerow.text.source import Source, Span

MOST_CHARACTERS = 100_000  # together with MOST_LINES this bounds the time a check takes
MOST_LINES = 5_000
LONGEST_LINE = 10_000
DEEPEST_BRACKETS = 64
MOST_DIGITS = 30
LONGEST_NAME = 100

# A character that a chat, a word processor or a web page put in place of a plain one.
PASTED = {
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛′´`", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00a0\u1680\u2007\u202f\u205f\u3000", " "),
    **{chr(code): " " for code in range(0x2000, 0x200E)},
    **dict.fromkeys("\u2028\u2029\u0085\u000b\u000c\u2060\ufeff", " "),
    "×": "*",
    "÷": "/",
    "，": ",",
    "：": ":",
    "（": "(",
    "）": ")",
    "＝": "=",
}
_QUOTES = "".join(char for char, plain in PASTED.items() if plain == '"')
_PIECES = re.compile(
    rf"""(?P<comment>\#[^\n]*)
    |(?P<fence>^[ \t]*```[^\n]*)
    |(?P<string>"[^"\n]*"|'[^'\n]*')
    |(?P<quoted>[{_QUOTES}][^{_QUOTES}"\n]*[{_QUOTES}"])
    |(?P<word>[A-Za-z][A-Za-z0-9_]*)
    |(?P<digits>(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?)
    |(?P<bracket>[()\[\]{{}}])
    |(?P<pasted>[{re.escape("".join(PASTED))}])""",
    re.VERBOSE | re.MULTILINE,
)
_LONG_LINE = re.compile(rf"[^\n]{{{LONGEST_LINE + 1}}}")
_COMMENT = re.compile(r"#[^\n]*")
_MARKER = re.compile(r"^(<{7}|\|{7}|={7}|>{7})(?:[ \t].*)?$", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


class Looked(Struct):
    """The text as the grammar gets it; `readable` is False where looking further is no use."""

    source: Source
    text: str
    readable: bool = True
    comments: list[Comment] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def report(self, code: str, message: str, start: int, stop: int, help: str = "") -> None:
        span = Span(self.source, start, stop)
        self.diagnostics.append(Diagnostic(code, message, span, help=(help,) if help else ()))

    def refuse(self, code: str, message: str, start: int, stop: int, help: str = "") -> None:
        self.report(code, message, start, stop, help)
        self.readable = False


def look_at(source: Source) -> Looked:
    """Everything that can be said of a text without its grammar."""
    looked = Looked(source, source.text)
    _check_size(looked)
    if not looked.readable:
        return looked
    _check_binary(looked)
    if not looked.readable:
        return looked
    looked.text = looked.text.replace("\r\n", " \n").replace("\r", "\n")
    _set_aside_conflicts(looked)
    _look_through(looked)
    broken = has_errors(looked.diagnostics) or not looked.readable
    if not broken and not _COMMENT.sub("", looked.text).strip():
        _refuse_empty(looked)
    return looked


def _check_size(looked: Looked) -> None:
    size, lines = len(looked.text), looked.source.line_count
    if size > MOST_CHARACTERS:
        message = f"the file is {size:,} characters long, more than the {MOST_CHARACTERS:,} allowed"
        looked.refuse("L005", message, 0, 0, "split it, or check that it is a rule file")
    elif lines > MOST_LINES:
        message = f"the file has {lines:,} lines, more than the {MOST_LINES:,} allowed"
        looked.refuse("L011", message, 0, 0, "split it, or check that it is a rule file")
    else:
        for found in _LONG_LINE.finditer(looked.text):
            message = f"this line is longer than the {LONGEST_LINE:,} characters allowed"
            looked.refuse("L012", message, found.start(), found.start() + 1)
            return


def _check_binary(looked: Looked) -> None:
    found = _CONTROL.search(looked.text)
    if found is not None:
        code = ord(found[0])
        looked.refuse(
            "L003",
            f"this is not a text: it holds the control character {code:#04x}",
            found.start(),
            found.end(),
            "rule files are plain text in UTF-8",
        )


def _refuse_empty(looked: Looked) -> None:
    said = "holds only comments" if looked.comments else "is empty"
    looked.refuse("L002", f"the file {said}", 0, 0, "start it with `strategy NAME 1.0.0`")


def _set_aside_conflicts(looked: Looked) -> None:
    """Report each merge conflict and go on reading with the side that stands first."""
    markers = list(_MARKER.finditer(looked.text))
    aside: list[tuple[int, int]] = []
    index = 0
    while index < len(markers):
        stop = index + 1
        if markers[index][1][0] == "<":
            while stop < len(markers) and markers[stop][1][0] not in "<>":
                stop += 1
            if stop < len(markers) and markers[stop][1][0] == ">":
                stop += 1
            aside += _conflict(looked, markers[index:stop])
        index = stop
    _blank(looked, aside)


def _conflict(looked: Looked, markers: list[re.Match[str]]) -> list[tuple[int, int]]:
    """Report one conflict; the pieces of the text to go on without."""
    first, last = markers[0], markers[-1]
    names = {"|": "the common ancestor", "=": "the other side", ">": "the conflict ends here"}
    labels = tuple(
        Label(Span(looked.source, found.start(), found.end()), names[found[1][0]])
        for found in markers[1:]
    )
    looked.diagnostics.append(
        Diagnostic(
            "L006",
            "git left an unresolved merge conflict here",
            Span(looked.source, first.start(), first.end()),
            labels,
            help=("keep one side and delete the three marker lines",),
        )
    )
    other_side = (markers[1].start(), last.end()) if len(markers) > 1 else first.span()
    return [first.span(), other_side]


def _blank(looked: Looked, aside: list[tuple[int, int]]) -> None:
    parts, at = [], 0
    for start, stop in aside:
        parts += [looked.text[at:start], re.sub(r"[^\n]", " ", looked.text[max(at, start) : stop])]
        at = max(at, stop)
    looked.text = "".join([*parts, looked.text[at:]])


def _look_through(looked: Looked) -> None:
    """One pass over the words, brackets, texts and comments."""
    replaced: list[tuple[int, str]] = []
    depth = 0
    for found in _PIECES.finditer(looked.text):
        kind, start, stop = found.lastgroup, found.start(), found.end()
        if kind == "comment":
            _keep_comment(looked, found)
        elif kind == "bracket":
            depth = depth + 1 if found[0] in "([{" else max(0, depth - 1)
            if depth > DEEPEST_BRACKETS:
                message = f"brackets are nested more than {DEEPEST_BRACKETS} deep"
                looked.refuse("L008", message, start, stop, "name inner parts with `let`")
                return
        elif kind == "word" and stop - start > LONGEST_NAME:
            long = f"this name is {stop - start:,} letters long"
            looked.report("L010", f"{long}, more than the {LONGEST_NAME} allowed", start, stop)
        elif kind == "digits" and sum(map(str.isdigit, found[0])) > MOST_DIGITS:
            message = f"this number has more than {MOST_DIGITS} digits"
            looked.report("L009", message, start, min(stop, start + MOST_DIGITS))
            replaced.append((start, "1" + " " * (stop - start - 1)))
        elif kind == "fence":
            looked.diagnostics.append(_fence(Span(looked.source, start, stop)))
            replaced.append((start, " " * (stop - start)))
        elif kind == "quoted":
            replaced += [(start, '"'), (stop - 1, '"')]
        elif kind == "pasted":
            replaced.append((start, PASTED[found[0]]))
    _replace(looked, replaced)


def _keep_comment(looked: Looked, found: re.Match[str]) -> None:
    text = found[0].rstrip()
    span = Span(looked.source, found.start(), found.start() + len(text))
    looked.comments.append(Comment(text, span))


def _replace(looked: Looked, replaced: list[tuple[int, str]]) -> None:
    """Put plain characters in place of pasted ones; one report a line, with one fix."""
    parts, at = [], 0
    by_line: dict[int, list[Edit]] = {}
    for start, plain in replaced:
        written = looked.text[start : start + len(plain)]
        parts += [looked.text[at:start], plain]
        at = start + len(plain)
        if written in PASTED:
            line, _ = looked.source.position(start)
            span = Span(looked.source, start, start + 1)
            by_line.setdefault(line, []).append(Edit(span, plain))
    looked.text = "".join([*parts, looked.text[at:]])
    looked.diagnostics += [_pasted(edits) for edits in by_line.values()]


def _fence(span: Span) -> Diagnostic:
    fix = Fix("delete it", Applicability.SAFE, (Edit(span, ""),))
    return Diagnostic(
        "L007", "a code fence was pasted in; it is left out", span,
        help=("rules need no fence around them",), fixes=(fix,),
    )  # fmt: skip


def _pasted(edits: list[Edit]) -> Diagnostic:
    first = edits[0].span.text
    named = {" ": "a special space", "-": f"the dash `{first}`", '"': f"the quote mark `{first}`"}
    what = named.get(edits[0].text, f"the character `{first}`")
    return Diagnostic(
        "L007",
        f"{what} was pasted in; it is read as `{edits[0].text}`",
        edits[0].span,
        help=("write plain characters, as on a keyboard",),
        fixes=(Fix("write plain characters", Applicability.SAFE, tuple(edits)),),
    )
