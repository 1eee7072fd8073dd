"""What traders say one way and the language writes another: `VIX at least 15`, `50% max profit`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from hedgerow.language.failure import Failure
from hedgerow.text.diagnostic import Diagnostic, instead
from hedgerow.text.source import Span

_NUMBER = r"([\w.$%]+)"
_RANGE = r"([\w$%]+(?:\.\d+)?) ?\.{2,3} ?([\w$%]+(?:\.\d+)?)"
_PART = r"([0-9.]+%)"
_BY_DAYS = r"\b([0-9]+)(?: |-)days? "
# In a phrase a space is any number of blanks, and ` ?` may be none.
_PHRASES = (
    (rf"\bat least {_NUMBER}", r">= \1"),
    (rf"(?<!^)\bat most {_NUMBER}", r"<= \1"),
    (rf"\bin {_NUMBER} to {_NUMBER}", r"between \1 and \2"),
    (rf"\bbetween {_NUMBER} ?(?:-|to) ?{_NUMBER}", r"between \1 and \2"),
    (rf"\bfrom {_NUMBER} ?(?:-|\buntil\b) ?{_NUMBER}", r"from \1 to \2"),
    (rf"\brange {_NUMBER} ?(?:-|to) ?{_NUMBER}", r"from \1 to \2"),
    (rf"\bfrom {_RANGE}", r"from \1 to \2"),
    (rf"\b(?:between|in) {_RANGE}", r"between \1 and \2"),
    (r"\b(delta|sd) ([0-9.]+)", r"\2 \1"),
    (r"\b([0-9.]+)% ?(delta|sd)\b", r"\1 \2"),
    (rf"{_PART} ?(?:otm|OTM|out of the money)\b", r"\1"),
    (rf"{_PART} (?:above|below|over|under) (?:the )?(?:spot|money|market|price)\b", r"\1"),
    (r"\bratio ?= ?1 ?: ?([0-9]+)", r"ratio = \1"),
    (rf"{_BY_DAYS}(?:moving average|S?MA)\b", r"sma(SERIES, \1)"),
    (r"\b([0-9]+) ?(?:dma|DMA)\b", r"sma(SERIES, \1)"),
    (rf"{_BY_DAYS}(?:exponential moving average|EMA)\b", r"ema(SERIES, \1)"),
    (rf"\b{_PART} (?:of )?(?:the )?max(?:imum)? (profit|loss)\b", r"\1 of max_\2"),
    (r"\bof (?:the )?(?:buying power|account(?: value| size| balance)?|net liq\w*)", "of capital"),
    (r"\bof the (\w+)", r"of \1"),
    (r"\bloss(?:es)? (?:in|of) ([\w.]+) (?:under|in|after) (\w+)", r"loss(\1, \2)"),
    (r"\bmax drawdown\b", "max_drawdown"),
    (r"\bmax ([0-9]+) times\b", r"at most \1 times"),
    (r"\b([A-Z]\w*) tomorrow\b", r"1 session before \1"),
    (r"\b([A-Z]\w*) (?:today|day)\b", r"on \1"),
    (r"\bdays (?:to|till|until) expir(?:y|ation)\b", "days_to_expiry"),
    (r"\b([a-z]\w*) not open\b", r"no \1 open"),
    (r"\b(?:IV|iv) (?:rank|percentile)\b", "percentile(VIX, 252)"),
    (r"\bnot in (?:a )?(?:position|trade)\b", "no ENTRY open"),
    (r"^exit if\b", "exit when"),
    (r"^exit on (\w+day)s?\b", r"exit when weekday == \1"),
    (r"^exit after ([0-9]+ (?:days|weeks|months))\b", r"exit when age >= \1"),
    (rf"^exit at {_PART} (?:of )?(?:max )?profit\b", r"exit when profit >= \1 of MONEY"),
    (
        rf"^(?:take profits?|profit target|target) ?(?:at |of |=|:)? ?{_PART}[^\n]*",
        r"exit when profit >= \1 of MONEY",
    ),
    (
        rf"^stop(?: loss|_?loss)? ?(?:at |of |=|:)? ?-?{_PART}[^\n]*",
        r"exit when profit <= -\1 of MONEY",
    ),
    (
        r"^(?:close|exit) (?:at|when) ([0-9]+) ?(?:dte|DTE|days? left)\b",
        r"exit when days_to_expiry <= \1 days",
    ),
    (rf"^limit {_PART} (\w+)", r"limit \2 <= \1 of equity"),
    (r"^size ?= ?([^\n=]+)", r"size \1"),
    (rf"^size {_PART} (?:at )?risk(?:ed)?\b", r"size risk \1 of capital"),
    (r"^layer (\w+) when\b", r"layer \1 at"),
    (r"^(?:expect|assert) (\w+) (?:opens?|opened|enters|entered)\b", r"expect entry \1"),
    (r"^(?:expect|assert) (\w+) (?:closes?|closed|exits|exited)\b", r"expect exit \1"),
    (r"^(?:expect|assert) no (\w+)$", r"expect no entry \1"),
    (r"^set ([\w.]+) from ([^\n]+?) to ([^\n]+)", r"set \1 = \3 was \2"),
    (r"^(?:change|set) ([\w.]+) to ([^\n]+)", r"set \1 = \2"),
    (r"^(?:remove|delete) ([\w.]+)$", r"drop \1"),
    (r"^roll into [^\n()]+? when ([^\n]+)", r"roll when \1"),
    (r"^roll (into [^\n]+?\)) (when [^\n]+)", r"roll \2 \1"),
)
_BLANK = re.compile(r" (\??)")
_SERIES = re.compile(r"\b[A-Z][A-Z0-9]+\b")
_OPENING = re.compile(r"^[ \t]*(buy|sell)\b", re.MULTILINE)
_RULE = re.compile(r"(?:entry|layer) `(\w+)`")


def spoken_otherwise(failure: Failure) -> Diagnostic | None:
    """The first of them that covers the place of the failure."""
    for pattern, template in _patterns():
        for found in pattern.finditer(failure.text):
            if not found.start() <= failure.at <= found.end():
                continue
            span = failure.skeleton.span(*found.span())
            plain = found.expand(template)
            for word, meant in _meant(failure, found.start(), span).items():
                plain = plain.replace(word, meant)
            message = f"`{found[0].strip()}` is written another way here"
            return instead("S101", message, span, plain, safe=False)
    return None


def _meant(failure: Failure, start: int, span: Span) -> Mapping[str, str]:
    """What the capitals of a phrase stand for: what was spoken of last."""
    opened = _OPENING.findall(span.source.text, 0, span.start)
    return {
        "SERIES": (_SERIES.findall(failure.text[:start]) or ["SPX"])[-1],
        "ENTRY": (_RULE.findall(" ".join(failure.around)) or ["NAME"])[0],
        "MONEY": "cost" if opened[-1:] == ["buy"] else "credit",
    }


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(_BLANK.sub(_blanks, said)), plain) for said, plain in _PHRASES)


def _blanks(blank: re.Match[str]) -> str:
    return r"[ \t]*" if blank[1] else r"[ \t]+"
