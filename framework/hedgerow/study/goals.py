"""What versions of a strategy are ranked by: results of daily closes alone, of any stretch of them.

Definitions and sources stand in `vocabulary.results`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hedgerow.study.results import WORST_PART
from hedgerow.study.returns import Floats, Sessions, daily_returns
from hedgerow.study.statistics import annual_return, deepest_drawdown, sharpe, sortino


class Path(Struct, frozen=True):
    """The closes of a run, or of a stretch of it."""

    sessions: Sessions  # (n,)
    equity: NDArray[np.int64]  # (n,) cents
    returns: Floats  # (n-1,) ratios
    cash: Floats  # (n-1,) what the 3-month rate paid

    def until(self, close: int) -> Path:
        """Up to and with the close of that place."""
        closes, days = slice(close + 1), slice(close)
        return Path(self.sessions[closes], self.equity[closes], self.returns[days], self.cash[days])

    def since(self, close: int) -> Path:
        """From the close of that place on."""
        rest = slice(close, None)
        return Path(self.sessions[rest], self.equity[rest], self.returns[rest], self.cash[rest])

    @property
    def excess(self) -> Floats:
        """(n-1,) returns over the 3-month rate."""
        return self.returns - self.cash


def path_of(sessions: Sessions, equity: NDArray[np.int64], cash: Floats) -> Path:
    return Path(sessions, equity, daily_returns(equity), cash)


class Goal(Struct, frozen=True):
    """`read` gives None where a path has no such number."""

    word: str  # of `vocabulary.results`
    title: str  # in a sentence
    read: Callable[[Path], float | None]
    less_is_better: bool = False

    def standing(self, value: float | None) -> float:
        """Grows as things get better; what has no value stands last."""
        if value is None:
            return -math.inf
        return -value if self.less_is_better else value


def _annual_return(path: Path) -> float:
    return annual_return(path.sessions, path.equity)


def _max_drawdown(path: Path) -> float:
    found = deepest_drawdown(path.sessions, path.equity)
    return -found.ratio if found else 0.0


def _calmar(path: Path) -> float | None:
    depth = _max_drawdown(path)
    return _annual_return(path) / depth if depth else None


def _cvar(path: Path) -> float:
    worst = math.ceil(WORST_PART * len(path.returns))
    return float(-np.partition(path.returns, worst - 1)[:worst].mean())


_GOALS = (
    Goal("sharpe", "Sharpe ratio", lambda path: sharpe(path.excess)),
    Goal("sortino", "Sortino ratio", lambda path: sortino(path.excess)),
    Goal("calmar", "Calmar ratio", _calmar),
    Goal("annual_return", "annual return", _annual_return),
    Goal("max_drawdown", "maximum drawdown", _max_drawdown, less_is_better=True),
    Goal("cvar", "mean loss of the worst 5% of days", _cvar, less_is_better=True),
)
GOALS: Mapping[str, Goal] = {goal.word: goal for goal in _GOALS}
