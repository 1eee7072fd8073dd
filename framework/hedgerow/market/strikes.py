"""Which strikes the exchange lists around a close."""

from __future__ import annotations

import math
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray


def strike_grid(underlying: str, spot: float, days: int, on: date) -> NDArray[np.float64]:
    """Strikes listed around `spot`, sorted, read-only.

    `days` to expiry. An idealised grid (the real one keeps old strikes and thins out in its wings).
    """
    if underlying == "VIX":
        return _vix_strikes(on.year >= 2020, 5 * round(spot / 2.5))
    if underlying == "SPX":
        return _spx_strikes(days <= 70, on.year >= 2005, 5 * round(spot / 5))
    step = next(step for below, step in _EQUITY_STEPS if spot < below)
    return _equity_strikes(step, step * round(spot / step))


@lru_cache(maxsize=8192)
def _spx_strikes(near: bool, recent: bool, spot: int) -> NDArray[np.float64]:
    """5, 10, 25 points within 12 %, 20 %, beyond; coarser in far months (Cboe specification)."""
    far = (10, 25, 50) if recent else (25, 25, 25)
    steps = (5, 10, 25) if near else far
    bands = ((0.88, 1.12), (0.80, 1.20), (0.30, 1.50))
    strikes = [
        np.arange(-(-int(low * spot) // step), int(high * spot) // step + 1) * step
        for step, (low, high) in zip(steps, bands, strict=True)
    ]
    return _frozen(np.unique(np.concatenate(strikes)).astype(float))


_EQUITY_STEPS = ((25.0, 0.5), (500.0, 1.0), (math.inf, 5.0))  # points of spot, of a strike


@lru_cache(maxsize=8192)
def _equity_strikes(step: float, spot: float) -> NDArray[np.float64]:
    """On shares: every step within 20 %, every fifth from a fifth of the spot to twice of it."""
    parts = [
        np.arange(-(-low * spot // width), high * spot // width + 1) * width
        for width, low, high in ((step, 0.8, 1.2), (5 * step, 0.2, 2.0))
    ]
    return _frozen(np.unique(np.concatenate(parts)))


@lru_cache(maxsize=1024)
def _vix_strikes(recent: bool, double_spot: int) -> NDArray[np.float64]:
    """1 point from 10 to 30 (since 2020 half points to 20), 2.5 to 50, 5 up to twice the spot."""
    low = np.arange(10.0, 20.0, 0.5 if recent else 1.0)
    parts = (low, np.arange(20.0, 30.0), np.arange(30.0, 50.0, 2.5))
    return _frozen(np.concatenate([*parts, np.arange(50.0, max(100, double_spot) + 1, 5.0)]))


def _frozen(strikes: NDArray[np.float64]) -> NDArray[np.float64]:
    grid = strikes[strikes > 0]
    grid.flags.writeable = False
    return grid
