"""Real market data to measure the model against, in the folder HEDGEROW_VALIDATION_DATA names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from hedgerow.market.chains.store import chains_from_folder
from hedgerow.market.history import History, Series, history_of
from hedgerow.market.market import Market
from hedgerow.market.market_from_history import market_from_history
from hedgerow.market.recorded import Recorded
from hedgerow.market.vix_settlements import VixSettlements
from msgspec.structs import replace

VARIABLE = "HEDGEROW_VALIDATION_DATA"
SISTERS = ("VIX9D", "VIX3M", "VIX6M")
_MAPPING = """\
name: {name}
title: quotes for validation
source: the PROVENANCE.txt beside them
columns: {{date: {date}, root: root, expiry: expiry, right: cp, strike: strike, bid: bid, ask: ask,
  underlying_price: underlying}}
"""
_CHAINS = {
    "spx_ivolatility_2011-01-03_07.csv.gz": "quote_date",
    "spx_cboe_snapshots.csv.gz": "quote_session",
}


def folder() -> Path | None:
    """The validation data; None where the variable is unset or names no folder."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named and Path(named).is_dir() else None


def history(data: Path, sisters: bool) -> History:
    """SPX, VIX and the 3-month rate of 1990 to 2022; with `sisters`, VIX of other terms as well."""
    table = pd.read_csv(data / "pip_default" / "pip_spx_vix_rate.csv.gz").dropna(
        subset=["spx_close"]
    )
    series = {
        name: Series(table[f"{name.lower()}_close"].to_numpy(float)) for name in ("SPX", "VIX")
    }
    for name in SISTERS if sisters else ():
        listed = pd.read_csv(data / "vol_indices" / f"{name.lower()}.csv.gz").set_index("date")
        close = listed["close"].reindex(table["date"]).to_numpy(float)
        series[name] = Series(close)
    sessions = table["date"].to_numpy("M8[D]")
    return history_of(sessions, series, table["rate_3m"].to_numpy(float))


def lengthened(known: History, day: date, spot: float, vix: float) -> History:
    """A history with one later session; its rate is the last one known."""

    def longer(values: np.ndarray, last: float) -> np.ndarray:
        return np.append(values, last)

    series = {
        name: Series(longer(each.close, {"SPX": spot, "VIX": vix}.get(name, np.nan)))
        for name, each in known.series.items()
    }
    return replace(
        known,
        sessions=np.append(known.sessions, np.datetime64(day)),
        series=series,
        rate=longer(known.rate, known.rate[-1]),
        dividend_yield=longer(known.dividend_yield, known.dividend_yield[-1]),
    )


@contextmanager
def quoted_market(data: Path, known: History) -> Iterator[Market]:
    """The market of a history with the recorded chains, read as from any data folder."""
    with TemporaryDirectory() as made:
        chains = Path(made) / "chains"
        chains.mkdir()
        for name, column in _CHAINS.items():
            (chains / name).symlink_to((data / "spx_option_chains" / name).resolve())
            mapping = _MAPPING.format(name=name.split("_")[1], date=column)
            (chains / f"{column}.yaml").write_text(mapping)
        recorded = Recorded(chains_from_folder(Path(made), known), VixSettlements.none())
        yield market_from_history(known, recorded)


def settlements(data: Path) -> pd.DataFrame:
    """Daily settlements of monthly VX contracts, final ones left out: date, expiry, settle."""
    table = pd.read_csv(data / "vx_futures" / "vx_contracts.csv.gz")
    return table[~table["is_final"] & (table["settle"] > 0)][["date", "expiry", "settle"]]
