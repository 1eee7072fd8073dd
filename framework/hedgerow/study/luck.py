"""Whether the best of many versions is more than the best of many.

Hansen, "A Test for Superior Predictive Ability", Journal of Business & Economic Statistics 23(4),
2005, with its consistent p-value. The tests hold it to the package `arch`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from hedgerow.study.compare import FEWEST_SESSIONS
from hedgerow.study.resampling import REPETITIONS, Draws, Resampling, block_length, draw
from hedgerow.study.returns import SESSIONS_A_YEAR, Floats

_ROUNDING = 1e-9  # of daily returns at a volatility of 1 a day: what differs less does not


class Luck(Struct, frozen=True):
    """Of Sharpe ratios, against that of the version as written."""

    p_value: float  # how often a best one as good comes where no version is better
    tried: int  # versions that differ from it
    best: float  # the largest Sharpe ratio less its own
    resampling: Resampling


def luck(
    excess: Sequence[Floats], written: int, *, seed: int = 1, repetitions: int = REPETITIONS
) -> Luck | None:
    """`excess`: (n-1,) daily returns of each version over the 3-month rate.

    All are brought to one volatility, so that their means differ as their Sharpe ratios do. None
    where sessions are too few, the version as written never moved, or no other differs from it.
    """
    if len(excess[written]) < FEWEST_SESSIONS:
        return None
    deviations = [each.std(ddof=1) for each in excess]
    if not deviations[written] > 0:
        return None
    base = excess[written] / deviations[written]
    moving = [each / by for each, by in zip(excess, deviations, strict=True) if by > 0]
    gaps = [each - base for each in moving]
    gaps = [gap for gap in gaps if np.ptp(gap) > _ROUNDING]
    if not gaps:
        return None
    resampling = Resampling(block_length(gaps), repetitions, seed)
    best = max(float(gap.mean()) for gap in gaps) * math.sqrt(SESSIONS_A_YEAR)
    return Luck(superior(gaps, draw(len(gaps[0]), resampling)), len(gaps), best, resampling)


def superior(gaps: Sequence[Floats], draws: Draws) -> float:
    """The p-value of "none of these (n,) differences has a mean above 0".

    A version that is clearly worse is left out of what chance might have made best.
    """
    count = len(gaps[0])
    hopeless = -math.sqrt(2.0 * math.log(math.log(count)))
    seen, best = 0.0, np.zeros(len(draws.firsts))
    for gap in gaps:
        mean, drawn = float(gap.mean()), draws.sums(gap) / count
        error = float(drawn.std())
        seen = max(seen, mean / error)
        if mean / error >= hopeless:
            np.maximum(best, (drawn - mean) / error, out=best)
    return float((best > seen).mean())
