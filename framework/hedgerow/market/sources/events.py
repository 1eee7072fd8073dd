"""Calendars of the user's own: `events/NAME.csv` in the data folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from hedgerow.market.calendar import Days
from hedgerow.market.data_fault import DataFault
from hedgerow.market.event_names import BY_RULE
from hedgerow.market.events import EventCalendar, built_in_calendars
from hedgerow.market.sources.folder import file_in
from hedgerow.market.sources.table import (
    Table,
    dates_of,
    days_of,
    refuse,
    table_from_file,
    values_of,
)

FOLDER = "events"
_FARTHEST = np.timedelta64(3_660, "D")  # ten years: no rule looks farther ahead


def calendars_for(
    folder: Path | None, names: Sequence[str], sessions: Days
) -> tuple[Mapping[str, EventCalendar], list[str]]:
    """The built-in calendars and those of `names`, with what a reader must know about them.

    A file takes the place of the packaged FOMC. DataFault where a name has neither, or a file of
    a calendar that follows from a rule.
    """
    found = dict(built_in_calendars())
    notes: list[str] = []
    for name in names:
        file = None if folder is None else file_in(folder / FOLDER, name)
        if file is not None:
            found[name], remarks = calendar_from_file(name, file)
            notes += remarks
        elif name not in found:
            where = "sample" if folder is None else str(folder)
            place = "a folder given to --data" if folder is None else "it"
            remedy = f"put {FOLDER}/{name}.csv into {place}, with a column date"
            raise DataFault(where, f"no calendar {name} (there are {', '.join(found)})", remedy)
        notes += _beyond(found[name], sessions)
    return found, notes


def calendar_from_file(name: str, path: Path) -> tuple[EventCalendar, list[str]]:
    """The calendar a file holds, and what a reader must know about it. DataFault where it is wrong.

    Columns: `date`; if there, `announced` (blank: on its own day only), `withdrawn`, `actual` and
    `expected`. Without `announced` every date is taken as known from the beginning.
    """
    if name in BY_RULE:
        raise DataFault(str(path), f"{name} follows from the calendar", "give yours another name")
    table = table_from_file(path, needed=("date",))
    dates = dates_of(table)
    announced, notes = _announced(name, table, dates)
    withdrawn = _withdrawn(table, dates, announced)
    actual, expected = (
        values_of(table, column) if column in table.columns else None
        for column in ("actual", "expected")
    )
    calendar = EventCalendar(
        name, dates, announced, withdrawn, dates[0], dates[-1], actual, expected
    )
    return calendar, notes


def _announced(name: str, table: Table, dates: Days) -> tuple[Days, list[str]]:
    if "announced" not in table.columns:
        note = f"{name} has no column announced: all its dates are taken as known long before."
        return np.full(len(dates), dates[0] - _FARTHEST), [note]
    written = days_of(table, "announced")
    refuse(table, written > dates, "announced after it took place", "correct one of the two")
    return np.where(np.isnat(written), dates, written), []


def _withdrawn(table: Table, dates: Days, announced: Days) -> Days:
    if "withdrawn" not in table.columns:
        return np.full(len(dates), np.datetime64("NaT", "D"))
    written = days_of(table, "withdrawn")
    refuse(table, written > dates, "withdrawn after it took place", "leave it blank")
    refuse(table, written <= announced, "withdrawn before it was announced", "correct one of them")
    return written


def _beyond(calendar: EventCalendar, sessions: Days) -> list[str]:
    """A note where the data hold sessions that the calendar does not reach."""
    if calendar.first <= sessions[0] and sessions[-1] <= calendar.last:
        return []
    return [
        f"{calendar.name} is known from {calendar.first} to {calendar.last}: "
        "conditions on it are unknown on other days."
    ]
