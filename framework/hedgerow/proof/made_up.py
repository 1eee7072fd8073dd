"""The market of a test: its series on fixed trading days, and stated defaults for the rest.

Sessions are those of the New York Stock Exchange from 3 January 2023 on. SPX and VIX that a test
does not give stay at 4000 and 15; any other series is unknown. Opens, highs and lows equal the
close. Expiries and month ends are those of the calendar; of the other calendars that a strategy
declares, no event is ever announced.
"""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace

from hedgerow.book.book import Book, Scenario
from hedgerow.market.calendar import nyse
from hedgerow.market.event_names import BY_RULE
from hedgerow.market.events import EventCalendar
from hedgerow.market.history import Floats, History, Series, history_of

FIRST_DAY = np.datetime64("2023-01-03")
UNSAID = {"SPX": 4000.0, "VIX": 15.0}  # points


def made_up(book: Book, scenario: Scenario) -> History:
    """A session a day of the scenario, day 1 first."""
    known = nyse().sessions
    first = int(np.searchsorted(known, FIRST_DAY))
    sessions = known[first : first + scenario.days]
    closes = {name: np.full(scenario.days, level) for name, level in UNSAID.items()}
    for path in scenario.paths:
        closes[path.series] = _lasting(path.levels, scenario.days)
    series = {name: Series(each, each, each, each, "made up") for name, each in closes.items()}
    history = history_of(sessions, series, notes=("This market is made up for a test.",))
    quiet = {name: _without_events(name) for name in book.events if name not in BY_RULE}
    return replace(history, events={**history.events, **quiet})


def _lasting(levels: tuple[float | None, ...], days: int) -> Floats:
    """One value a day: nan where missing, the last level once the series has ended."""
    values = np.array([np.nan if each is None else each for each in levels])
    known = values[~np.isnan(values)]
    last = known[-1] if len(known) else np.nan
    return np.concatenate([values, np.full(days - len(values), last)])


def _without_events(name: str) -> EventCalendar:
    none, nothing = np.array([], dtype="M8[D]"), np.array([])
    ends = nyse().sessions
    return EventCalendar(name, none, none, none, ends[0], ends[-1], nothing, nothing)
