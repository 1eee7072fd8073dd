"""Orders as a broker hears them: `sell 2 SPX puts 45 DTE 16 delta`."""

from __future__ import annotations

import re

from hedgerow.language.failure import Failure
from hedgerow.language.forms import OPENINGS
from hedgerow.text.diagnostic import Diagnostic, instead, replace

_COUNT = re.compile(r"(?:buy|sell|offset)[ \t]+(?P<count>([0-9]+)[ \t]*x?[ \t]+)\w+[ \t]*\(")
_ACTION = re.compile(r"(?P<action>buy|sell|offset)[ \t]+(?P<rest>[^\n(]+)$")
# How each is called, the longer names first.
_CALLED = {
    "iron_condor": r"iron[ \t_-]?condors?|IC",
    "iron_butterfly": r"iron[ \t_-]?(?:butter)?fl(?:y|ies)",
    "put_spread": r"put[ \t]+(?:\w+[ \t]+)?spreads?|bull[ \t]+puts?",
    "call_spread": r"call[ \t]+(?:\w+[ \t]+)?spreads?|bear[ \t]+calls?",
    "strangle": "strangles?",
    "straddle": "straddles?",
    "calendar": "calendars?",
    "put": "puts?",
    "call": "calls?",
    "future": "futures?",
    "shares": "shares?|stocks?",
}
# What an example has, and the same as it is told to a broker.
_TOLD = {
    "SPX": r"\b(?!DTE|ATM|OTM|ITM|IC)([A-Z]{2,5})\b",
    "45 days": r"\b([0-9]+)[ \t-]*(?:dte|DTE|days?)\b",
    "16 delta": r"\b([0-9]+)[ \t-]*(?:deltas?\b|Δ|d\b)",
    "50 points": r"\b([0-9]+)[ \t-]*(?:wide|points?|pts)\b",
}


def count_in_front(failure: Failure) -> Diagnostic | None:
    """`buy 2 put(...)`."""
    found = _COUNT.match(failure.text)
    if found is None or failure.at != found.start("count"):
        return None
    span = failure.skeleton.span(*found.span("count"))
    count = found[2]
    return Diagnostic(
        "S101", f"an order does not say how many: `{found['count'].strip()}`", failure.span,
        help=(f"write `size {count} contract{'s' * (count != '1')}`; legs in a ratio are those of "
              "a `structure`",),
        fixes=(replace("delete it", span, "", safe=False),),
    )  # fmt: skip


def as_to_a_broker(failure: Failure) -> Diagnostic | None:
    """`sell put SPX 45 DTE 16 delta`, with what it says and the rest of an example."""
    found = _ACTION.match(failure.text)
    if found is None:
        return None
    names = (
        name
        for name, called in _CALLED.items()
        if re.search(rf"\b(?:{called})\b", found["rest"], re.I)
    )
    name = next(names, None)
    if name is None:
        return None
    plain = f"{found['action']} {OPENINGS[name]}"
    for example, said in _TOLD.items():
        told = re.search(said, found["rest"])
        if told is not None:
            _, blank, unit = example.partition(" ")
            plain = plain.replace(example, f"{told[1]}{blank}{unit}")
    span = failure.skeleton.span(0, len(failure.text.rstrip()))
    message = "an order has its underlying and its arguments in parentheses"
    return instead("S101", message, span, plain, safe=False)
