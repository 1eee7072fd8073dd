"""The sessions of a run as plain lists: what a day needs of the market besides prices."""

from __future__ import annotations

from datetime import date

import numpy as np
from msgspec import Struct

from hedgerow.account.assumptions import Assumptions
from hedgerow.market.data_fault import DataFault
from hedgerow.market.market import Market


class Sessions(Struct, frozen=True):
    """Lists are indexed by session; a run trades from `first` to `last`, both included."""

    first: int
    last: int
    dates: list[date]
    days: list[int]  # calendar days since the session before; 0 on the first
    rates: list[float]  # continuous, a year
    dividend_yields: list[float]  # continuous, a year


def sessions_of(market: Market, assumptions: Assumptions) -> Sessions:
    """DataFault where the wanted dates hold no session."""
    history = market.history
    first, last = 0, len(history) - 1
    if assumptions.start is not None:
        first = int(history.sessions.searchsorted(np.datetime64(assumptions.start)))
    if assumptions.end is not None:
        last = int(history.sessions.searchsorted(np.datetime64(assumptions.end), side="right")) - 1
    if first > last:
        raise DataFault(
            f"{assumptions.start or history.sessions[0]} to "
            f"{assumptions.end or history.sessions[-1]}",
            "no session lies between these dates",
            f"the data run from {history.sessions[0]} to {history.sessions[-1]}",
        )
    return Sessions(first, last, *market.answers.once("sessions", lambda: _lists(market)))


def _lists(market: Market) -> tuple[list[date], list[int], list[float], list[float]]:
    history = market.history
    dates: list[date] = history.sessions.tolist()
    days = np.diff(history.sessions, prepend=history.sessions[:1]).astype(int).tolist()
    return dates, days, history.rate.tolist(), history.dividend_yield.tolist()
