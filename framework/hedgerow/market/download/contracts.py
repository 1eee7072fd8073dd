"""Settlements that are published a file a contract, put together into one `VX.csv`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import chain

import numpy as np
from msgspec import Struct

from hedgerow.market.calendar import nyse
from hedgerow.market.data_fault import DataFault
from hedgerow.market.download.fetch import Answer, NoSuchFile
from hedgerow.market.download.published import series_text
from hedgerow.market.download.registry import PublicSource

_AHEAD = timedelta(days=270)  # how far ahead monthly futures are listed, or a little more
_CODES = "FGHJKMNQUVXZ"  # of the months
_FIRST = np.datetime64("2004-05")  # the first month of VIX futures
HEADER = "date,expiry,settle"


class Contracts(Struct, frozen=True):
    """What is known of all of them."""

    rows: tuple[str, ...]  # of HEADER, by expiry and date
    settled: str  # the last expiry that will not change any more, ISO; "" where none
    absent: int = 0  # contracts that have expired and are not published: not all months were listed
    fault: DataFault | None = None  # what stopped the fetching

    @property
    def text(self) -> str:
        return "\n".join([HEADER, *sorted(self.rows), ""])


def fetched_contracts(
    source: PublicSource, before: Contracts, today: date, get: Callable[[str], Answer]
) -> Contracts:
    """Every contract not settled `before`; those that are not published are passed over.

    A fault ends it. What was fetched until then is kept, and what `before` has of the others. `get`
    fetches a URL.
    """
    known: dict[str, list[str]] = defaultdict(list)
    for row in before.rows:
        known[row.split(",")[1]].append(row)
    settled, absent, stopped = before.settled, 0, None
    for expiry, url in _files(source, today):
        day = expiry.isoformat()
        if day <= before.settled:
            continue
        try:
            known[day] = _rows(source, day, get(url).content)
        except NoSuchFile:
            absent += expiry < today
            continue
        except DataFault as fault:
            stopped = fault
            break
        if expiry < today:
            settled = day
    return Contracts(tuple(chain.from_iterable(known.values())), settled, absent, stopped)


def _files(source: PublicSource, today: date) -> Iterator[tuple[date, str]]:
    """Expiries of the monthly contracts and where each is published, the oldest first."""
    calendar, last = nyse(), today + _AHEAD
    months = calendar.months()
    months = months[months >= _FIRST]
    for month, day in zip(months.tolist(), calendar.vix_settlements(months).tolist(), strict=True):
        if source.contracts_from is not None and source.contracts_from <= day <= last:
            yield day, source.url.replace("{expiry}", day.isoformat())
        elif source.archive is not None and day <= last:
            code = f"{_CODES[month.month - 1]}{month:%y}"
            yield day, source.archive.replace("{code}", code)


def _rows(source: PublicSource, expiry: str, content: bytes) -> list[str]:
    """Of one contract; 0 is written on days without a settlement."""
    lines = series_text(source, content).splitlines()[1:]
    cells = [(line[:10], line.rpartition(",")[2]) for line in lines]
    late = next((day for day, _ in cells if day > expiry), None)
    if late is not None:
        where = f"{source.name} of {expiry}"
        raise DataFault(where, f"a settlement of {late}, after the expiry", "report it, please")
    return [f"{day},{expiry},{settle}" for day, settle in cells if float(settle) > 0.0]
