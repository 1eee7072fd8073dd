"""Trading sessions and standard expiry dates of the New York calendar.

Every holiday shift of the framework happens here. Closings nobody could foresee (September 2001,
October 2012) are in the table like all others, so an expiry rule looks that far ahead, and no
further.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Days = NDArray[np.datetime64]
_EPOCH = date(1970, 1, 1).toordinal()

# Settlement dates that do not follow the rule (Cboe Futures Exchange, settlement archive).
VIX_EXCEPTIONS = {
    np.datetime64("2004-07"): np.datetime64("2004-07-14"),
    np.datetime64("2004-10"): np.datetime64("2004-10-13"),
}


class Calendar(Struct, frozen=True, eq=False):
    """Sessions `first` to `last`; a day outside that range is a ValueError."""

    first: np.datetime64
    last: np.datetime64
    sessions: Days  # (n,) sorted
    _business: np.busdaycalendar

    def on_or_before(self, days: Days) -> Days:
        """Each day, or the session before it where the exchange is closed."""
        return self._shifted(days, "preceding")

    def on_or_after(self, days: Days) -> Days:
        """Each day, or the session after it where the exchange is closed."""
        return self._shifted(days, "following")

    def months(self) -> NDArray[np.datetime64]:
        """Every whole month of the calendar but the last two, whose expiries it cannot know."""
        return np.arange(self.first.astype("M8[M]"), self.last.astype("M8[M]") - 1)

    def third_fridays(self, months: NDArray[np.datetime64]) -> Days:
        """Standard expiry of each month: its third Friday, or the session before a holiday."""
        return self.on_or_before(_third_fridays(months))

    def vix_settlements(self, months: NDArray[np.datetime64]) -> Days:
        """Settlement of VIX futures and options of each month.

        30 days before the third Friday of the next month, which is a Wednesday; where that Friday
        is a holiday, 30 days before the session that precedes it (CFE rulebook, chapter 12).
        """
        regular = self.thirty_days_before(_third_fridays(months + 1))
        for month, day in VIX_EXCEPTIONS.items():
            regular[months == month] = day
        return regular

    def thirty_days_before(self, fridays: Days) -> Days:
        """VIX settlement that belongs to SPX options expiring on each of `fridays`."""
        return self.on_or_before(self.on_or_before(fridays) - 30)

    def month_ends(self, months: NDArray[np.datetime64]) -> Days:
        """Last session of each month."""
        return self.on_or_before((months + 1).astype("M8[D]") - 1)

    def _shifted(self, days: Days, roll: Literal["preceding", "following"]) -> Days:
        shifted = np.busday_offset(self._inside(days), 0, roll=roll, busdaycal=self._business)
        return np.asarray(shifted)

    def _inside(self, days: Days) -> Days:
        asked = np.asarray(days, dtype="M8[D]")
        if asked.size and (asked.min() < self.first or asked.max() > self.last):
            raise ValueError(f"the calendar knows {self.first} to {self.last} only")
        return asked


def ordinals(days: Days) -> NDArray[np.int64]:
    """Day numbers, counted as by `date.toordinal`."""
    return days.astype("M8[D]").astype(np.int64) + _EPOCH


def days_from(ordinals: NDArray[np.int64]) -> Days:
    return (ordinals - _EPOCH).astype("M8[D]")


@lru_cache(maxsize=1)
def nyse() -> Calendar:
    """The New York Stock Exchange, 1971 to 2045, from the packaged table of closings."""
    table = resources.files("hedgerow.market").joinpath("nyse_closings.txt").read_text("ascii")
    closings = np.array([line for line in table.split("\n") if line[:1].isdigit()], dtype="M8[D]")
    first = closings[0].astype("M8[Y]").astype("M8[D]")
    last = (closings[-1].astype("M8[Y]") + 1).astype("M8[D]") - 1
    days = np.arange(first, last + 1)
    business = np.busdaycalendar(holidays=closings)
    sessions = days[np.is_busday(days, busdaycal=business)]
    sessions.flags.writeable = False
    return Calendar(first, last, sessions, business)


def _third_fridays(months: NDArray[np.datetime64]) -> Days:
    """Third Friday of each month, holiday or not."""
    return np.asarray(np.busday_offset(months.astype("M8[D]"), 2, roll="forward", weekmask="Fri"))
