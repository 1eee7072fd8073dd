"""Small things a trader writes by habit: `16Δ`, `1000$`, `expiry: 45 days`, `iron condor`."""

from __future__ import annotations

import re
from collections.abc import Callable

from hedgerow.language import vocabulary
from hedgerow.language.failure import Failure
from hedgerow.language.forms import LINES
from hedgerow.language.heads import HEADS
from hedgerow.language.orders import as_to_a_broker, count_in_front
from hedgerow.language.phrases import spoken_otherwise
from hedgerow.text.diagnostic import Applicability, Diagnostic, Edit, Fix, instead, replace

_DOLLARS = re.compile(r"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)[ \t]*(?:\$|dollars?\b|USD\b)")
_PART_OF = re.compile(
    r"(?P<part>[0-9.]+[ \t]*(?:%|x\b))[ \t]*"
    rf"(?=[A-Za-z])(?!(?:{'|'.join(sorted(vocabulary.keywords()))})\b)"
)
_CLOCK = re.compile(r"\b[0-2]?[0-9]:[0-5][0-9]\b")
_TO_EXPIRY = re.compile(r"(?:exit|close|hold)\b[^\n]*\b(?:at|to|till|until)[ \t]+expir\w+$")
_COUNTS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _money(failure: Failure) -> Diagnostic | None:
    """`1000$`, `10,000 dollars`."""
    for found in _DOLLARS.finditer(failure.text):
        if found.start() < failure.at < found.end():
            span = failure.skeleton.span(*found.span())
            plain = f"${found['number']}"
            return instead("S116", "an amount of money has its `$` in front", span, plain)
    return None


def _unless(failure: Failure) -> Diagnostic | None:
    if failure.found != "unless" or "AND" not in failure.accepts:
        return None
    return Diagnostic(
        "S107", "`unless` is not a word of this language", failure.span,
        help=("write `and not (...)`, with the condition in the parentheses",),
    )  # fmt: skip


def _colon(failure: Failure) -> Diagnostic | None:
    """`expiry: 45 days` for `expiry = 45 days`, `when: VIX > 15` for `when VIX > 15`."""
    if failure.found != ":" or failure.text.startswith(":=", failure.at):
        return None
    before = failure.before
    if before in LINES and failure.text[: failure.at].strip() == before:
        help, plain = f"write `{LINES[before]}`", ""
    elif failure.kind is vocabulary.MOVES:
        help, plain = "write a sign for it, as in `VIX + 6 points`", ""
    elif "WHEN" in failure.accepts:
        help, plain = f"write `{before} when ...`", " when"
    elif "EQUAL" in failure.accepts:
        help, plain = f"write `{before} = ...`", " ="
    else:
        return None
    fix = replace(f"write `{plain.strip()}`" if plain else "delete it", failure.span, plain)
    message = f"no `:` stands after `{before}`"
    return Diagnostic("S107", message, failure.span, help=(help,), fixes=(fix,))


def _equals_for_a_colon(failure: Failure) -> Diagnostic | None:
    """`VIX = 15, 18, 22` in a test."""
    if failure.found != "=" or failure.kind is not vocabulary.SCENES:
        return None
    fix = replace(
        "write `:`",
        failure.skeleton.span(len(failure.text[: failure.at].rstrip()), failure.at + 1),
        ":",
    )
    message = f"prices stand behind `{failure.before}:`"
    return Diagnostic(
        "S101", message, failure.span, help=("write it as in `VIX: 15 x10, 22, 25`",), fixes=(fix,)
    )


def _needless_quotes(failure: Failure) -> Diagnostic | None:
    """`expiry = "45 days"`, `weekday == "friday"`, `strategy "condor"`; a reason in front."""
    found = re.compile(r'"([^"\n]*)"').match(failure.text, failure.at)
    if found is None or "NAME" not in failure.accepts or not found[1].strip():
        return None
    span = failure.skeleton.span(*found.span())
    if re.match(r"(?:exit|roll)[ \t]+when[ \t]+$", failure.text[: failure.at]):
        help = f"write the reason behind it, as in `{LINES['exit']}`"
        message = "this reason stands in front of its condition"
        return Diagnostic("S101", message, span, help=(help,))
    message = "values and names stand without quotes"
    return instead("S101", message, span, found[1].strip(), safe=False)


def _missing_quotes(failure: Failure) -> Diagnostic | None:
    """`exit when profit >= $500 half the credit is in`."""
    found = re.compile(r"[A-Za-z']+(?:[ \t]+[A-Za-z']+)+[ \t]*$").match(failure.text, failure.at)
    if found is None or "STRING" not in failure.accepts or failure.before[-1:].isdigit():
        return None
    if failure.kind is not vocabulary.RULES or failure.found.lower() in vocabulary.keywords():
        return None
    span = failure.skeleton.span(*found.span())
    fix = replace("put it in quotes", span, f'"{found[0].strip()}"', safe=False)
    message = "this reason stands without quotes"
    return Diagnostic("S101", message, span, help=("a reason stands in quotes",), fixes=(fix,))


def _missing_comma(failure: Failure) -> Diagnostic | None:
    """`expiry = 45 days short = 16 delta`."""
    argument = re.compile(r"\w+[ \t]*=(?!=)").match(failure.text, failure.at)
    if argument is None or "COMMA" not in failure.accepts:
        return None
    end = len(failure.text[: failure.at].rstrip())
    fix = replace("write a comma", failure.skeleton.span(end, end), ",", safe=False)
    message = f"a comma is missing before `{failure.found}`"
    help = ("arguments are parted by `,`",)
    return Diagnostic("S101", message, failure.span, help=help, fixes=(fix,))


def _comma_in_a_block(failure: Failure) -> Diagnostic | None:
    """`when all { VIX < 20, SPX > 2000 }`, `test "..." { VIX: 15 x5, SPX: 4000 }`."""
    block = failure.kind in (vocabulary.CONDITIONS, vocabulary.MOVES, vocabulary.SCENES)
    before = failure.text[: failure.at].rstrip()
    at = failure.at if failure.found == "," else len(before) - 1
    if not block or not re.compile(r",[ \t]*[A-Za-z]").match(failure.text, max(at, 0)):
        return None
    span = failure.skeleton.span(at, at + 1)
    fix = replace("begin a new line", span, "\n", safe=False)
    message = "what stands in these braces has a line each"
    return Diagnostic("S101", message, span, help=("write a line end for the comma",), fixes=(fix,))


def _missing_of(failure: Failure) -> Diagnostic | None:
    """`size spend 25% cost`, `exit when profit >= 2 x credit`: every one of the line at once."""
    gaps = list(_PART_OF.finditer(failure.text))
    here = next((each for each in gaps if each.end() == failure.at), None)
    if here is None or not failure.reads(_PART_OF.sub(r"\g<part> of ", failure.text)):
        return None
    spans = (failure.skeleton.span(each.end("part"), each.end()) for each in gaps)
    fix = Fix("write `of`", Applicability.SAFE, tuple(Edit(at, " of ") for at in spans))
    message = f"`of` is missing before `{failure.found}`"
    help = (f"write `{here['part']} of {failure.found}`",)
    return Diagnostic("S101", message, failure.span, help=help, fixes=(fix,))


def _then(failure: Failure) -> Diagnostic | None:
    """`exit when VIX > 30 then close`, `when VIX < 20 then sell ...`: what is done is never said
    behind the condition.
    """
    first = failure.text.split(None, 1)[0]
    if failure.found != "then" or first not in ("when", "exit", "roll"):
        return None
    if first == "when":
        help = f"an order stands on a line of its own: `{LINES['sell']}`"
        return Diagnostic("S101", "`when` says when, not what", failure.span, help=(help,))
    span = failure.skeleton.span(failure.at, len(failure.text.split("\n", 1)[0]))
    fix = replace("delete it", span, "", safe=False)
    message = f"`{first}` says already what is done"
    return Diagnostic("S101", message, span, help=(f"write `{LINES[first]}`",), fixes=(fix,))


def _time_of_day(failure: Failure) -> Diagnostic | None:
    """`time >= 9:30`, `time = 09:45`."""
    for found in _CLOCK.finditer(failure.text):
        assigned = failure.found == "=" and not failure.text[failure.at + 1 : found.start()].strip()
        if assigned or found.start() < failure.at < found.end():
            span = failure.skeleton.span(*found.span())
            help = "rules are asked once a session, at its close: leave it out"
            return Diagnostic("S101", "a rule knows no time of day", span, help=(help,))
    return None


def _held_to_expiry(failure: Failure) -> Diagnostic | None:
    """`exit at expiration`, `hold until expiry`."""
    found = _TO_EXPIRY.match(failure.text)
    if found is None:
        return None
    span = failure.skeleton.span(0, found.end())
    return Diagnostic(
        "S101", "a position without an exit is held to its expiry", span,
        help=("leave this line out",), fixes=(replace("delete it", span, "", safe=False),),
    )  # fmt: skip


def _left_out(failure: Failure) -> Diagnostic | None:
    """`VIX < 20 ...`, as a note ends or a chat shortens."""
    found = re.compile(r"…|\.{3,}").match(failure.text, failure.at)
    if found is None:
        return None
    span = failure.skeleton.span(*found.span())
    return Diagnostic(
        "S101", f"`{found[0]}` leaves something out", span,
        help=("write what is left out, or delete it",),
        fixes=(replace("delete it", span, "", safe=False),),
    )  # fmt: skip


def _count_in_words(failure: Failure) -> Diagnostic | None:
    """`at most two open`."""
    word = failure.found.lower()
    if "NUMBER" not in failure.accepts or word not in _COUNTS:
        return None
    message, plain = f"`{failure.found}` is a number in words", str(_COUNTS.index(word))
    return instead("S101", message, failure.span, plain, safe=False)


def _basis_of_a_set_size(failure: Failure) -> Diagnostic | None:
    """`set hedge.size = spend 1% of capital`."""
    found = re.match(
        r"set[ \t]+([\w.]+)\.size[ \t]*=[ \t]*(risk|spend|cover)\b[ \t]*", failure.text
    )
    if found is None or failure.at not in (found.start(2), found.end()):
        return None
    span = failure.skeleton.span(found.start(2), found.end())
    return Diagnostic(
        "S101", f"`set` changes how much, not what a size counts by: `{found[2]}` can't stand here",
        span,
        help=(
            f"where `{found[1]}` sizes by `{found[2]}` already, leave the word out",
            f"for another way of sizing, `drop {found[1]}` and add it anew, whole",
        ),
    )  # fmt: skip


HABITS: tuple[Callable[[Failure], Diagnostic | None], ...] = (
    _money,
    _unless,
    _colon,
    _equals_for_a_colon,
    *HEADS,
    count_in_front,
    as_to_a_broker,
    _needless_quotes,
    spoken_otherwise,
    _missing_of,
    _missing_quotes,
    _missing_comma,
    _then,
    _held_to_expiry,
    _time_of_day,
    _left_out,
    _count_in_words,
    _basis_of_a_set_size,
    _comma_in_a_block,
)
