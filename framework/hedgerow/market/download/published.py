"""A published file as a series file of a data folder: ISO dates, oldest first."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime

from hedgerow.market.data_fault import DataFault
from hedgerow.market.download.registry import PublicSource
from hedgerow.market.sources.table import BLANKS, PRICES, number_in

_DATES = ("%Y-%m-%d", "%m/%d/%Y")
_OTHER = "what is published has changed; save it by hand with the columns date and close"


def series_text(source: PublicSource, content: bytes) -> str:
    """The csv text of the series; its rows in order of date, blank closes left out.

    DataFault where the file is no table, or not of the columns that were published so far.
    """
    where = source.origin
    text = content.decode("utf-8-sig", errors="replace")
    if text.lstrip()[:1] == "<" or "\0" in text:
        raise DataFault(where, "the answer is a page, not a table", _OTHER)
    lines = [line for line in csv.reader(text.splitlines()) if any(line)]
    head = _head(source, lines)
    if head is None:
        found = ", ".join(lines[0][:8])[:120] if lines else "nothing"
        problem = f"no columns {source.date[0]} and {source.close[0]} (found: {found})"
        raise DataFault(where, problem, _OTHER)
    names = [cell.strip().lower() for cell in lines[head]]
    kept = dict(_rows(source, names, lines[head + 1 :]))
    if not kept:
        raise DataFault(where, "the table has no values", _OTHER)
    columns = ("date", *_values(source, names))
    return "\n".join([",".join(columns), *(kept[day] for day in sorted(kept)), ""])


def _head(source: PublicSource, lines: Sequence[Sequence[str]]) -> int | None:
    """The row of column names: some publishers write a notice above it."""
    for at, line in enumerate(lines[:5]):
        names = {cell.strip().lower() for cell in line}
        if names & set(source.date) and names & set(source.close):
            return at
    return None


def _values(source: PublicSource, names: list[str]) -> dict[str, int]:
    """Columns of prices: the bar where the file has one, and the close."""
    close = next(name for name in source.close if name in names)
    bar = {name: names.index(name) for name in PRICES if name in names}
    whole = {"open", "high", "low"} <= set(bar)
    return {**(bar if whole else {}), "close": names.index(close)}


def _rows(
    source: PublicSource, names: list[str], lines: list[list[str]]
) -> Iterator[tuple[str, str]]:
    day_at = names.index(next(name for name in source.date if name in names))
    where, columns = source.origin, _values(source, names)
    for line in lines:
        cells = line[: len(names)] if not any(line[len(names) :]) else line  # commas to spare
        if len(cells) != len(names):
            raise DataFault(where, f"a row of {len(cells)} cells: {','.join(cells)[:60]}", _OTHER)
        values = [cells[at].strip() for at in columns.values()]
        if values[-1].lower() in BLANKS:
            continue
        broken = [value for value in values if number_in(value) == float("inf")]
        if broken:
            raise DataFault(where, f"{broken[0][:40]!r} is not a number", _OTHER)
        day = _iso(where, cells[day_at].strip())
        yield day, ",".join([day, *values])


def _iso(where: str, written: str) -> str:
    for form in _DATES:
        try:
            return datetime.strptime(written, form).date().isoformat()
        except ValueError:
            continue
    raise DataFault(where, f"{written[:40]!r} is not a date", _OTHER)
