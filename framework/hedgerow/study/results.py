"""Results of a whole run, of its sessions as they came or as they were drawn.

A result is one function of the run and of draws: over the draws of `as_they_came` it gives what
happened, over those of a bootstrap what might have happened instead. Definitions and sources stand
in `vocabulary.results`; nan where a result does not exist. Dollars, days and ratios of one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from hedgerow.account.order import Fill
from hedgerow.account.run import Run
from hedgerow.study.resampling import LEVEL, Draws
from hedgerow.study.returns import (
    DAYS_A_YEAR,
    SESSIONS_A_YEAR,
    Floats,
    daily_returns,
    excess_returns,
)

WORST_PART = 0.05  # of all days, for `cvar`
_STILL = 1e-18  # a variance of daily returns under which nothing moved
_NOTHING = 1e-12  # what is less is rounding, and nothing to divide by
_RUIN = 1e-12  # what is taken to be left of an account that has lost everything

Result = Callable[[Run, Draws], Floats]  # (repetitions,) values


def as_they_came(sessions: int) -> Draws:
    """The one draw that is the history itself, of `sessions` returns."""
    return Draws(np.array([0]), np.array([sessions]), np.array([0]), LEVEL)


def drawn_sharpe(excess: Floats, draws: Draws) -> Floats:
    """Of daily returns in excess of the rate; nan where nothing moved."""
    total = draws.sums(excess)
    deviation = np.sqrt(_variance(excess, total, draws))
    return _over(total / len(excess), deviation) * math.sqrt(SESSIONS_A_YEAR)


def _variance(column: Floats, total: Floats, draws: Draws) -> Floats:
    """Sample variances of a column whose drawn sums are `total`."""
    return _covariance(draws.sums(column * column), total, total, len(column))


def _covariance(products: Floats, one: Floats, other: Floats, count: int) -> Floats:
    """Sample covariances of `count` values a draw, from drawn sums of their products and of each;
    0 where they are nothing but rounding."""
    shared = products - one * other / count
    found: Floats = np.where(np.abs(shared) > _STILL * count, shared / (count - 1), 0.0)
    return found


def _over(upper: Floats, lower: Floats) -> Floats:
    """Quotients; unknown over nothing."""
    return np.divide(upper, lower, out=np.full_like(upper, np.nan), where=lower > _NOTHING)


def _years(run: Run) -> float:
    return float((run.sessions[-1] - run.sessions[0]) / np.timedelta64(1, "D")) / DAYS_A_YEAR


def _annual_return(run: Run, draws: Draws) -> Floats:
    returns = daily_returns(run.equity)
    growth = np.expm1(draws.sums(np.log(np.maximum(1.0 + returns, _RUIN))) / _years(run))
    ruined = draws.sums((returns <= -1.0).astype(np.float64)) > 0.5
    found: Floats = np.where(ruined, -1.0, growth)
    return found


def _volatility(run: Run, draws: Draws) -> Floats:
    returns = daily_returns(run.equity)
    return np.sqrt(_variance(returns, draws.sums(returns), draws) * SESSIONS_A_YEAR)


def _sharpe(run: Run, draws: Draws) -> Floats:
    return drawn_sharpe(excess_returns(run), draws)


def _sortino(run: Run, draws: Draws) -> Floats:
    excess = excess_returns(run)
    downside = np.sqrt(draws.sums(np.minimum(excess, 0.0) ** 2) / len(excess))
    return _over(draws.sums(excess) / len(excess), downside) * math.sqrt(SESSIONS_A_YEAR)


def _calmar(run: Run, draws: Draws) -> Floats:
    return _over(_annual_return(run, draws), _max_drawdown(run, draws))


def _max_drawdown(run: Run, draws: Draws) -> Floats:
    """The order of the drawn sessions counts: falls of neighbours add up."""
    growth = np.log(np.maximum(1.0 + daily_returns(run.equity), _RUIN))
    return np.array([_deepest(np.cumsum(history)) for history in draws.histories(growth)])


def _deepest(path: Floats) -> float:
    """Of the logarithm of what is left of 1."""
    high = np.maximum(np.maximum.accumulate(path), 0.0)
    return -math.expm1(float((path - high).min()))


def _cvar(run: Run, draws: Draws) -> Floats:
    returns = daily_returns(run.equity)
    worst = math.ceil(WORST_PART * len(returns))
    histories = draws.histories(returns)
    return np.array([-np.partition(each, worst - 1)[:worst].mean() for each in histories])


def _win_rate(run: Run, draws: Draws) -> Floats:
    won = np.array([trade.result > 0 for trade in run.ended], dtype=np.float64)
    return _over(*(draws.sums(_by_end(run, each)) for each in (won, np.ones_like(won))))


def _profit_factor(run: Run, draws: Draws) -> Floats:
    """Infinite where nothing was lost."""
    results = np.array([trade.result for trade in run.ended], dtype=np.float64)
    won, lost = (draws.sums(_by_end(run, np.maximum(sign * results, 0.0))) for sign in (1.0, -1.0))
    endless = np.where(won > 0, np.inf, np.nan)
    return np.divide(won, lost, out=endless, where=lost > 0)


def _average_days_held(run: Run, draws: Draws) -> Floats:
    days = np.array([trade.days for trade in run.ended], dtype=np.float64)
    return _over(*(draws.sums(_by_end(run, each)) for each in (days, np.ones_like(days))))


def _by_end(run: Run, values: Floats) -> Floats:
    """(n-1,) what ended trades brought, at the session they ended on: drawn with it, or not."""
    return _by_session(run, [trade.closed for trade in run.ended], values)


def _by_session(run: Run, days: Sequence[date | None], values: Floats) -> Floats:
    """(n-1,) sums by session; those of the first count with the second, which has a return."""
    column = np.zeros(len(run.sessions) - 1)
    at = run.sessions.searchsorted(np.array(days, dtype=run.sessions.dtype))
    np.add.at(column, np.clip(at - 1, 0, len(column) - 1), values)
    return column


def _turnover(run: Run, draws: Draws) -> Floats:
    equity = run.equity[1:].astype(np.float64)
    traded = draws.sums(_by_fill(run, lambda fill: abs(fill.cash)))
    return _over(traded, draws.sums(equity) / len(equity)) / _years(run)


def _costs(run: Run, draws: Draws) -> Floats:
    return draws.sums(_by_fill(run, lambda fill: fill.fee + fill.slippage)) / 100


def _by_fill(run: Run, cents: Callable[[Fill], int]) -> Floats:
    values = np.array([cents(fill) for fill in run.fills], dtype=np.float64)
    return _by_session(run, [fill.at for fill in run.fills], values)


def _beta(run: Run, draws: Draws) -> Floats:
    returns, index = daily_returns(run.equity), daily_returns(run.benchmark)
    ours, theirs = draws.sums(returns), draws.sums(index)
    together = _covariance(draws.sums(returns * index), ours, theirs, len(returns))
    return _over(together, _variance(index, theirs, draws))


RESULTS: dict[str, Result] = {
    "annual_return": _annual_return,
    "volatility": _volatility,
    "sharpe": _sharpe,
    "sortino": _sortino,
    "calmar": _calmar,
    "max_drawdown": _max_drawdown,
    "cvar": _cvar,
    "win_rate": _win_rate,
    "profit_factor": _profit_factor,
    "average_days_held": _average_days_held,
    "turnover": _turnover,
    "costs": _costs,
    "beta": _beta,
}
