"""Generated calendars of events, scheduled and not, kept and called off."""

from __future__ import annotations

from datetime import date

import numpy as np
from hedgerow.market.events import EventCalendar
from hypothesis import strategies as st


@st.composite
def calendars(draw: st.DrawFn, start: date, end: date) -> EventCalendar:
    """Up to eight events between two days, which the calendar covers or not quite."""
    when = sorted(draw(st.sets(st.dates(start, end), min_size=1, max_size=8)))
    dates = np.array(when, dtype="M8[D]")
    ahead = [draw(st.integers(0, 40)) for _ in when]
    off = [
        dates[at] - draw(st.integers(0, days - 1))
        if days and draw(st.booleans())
        else np.datetime64("NaT")
        for at, days in enumerate(ahead)
    ]
    first, last = np.datetime64(start), np.datetime64(end)
    if draw(st.booleans()):
        first, last = dates[0], dates[-1]
    value = st.lists(st.floats(-1, 9), min_size=len(when), max_size=len(when)).map(np.array)
    return EventCalendar(
        "CPI", dates, dates - np.array(ahead), np.array(off, dtype="M8[D]"), first, last,
        draw(value), draw(value),
    )  # fmt: skip
