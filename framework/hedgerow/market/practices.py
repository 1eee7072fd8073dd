"""Habits of the exchanges: which expiries they list, how far ahead, and since when.

Start dates are those of exchange notices; how far ahead each kind is listed was read off
recorded chains (January 2011, February 2022, February and August 2023). Between two observations
the older, sparser practice is taken to hold: a real expiry may be missing here, but none is
invented.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hedgerow.market.calendar import Calendar, Days, nyse
from hedgerow.market.contract import Settlement

Months = NDArray[np.datetime64]


class Kind(Struct, frozen=True):
    """What all expiries of one kind share."""

    root: str
    settlement: Settlement
    monthly: bool


SPX_STANDARD = Kind("SPX", Settlement.OPEN, True)
SPX_WEEKLY = Kind("SPXW", Settlement.CLOSE, False)
SPX_WEEKLY_AM = Kind("SPXW", Settlement.OPEN, False)  # until December 2010
VIX_STANDARD = Kind("VIX", Settlement.OPEN, True)
VIX_WEEKLY = Kind("VIXW", Settlement.OPEN, False)
SPX_FUTURE = Kind("ES", Settlement.OPEN, True)
EQUITY_STANDARD = Kind("", Settlement.CLOSE, True)  # their root is their underlying
EQUITY_WEEKLY = Kind("", Settlement.CLOSE, False)
KINDS = (
    SPX_STANDARD, SPX_WEEKLY_AM, VIX_STANDARD, VIX_WEEKLY, SPX_FUTURE, SPX_WEEKLY,
    EQUITY_WEEKLY, EQUITY_STANDARD,
)  # as they settle  # fmt: skip
INDEX_FUTURES = "SPX futures"  # what their expiries are listed under: not those of SPX options
EQUITIES = "equities"  # what those of every other underlying are listed under


class Practice(Struct, frozen=True):
    """A habit of the exchange since `start`: expiry i is listed from `listed_from[i]` on."""

    kind: Kind
    start: str  # ISO date
    expiries: Days  # sorted
    listed_from: Days


def practices() -> dict[str, list[Practice]]:
    """By underlying, on the New York calendar."""
    calendar = nyse()
    months = calendar.months()
    return {
        "SPX": [*_spx_standard(calendar, months), *_spx_weekly(calendar, months)],
        "VIX": _vix(calendar, months),
        INDEX_FUTURES: _spx_futures(calendar, months),
        EQUITIES: _equity(calendar, months),
    }


def _spx_standard(calendar: Calendar, months: Months) -> list[Practice]:
    """AM-settled third Fridays: near months and the March cycle; every month of a year later."""
    expiries = calendar.third_fridays(months)
    quarters = calendar.third_fridays(_quarterly(months, 3))

    def monthly(start: str, days: Days, count: int) -> Practice:
        return Practice(SPX_STANDARD, start, days, _nearest(days, count))

    return [
        monthly("1983-07-01", expiries, 3),  # three near months, three of the March cycle
        monthly("1983-07-01", quarters, 4),
        monthly("2011-01-03", expiries, 4),  # observed
        monthly("2022-02-04", expiries, 12),  # observed
    ]


def _spx_weekly(calendar: Calendar, months: Months) -> list[Practice]:
    """Root SPXW: Fridays, then Wednesdays, Mondays, Tuesdays, Thursdays; period ends."""
    standard = calendar.third_fridays(months)
    fridays = np.setdiff1d(calendar.on_or_before(_weekdays(calendar, 4)), standard)
    am_fridays = fridays[fridays <= np.datetime64("2010-12-03")]
    pm_fridays = fridays[fridays > np.datetime64("2010-12-03")]
    month_ends = calendar.month_ends(months)
    quarter_ends = calendar.month_ends(_quarterly(months, 3))

    def weekly(start: str, days: Days, listed_from: Days) -> Practice:
        return Practice(SPX_WEEKLY, start, days, listed_from)

    return [
        # Cboe's first Weeklys, listed on a Thursday for the Friday of the week after.
        Practice(SPX_WEEKLY_AM, "2005-10-28", am_fridays, am_fridays - 8),
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


def _spx_futures(calendar: Calendar, months: Months) -> list[Practice]:
    """E-mini futures since their first day: five quarters ahead, settled on the opening prices."""
    quarters = calendar.third_fridays(_quarterly(months, 3))
    return [Practice(SPX_FUTURE, "1997-09-09", quarters, _nearest(quarters, 5))]


def _vix(calendar: Calendar, months: Months) -> list[Practice]:
    """Standard VIX options from their first day; six weeklys ahead since October 2015."""
    expiries = calendar.vix_settlements(months)
    february_cycle = calendar.vix_settlements(_quarterly(months, 2))
    fridays = _weekdays(calendar, 4)[5:]
    weeklys = np.setdiff1d(calendar.thirty_days_before(fridays), expiries)

    def monthly(start: str, days: Days, count: int) -> Practice:
        return Practice(VIX_STANDARD, start, days, _nearest(days, count))

    return [
        monthly("2006-02-24", expiries, 3),  # as VIX futures were then
        monthly("2006-02-24", february_cycle, 2),
        monthly("2007-03-01", expiries, 6),  # "up to six months", as the exchange had it in 2012
        Practice(VIX_WEEKLY, "2015-10-08", weeklys, weeklys - 42),
    ]


def _equity(calendar: Calendar, months: Months) -> list[Practice]:
    """Options on shares, as their exchanges list them: two near months and two of the March cycle
    (of three cycles all are taken to have this one); Fridays a week ahead since June 2010 and five
    weeks ahead since June 2012, on the few names that had them first (days assumed)."""
    expiries = calendar.third_fridays(months)
    quarters = calendar.third_fridays(_quarterly(months, 3))
    fridays = np.setdiff1d(calendar.on_or_before(_weekdays(calendar, 4)), expiries)
    return [
        Practice(EQUITY_STANDARD, "1983-07-01", expiries, _nearest(expiries, 2)),
        Practice(EQUITY_STANDARD, "1983-07-01", quarters, _nearest(quarters, 3)),
        Practice(EQUITY_WEEKLY, "2010-06-24", fridays, fridays - 8),
        Practice(EQUITY_WEEKLY, "2012-06-01", fridays, fridays - 35),
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
