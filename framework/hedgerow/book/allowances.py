"""`# allow R503: reason` takes a warning or a note back, on its line or the line below.

An error can't be allowed, and a comment that allows nothing is reported itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hedgerow.language.tree import Comment
from hedgerow.text.codes import CODES
from hedgerow.text.diagnostic import Diagnostic, has_errors, in_order, nearest, replace
from hedgerow.text.source import Source, Span

# A word with a digit or a hyphen in it is meant as a code or as its name; any other is prose.
_ALLOW = re.compile(r"#+\s*allow:?\s+(?P<code>\w*\d\w*|\w+(?:-\w+)+)\b\s*:?(?P<reason>.*)", re.I)
_OWN_CODES = ("L013", "L014", "L015", "L016")
_EXAMPLE = "write `# allow R503: the reason`"


@dataclass(frozen=True, slots=True)
class _Allowance:
    code: str  # as written
    reason: str
    line: int  # the one it stands for
    span: Span  # of the comment
    code_span: Span

    def meets(self, found: Diagnostic) -> bool:
        source, start = found.span.source, found.span.start
        return source.name == self.span.source.name and source.position(start)[0] == self.line

    def covers(self, found: Diagnostic) -> bool:
        return found.code == self.code and self.meets(found)


def after_allowances(
    diagnostics: Iterable[Diagnostic], comments: Iterable[Comment], own: Sequence[Comment]
) -> tuple[Diagnostic, ...]:
    """What is left to report, in order of place.

    `comments` are those of a file and its parents, `own` those of the file alone: what a parent
    allows is judged where the parent is checked.
    """
    found = in_order(diagnostics)
    written = [allowance for each in comments if (allowance := _allowance(each)) is not None]
    if not written:
        return found
    valid = [each for each in written if _problem(each, found) is None]
    left = (each for each in found if not any(one.covers(each) for one in valid))
    mine = {comment.span for comment in own}
    judged = (_judged(each, found) for each in written if each.span in mine)
    return in_order((*left, *(each for each in judged if each is not None)))


def _judged(allowance: _Allowance, found: Sequence[Diagnostic]) -> Diagnostic | None:
    """What is wrong with a comment. A file with errors may hide what it is needed for."""
    problem = _problem(allowance, found)
    if problem is None and not has_errors(found) and not any(map(allowance.covers, found)):
        return _unused(allowance)
    return problem


def _allowance(comment: Comment) -> _Allowance | None:
    read = _ALLOW.fullmatch(comment.text)
    if read is None:
        return None
    span = comment.span
    start = span.start + read.start("code")
    code_span = Span(span.source, start, start + len(read["code"]))
    line = _line_meant(span)
    return _Allowance(read["code"], read["reason"].strip(), line, span, code_span)


def _line_meant(comment: Span) -> int:
    """Its own line; where nothing else stands there, the next one with something on it."""
    source = comment.source
    line, column = source.position(comment.start)
    if source.line(line)[: column - 1].strip():
        return line
    return next((number for number in range(line + 1, source.line_count + 1)
                 if _says_something(source, number)), line)  # fmt: skip


def _says_something(source: Source, number: int) -> bool:
    written = source.line(number).strip()
    return bool(written) and not written.startswith("#")


def _problem(allowance: _Allowance, found: Sequence[Diagnostic]) -> Diagnostic | None:
    """Why it allows nothing, whatever the file says."""
    row = CODES.get(allowance.code)
    if row is None:
        return _unknown(allowance, [each.code for each in found if allowance.meets(each)])
    if row.severity == "error" or row.code in _OWN_CODES:
        what = "is an error" if row.severity == "error" else "is about such comments"
        return Diagnostic(
            "L016", f"`{row.code}` can't be allowed: it {what}", allowance.code_span,
            help=("correct what it reports, and delete the comment",),
        )  # fmt: skip
    if not allowance.reason:
        message = f"the comment does not say why `{row.code}` is allowed"
        return Diagnostic("L013", message, allowance.span, help=(_EXAMPLE,))
    return None


def _unknown(allowance: _Allowance, here: Sequence[str]) -> Diagnostic:
    meant = _meant(allowance.code, here)
    message = f"there is no code `{allowance.code}` to allow"
    if meant is None:
        return Diagnostic("L015", message, allowance.code_span, help=(_EXAMPLE,))
    fix = replace(f"write `{meant}`", allowance.code_span, meant, safe=False)
    help = f"did you mean `{meant}` ({CODES[meant].name})?"
    return Diagnostic("L015", message, allowance.code_span, help=(help,), fixes=(fix,))


def _meant(written: str, here: Sequence[str]) -> str | None:
    """A code that can be allowed: one reported on the line, else one near by name or spelling."""
    rows = [row for row in CODES.values() if row.severity != "error" and row.code not in _OWN_CODES]
    reported = [row.code for row in rows if row.code in here]
    by_name = {row.name: row.code for row in rows}
    named = by_name.get(nearest(written, list(by_name)) or "")
    return named or next(iter(reported), None) or nearest(written, list(by_name.values()))


def _unused(allowance: _Allowance) -> Diagnostic:
    fix = replace("delete the comment", allowance.span, "", safe=False)
    message = f"nothing here has to be allowed by `{allowance.code}`"
    return Diagnostic("L014", message, allowance.span, fixes=(fix,))
