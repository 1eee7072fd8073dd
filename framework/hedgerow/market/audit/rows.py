"""The rows of a series file, read with patience: what cannot be used is found, not refused."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from msgspec import Struct

from hedgerow.market.audit.finding import Finding, Kind, found
from hedgerow.market.calendar import Days
from hedgerow.market.history import Floats
from hedgerow.market.sources.table import PRICES, Table, day_in, number_in


class Rows(Struct, frozen=True, eq=False):
    """What is left of a file: dates in order, each once. Arrays are (n,)."""

    file: str
    name: str  # of the series: SPX
    dates: Days
    values: Mapping[str, Floats]  # of open, high, low, close those there are; nan where blank

    @property
    def close(self) -> Floats:
        return self.values["close"]

    def days(self, wrong: np.typing.NDArray[np.bool_]) -> list[str]:
        return [str(day) for day in self.dates[wrong]]


def rows_of(name: str, table: Table) -> tuple[Rows, list[Finding]]:
    """The usable rows, and what is wrong with the others."""
    file = table.path.name
    at = table.columns["date"]
    read = [day_in(cells[at]) for cells in table.rows]
    dates = np.array(read, dtype="M8[D]")
    numbers = np.array(table.numbers)
    findings = found(file, Kind.NO_DATE, [f"row {row}" for row in numbers[np.isnat(dates)]])
    values, broken = _values(table)
    findings += found(file, Kind.NO_NUMBER, broken)
    dated = ~np.isnat(dates)
    days = dates[dated]
    early = np.flatnonzero(days[1:] < np.maximum.accumulate(days)[:-1]) + 1
    findings += found(file, Kind.UNSORTED, [f"row {row}" for row in numbers[dated][early]])
    once, first, times = np.unique(days, return_index=True, return_counts=True)
    findings += found(file, Kind.DUPLICATE, [str(day) for day in once[times > 1]])
    kept = {column: each[dated][first] for column, each in values.items()}
    return Rows(file, name, once, kept), findings


def _values(table: Table) -> tuple[dict[str, Floats], list[str]]:
    """The columns as numbers, and the cells that hold none."""
    values, broken = {}, []
    for column in (name for name in PRICES if name in table.columns):
        at = table.columns[column]
        read = np.array([number_in(cells[at]) for cells in table.rows])
        wrong = np.isinf(read)
        broken += [f"{column}, row {table.numbers[row]}" for row in np.flatnonzero(wrong)]
        values[column] = np.where(wrong, np.nan, read)
    return values, broken
