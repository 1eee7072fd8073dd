"""What data is there: series, calendars, VIX futures, recorded chains."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import numpy as np
from msgspec import Struct

from hedgerow.market.audit.dates import sessions_lacking
from hedgerow.market.audit.folder import named_files
from hedgerow.market.calendar import Days, days_from
from hedgerow.market.chains.store import FOLDER as CHAINS
from hedgerow.market.chains.store import chain_files, chains_read_before
from hedgerow.market.data_fault import DataFault
from hedgerow.market.events import EventCalendar, built_in_calendars
from hedgerow.market.sources import SAMPLE
from hedgerow.market.sources.events import FOLDER as EVENTS
from hedgerow.market.sources.events import calendar_from_file
from hedgerow.market.sources.folder import history_from_folder
from hedgerow.market.sources.sample import SOURCE, sample_history
from hedgerow.market.sources.table import dates_of, days_of, table_from_file, values_of
from hedgerow.market.underlyings import INDICES


class Item(Struct, frozen=True):
    """One thing that is there; without dates, nobody has looked inside."""

    kind: str  # series, calendar, futures, chains, quotes
    name: str
    first: date | None
    last: date | None
    values: int  # closes, events, settlements, or bytes of chain files
    missing: int  # New York sessions between first and last without a value
    source: str  # a file, or what else it comes from


def inventory(data: str) -> list[Item]:
    """Everything `data` holds, `sample` or a folder. DataFault where there is nothing."""
    if data == SAMPLE:
        return [*_sample(), *_calendars()]
    folder = Path(data)
    series, futures = named_files(folder)
    events = named_files(folder / EVENTS)[0] if (folder / EVENTS).is_dir() else {}
    items = [
        _looked_into(kind, name, file, reader)
        for kind, files, reader in (
            ("series", series, _series),
            ("futures", futures, _futures),
            ("calendar", events, _events),
        )
        for name, file in files.items()
    ]
    items += [*(_chain(file) for file in chain_files(folder / CHAINS)), *_quoted_days(folder)]
    if not items:
        raise DataFault(data, "no data in this folder", "put SPX.csv and VIX.csv into it")
    return [*items, *(each for each in _calendars() if each.name not in events)]


def _sample() -> Iterator[Item]:
    history = sample_history()
    for name, series in history.series.items():
        yield _item("series", name, history.sessions[~np.isnan(series.close)], SOURCE)
    yield _item("series", "RATE", history.sessions, SOURCE)


def _looked_into(kind: str, name: str, file: Path, reader: Callable[[str, Path], Item]) -> Item:
    """What a file holds; of one that can't be used, that it is there."""
    try:
        return reader(name, file)
    except DataFault as fault:
        return Item(kind, name, None, None, 0, 0, f"{file.name}: {fault.problem}")


def _series(name: str, file: Path) -> Item:
    table = table_from_file(file)
    dates = dates_of(table)
    return _item("series", name, dates[~np.isnan(values_of(table, "close"))], file.name)


def _futures(name: str, file: Path) -> Item:
    table = table_from_file(file, ("date",))
    return _item("futures", name, np.unique(days_of(table, "date")), file.name)


def _item(kind: str, name: str, dates: Days, source: str) -> Item:
    if not len(dates):
        return Item(kind, name, None, None, 0, 0, source)
    missing = len(sessions_lacking(dates))
    return Item(kind, name, _day_of(dates[0]), _day_of(dates[-1]), len(dates), missing, source)


def _quoted_days(folder: Path) -> Iterator[Item]:
    """Days with quotes, of chains that a run or a check has walked: a listing reads no files."""
    try:
        history = history_from_folder(folder, ("SPX", "VIX"))
    except DataFault:
        return
    chains = chains_read_before(folder, history)
    for underlying in INDICES:
        days = chains.days(underlying)
        if len(days):
            yield _item("quotes", f"{underlying} options", days_from(days), CHAINS)


def _calendars() -> Iterator[Item]:
    for calendar in built_in_calendars().values():
        yield _calendar(calendar, "built in")


def _events(name: str, file: Path) -> Item:
    return _calendar(calendar_from_file(name, file)[0], f"{EVENTS}/{file.name}")


def _calendar(calendar: EventCalendar, source: str) -> Item:
    first, last = _day_of(calendar.first), _day_of(calendar.last)
    return Item("calendar", calendar.name, first, last, len(calendar.dates), 0, source)


def _day_of(day: np.datetime64) -> date:
    return date.fromisoformat(str(day))


def _chain(file: Path) -> Item:
    return Item("chains", file.name, None, None, file.stat().st_size, 0, f"{CHAINS}/{file.name}")
