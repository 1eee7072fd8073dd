"""VIX futures settlements from a data folder: a row a contract, or a column a rank."""

from __future__ import annotations

import datetime
from pathlib import Path

import numpy as np

from hedgerow.market.calendar import nyse, ordinals
from hedgerow.market.chains.classes import Class, settlement_day
from hedgerow.market.data_fault import DataFault
from hedgerow.market.history import History, last_known
from hedgerow.market.pricing import Array, Flags
from hedgerow.market.sources.folder import file_in
from hedgerow.market.sources.table import (
    Table,
    days_of,
    refuse,
    table_from_file,
    values_of,
)
from hedgerow.market.vix_settlements import Days, VixSettlements
from hedgerow.text.in_words import counted

RANKS = tuple(f"VX{rank}" for rank in range(1, 9))
_TENFOLD_UNTIL = datetime.date(2007, 3, 26).toordinal()  # quotes were ten times the index before
_TENFOLD = 4.0  # times VIX; settlements have never been a third of that


def vix_settlements_from_folder(folder: Path, history: History) -> VixSettlements:
    """Settlements in `VX.csv` (date, expiry, settle, or date, VX1 to VX8) or in `VX1.csv` to
    `VX8.csv` (date, close); none where there are no such files. DataFault at the first thing wrong.
    """
    table = _table(folder, "VX", ("date",))
    if table is None:
        ranks = [(rank, _table(folder, name, ("date", "close"))) for rank, name in enumerate(RANKS)]
        parts = [_ranked(each, rank, "close") for rank, each in ranks if each is not None]
    elif "settle" in table.columns:
        parts = [_by_contract(table)]
    else:
        parts = [
            _ranked(table, rank, name.lower())
            for rank, name in enumerate(RANKS)
            if name.lower() in table.columns
        ]
        if not parts:
            remedy = "name the columns date, expiry, settle, or date, VX1, VX2 and so on"
            raise DataFault(f"{table.path}, row 1", "no settlements in it", remedy)
    return _settlements(parts, history) if parts else VixSettlements.none()


def _table(folder: Path, name: str, needed: tuple[str, ...]) -> Table | None:
    file = file_in(folder, name)
    return None if file is None else table_from_file(file, needed)


class _Part:
    """Rows of one file with where they stand, for the fault that names one."""

    def __init__(self, table: Table, date: Days, expiry: Days, settle: Array) -> None:
        self.table, self.date, self.expiry, self.settle = table, date, expiry, settle


def _by_contract(table: Table) -> _Part:
    if "expiry" not in table.columns:
        raise DataFault(f"{table.path}, row 1", "no column named expiry", "name one so")
    days, expiries = days_of(table, "date"), days_of(table, "expiry")
    for column, values in (("date", days), ("expiry", expiries)):
        refuse(table, np.isnat(values), f"{column} is missing", "fill it in or delete the row")
    written = ordinals(expiries)
    settles = np.array([settlement_day(Class.VIX_OPEN, day) for day in written.tolist()])
    refuse(table, settles < ordinals(days), "the contract has expired", "correct the expiry")
    return _Part(table, ordinals(days), settles, values_of(table, "settle"))


def _ranked(table: Table, rank: int, column: str) -> _Part:
    """The contract of a rank: the monthly expiry so many after the first that is still to come."""
    days = days_of(table, "date")
    refuse(table, np.isnat(days), "date is missing", "fill it in or delete the row")
    calendar = nyse()
    expiries = calendar.vix_settlements(calendar.months())
    at = np.searchsorted(expiries, days, side="right") + rank
    return _Part(table, ordinals(days), ordinals(expiries[at]), values_of(table, column))


def _settlements(parts: list[_Part], history: History) -> VixSettlements:
    sessions = ordinals(history.sessions)
    vix = last_known(history.series["VIX"].close)
    tenfold = absent = 0
    kept = []
    for part in parts:
        traded = np.nan_to_num(part.settle) > 0.0  # 0 is written where there was no trade
        known = np.isin(part.date, sessions)
        absent += int((traded & ~known).sum())
        level = vix[np.clip(np.searchsorted(sessions, part.date), 0, len(sessions) - 1)]
        large = traded & known & (part.settle > _TENFOLD * level)
        early = part.date < _TENFOLD_UNTIL
        problem = f"a settlement more than {_TENFOLD:g} times VIX"
        refuse(part.table, large & ~early, problem, "correct it, or give it in points of VIX")
        tenfold += int((large & early).sum())
        settle = np.where(large, part.settle / 10.0, part.settle)
        kept.append(np.stack((part.date, part.expiry, settle))[:, traded & known])
    date, expiry, settle = np.concatenate(kept, axis=1)
    order = np.lexsort((expiry, date))
    days, expiries = date[order].astype(np.int64), expiry[order].astype(np.int64)
    settle = settle[order]
    _once(parts, days, expiries)
    final: Flags = days == expiries
    finals = dict(zip(expiries[final].tolist(), settle[final].tolist(), strict=True))
    notes = _notes(days[~final], sessions, tenfold, absent)
    return VixSettlements(days[~final], expiries[~final], settle[~final], finals, notes)


def _once(parts: list[_Part], days: Days, expiries: Days) -> None:
    again = np.flatnonzero((np.diff(days) == 0) & (np.diff(expiries) == 0))
    if len(again):
        day, expiry = (datetime.date.fromordinal(int(each[again[0]])) for each in (days, expiries))
        problem = f"the contract of {expiry} settles twice on {day}"
        raise DataFault(str(parts[0].table.path), problem, "keep one row a date and contract")


def _notes(days: Days, sessions: Days, tenfold: int, absent: int) -> tuple[str, ...]:
    unique = np.unique(days)
    lacking = len(sessions) - len(unique)
    notes = [
        f"VIX futures are priced from recorded settlements on {counted(len(unique), 'session')}"
        + (f"; on the other {lacking:,} they are modelled." if lacking else ".")
    ]
    if tenfold:
        notes.append(f"{counted(tenfold, 'VIX future quote')} before 2007-03-26 divided by ten.")
    if absent:
        notes.append(f"{counted(absent, 'VIX future settlement')} left out: no session of SPX.")
    return tuple(notes)
