"""What became of every quote that was read."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct, field

from hedgerow.text.in_words import counted

# Why a quote is left out.
MALFORMED = "a row with too few or too many cells"
NO_DATE = "a date that is no date"
NO_EXPIRY = "an expiry that is no date"
NO_STRIKE = "a strike that is no number above zero"
NO_RIGHT = "a right that is neither call nor put"
FOREIGN = "on another underlying than SPX and VIX"
BEFORE_DATE = "an expiry before the date of the quote"
EXPIRED = "an expiry on the date of the quote: it settles that day"
NO_SESSION = "a date that is no session of SPX"
OTHER_LEVEL = "the underlying more than 2% from its close"
TWICE = "the same quote a second time"
DIFFERING = "several different quotes of one contract"
CROSSED = "a bid above its ask"
NO_QUOTE = "no ask"
NO_FORWARD = "an expiry without a strike near the money quoted both ways"
TOO_FEW = "an expiry with fewer than five strikes to draw a curve through"
# What a kept quote is not used for, or how it was read.
NO_BID = "no bid: not used for the curve"
OUTSIDE_BOUNDS = "a mid outside the bounds of no arbitrage: not used for the curve"
CONTRADICTING = "in a vertical or butterfly that pays at its quotes: not used for the curve"
OFF_PARITY = "a call and a put further from parity than their spreads"
MOVED = "an expiry moved to the day it settles (a Saturday, or the last day of trading)"
ASSUMED_OPEN = "no root given: a standard expiry is taken to settle at the open"


class ChainReport(Struct):
    """Quotes counted: a row with a call and a put is two. `read` is kept and dropped together."""

    files: list[tuple[str, str]] = field(default_factory=list)  # (name, layout)
    read: int = 0
    kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)  # reason -> quotes
    remarks: Counter[str] = field(default_factory=Counter)  # what is said of kept ones -> quotes
    days: int = 0
    expiries: int = 0  # pairs of a day and an expiry that can be priced from

    def drop(self, reason: str, count: int) -> None:
        if count:
            self.dropped[reason] += count

    def remark(self, reason: str, count: int) -> None:
        if count:
            self.remarks[reason] += count

    def lines(self) -> list[str]:
        """The report as a person reads it."""
        layouts = ", ".join(sorted({layout for _, layout in self.files}))
        return [
            f"{self.read:,} quotes read from {counted(len(self.files), 'file')} "
            f"(layout: {layouts}), "
            f"{self.kept:,} kept: {self.days:,} days, {self.expiries:,} expiries.",
            *(f"left out, {reason}: {count:,}" for reason, count in _ranked(self.dropped)),
            *(f"kept, {reason}: {count:,}" for reason, count in _ranked(self.remarks)),
        ]


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
