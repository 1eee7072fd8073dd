"""What may be wrong with data, and what was found."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """Every fault that is looked for, by the name programs see."""

    UNREADABLE = "unreadable"
    MISNAMED = "misnamed"
    NO_DATE = "no-date"
    NO_NUMBER = "no-number"
    UNSORTED = "unsorted"
    DUPLICATE = "duplicate-date"
    FUTURE = "future-date"
    NO_SESSION = "no-session"
    GAP = "gap"
    NO_CLOSE = "no-close"
    NOT_POSITIVE = "not-positive"
    CROSSED = "high-below-low"
    OUTSIDE = "outside-range"
    BAD_TICK = "bad-tick"
    OUTLIER = "outlier"
    SPLIT = "split"
    STUCK = "stuck-close"
    STALE_OPENS = "stale-opens"
    FLAT_BARS = "flat-bars"
    UNIT = "unit"
    DIFFERS = "differs-from-sample"
    QUOTES = "quotes-left-out"
    READ_SO = "read-so"

    @property
    def is_remark(self) -> bool:
        """Said because a reader should know it; nothing needs to be mended."""
        return self is Kind.READ_SO


# Of each kind: what it is of one, of several, and the way out.
_TOLD = {
    Kind.NO_DATE: ("row without an ISO date", "rows without an ISO date",
                   "write dates like 2020-01-31"),
    Kind.NO_NUMBER: ("cell that is no number", "cells that are no numbers",
                     "write them like 4796.56, or leave them blank"),
    Kind.UNSORTED: ("row before its time", "rows before their time",
                    "sort the rows by date, oldest first"),
    Kind.DUPLICATE: ("date given twice", "dates given more than once", "keep one row a date"),
    Kind.FUTURE: ("date in the future", "dates in the future", "correct or delete them"),
    Kind.NO_SESSION: ("date without a New York session", "dates without a New York session",
                      "a run leaves them out, if SPX has none; check time zone and holidays"),
    Kind.GAP: ("session missing", "sessions missing",
               "a run takes the last value known; fetch them if there were any"),
    Kind.NO_CLOSE: ("close missing", "closes missing", "fill them in or delete the rows"),
    Kind.NOT_POSITIVE: ("value not above zero", "values not above zero",
                        "correct them or delete the rows"),
    Kind.CROSSED: ("high below its low", "highs below their low",
                   "correct them or leave both blank"),
    Kind.OUTSIDE: ("bar whose open or close lies outside it",
                   "bars whose open or close lies outside them",
                   "correct high and low, or leave them blank"),
    Kind.BAD_TICK: ("open, high or low far from its day",
                    "opens, highs or lows far from their day",
                    "compare with another source; closes alone will do"),
    Kind.OUTLIER: ("close that jumps away and back", "closes that jump away and back",
                   "compare with another source"),
    Kind.SPLIT: ("jump as of a split", "jumps as of splits",
                 "give prices adjusted for splits"),
    Kind.STUCK: ("close repeated from day to day", "closes repeated from day to day",
                 "look whether the source had stopped"),
    Kind.STALE_OPENS: ("span with opens that are the close before",
                       "spans with opens that are the close before",
                       "do not use opens or gaps of that time"),
    Kind.FLAT_BARS: ("span with bars of one price", "spans with bars of one price",
                     "do not use highs and lows of that time"),
    Kind.DIFFERS: ("close unlike the packaged sample", "closes unlike the packaged sample",
                   "compare with what the exchange publishes"),
}  # fmt: skip
_SHOWN = 4  # places named before the rest are only counted


class Finding(Struct, frozen=True):
    """One kind of fault in one file."""

    where: str  # a file, as the folder names it
    kind: Kind
    count: int
    places: tuple[str, ...] = ()  # days, rows or years, in order
    said: str = ""  # the sentence, where the kind has none of its own

    @property
    def text(self) -> str:
        """What was found, where, and the way out."""
        if self.said:
            return self.said
        one, several, remedy = _TOLD[self.kind]
        shown = ", ".join(self.places[:_SHOWN])
        more = f" and {len(self.places) - _SHOWN:,} more" if len(self.places) > _SHOWN else ""
        return f"{self.count:,} {one if self.count == 1 else several} ({shown}{more}); {remedy}"


def found(where: str, kind: Kind, places: list[str]) -> list[Finding]:
    """One finding, or none where there are no places."""
    return [Finding(where, kind, len(places), tuple(places))] if places else []


def fault_of(where: str, problem: str) -> Finding:
    """A file that cannot be looked into any further."""
    return Finding(where, Kind.UNREADABLE, 1, said=problem)
