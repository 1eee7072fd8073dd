"""Habits from other languages, each with its own words and its fix."""

from __future__ import annotations

import re
from collections.abc import Callable

from hedgerow.language import vocabulary
from hedgerow.language.failure import Failure
from hedgerow.text.diagnostic import Diagnostic, Fix, instead, replace
from hedgerow.text.source import Span

_LOGIC = {"&&": "and", "&": "and", "||": "or", "|": "or", "!": "not"}
_MANY_EQUALS = {"===": "==", "<>": "!=", "=<": "<=", "=>": ">=", ":=": "=", "!==": "!="}
_SPOKEN = {
    "greater": ">", "more": ">", "above": ">", "over": ">", "exceeds": ">", "higher": ">",
    "less": "<", "below": "<", "under": "<", "lower": "<", "equals": "==", "equal": "==",
}  # fmt: skip
_STRANGE_NUMBER = (
    r"(?<![\w.])(?:[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|\.[0-9]+|[0-9]+\.(?![0-9])"
    r"|[0-9.]+(?:[eE][+-]?[0-9]+|[kKmM]\b))"
)
_BEFORE = 16  # characters in which what failed may have begun
_CAPITALS = vocabulary.keywords() | {"above", "below", "most", "armed", "disarmed", "risk"}


def _around(failure: Failure, pattern: str) -> tuple[re.Match[str], Span] | None:
    """The match of a pattern that covers the place of failure, with its span."""
    first = max(0, failure.at - _BEFORE)
    for found in re.finditer(pattern, failure.text[first : failure.at + 40]):
        start, stop = first + found.start(), first + found.end()
        if start <= failure.at < stop:
            return found, failure.skeleton.span(start, stop)
    return None


def _spaced(word: str, span: Span) -> str:
    """The word with a space on each side that has none."""
    text = span.source.text
    left = "" if text[span.start - 1 : span.start].isspace() else " "
    right = "" if text[span.stop : span.stop + 1].isspace() else " "
    return f"{left}{word}{right}"


def _logic(failure: Failure) -> Diagnostic | None:
    found = _around(failure, r"&&?|\|\|?|!(?!=)")
    if found is None:
        return None
    match, span = found
    word = _LOGIC[match[0]]
    spaced = _spaced(word, span)
    fix = replace(f"write `{word}`", span, spaced.lstrip() if word == "not" else spaced)
    return Diagnostic(
        "S107", f"`{match[0]}` is not a word of this language", span,
        help=(f"logic is written in words: `{word}`",), fixes=(fix,),
    )  # fmt: skip


def _comparison_signs(failure: Failure) -> Diagnostic | None:
    found = _around(failure, r"===|!==|<>|=<|=>|:=")
    if found is None:
        return None
    match, span = found
    message = f"`{match[0]}` is not an operator of this language"
    return instead("S107", message, span, _MANY_EQUALS[match[0]])


def _spoken_comparison(failure: Failure) -> Diagnostic | None:
    """`SPX is greater than 5`, `SPX above 5`."""
    sign = _SPOKEN.get(failure.found)
    if sign is None or failure.token is None or not {"ARMED", "LESS"} & failure.accepts:
        return None
    return Diagnostic(
        "S107", f"values are not compared with `{failure.found}`", failure.span,
        help=(f"write the sign: `{sign}`",),
    )  # fmt: skip


def _comment(failure: Failure) -> Diagnostic | None:
    found = _around(failure, r"//+|/\*|\*/|--+")
    if found is None or (found[0][0].startswith("--") and failure.at):
        return None
    match, span = found
    fixes: tuple[Fix, ...] = ()
    if match[0].startswith(("//", "--")):
        fixes = (replace("start the comment with `#`", span, "#"),)
    return Diagnostic(
        "S108", f"`{match[0]}` starts no comment here", span,
        help=("comments start with `#` and end with the line",), fixes=fixes,
    )  # fmt: skip


def _semicolon(failure: Failure) -> Diagnostic | None:
    if failure.found != ";":
        return None
    last = not failure.text[failure.at + 1 :].strip(" \t;")
    fix = (
        replace("delete it", failure.span, "")
        if last
        else replace("start a new line", failure.span, "\n", safe=False)
    )
    return Diagnostic(
        "S109", "a `;` ends nothing here", failure.span,
        help=("the end of the line ends a statement",), fixes=(fix,),
    )  # fmt: skip


def _assignment(failure: Failure) -> Diagnostic | None:
    if failure.found != "=" or "SAME" not in failure.accepts:
        return None
    return Diagnostic(
        "S110", "`=` gives a name to a value, it does not compare", failure.span,
        help=("compare with `==`",), fixes=(replace("write `==`", failure.span, "=="),),
    )  # fmt: skip


def _open_text(failure: Failure) -> Diagnostic | None:
    if failure.found not in ('"', "'"):
        return None
    rest = failure.text[failure.at :].split("\n", 1)[0]
    if rest.count(failure.found) > 1:
        return None
    return Diagnostic(
        "S106",
        "this text is not closed on its line",
        failure.span,
        help=(f"end it with `{failure.found}`",),
    )


def _capitals(failure: Failure) -> Diagnostic | None:
    word = failure.found
    if word == word.lower() or word.lower() not in _CAPITALS:
        return None
    plain = word.lower()
    if not {plain.upper(), "NOT", "IF"} & failure.accepts and failure.at:
        return None
    return Diagnostic(
        "S124", f"`{word}` stands in capitals", failure.span,
        help=("the words of the language are written in small letters",),
        fixes=(replace(f"write `{plain}`", failure.span, plain),),
    )  # fmt: skip


def _number(failure: Failure) -> Diagnostic | None:
    """`.5`, `5.`, `1e6`, `40k`, `1.000,50`: numbers as other places write them."""
    found = _around(failure, _STRANGE_NUMBER)
    if found is None:
        return None
    match, span = found
    message = f"`{match[0]}` is not written as a number here"
    return instead("S125", message, span, _plain_number(match[0]), safe="," not in match[0])


def _plus(failure: Failure) -> Diagnostic | None:
    """`strike = +5%`."""
    if failure.found != "+" or not re.match(r"\+[0-9]", failure.text[failure.at :]):
        return None
    fix = replace("delete it", failure.span, "")
    return Diagnostic("S125", "no `+` stands before a number", failure.span, fixes=(fix,))


def _plain_number(written: str) -> str:
    if "," in written:
        return _moved(written.replace(".", "").replace(",", "."), 0)
    if written[-1] in "kKmM":
        digits, zeros = written[:-1], 3 if written[-1] in "kK" else 6
        return _moved(digits, zeros)
    parts = re.split("[eE]", written)
    if len(parts) == 2 and len(parts[1]) <= 3:
        return _moved(parts[0], int(parts[1]))
    return f"0{written}" if written.startswith(".") else written.rstrip(".")


def _moved(digits: str, places: int) -> str:
    """The digits with the decimal point moved, without a float in between."""
    before, _, after = digits.partition(".")
    if places < 0:
        moved = before.rjust(1 - places, "0")
        return f"{moved[:places]}.{moved[places:]}{after}"
    moved = before + after.ljust(places, "0")
    cut = len(before) + places
    whole, rest = moved[:cut].lstrip("0") or "0", moved[cut:].rstrip("0")
    return f"{whole}.{rest}" if rest else whole


FOREIGN: tuple[Callable[[Failure], Diagnostic | None], ...] = (
    _logic,
    _comparison_signs,
    _spoken_comparison,
    _comment,
    _semicolon,
    _assignment,
    _open_text,
    _capitals,
    _number,
    _plus,
)
