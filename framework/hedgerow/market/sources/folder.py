"""A history from a folder of the user's own series."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hedgerow.market.calendar import nyse
from hedgerow.market.data_fault import DataFault
from hedgerow.market.history import Floats, History, Series, history_of
from hedgerow.market.sources.table import (
    ENDINGS,
    Table,
    dates_of,
    refuse,
    series_of,
    table_from_file,
    values_of,
)
from hedgerow.market.underlyings import OWN_VOLATILITY, VOLATILITIES
from hedgerow.text.in_words import counted

HIGHEST_RATE = 50.0  # percent a year, either side of zero
_POSITIVE = frozenset({"SPX", "VIX", "VIX9D", "VIX3M", "VIX6M", "VVIX", "SKEW"})


def history_from_folder(folder: Path, needs: Sequence[str], wants: Sequence[str] = ()) -> History:
    """Series `needs`, and of `wants` those that are there, on the sessions of SPX.

    `folder` holds `SPX.csv`, `VIX.csv` and so on (csv, csv.gz or parquet), each with a column
    `date` and either `close` or all of open, high, low, close; `RATE`, if there, is the 3-month
    rate in percent. DataFault at the first thing wrong.
    """
    if not folder.is_dir():
        remedy = "name a folder that holds SPX.csv, or `sample`"
        raise DataFault(str(folder), "no such folder", remedy)
    names = list(dict.fromkeys(["SPX", *needs]))
    files = {name: _needed_file(folder, name) for name in names}
    for name in wants:
        file = file_in(folder, name)
        if file is not None:
            files.setdefault(name, file)
    tables = {name: table_from_file(file) for name, file in files.items()}
    sessions = dates_of(tables["SPX"])
    series: dict[str, Series] = {}
    notes = _calendar_notes(sessions)
    for name, table in tables.items():
        series[name], remarks = _aligned(name, table, sessions, every_close=name in names)
        notes += remarks
    rate = file_in(folder, "RATE")
    bill = None if rate is None else _bill(rate, sessions)
    return history_of(sessions, series, bill, tuple(notes))


def is_positive(name: str) -> bool:
    """Whether values of a series are above zero by what they are: others may be spreads."""
    return name in _POSITIVE or name in VOLATILITIES.values() or name.endswith(OWN_VOLATILITY)


def _aligned(
    name: str, table: Table, sessions: NDArray[np.datetime64], every_close: bool
) -> tuple[Series, list[str]]:
    """A series on the sessions, and what a reader must know about it."""
    raw = series_of(table, every_close, is_positive(name))
    placed = _Placement(table, sessions)
    open_, high, low = (
        None if column is None else placed.of(column) for column in (raw.open, raw.high, raw.low)
    )
    notes = []
    missing = np.isnan(close := placed.of(raw.close))
    if missing.any():
        first = sessions[int(np.argmax(missing))]
        notes.append(
            f"{name} has no value on {missing.sum()} of {len(sessions)} sessions, first on {first}."
        )
    if placed.left_out:
        notes.append(f"{counted(placed.left_out, 'date')} of {name} left out: no session of SPX.")
    if name == "SPX" and (open_ is None or np.isnan(open_).any()):
        notes.append(
            "SPX lacks opens: the previous close stands in where contracts settle at the open."
        )
    return Series(close, open_, high, low, raw.source), notes


class _Placement:
    """Where rows of a file belong among the sessions."""

    def __init__(self, table: Table, sessions: NDArray[np.datetime64]) -> None:
        dates = dates_of(table)
        common, self._rows, self._at = np.intersect1d(
            dates, sessions, assume_unique=True, return_indices=True
        )
        if not len(common):
            ours, theirs = f"{sessions[0]} to {sessions[-1]}", f"{dates[0]} to {dates[-1]}"
            problem = f"no date in common with SPX ({theirs} against {ours})"
            raise DataFault(str(table.path), problem, "give both series for the same years")
        self._length = len(sessions)
        self.left_out = len(dates) - len(common)

    def of(self, values: Floats) -> Floats:
        placed = np.full(self._length, np.nan)
        placed[self._at] = values[self._rows]
        return placed


def _bill(file: Path, sessions: NDArray[np.datetime64]) -> Floats:
    """The 3-month rate on the sessions, percent; nan where there is none."""
    table = table_from_file(file)
    percent = values_of(table, "close")
    wild = np.abs(percent) > HIGHEST_RATE
    refuse(table, wild, f"the rate is beyond {HIGHEST_RATE:g} %", "give it in percent a year")
    return _Placement(table, sessions).of(percent)


def _calendar_notes(sessions: NDArray[np.datetime64]) -> list[str]:
    """Sessions the New York calendar has and SPX lacks, or the other way round."""
    known = nyse().sessions
    expected = known[(known >= sessions[0]) & (known <= sessions[-1])]
    lacking = np.setdiff1d(expected, sessions)
    extra = np.setdiff1d(sessions[(sessions >= known[0]) & (sessions <= known[-1])], known)
    notes = []
    if len(lacking):
        notes.append(f"SPX lacks {counted(len(lacking), 'New York session')}, first {lacking[0]}.")
    if len(extra):
        notes.append(
            f"SPX has {counted(len(extra), 'date')} without a New York session, first {extra[0]}."
        )
    return notes


def _needed_file(folder: Path, name: str) -> Path:
    file = file_in(folder, name)
    if file is not None:
        return file
    found = sorted(path.name for path in folder.iterdir() if path.name.endswith(ENDINGS))
    for other in found:
        if other.lower().startswith(f"{name.lower()}."):
            remedy = f"rename it to {name}{other[len(name) :]}"
            raise DataFault(str(folder), f"no file for {name}, but {other}", remedy)
    listing = ", ".join(found[:8]) + (", ..." if len(found) > 8 else "")
    remedy = f"save it as {name}.csv with the columns date and close"
    raise DataFault(str(folder), f"no file for {name} (series there: {listing or 'none'})", remedy)


def file_in(folder: Path, name: str) -> Path | None:
    """The file of a name; None where there is none, DataFault where there are several."""
    files = [path for ending in ENDINGS if (path := folder / f"{name}{ending}").exists()]
    if len(files) > 1:
        both = " and ".join(path.name for path in files)
        raise DataFault(str(folder), f"{both} are both there", "keep one of them")
    return files[0] if files else None
