"""Chain files made from a modelled surface, and a folder that holds them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from hedgerow.market.contract import Expiry, Right, Settlement
from hedgerow.market.history import History, Series, history_of
from hedgerow.market.market import Market
from hedgerow.market.market_from_history import market_from_history

DAY = date(2021, 6, 1)
SPOT, VIX = 4000.0, 18.0
STANDARD = Expiry("SPX", date(2021, 7, 16), Settlement.OPEN, True)
WEEKLY = Expiry("SPXW", date(2021, 6, 30), Settlement.CLOSE, False)
HEADER = "date,root,expiry,right,strike,bid,ask,underlying_price"


def history(sessions: int = 12, vix: float = VIX) -> History:
    """Sessions around DAY, which is number 5, all at one level."""
    days = np.arange(np.datetime64("2021-05-24"), np.datetime64("2021-07-30"))
    days = days[np.is_busday(days, holidays=["2021-05-31", "2021-07-05"])][:sessions]
    levels = {"SPX": SPOT, "VIX": vix}
    series = {name: Series(np.full(len(days), level)) for name, level in levels.items()}
    return history_of(days, series, np.full(len(days), 2.0))


ROW = 5


def modelled(vix: float = VIX) -> Market:
    return market_from_history(history(vix=vix))


def strikes(low: float = 3000.0, high: float = 4500.0, step: float = 25.0) -> np.ndarray:
    return np.arange(low, high + step, step)


def rows(
    market: Market,
    expiry: Expiry = STANDARD,
    listed: Iterable[float] | None = None,
    half: float = 0.2,
    dearer: float = 1.0,
    day: date = DAY,
) -> list[list[str]]:
    """Cells of HEADER: the model's prices, `dearer`, with `half` a spread around them."""
    found = []
    at = int(market.history.sessions.searchsorted(np.datetime64(day)))
    for strike in strikes() if listed is None else listed:
        for right in (Right.CALL, Right.PUT):
            mid = dearer * market.mark(market.contract("SPX", expiry, right, float(strike)), at)
            bid = max(mid - half, 0.0)
            found.append(
                [
                    *(str(day), expiry.root, str(expiry.date), right.value[0].upper()),
                    *(f"{strike:g}", repr(bid), repr(2 * mid - bid), f"{SPOT}"),
                ]
            )
    return found


def text(body: Sequence[Sequence[str]], header: str = HEADER) -> str:
    return "\n".join([header, *(",".join(row) for row in body)]) + "\n"


def write(folder: Path, content: str, name: str = "quotes.csv") -> Path:
    """A chain file in a data folder; returns its path."""
    path = folder / "chains" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content)
    return path
