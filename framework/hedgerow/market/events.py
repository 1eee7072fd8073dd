"""Calendars of events: when they take place, since when that was known, and what they brought.

Looking ahead is allowed for one thing only: a date that was public by the close at which a rule
looks. So every event carries the day it was announced, and the day it was called off, if it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from hedgerow.market.calendar import Days, nyse
from hedgerow.market.event_names import PACKAGED

Floats = NDArray[np.float64]


_FIRST_SPX_EXPIRY = np.datetime64("1983-07")
_FIRST_VIX_EXPIRY = np.datetime64("2004-05")
_VIX_FUTURES_LISTED = np.datetime64("2004-03-26")
_NEVER = np.datetime64("NaT", "D")


class EventCalendar(Struct, frozen=True, eq=False):
    """Events of one name, in order of date. Arrays are (events,).

    `date` is the day by whose close the news is out, trading day or not: what comes out after the
    close belongs to the next day. Of the days before `first` and after `last` the calendar knows
    nothing.
    """

    name: str
    dates: Days
    announced: Days  # by the close of this day the date was public; never after `dates`
    withdrawn: Days  # by the close of this day it was called off; NaT: it takes place
    first: np.datetime64
    last: np.datetime64
    actual: Floats | None = None  # in the unit of the file; nan where not given
    expected: Floats | None = None  # likewise, by the time of the release

    def known_at(self, day: date | np.datetime64) -> EventCalendar:
        """What was known at the close of `day`; `first` and `last` stay, they are no news."""
        at = np.datetime64(str(day), "D")
        seen = self.announced <= at
        out = self.dates[seen] <= at
        called_off = self.withdrawn[seen]
        return replace(
            self,
            dates=self.dates[seen],
            announced=self.announced[seen],
            withdrawn=np.where(called_off <= at, called_off, _NEVER),
            actual=None if self.actual is None else np.where(out, self.actual[seen], np.nan),
            expected=None if self.expected is None else np.where(out, self.expected[seen], np.nan),
        )

    def columns(self) -> Iterator[tuple[str, NDArray[Any]]]:
        """Everything that makes this calendar this one, by name: days as whole numbers."""
        span = np.array([self.first, self.last], dtype="M8[D]")
        days = {"dates": self.dates, "announced": self.announced, "withdrawn": self.withdrawn}
        for name, column in {**days, "span": span}.items():
            yield name, column.astype("M8[D]").astype(np.int64)
        for name, values in (("actual", self.actual), ("expected", self.expected)):
            if values is not None:
                yield name, values


@lru_cache(maxsize=1)
def built_in_calendars() -> Mapping[str, EventCalendar]:
    """The calendars that need no data."""
    calendar = nyse()
    months = calendar.months()
    ends = calendar.month_ends(months)
    vix = calendar.vix_settlements(months[months >= _FIRST_VIX_EXPIRY])
    made = (
        _by_rule("SPX_EXPIRY", calendar.third_fridays(months[months >= _FIRST_SPX_EXPIRY])),
        replace(_by_rule("VIX_EXPIRY", vix), announced=np.full(len(vix), _VIX_FUTURES_LISTED)),
        _by_rule("MONTH_END", ends),
        _by_rule("QUARTER_END", ends[months.astype(int) % 3 == 2]),
        _fomc(),
    )
    return {each.name: each for each in made}


def _by_rule(name: str, dates: Days) -> EventCalendar:
    """Dates that follow from the calendar of sessions, and so were always known."""
    first = nyse().first
    announced, withdrawn = np.full(len(dates), first), np.full(len(dates), _NEVER)
    return EventCalendar(name, dates, announced, withdrawn, first, dates[-1])


def packaged_calendar(name: str) -> str:
    """The table of a calendar in the package, as `events/NAME.csv` holds one; "" without one."""
    if name != PACKAGED:
        return ""
    table = resources.files("hedgerow.market").joinpath("fomc_decisions.csv").read_text("ascii")
    return "".join(line for line in table.splitlines(keepends=True) if not line.startswith("#"))


def _fomc() -> EventCalendar:
    """Decisions of the Federal Open Market Committee; the head of the table is its provenance."""
    rows = [line.split(",") for line in packaged_calendar(PACKAGED).splitlines()[1:]]
    dates, announced, withdrawn = (
        np.array([cell or "NaT" for cell in column], dtype="M8[D]")
        for column in zip(*rows, strict=True)
    )
    first = dates[0].astype("M8[Y]").astype("M8[D]")
    last = (dates[-1].astype("M8[Y]") + 1).astype("M8[D]") - 1
    return EventCalendar(PACKAGED, dates, announced, withdrawn, first, last)
