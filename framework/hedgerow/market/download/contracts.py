"""Settlements that are published a file a contract, put together into one `VX.csv`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
from msgspec import Struct

from hedgerow.market.calendar import nyse
from hedgerow.market.data_fault import DataFault
from hedgerow.market.download.fetch import Answer, NoSuchFile
from hedgerow.market.download.published import series_text
from hedgerow.market.download.registry import PublicSource

_AHEAD = timedelta(days=270)  # how far ahead monthly futures are listed, or a little more
HEADER = "date,expiry,settle"


class Contracts(Struct, frozen=True):
    """What is known of all of them."""

    rows: tuple[str, ...]  # of HEADER, by expiry and date
    settled: str  # the last expiry that will not change any more, ISO; "" where none
    fault: DataFault | None = None  # what stopped the fetching

    @property
    def text(self) -> str:
        return "\n".join([HEADER, *sorted(self.rows), ""])


def fetched_contracts(
    source: PublicSource, before: Contracts, today: date, get: Callable[[str], Answer]
) -> Contracts:
    """Every contract not settled `before`; those that are not published are passed over.

    A fault ends it, and what was fetched until then is kept. `get` fetches the file of an expiry.
    """
    rows = [row for row in before.rows if row.split(",")[1] <= before.settled]
    settled = before.settled
    for expiry in _expiries(source, today):
        day = expiry.isoformat()
        if day <= before.settled:
            continue
        try:
            rows += _rows(source, day, get(day).content)
        except NoSuchFile:
            continue
        except DataFault as fault:
            return Contracts(tuple(rows), settled, fault)
        if expiry < today:
            settled = day
    return Contracts(tuple(rows), settled)


def _expiries(source: PublicSource, today: date) -> list[date]:
    """Of the monthly contracts, from the first that is published."""
    calendar = nyse()
    days = calendar.vix_settlements(calendar.months())
    last = np.datetime64(today + _AHEAD)
    found: list[date] = days[
        (days >= np.datetime64(source.contracts_from)) & (days <= last)
    ].tolist()
    return found


def _rows(source: PublicSource, expiry: str, content: bytes) -> list[str]:
    """Of one contract; 0 is written on days without a settlement."""
    lines = series_text(source, content).splitlines()[1:]
    cells = [(line[:10], line.rpartition(",")[2]) for line in lines]
    return [f"{day},{expiry},{settle}" for day, settle in cells if float(settle) > 0.0]
