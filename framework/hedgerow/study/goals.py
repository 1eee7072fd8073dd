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
    cash: Floats  # (n-1,) what the 3-month rate paid

    def until(self, close: int) -> Path:
        """Up to and with the close of that place."""
        return Path(self.sessions[: close + 1], self.equity[: close + 1], self.cash[:close])

    def since(self, close: int) -> Path:
        """From the close of that place on."""
        return Path(self.sessions[close:], self.equity[close:], self.cash[close:])

    @property
    def returns(self) -> Floats:
        """(n-1,) ratios."""
        return daily_returns(self.equity)

    @property
    def excess(self) -> Floats:
        """(n-1,) the same, over the 3-month rate."""
        return self.returns - self.cash


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
