"""What an expiry settles to, and when."""

from __future__ import annotations

import math

import numpy as np
from msgspec import Struct

from hedgerow.market.contract import Expiry, Settlement
from hedgerow.market.history import History, Series
from hedgerow.market.pricing import Array
from hedgerow.market.underlyings import INDICES

VX_SETTLE = "vx_settle"  # the source of the exchange's own settlements


class Settled(Struct, frozen=True, gc=False):
    """What an expiry settles to, and when."""

    index: int  # of the session
    at_open: bool  # before that session's fills; else at its close
    value: float  # points of the underlying
    source: str  # "index close", "series close", "index open" or "previous close"


def settled(
    history: History, closes: Array, underlying: str, expiry: Expiry, final: float | None
) -> Settled | None:
    """The value of an expiry, `final` where the exchange's own was recorded; None beyond the data.

    `closes` of the underlying, (sessions,) points.

    The opening value stands in for the special opening quotation. Where it is missing, or a copy
    of the close before as in old data, the close before stands in, and the source says so.
    """
    index = int(history.sessions.searchsorted(np.datetime64(expiry.date)))
    if index >= len(history):
        return None
    if underlying == "VIX" and final is not None:
        return Settled(index, True, final, VX_SETTLE)
    before = float(closes[index - 1]) if index else float("nan")
    if history.sessions[index].item() != expiry.date:
        return Settled(index, True, before, "previous close")
    if expiry.settlement is Settlement.CLOSE:
        source = "index close" if underlying in INDICES else "series close"
        return Settled(index, False, float(closes[index]), source)
    opening = _opening(history.series[underlying], index)
    if math.isnan(opening) or opening == before:
        return Settled(index, True, before, "previous close")
    return Settled(index, True, opening, "index open")


def _opening(series: Series, index: int) -> float:
    return float("nan") if series.open is None else float(series.open[index])
