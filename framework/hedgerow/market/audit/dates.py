"""Dates of a series that cannot be right, and sessions it lacks."""

from __future__ import annotations

from datetime import date

import numpy as np

from hedgerow.market.audit.finding import Finding, Kind, found
from hedgerow.market.audit.rows import Rows
from hedgerow.market.calendar import Days, nyse
from hedgerow.market.pricing import Flags

OWN_CALENDAR = frozenset({"RATE"})  # bonds rest on other days than shares
_LONG_GAP = 5  # sessions in a row, of a series with a calendar of its own


def date_findings(rows: Rows, today: date) -> list[Finding]:
    """Gaps, days without a session, days after `today`."""
    calendar = nyse()
    dates = rows.dates
    future = dates > np.datetime64(today)
    findings = found(rows.file, Kind.FUTURE, rows.days(future))
    known = (dates >= calendar.first) & (dates <= calendar.last) & ~future
    closed = known & ~np.isin(dates, calendar.sessions)
    weekend = ~known & ~future & ~np.is_busday(dates)
    if rows.name not in OWN_CALENDAR:
        findings += found(rows.file, Kind.NO_SESSION, rows.days(closed | weekend))
    lacking = sessions_lacking(dates[~future])
    if rows.name in OWN_CALENDAR:
        lacking = calendar.sessions[in_long_runs(np.isin(calendar.sessions, lacking))]
    return findings + found(rows.file, Kind.GAP, [str(day) for day in lacking])


def sessions_lacking(dates: Days) -> Days:
    """New York sessions between the first and the last of `dates` that are not among them."""
    if not len(dates):
        return dates
    sessions = nyse().sessions
    inside = sessions[(sessions >= dates[0]) & (sessions <= dates[-1])]
    return np.setdiff1d(inside, dates)


def in_long_runs(wrong: Flags) -> Flags:
    """Of the days that are wrong, those in a stretch of at least `_LONG_GAP`."""
    run = np.cumsum(np.diff(wrong, prepend=False))
    return np.asarray(wrong & (np.bincount(run)[run] >= _LONG_GAP))
