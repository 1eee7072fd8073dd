"""Stationary bootstrap of daily returns: how often each session is drawn, not what is computed.

Politis and Romano, "The Stationary Bootstrap", Journal of the American Statistical Association
89(428), 1994; block length by Politis and White (2004) with the correction of 2009, both as in
`arch.bootstrap`. All runs of a comparison share the drawn sessions: the resampling is paired.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hedgerow.study.returns import Floats

# A position lives about a month: shorter blocks would cut what belongs together.
SHORTEST_BLOCK = 21
_CHUNK = 250  # repetitions turned to floats at once: 16 MB at 8,300 sessions


@dataclass(frozen=True, slots=True)
class Resampling:
    """How a bootstrap was drawn; the same record draws the same sessions."""

    block: int  # mean length, sessions
    repetitions: int
    seed: int
    level: float  # coverage of the intervals, 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """Percentile interval: the middle `Resampling.level` of the resampled values."""

    low: float
    high: float


def block_length(differences: Sequence[Floats]) -> int:
    """The longest of the optimal block lengths of the series, at least 21 sessions."""
    from arch.bootstrap import optimal_block_length

    moving = [series for series in differences if np.ptp(series) > 0]
    optimal = [float(optimal_block_length(series)["stationary"].iloc[0]) for series in moving]
    return math.ceil(max([SHORTEST_BLOCK, *optimal]))


@dataclass(frozen=True, slots=True)
class Draws:
    """(repetitions, n) how often each session was drawn in each repetition."""

    counts: NDArray[np.uint16]
    level: float

    def sums(self, column: Floats) -> Floats:
        """(n,) values to the (repetitions,) sums over the sessions drawn.

        Equal columns give equal sums to the bit: each is multiplied alone.
        """
        rows = range(0, len(self.counts), _CHUNK)
        return np.concatenate([self.counts[at : at + _CHUNK].astype(float) @ column for at in rows])

    def interval(self, values: Floats) -> Interval | None:
        """Percentile interval of resampled values; None where some of them do not exist."""
        if not np.isfinite(values).all():
            return None
        tail = (1.0 - self.level) / 2.0
        low, high = np.quantile(values, [tail, 1.0 - tail])
        return Interval(float(low), float(high))


def draw(length: int, resampling: Resampling) -> Draws:
    """Sessions drawn in blocks of geometric length, wrapping at the end, seeded."""
    from arch.bootstrap import StationaryBootstrap

    bootstrap = StationaryBootstrap(resampling.block, np.arange(length), seed=resampling.seed)
    counts = np.empty((resampling.repetitions, length), dtype=np.uint16)
    for row, (positional, _) in enumerate(bootstrap.bootstrap(resampling.repetitions)):
        counts[row] = np.bincount(positional[0], minlength=length)
    return Draws(counts, resampling.level)
