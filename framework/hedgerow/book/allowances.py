"""`# allow R503: reason` takes a warning or a note back, on its line or the line below.

Several codes stand with commas between them. An error can't be allowed, and a comment that allows
nothing is reported itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from hedgerow.language.tree import Comment
from hedgerow.text.codes import CODES
from hedgerow.text.diagnostic import Diagnostic, has_errors, in_order, nearest, replace
from hedgerow.text.source import Source, Span

# A word with a digit or a hyphen in it is meant as a code or as its name; any other is prose.
_CODE = re.compile(r"(?:\w+(?:-\w+)+|\w*\d\w*)\b")
_CODES = rf"{_CODE.pattern}(?:\s*,\s*{_CODE.pattern})*"
_ALLOW = re.compile(rf"#+\s*allow:?\s+(?P<codes>{_CODES})\s*:?(?P<reason>.*)", re.I)
_OWN_CODES = ("L013", "L014", "L015", "L016")
_EXAMPLE = "write `# allow R503: the reason`"

_Place = tuple[str, int]  # a file's name and a line of it


class _Allowance(Struct, frozen=True):
    code: str  # as written
    codes: str  # all that its comment allows, as written
    reason: str
    line: int  # the one it stands for
    span: Span  # of the comment
    code_span: Span

    @property
    def place(self) -> _Place:
        return self.span.source.name, self.line


def after_allowances(
    diagnostics: Iterable[Diagnostic], comments: Iterable[Comment], own: Sequence[Comment]
) -> tuple[Diagnostic, ...]:
    """What is left to report, in order of place.

    `comments` are those of a file and its parents, `own` those of the file alone: what a parent
    allows is judged where the parent is checked.
    """
    found = in_order(diagnostics)
    written = [allowance for each in comments for allowance in _allowances(each)]
    if not written:
        return found
    codes: dict[_Place, set[str]] = {}
    for each in found:
        codes.setdefault(_place_of(each.span), set()).add(each.code)
    here = [(each, codes.get(each.place, set())) for each in written]
    valid = {(each.place, each.code) for each, near in here if _problem(each, near) is None}
    left = (each for each in found if (_place_of(each.span), each.code) not in valid)
    mine = {comment.span for comment in own}
    broken = has_errors(found)  # a file with errors may hide what a comment is needed for
    judged = (
        _problem(each, near) or (None if broken or each.code in near else _unused(each))
        for each, near in here
        if each.span in mine
    )
    return in_order((*left, *(each for each in judged if each is not None)))


def _place_of(span: Span) -> _Place:
    return span.source.name, span.source.position(span.start)[0]


def _allowances(comment: Comment) -> list[_Allowance]:
    """One for each code that the comment names."""
    read = _ALLOW.fullmatch(comment.text)
    if read is None:
        return []
    span, line = comment.span, _line_meant(comment.span)
    codes, reason, offset = read["codes"], read["reason"].strip(), span.start + read.start("codes")
    return [
        _Allowance(
            found[0], codes, reason, line, span,
            Span(span.source, offset + found.start(), offset + found.end()),
        )
        for found in _CODE.finditer(codes)
    ]  # fmt: skip


def _line_meant(comment: Span) -> int:
    """Its own line; where nothing else stands there, the next one with something on it."""
    source = comment.source
    line, column = source.position(comment.start)
    if source.line(line)[: column - 1].strip():
        return line
    spoken = _lines_that_say_something(source)
    after = bisect_right(spoken, line)
    return spoken[after] if after < len(spoken) else line


@lru_cache(maxsize=4)
def _lines_that_say_something(source: Source) -> Sequence[int]:
    """Numbers of the lines with more on them than a comment, ascending."""
    lines = (source.line(number).strip() for number in range(1, source.line_count + 1))
    return [number for number, text in enumerate(lines, 1) if text and not text.startswith("#")]


def _problem(allowance: _Allowance, here: Container[str]) -> Diagnostic | None:
    """Why it allows nothing, whatever the file says; `here` are the codes reported on its line."""
    row = CODES.get(allowance.code)
    if row is None:
        return _unknown(allowance, here)
    if row.severity == "error" or row.code in _OWN_CODES:
        what = "is an error" if row.severity == "error" else "is about such comments"
        return Diagnostic(
            "L016", f"`{row.code}` can't be allowed: it {what}", allowance.code_span,
            help=("correct what it reports, and delete the comment",),
        )  # fmt: skip
    if not allowance.reason:
        message = f"the comment does not say why `{allowance.codes}` is allowed"
        return Diagnostic("L013", message, allowance.span, help=(_EXAMPLE,))
    return None


def _unknown(allowance: _Allowance, here: Container[str]) -> Diagnostic:
    meant = _meant(allowance.code, here)
    message = f"there is no code `{allowance.code}` to allow"
    if meant is None:
        return Diagnostic("L015", message, allowance.code_span, help=(_EXAMPLE,))
    fix = replace(f"write `{meant}`", allowance.code_span, meant, safe=False)
    help = f"did you mean `{meant}` ({CODES[meant].name})?"
    return Diagnostic("L015", message, allowance.code_span, help=(help,), fixes=(fix,))


def _meant(written: str, here: Container[str]) -> str | None:
    """A code that can be allowed: one reported on the line, else one near by name or spelling."""
    rows = [row for row in CODES.values() if row.severity != "error" and row.code not in _OWN_CODES]
    reported = [row.code for row in rows if row.code in here]
    by_name = {row.name: row.code for row in rows}
    named = by_name.get(nearest(written, list(by_name)) or "")
    return named or next(iter(reported), None) or nearest(written, list(by_name.values()))


def _unused(allowance: _Allowance) -> Diagnostic:
    message = f"nothing here has to be allowed by `{allowance.code}`"
    if allowance.code != allowance.codes:
        help = ("delete this code, and keep the others",)
        return Diagnostic("L014", message, allowance.code_span, help=help)
    fix = replace("delete the comment", allowance.span, "", safe=False)
    return Diagnostic("L014", message, allowance.span, fixes=(fix,))
