"""History -> closes as models see them."""

from __future__ import annotations

import numpy as np

from hedgerow.market.calendar import ordinals
from hedgerow.market.data_fault import DataFault
from hedgerow.market.futures_basis import FuturesBasis
from hedgerow.market.history import History, last_known
from hedgerow.market.pricing import Array
from hedgerow.market.snapshot import HIGHEST_VIX, LOWEST_VIX, Snapshots
from hedgerow.market.surface_store import stored_surface
from hedgerow.market.variance_curve import pillars_of
from hedgerow.market.vix_options import estimated_vvix
from hedgerow.market.wings import MEASURED, Wings

SLOW_HALF_LIFE = 252.0  # sessions, of the means of ln VIX
FAST_HALF_LIFE = 20.0
_SISTERS = ("VIX9D", "VIX3M", "VIX6M")
_SKEW_USABLE_FROM = np.datetime64("2010-01-01")  # the model's use of SKEW was fitted from then on


def snapshots_from_history(history: History, wings: Wings = MEASURED) -> Snapshots:
    """Every session's close. Uses nothing dated after it, so cutting the history changes none.

    DataFault where SPX or VIX is missing or VIX is no volatility in points.
    """
    spot = _needed(history, "SPX")
    vix = _needed(history, "VIX")
    _check_vix(history, vix)
    sisters = np.stack([_wanted(history, name) for name in _SISTERS], axis=1)
    return snapshots_on(
        history,
        spot,
        vix,
        history.dividend_yield,
        wings,
        sisters,
        _usable_skew(history),
        _wanted(history, "VVIX"),
    )


def snapshots_on(
    history: History,
    spot: Array,
    vix: Array,
    dividend: Array,
    wings: Wings,
    sisters: Array | None = None,
    skew: Array | None = None,
    vvix: Array | None = None,
) -> Snapshots:
    """Closes of an underlying and of its 30-day volatility, points (n,); `sisters` (n, 3) are other
    terms of it. What is not given is nan, and estimated."""
    absent = np.full(len(vix), np.nan)
    log_vix = np.log(vix)
    slow, fast = weighted_mean(log_vix, SLOW_HALF_LIFE), weighted_mean(log_vix, FAST_HALF_LIFE)
    sisters = np.full((len(vix), 3), np.nan) if sisters is None else sisters
    skew, vvix = (absent if each is None else each for each in (skew, vvix))
    pillars = pillars_of(vix, slow, fast, sisters)
    surface = stored_surface(vix, pillars, skew, wings.spx_put)
    return Snapshots(
        ordinals(history.sessions),
        spot,
        vix,
        history.rate,
        dividend,
        np.where(np.isnan(vvix), estimated_vvix(vix, fast), vvix),
        pillars,
        skew,
        surface,
        surface.curve,
        np.zeros(len(vix)),
        FuturesBasis.none(len(vix)),
        wings,
    )


def modes_of(history: History) -> tuple[str, ...]:
    """What each close is modelled from: B, SPX and VIX alone; A, other terms too; S, and SKEW."""
    sisters = np.stack([_wanted(history, name) for name in _SISTERS])
    plain = np.where(np.isnan(sisters).all(axis=0), "B", "A")
    return tuple(np.where(np.isnan(_usable_skew(history)), plain, "S").tolist())


def weighted_mean(values: Array, half_life: float) -> Array:
    """Exponentially weighted mean of each value and those before it, weights summing to one."""
    decay = 0.5 ** (1.0 / half_life)
    total = weight = 0.0
    means = []
    for value in values.tolist():
        total = value + decay * total
        weight = 1.0 + decay * weight
        means.append(total / weight)
    return np.array(means)


def _needed(history: History, name: str) -> Array:
    """Closes with gaps filled from the session before."""
    if name not in history.series:
        raise DataFault(name, "prices cannot be modelled without it", f"add the series {name}")
    closes = last_known(history.series[name].close)
    if np.isnan(closes[0]):
        raise DataFault(
            f"{name}, {history.sessions[0]}",
            "the first session has no close",
            f"start the data at the first session of {name}",
        )
    return closes


def _wanted(history: History, name: str) -> Array:
    series = history.series.get(name)
    return np.full(len(history), np.nan) if series is None else series.close


def _usable_skew(history: History) -> Array:
    return np.where(history.sessions < _SKEW_USABLE_FROM, np.nan, _wanted(history, "SKEW"))


def _check_vix(history: History, vix: Array) -> None:
    outside = np.flatnonzero((vix < LOWEST_VIX) | (vix > HIGHEST_VIX))
    if outside.size:
        first = outside[0]
        raise DataFault(
            f"VIX, {history.sessions[first]}",
            f"the close {vix[first]:g} is not between {LOWEST_VIX:g} and {HIGHEST_VIX:g}",
            "give VIX in points: 20 means a volatility of 20%",
        )
