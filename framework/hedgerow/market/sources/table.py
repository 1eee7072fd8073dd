"""One series file, read and checked: csv, csv.gz or parquet."""

from __future__ import annotations

import csv
import gzip
import math
import zlib
from datetime import date
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hedgerow.market.data_fault import DataFault
from hedgerow.market.history import Floats, Series
from hedgerow.text.in_words import counted

ENDINGS = (".csv", ".csv.gz", ".parquet")
BLANKS = frozenset({"", ".", "-", "na", "n/a", "nan", "null", "none", "#n/a"})
PRICES = ("open", "high", "low", "close")
HIGHEST_PRICE = 1e9  # points; what is above is a slip, and would not fit into cents


class Table(Struct, frozen=True):
    """Cells of a file as written; `numbers` are the rows a spreadsheet would show."""

    path: Path
    columns: dict[str, int]  # lower-case name -> position
    rows: list[list[str]]
    numbers: list[int]

    def place(self, row: int) -> str:
        return f"{self.path}, row {self.numbers[row]}"


def table_from_file(path: Path, needed: tuple[str, ...] = ("date", "close")) -> Table:
    """Every row of a file with the `needed` columns; DataFault where it is not such a table."""
    lines = _parquet_lines(path) if path.suffix == ".parquet" else _csv_lines(path)
    if not lines:
        remedy = f"its first row must name the columns, {' and '.join(needed)} among them"
        raise DataFault(str(path), "the file is empty", remedy)
    names = [cell.strip().lower() for cell in lines[0][1]]
    if len(names) == 1 and ";" in names[0]:
        remedy = "separate them by commas, and write decimals with a point"
        raise DataFault(f"{path}, row 1", "the columns are separated by semicolons", remedy)
    for name in needed:
        if (count := names.count(name)) != 1:
            problem = f"{count or 'no'} columns named {name}"
            found = ", ".join(names)
            raise DataFault(f"{path}, row 1", problem, f"name one so (found: {found})")
    for number, cells in lines[1:]:
        if len(cells) != len(names):
            problem = f"{counted(len(cells), 'cell')} where the first row has {len(names)}"
            raise DataFault(f"{path}, row {number}", problem, "mend the row or delete it")
    if len(lines) == 1:
        raise DataFault(str(path), "no rows under the column names", "add one row a date")
    columns = {name: position for position, name in enumerate(names)}
    return Table(path, columns, [cells for _, cells in lines[1:]], [n for n, _ in lines[1:]])


def dates_of(table: Table) -> NDArray[np.datetime64]:
    """The date column: ISO dates, each later than the one before."""
    position = table.columns["date"]
    days = [_day(table, row, cells[position]) for row, cells in enumerate(table.rows)]
    for row in range(1, len(days)):
        if days[row] == days[row - 1]:
            problem = f"{days[row]} stands in row {table.numbers[row - 1]} too"
            raise DataFault(table.place(row), problem, "keep one row a date")
        if days[row] < days[row - 1]:
            problem = f"{days[row]} comes after {days[row - 1]}"
            raise DataFault(table.place(row), problem, "sort the rows by date, oldest first")
    return np.array(days, dtype="M8[D]")


def days_of(table: Table, column: str) -> NDArray[np.datetime64]:
    """A column of ISO dates in any order; a blank cell is NaT."""
    position = table.columns[column]
    days = [
        None if cells[position].strip().lower() in BLANKS else _day(table, row, cells[position])
        for row, cells in enumerate(table.rows)
    ]
    return np.array(days, dtype="M8[D]")


def refuse(table: Table, wrong: NDArray[np.bool_], problem: str, remedy: str) -> None:
    """DataFault at the first wrong row."""
    if wrong.any():
        row = int(np.argmax(wrong))
        day = table.rows[row][table.columns["date"]].strip()
        more = int(wrong.sum()) - 1
        others = f" (and in {counted(more, 'more row')})" if more else ""
        raise DataFault(table.place(row), f"{problem} on {day}{others}", remedy)


def values_of(table: Table, column: str) -> Floats:
    """A column of numbers; a blank cell is nan."""
    position = table.columns[column]
    return np.array(
        [_number(table, row, column, cells[position]) for row, cells in enumerate(table.rows)]
    )


def series_of(table: Table, every_close: bool, positive: bool) -> Series:
    """The close of a table, with whatever open, high and low it has.

    With `every_close` a missing close is a fault. With `positive`, and wherever there is more than
    a close, a value that is not above zero is one too: those are prices.
    """
    values = {name: values_of(table, name) for name in PRICES if name in table.columns}
    if every_close:
        missing = np.isnan(values["close"])
        refuse(table, missing, "close is missing", "fill it in or delete the row")
    for name, column in values.items():
        beyond = np.abs(column) > HIGHEST_PRICE
        refuse(table, beyond, f"{name} is above {HIGHEST_PRICE:,.0f}", "write it in points")
    if positive or len(values) > 1:
        for name, column in values.items():
            refuse(table, column <= 0, f"{name} is not above zero", "correct it or delete the row")
    if "high" in values and "low" in values:
        crossed = values["high"] < values["low"]
        refuse(table, crossed, "high is below low", "correct them or leave both blank")
    return Series(**values, source=str(table.path))


def day_in(cell: str) -> date | None:
    """The ISO date of a cell; None where it is none."""
    text = cell.strip()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None  # it takes 20200131 and week dates too


def number_in(cell: str) -> float:
    """The number of a cell: nan where it is blank, infinite where it is no number."""
    text = cell.strip()
    if text.lower() in BLANKS:
        return math.nan
    try:
        return math.inf if "_" in text else float(text)
    except ValueError:
        return math.inf


def _day(table: Table, row: int, cell: str) -> date:
    day = day_in(cell)
    if day is None:
        remedy = "write the date as year-month-day, like 2020-01-31"
        raise DataFault(table.place(row), f"{_quoted(cell)} is not an ISO date", remedy)
    return day


def _number(table: Table, row: int, column: str, cell: str) -> float:
    value = number_in(cell)
    if math.isinf(value):
        problem = f"{_quoted(cell)} in column {column} is not a number"
        remedy = "write it like 4796.56, without thousands separators or units"
        raise DataFault(table.place(row), problem, remedy)
    return value


def _quoted(cell: str) -> str:
    shown = cell if len(cell) <= 40 else cell[:40] + "…"
    return f'"{shown}"'


def _csv_lines(path: Path) -> list[tuple[int, list[str]]]:
    """Rows with their numbers, blank ones left out."""
    try:
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        remedy = "save it as UTF-8 comma-separated text"
        raise DataFault(str(path), "the file is not text", remedy) from None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise DataFault(
            str(path), "the file is not valid gzip", "compress it again, or give it as plain .csv"
        ) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        remedy = "put a readable file there"
        raise DataFault(str(path), f"the file cannot be read ({reason})", remedy) from None
    reader = csv.reader(text.splitlines())
    try:
        return [(reader.line_num, cells) for cells in reader if any(cells)]
    except csv.Error as error:
        remedy = "save it as comma-separated text"
        raise DataFault(f"{path}, row {reader.line_num}", str(error), remedy) from None


def _parquet_lines(path: Path) -> list[tuple[int, list[str]]]:
    """The same for a parquet file, whose cells become text so that one reader serves all."""
    import pandas as pd

    try:
        frame = pd.read_parquet(path)
    except ImportError:
        remedy = "run pip install pyarrow, or save the series as .csv"
        raise DataFault(str(path), "reading parquet needs pyarrow", remedy) from None
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0]
        remedy = "save it again, or as .csv"
        raise DataFault(str(path), f"the file is not valid parquet ({reason})", remedy) from None
    if "date" not in (str(name).lower() for name in frame.columns):
        frame = frame.reset_index()
    header = [str(name) for name in frame.columns]
    rows = (list(map(_cell, row)) for row in frame.itertuples(index=False))
    return list(enumerate([header, *rows], start=1))


def _cell(value: object) -> str:
    """A cell as text; a midnight timestamp is its date."""
    return str(value).removesuffix(" 00:00:00")
