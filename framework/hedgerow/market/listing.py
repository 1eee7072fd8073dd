"""Which expiries the exchange lists at the close of a day.

An expiry is tradeable from the day it is listed up to, not including, its own date: an option that
settles at the open last trades the day before, one that settles at the close is settled at that
close. Start dates are those of exchange notices; how far ahead each kind is listed was read off
recorded chains (January 2011, February 2022, February and August 2023). Between two observations
the older, sparser practice is taken to hold: a real expiry may be missing here, but none is
invented. Expiries more than a year ahead are left out.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from enum import StrEnum
from functools import lru_cache

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from hedgerow.market.calendar import Calendar, Days, nyse
from hedgerow.market.contract import Expiry, Settlement

Months = NDArray[np.datetime64]


class Cycle(StrEnum):
    ANY = "any"
    MONTHLY = "monthly"  # the standard, third-Friday cycle only
    WEEKLY = "weekly"  # all that is not: weeklys, dailies, month-ends, PM third Fridays


class _Kind(Struct, frozen=True):
    """What all expiries of one kind share."""

    root: str
    settlement: Settlement
    monthly: bool


SPX_STANDARD = _Kind("SPX", Settlement.OPEN, True)
SPX_WEEKLY = _Kind("SPXW", Settlement.CLOSE, False)
SPX_WEEKLY_AM = _Kind("SPXW", Settlement.OPEN, False)  # until December 2010
VIX_STANDARD = _Kind("VIX", Settlement.OPEN, True)
VIX_WEEKLY = _Kind("VIXW", Settlement.OPEN, False)
SPX_FUTURE = _Kind("ES", Settlement.OPEN, True)
KINDS = (
    SPX_STANDARD, SPX_WEEKLY_AM, VIX_STANDARD, VIX_WEEKLY, SPX_FUTURE, SPX_WEEKLY,
)  # as they settle  # fmt: skip
INDEX_FUTURES = "SPX futures"  # what their expiries are listed under: not those of SPX options


class _Practice(Struct, frozen=True):
    """A habit of the exchange since `start`: expiry i is listed from `listed_from[i]` on."""

    kind: _Kind
    start: str  # ISO date
    expiries: Days  # sorted
    listed_from: Days


class _Schedule(Struct, frozen=True):
    """Expiries of one underlying and cycle, sorted by settlement moment; days as ordinals."""

    dates: list[int]
    listed_from: list[int]
    kinds: list[int]  # indices of KINDS
    furthest: int  # days ahead at most that anything is listed

    def expiry(self, index: int) -> Expiry:
        kind = KINDS[self.kinds[index]]
        day = date.fromordinal(self.dates[index])
        return Expiry(kind.root, day, kind.settlement, kind.monthly)

    def nearest(self, on: int, days: int) -> Expiry | None:
        target = on + days
        possible = self.possible(on)
        split = min(max(bisect_right(self.dates, target), possible.start), possible.stop)
        earlier = self._listed(range(split - 1, possible.start - 1, -1), on)
        later = self._listed(range(split, possible.stop), on)
        if earlier is None or later is None:
            found = later if earlier is None else earlier
        else:
            ahead = self.dates[later] - target
            found = later if ahead <= target - self.dates[earlier] else earlier
        if found is None:
            return None
        same_day = bisect_right(self.dates, self.dates[found]) - 1
        return self.expiry(same_day if self.listed_from[same_day] <= on else found)

    def possible(self, on: int) -> range:
        """Expiries after `on`, and no further ahead than any are ever listed."""
        return range(bisect_right(self.dates, on), bisect_right(self.dates, on + self.furthest))

    def _listed(self, candidates: range, on: int) -> int | None:
        return next((index for index in candidates if self.listed_from[index] <= on), None)


class Listing(Struct, frozen=True, eq=False):
    """What is listed on SPX and VIX, by day. Nothing is listed on other underlyings."""

    _schedules: dict[tuple[str, Cycle], _Schedule]
    _answers: dict[tuple[str, date, int, Cycle], Expiry | None] = field(default_factory=dict)

    def __reduce__(self) -> tuple[type[Listing], tuple[object]]:
        """Another process is asked other questions: it begins without answers."""
        return Listing, (self._schedules,)

    def nearest(
        self, underlying: str, on: date, days: int, cycle: Cycle = Cycle.ANY
    ) -> Expiry | None:
        """The expiry listed at the close of `on` that is nearest to `days` calendar days ahead.

        Of two equally near ones the later, and of two on one date the one that settles later.
        Always after `on`; None where nothing is listed.
        """
        asked = (underlying, on, days, cycle)
        if asked not in self._answers:  # the runs of a sweep ask the same again and again
            schedule = self._schedules.get((underlying, cycle))
            self._answers[asked] = schedule.nearest(on.toordinal(), days) if schedule else None
        return self._answers[asked]

    def first_day(self, underlying: str) -> int:
        """The day number from whose close on anything is listed."""
        return min(self._schedules[underlying, Cycle.ANY].listed_from)

    def listed(self, underlying: str, on: date, cycle: Cycle = Cycle.ANY) -> tuple[Expiry, ...]:
        """Every expiry listed at the close of `on`, in order of settlement."""
        schedule = self._schedules.get((underlying, cycle))
        if schedule is None:
            return ()
        today = on.toordinal()
        rows = schedule.possible(today)
        return tuple(schedule.expiry(row) for row in rows if schedule.listed_from[row] <= today)


@lru_cache(maxsize=1)
def standard_listing() -> Listing:
    """Listings of SPX and VIX options and of SPX futures on the New York calendar."""
    calendar = nyse()
    months = calendar.months()
    practices = {
        "SPX": [*_spx_standard(calendar, months), *_spx_weekly(calendar, months)],
        "VIX": _vix(calendar, months),
        INDEX_FUTURES: _spx_futures(calendar, months),
    }
    return Listing(
        {
            (underlying, cycle): _schedule(of_cycle)
            for underlying, rows in practices.items()
            for cycle in Cycle
            if (of_cycle := _of_cycle(rows, cycle))
        }
    )


def _spx_standard(calendar: Calendar, months: Months) -> list[_Practice]:
    """AM-settled third Fridays: near months and the March cycle; every month of a year later."""
    expiries = calendar.third_fridays(months)
    quarters = calendar.third_fridays(_quarterly(months, 3))

    def monthly(start: str, days: Days, count: int) -> _Practice:
        return _Practice(SPX_STANDARD, start, days, _nearest(days, count))

    return [
        monthly("1983-07-01", expiries, 3),  # three near months, three of the March cycle
        monthly("1983-07-01", quarters, 4),
        monthly("2011-01-03", expiries, 4),  # observed
        monthly("2022-02-04", expiries, 12),  # observed
    ]


def _spx_weekly(calendar: Calendar, months: Months) -> list[_Practice]:
    """Root SPXW: Fridays, then Wednesdays, Mondays, Tuesdays, Thursdays; period ends."""
    standard = calendar.third_fridays(months)
    fridays = np.setdiff1d(calendar.on_or_before(_weekdays(calendar, 4)), standard)
    am_fridays = fridays[fridays <= np.datetime64("2010-12-03")]
    pm_fridays = fridays[fridays > np.datetime64("2010-12-03")]
    month_ends = calendar.month_ends(months)
    quarter_ends = calendar.month_ends(_quarterly(months, 3))

    def weekly(start: str, days: Days, listed_from: Days) -> _Practice:
        return _Practice(SPX_WEEKLY, start, days, listed_from)

    return [
        # Cboe's first Weeklys, listed on a Thursday for the Friday of the week after.
        _Practice(SPX_WEEKLY_AM, "2005-10-28", am_fridays, am_fridays - 8),
        weekly("2010-12-02", pm_fridays, pm_fridays - 8),  # settled at the close since then
        weekly("2012-06-01", pm_fridays, pm_fridays - 35),  # five weeks ahead, since May 2012
        weekly("2022-02-04", pm_fridays, pm_fridays - 49),  # observed
        weekly("2006-07-03", quarter_ends, _nearest(quarter_ends, 4)),  # day assumed
        weekly("2014-07-07", month_ends, _nearest(month_ends, 6)),  # day assumed
        weekly("2013-02-19", standard, _nearest(standard, 5)),  # as SPXPM until 2017
        *(
            weekly(start, days, days - 32)  # observed: never missing up to 32 days ahead
            for start, days in (
                ("2016-02-23", calendar.on_or_before(_weekdays(calendar, 2))),
                ("2016-08-15", calendar.on_or_after(_weekdays(calendar, 0))),
                ("2022-04-18", calendar.on_or_before(_weekdays(calendar, 1))),
                ("2022-05-11", calendar.on_or_before(_weekdays(calendar, 3))),
            )
        ),
    ]


def _spx_futures(calendar: Calendar, months: Months) -> list[_Practice]:
    """E-mini futures since their first day: five quarters ahead, settled on the opening prices."""
    quarters = calendar.third_fridays(_quarterly(months, 3))
    return [_Practice(SPX_FUTURE, "1997-09-09", quarters, _nearest(quarters, 5))]


def _vix(calendar: Calendar, months: Months) -> list[_Practice]:
    """Standard VIX options from their first day; six weeklys ahead since October 2015."""
    expiries = calendar.vix_settlements(months)
    february_cycle = calendar.vix_settlements(_quarterly(months, 2))
    fridays = _weekdays(calendar, 4)[5:]
    weeklys = np.setdiff1d(calendar.thirty_days_before(fridays), expiries)

    def monthly(start: str, days: Days, count: int) -> _Practice:
        return _Practice(VIX_STANDARD, start, days, _nearest(days, count))

    return [
        monthly("2006-02-24", expiries, 3),  # as VIX futures were then
        monthly("2006-02-24", february_cycle, 2),
        monthly("2007-03-01", expiries, 6),  # "up to six months", as the exchange had it in 2012
        _Practice(VIX_WEEKLY, "2015-10-08", weeklys, weeklys - 42),
    ]


def _quarterly(months: Months, period: int) -> Months:
    """Months of the quarterly cycle that March (3) or February (2) belongs to."""
    cycle: Months = months[(months.astype(int) + 1) % 3 == period % 3]
    return cycle


def _weekdays(calendar: Calendar, weekday: int) -> Days:
    """Every Monday (0) to Friday (4) the calendar can shift."""
    days = np.arange(calendar.sessions[5], calendar.sessions[-5])
    wanted: Days = days[(days.astype(int) + 3) % 7 == weekday]
    return wanted


def _nearest(expiries: Days, count: int) -> Days:
    """Listed when only `count` - 1 of its kind are left: the day the one before those expires."""
    return np.concatenate([np.full(count, expiries[0] - 1), expiries[:-count]])


def _of_cycle(practices: list[_Practice], cycle: Cycle) -> list[_Practice]:
    return [
        p for p in practices if cycle is Cycle.ANY or p.kind.monthly is (cycle is Cycle.MONTHLY)
    ]


def _schedule(practices: list[_Practice]) -> _Schedule:
    """Each expiry once, with the first day on which any practice lists it."""
    expiries = np.concatenate([row.expiries for row in practices])
    listed_from = np.concatenate(
        [np.maximum(row.listed_from, np.datetime64(row.start)) for row in practices]
    )
    kinds = np.concatenate([np.full(len(p.expiries), KINDS.index(p.kind)) for p in practices])
    order = np.lexsort((listed_from, kinds, expiries))
    order = order[listed_from[order] < expiries[order]]
    expiries, listed_from, kinds = expiries[order], listed_from[order], kinds[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (expiries[1:] != expiries[:-1]) | (kinds[1:] != kinds[:-1])
    epoch = date(1970, 1, 1).toordinal()
    return _Schedule(
        (expiries[first].astype(int) + epoch).tolist(),
        (listed_from[first].astype(int) + epoch).tolist(),
        kinds[first].tolist(),
        int((expiries[first] - listed_from[first]).astype(int).max()),
    )
