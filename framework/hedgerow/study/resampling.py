"""Stationary bootstrap of daily returns: which sessions are drawn, not what is computed of them.

Politis and Romano, "The Stationary Bootstrap", Journal of the American Statistical Association
89(428), 1994. The tests hold the draws and the block length to those of the package `arch`. All
runs of a comparison share the drawn sessions: the resampling is paired.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hedgerow.study.returns import Floats

# A position lives about a month: shorter blocks would cut what belongs together.
SHORTEST_BLOCK = 21
REPETITIONS = 2_000  # drawn histories
LEVEL = 0.95  # coverage of an interval


class Resampling(Struct, frozen=True):
    """How a bootstrap was drawn; the same record draws the same sessions."""

    block: int  # mean length, sessions
    repetitions: int
    seed: int
    level: float = LEVEL


class Interval(Struct, frozen=True):
    """Percentile interval: the middle `Resampling.level` of the resampled values."""

    low: float
    high: float


def block_length(differences: Sequence[Floats]) -> int:
    """The longest of the optimal block lengths of the series, at least 21 sessions."""
    moving = [series for series in differences if np.ptp(series) > 0]
    return math.ceil(max([SHORTEST_BLOCK, *map(optimal_block, moving)]))


def optimal_block(series: Floats) -> float:
    """Mean block length with the least error of a mean's variance, sessions.

    Politis and White, "Automatic Block-Length Selection for the Dependent Bootstrap", Econometric
    Reviews 23(1), 2004, as corrected with Patton in 28(4), 2009.
    """
    count = len(series)
    covariances = _autocovariances(series, _most_lags(count))
    lags = np.arange(1, _kept_lags(series, covariances) + 1)
    # The flat-top window: 1 up to half of the lags, then falling to 0.
    weights = 2 * np.minimum(1.0, 2 * (1 - lags / lags[-1])) * covariances[1 : lags[-1] + 1]
    long_run = covariances[0] + weights.sum()
    length = float(np.cbrt((weights @ lags / long_run) ** 2 * count))
    return min(length, math.ceil(min(3 * math.sqrt(count), count / 3)))


def _run_of_lags(count: int) -> int:
    """So many correlations in a row must be small for later ones to count as none."""
    return max(5, int(math.log10(count)))


def _most_lags(count: int) -> int:
    return math.ceil(math.sqrt(count)) + _run_of_lags(count)


def _autocovariances(series: Floats, most: int) -> Floats:
    """Of lags 0 to `most`, each over all of the series' length."""
    away, count = series - series.mean(), len(series)
    return np.array([away[lag:] @ away[: count - lag] for lag in range(most + 1)]) / count


def _kept_lags(series: Floats, covariances: Floats) -> int:
    """Twice the lag after which all correlations of a run are within their band."""
    away, count, run = series - series.mean(), len(series), _run_of_lags(len(series))
    until, most = np.cumsum(away * away), len(covariances) - 1
    lags = np.arange(1, most + 2)
    spread = np.sqrt((until[-1] - until[lags - 1]) * until[count - 1 - lags])
    small = np.abs(covariances) * count / spread < 2 * math.sqrt(math.log10(count) / count)
    quiet = np.convolve(small, np.ones(run), "valid")[: most + 1 - run] == run
    return min(2 * max(int(quiet.argmax()), 1), most) if quiet.any() else most


class Draws(Struct, frozen=True):
    """The drawn sessions of all repetitions, as blocks of neighbours: the first follows the last.

    Sums need two look-ups a block in running totals, instead of one a session.
    """

    starts: NDArray[np.int64]  # (blocks,) session
    stops: NDArray[np.int64]  # (blocks,) one past the last; up to 2 n where a block wraps
    firsts: NDArray[np.int64]  # (repetitions,) block that a repetition begins with
    level: float

    def sums(self, column: Floats) -> Floats:
        """(n,) values to the (repetitions,) sums over the sessions drawn."""
        totals = np.concatenate(([0.0], np.cumsum(np.tile(column, 2))))
        return np.add.reduceat(totals[self.stops] - totals[self.starts], self.firsts)

    def histories(self, column: Floats) -> Iterator[Floats]:
        """The (n,) values of each repetition, one after the other as they were drawn."""
        twice, place = np.tile(column, 2), np.arange(len(column))
        lengths = self.stops - self.starts
        for first, last in pairwise((*self.firsts.tolist(), len(self.starts))):
            block = lengths[first:last]
            before = np.cumsum(block) - block
            sessions = np.repeat(self.starts[first:last] - before, block)
            sessions += place
            yield twice.take(sessions)

    def interval(self, values: Floats) -> Interval | None:
        """Percentile interval of resampled values; None where some of them do not exist."""
        if not np.isfinite(values).all():
            return None
        tail = (1.0 - self.level) / 2.0
        low, high = np.quantile(values, [tail, 1.0 - tail])
        return Interval(float(low), float(high))


@lru_cache(maxsize=2)
def draw(length: int, resampling: Resampling) -> Draws:
    """Sessions drawn in blocks of geometric length, wrapping at the end, seeded.

    A comparison and the claims judged beside it draw the same.
    """
    random = np.random.default_rng(resampling.seed)
    starts, places, blocks = [], [], []
    for repetition in range(resampling.repetitions):
        anywhere = random.integers(length, size=length)
        begins = random.random(length) <= 1.0 / resampling.block
        begins[0] = True
        at = np.flatnonzero(begins)
        starts.append(anywhere[at])
        places.append(at + repetition * length)
        blocks.append(len(at))
    place, end = np.concatenate(places), resampling.repetitions * length
    first = np.concatenate(starts)
    last = first + np.append(place[1:], end) - place
    return Draws(first, last, np.cumsum([0, *blocks[:-1]]), resampling.level)
