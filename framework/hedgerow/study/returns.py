"""From daily equity to returns, drawdowns and the results of months and years."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hedgerow.account.run import Run

Floats = NDArray[np.float64]
Sessions = NDArray[np.datetime64]

SESSIONS_A_YEAR = 252
DAYS_A_YEAR = 365.25  # calendar days, for compounding between two dates
RATE_DAYS = 365.0  # the 3-month rate is quoted on a bond-equivalent basis


class Periods(Struct, frozen=True):
    """Results of the calendar periods a run touches, oldest first."""

    starts: Sessions  # (k,) first day of each period, unit `M` or `Y`
    returns: Floats  # (k,) ratios, the last close before the period to the last close in it
    sessions: NDArray[np.int64]  # (k,) returns of single sessions in each


def daily_returns(equity: NDArray[np.int64] | Floats) -> Floats:
    """(n,) equity to (n-1,) ratios from close to close; 0 once the equity before is gone."""
    before = equity[:-1].astype(np.float64)
    change = np.diff(equity).astype(np.float64)
    return np.divide(change, before, out=np.zeros_like(change), where=before > 0)


def cash_returns(run: Run) -> Floats:
    """(n-1,) what the 3-month rate known at the close before paid; 0 where the run has none."""
    days = np.diff(run.sessions).astype("timedelta64[D]").astype(np.float64)
    if run.rate is None:
        return np.zeros_like(days)
    return np.nan_to_num(run.rate[:-1]) * days / RATE_DAYS


def excess_returns(run: Run) -> Floats:
    """(n-1,) daily returns less what cash paid; 0 where that is less than a cent, by rounding."""
    excess = daily_returns(run.equity) - cash_returns(run)
    return np.where(np.abs(excess) * run.equity[:-1] < 1.0, 0.0, excess)


def cash_growth(run: Run) -> Floats:
    """(n,) what a cent kept in cash since the first session has become, by the run's terms."""
    if not run.assumptions.interest:
        return np.ones(len(run.sessions))
    return np.concatenate([[1.0], np.cumprod(1.0 + cash_returns(run))])


def cash_alone(run: Run) -> int:
    """Cents the first equity is worth at the end, had it only earned the rate."""
    return round(float(run.equity[0] * cash_growth(run)[-1]))


def drawdown(equity: NDArray[np.int64] | Floats) -> Floats:
    """(n,) ratios below the highest close so far: 0 at a high, -0.25 a quarter under it."""
    values = equity.astype(np.float64)
    return values / np.maximum.accumulate(values) - 1.0


def period_returns(sessions: Sessions, returns: Floats, unit: str) -> Periods:
    """Returns of `sessions[1:]` compounded by calendar month (`M`) or year (`Y`)."""
    labels = sessions[1:].astype(f"datetime64[{unit}]")
    starts, first, counts = np.unique(labels, return_index=True, return_counts=True)
    if not len(starts):
        return Periods(starts, np.zeros(0), counts)
    return Periods(starts, np.multiply.reduceat(1.0 + returns, first) - 1.0, counts)
