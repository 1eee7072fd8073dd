"""Underlyings besides SPX and VIX: any series of prices, with a volatility of its own.

Where its 30-day implied volatility is at hand, options are priced on the smile and the term
structure that SPX has at that volatility; elsewhere on the volatility its closes have had.
"""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace

from hedgerow.market.data_fault import DataFault
from hedgerow.market.history import Floats, History, last_known
from hedgerow.market.pricing import Array, Flags
from hedgerow.market.snapshot import HIGHEST_VIX, LOWEST_VIX, Snapshots, shocked
from hedgerow.market.snapshots_from_history import snapshots_on
from hedgerow.market.underlyings import tracks_spx, volatilities_of

IMPLIED, REALIZED = "V", "R"  # modes of a close, beside those of `modes_of`
_HALF_LIFE = 20.0  # sessions, of realized volatility
_SESSIONS_A_YEAR = 252.0


def equity_closes(history: History, indices: Snapshots, name: str, spot: Array) -> Snapshots:
    """Every close of an underlying at `spot`, points, as the model of SPX sees it: `vix` is its own
    volatility. nan before its first close; uses nothing dated after a close.

    DataFault where the series falls below zero.
    """
    _check(history, name)
    dividend = np.zeros(len(spot))
    found = _implied(history, name)
    if found is not None and found[0] == "VIX":
        return replace(indices, spot=spot, dividend=dividend)
    volatility, known = _volatility(history, name)
    vol = np.where(known, volatility, 100.0 * realized_volatility(spot, indices.vix / 100.0))
    vol = np.clip(vol, LOWEST_VIX, HIGHEST_VIX)
    return snapshots_on(history, spot, vol, dividend, indices.wings)


def equity_mode(history: History, name: str, i: int) -> str:
    """What options on it are modelled from at close `i`: V, its implied volatility; R, the
    volatility its closes have had."""
    return IMPLIED if _volatility(history, name)[1][i] else REALIZED


def moved(name: str, closes: Snapshots, indices: Snapshots, i: int, at: Snapshots) -> Snapshots:
    """Close `i` of an underlying when SPX and VIX are at `at`: what tracks SPX moves by its share,
    and its volatility by that of VIX; any other stays where it is."""
    if not tracks_spx(name):
        return replace(closes.row(i), ordinal=at.ordinal[:1])
    spot = closes.spot[i] * at.spot / indices.spot[i]
    vol = closes.vix[i] * at.vix / indices.vix[i]
    return replace(shocked(closes, i, spot, vol), ordinal=at.ordinal)


def realized_volatility(spot: Floats, first: Array) -> Array:
    """Annual, of squared daily returns up to each close, with a half-life of 20 sessions.

    It starts from `first`, the volatility assumed on the session of the first price.
    """
    returns = np.diff(np.log(spot), prepend=np.nan)
    decay = 0.5 ** (1.0 / _HALF_LIFE)
    variances, variance = [], np.nan
    for price, start, step in zip(spot.tolist(), first.tolist(), returns.tolist(), strict=True):
        if step == step:
            variance = decay * variance + (1.0 - decay) * step * step * _SESSIONS_A_YEAR
        elif price == price or variance != variance:
            variance = start * start
        variances.append(variance)
    return np.asarray(np.sqrt(np.array(variances)))


def _volatility(history: History, name: str) -> tuple[Array, Flags]:
    """Points of implied volatility, the last known, and where there is one."""
    found = _implied(history, name)
    if found is None:
        return np.full(len(history), np.nan), np.zeros(len(history), dtype=np.bool_)
    volatility = last_known(found[1])
    return volatility, ~np.isnan(volatility)


def _implied(history: History, name: str) -> tuple[str, Floats] | None:
    for each in volatilities_of(name):
        if each in history.series:
            return each, history.series[each].close
    return None


def _check(history: History, name: str) -> None:
    closes = history.series[name].close if name in history.series else np.zeros(0)
    wrong = np.flatnonzero(closes < 0.0)
    if wrong.size:
        raise DataFault(
            f"{name}, {history.sessions[wrong[0]]}",
            f"the close {closes[wrong[0]]:g} is below zero, so there are no options on it",
            f"trade another series, or correct {name}",
        )
