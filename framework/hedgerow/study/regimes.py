"""Which kind of market a session was, told from closes up to and including its own."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from hedgerow.study.returns import Floats

SPIKE_LEVEL = 30.0  # VIX points
SPIKE_RISE = 0.20  # ratio, over SPIKE_WINDOW sessions
SPIKE_WINDOW = 5
TREND_MOVE = 0.06  # ratio, up or down, over TREND_WINDOW sessions
TREND_WINDOW = 63

# 18 / 15 - 1 is a hair under 0.2 in binary; closes have two decimals, so this decides nothing else.
_ROUNDING = 1e-9


class Regime(StrEnum):
    SIDEWAYS = "sideways"
    TREND = "trend"
    SPIKE = "spike"


DEFINITIONS: dict[Regime, str] = {
    Regime.SPIKE: (
        f"VIX closed at {SPIKE_LEVEL:g} or above, or {SPIKE_RISE:.0%} or more above its close "
        f"{SPIKE_WINDOW} sessions before (before that many have passed: above its first close)"
    ),
    Regime.TREND: (
        f"not a spike, and the index closed more than {TREND_MOVE:.0%} above or below its close "
        f"{TREND_WINDOW} sessions before (before that many have passed: its first close)"
    ),
    Regime.SIDEWAYS: "every other session",
}


def regimes(index: Floats, gauge: Floats) -> NDArray[np.str_]:
    """(n,) closes of the index and of VIX (nan: none, so no spike is seen) to (n,) `Regime`s."""
    rose = _move(gauge, SPIKE_WINDOW) >= SPIKE_RISE - _ROUNDING
    spike = (gauge >= SPIKE_LEVEL) | rose
    trend = np.abs(_move(index, TREND_WINDOW)) > TREND_MOVE
    return np.select([spike, trend], [Regime.SPIKE, Regime.TREND], Regime.SIDEWAYS)


def _move(closes: Floats, window: int) -> Floats:
    """Change over `window` sessions, over those there are at the beginning."""
    before = np.maximum(np.arange(len(closes)) - window, 0)
    return closes / closes[before] - 1.0
