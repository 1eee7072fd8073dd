"""Events and dates as arrays over the sessions of a history: 1, 0, or nan where unknown.

Sessions gone by are those of the history, and before it those of the New York calendar; sessions
to come are the New York calendar's, never the history's, which would be a look ahead. An event on a
day without a session is one of the session after it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hedgerow.market.calendar import Days, nyse
from hedgerow.market.data_fault import DataFault
from hedgerow.market.events import EventCalendar
from hedgerow.plan.operations import NAN, Array

Positions = NDArray[np.int64]


def event_window(calendar: EventCalendar, sessions: Days, first: int, last: int) -> Array:
    """Whether an event lies `first` to `last` sessions ahead (negative: ago) of each session.

    Ahead, only what was announced by that close and not called off by then. Unknown where no event
    is seen and the calendar does not reach over the whole window.
    """
    seen = np.zeros(len(sessions) + 1, dtype=np.int64)  # where stretches begin, less where they end
    for begin, end in (
        _gone_by(calendar, sessions, first, min(last, 0)),
        _to_come(calendar, sessions, max(first, 1), last),
    ):
        begin, end = np.clip(begin, 0, len(sessions)), np.clip(end, 0, len(sessions))
        some = begin < end
        np.add.at(seen, begin[some], 1)
        np.add.at(seen, end[some], -1)
    found = np.cumsum(seen[:-1]) > 0
    return np.where(found, 1.0, np.where(_reached(calendar, sessions, first, last), 0.0, NAN))


def event_value(calendar: EventCalendar, sessions: Days, column: str) -> Array:
    """A value of the last event that was out by each close; nan before there was one.

    DataFault where the calendar has no such values.
    """
    values = _values(calendar, column)
    took_place = np.isnat(calendar.withdrawn)
    last = np.searchsorted(calendar.dates[took_place], sessions, side="right")
    found: Array = np.concatenate([[NAN], values[took_place]])[last]
    return found


def every(sessions: Days, count: int) -> Array:
    """True on the first session and on each `count`-th after it."""
    due: Array = (np.arange(len(sessions)) % count == 0).astype(np.float64)
    return due


def _values(calendar: EventCalendar, column: str) -> Array:
    wanted = ("actual", "expected") if column == "surprise" else (column,)
    given = {"actual": calendar.actual, "expected": calendar.expected}
    found = [values for name in wanted if (values := given[name]) is not None]
    if len(found) < len(wanted):
        lacking = next(name for name in wanted if given[name] is None)
        remedy = f"add the column to events/{calendar.name}.csv in the data folder"
        raise DataFault(f"events {calendar.name}", f"no column {lacking}", remedy)
    return found[0] - found[1] if column == "surprise" else found[0]


def _gone_by(
    calendar: EventCalendar, sessions: Days, first: int, last: int
) -> tuple[Positions, Positions]:
    """Of each event, the stretch of sessions that lie -last to -first after it."""
    dates = calendar.dates[np.isnat(calendar.withdrawn)]
    known = nyse().sessions
    at = np.searchsorted(sessions, dates)
    earlier = np.searchsorted(known, dates) - np.searchsorted(known, sessions[0])
    at = np.where(dates < sessions[0], earlier, at)
    return (at - last, at - first + 1) if first <= last else (at, at)


def _to_come(
    calendar: EventCalendar, sessions: Days, first: int, last: int
) -> tuple[Positions, Positions]:
    """Of each event, the stretch of sessions that see it `first` to `last` ahead."""
    counted = np.searchsorted(nyse().sessions, sessions, side="right")  # sessions so far
    target = np.searchsorted(nyse().sessions, calendar.dates) + 1
    announced = np.searchsorted(sessions, calendar.announced)
    over = np.searchsorted(sessions, calendar.dates)
    off = np.searchsorted(sessions, calendar.withdrawn)
    over = np.where(np.isnat(calendar.withdrawn), over, np.minimum(over, off))
    begin = np.searchsorted(counted, target - last)
    end = np.searchsorted(counted, target - first, side="right")
    return np.maximum(begin, announced), np.minimum(end, over)


def _reached(calendar: EventCalendar, sessions: Days, first: int, last: int) -> NDArray[np.bool_]:
    """Where the calendar knows every day of the window."""
    return (calendar.first <= _moved(sessions, first)) & (_moved(sessions, last) <= calendar.last)


def _moved(sessions: Days, by: int) -> Days:
    """The session `by` sessions ahead of each; negative: ago."""
    known = nyse().sessions
    at = np.arange(len(sessions))
    if by > 0:
        ahead = np.searchsorted(known, sessions, side="right") - 1 + by
        later: Days = known[np.minimum(ahead, len(known) - 1)]
        return later
    before = known[np.maximum(np.searchsorted(known, sessions[0]) + at + by, 0)]
    return np.where(at + by >= 0, sessions[np.maximum(at + by, 0)], before)
