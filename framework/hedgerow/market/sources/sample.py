"""The sample that comes with the package: SPX, VIX and the 3-month rate, 1990 to 2022."""

from __future__ import annotations

import gzip
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from hedgerow.market.history import Floats, History, Series, history_of

SOURCE = "packaged sample"
NOTES = (
    "SPX opens before 2008 are, on most days, the previous close, and from 2019 on there are none: "
    "the previous close stands in where contracts settle at the open.",
    "VIX was not published on 1991-03-01, 1997-01-31, 1997-11-26 and 1999-12-31: "
    "the previous close stands in.",
    "VIX before September 2003 was computed afterwards.",
)


@lru_cache(maxsize=1)
def sample_history() -> History:
    """8,313 New York sessions, 1990-01-02 to 2022-12-28; see `sample_data/PROVENANCE.md`."""
    sessions, spx = _columns("SPX")
    _, vix = _columns("VIX")
    rate_days, (percent,) = _columns("RATE")
    bill = np.full(len(sessions), np.nan)
    bill[np.searchsorted(sessions, rate_days)] = percent
    return history_of(sessions, {"SPX": _bars(spx), "VIX": _bars(vix)}, bill, NOTES)


def _bars(columns: list[Floats]) -> Series:
    open_, high, low, close = columns
    return Series(close, open_, high, low, SOURCE)


def _columns(name: str) -> tuple[NDArray[np.datetime64], list[Floats]]:
    """Dates, and the value columns; an empty cell is nan."""
    file = resources.files("hedgerow.market.sources").joinpath("sample_data", f"{name}.csv.gz")
    header, _, body = gzip.decompress(file.read_bytes()).decode("ascii").partition("\n")
    width = header.count(",") + 1
    filled = body.rstrip("\n").replace("\n", ",").replace(",,", ",nan,").replace(",,", ",nan,")
    cells = filled.split(",")
    dates = np.array(cells[0::width], dtype="M8[D]")
    return dates, [np.array(list(map(float, cells[at::width]))) for at in range(1, width)]
