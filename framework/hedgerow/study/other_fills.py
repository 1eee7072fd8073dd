"""The same trades at other fills: what the spread took, and how much of it could be paid.

Decisions and sizes stay those of the run; only what each fill gave up against the mid changes, and
with it the interest its cash earned since. Fees stay.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hedgerow.account.execution import price_again
from hedgerow.account.package import package_of
from hedgerow.account.run import Run
from hedgerow.study.returns import cash_alone, cash_growth
from hedgerow.study.statistics import annual_return, growth

MID, FULL = 0.0, 1.0
_CLOSE_ENOUGH = 0.001  # of the half spread
_NOTHING = 0.001  # of the first equity: a profit not worth another try


class OtherFill(Struct, frozen=True):
    """A run's trades, had every fill given up `fraction` of the half spread."""

    fraction: float  # 0 the mid, 1 the full spread
    final_equity: int  # cents
    growth: float  # ratio, from the first close to the last
    annual_return: float  # ratio


class Bracket(Struct, frozen=True):
    """The mid, the run's own fills, the full spread; and where nothing is left of the profit."""

    at_mid: OtherFill
    as_run: OtherFill
    at_full_spread: OtherFill
    cash_alone: int  # cents: see `returns.cash_alone`
    break_even: float | None  # fraction at which the trades end at `cash_alone`; None: outside 0..1

    @property
    def hangs_on_fills(self) -> bool:
        """Whether anything was traded that has a spread."""
        return self.at_mid.final_equity != self.at_full_spread.final_equity


def bracket(run: Run) -> Bracket:
    """Every number of the record above, to a thousandth of the half spread."""
    trades = _Trades(run)
    mid, full = (_other_fill(run, each, trades.equity_at(each)) for each in (MID, FULL))
    own = _other_fill(run, run.assumptions.spread_fraction, run.equity)
    alone = cash_alone(run)
    return Bracket(mid, own, full, alone, _break_even(trades, (mid, own, full), alone))


def refilled_equity(run: Run, fraction: float) -> NDArray[np.int64]:
    """(n,) cents: equity at each close, had every fill given up `fraction` of the half spread."""
    return _Trades(run).equity_at(fraction)


class _Trades:
    """What of a run's fills stays the same, whatever they give up."""

    def __init__(self, run: Run) -> None:
        self.run, self.growth = run, cash_growth(run)
        days = np.array([fill.at for fill in run.fills], dtype=run.sessions.dtype)
        self._rows = run.sessions.searchsorted(days)
        packages = {legs: package_of(legs) for legs in {fill.order.legs for fill in run.fills}}
        self._fills = [(fill, packages[fill.order.legs], fill.slippage) for fill in run.fills]

    def equity_at(self, fraction: float) -> NDArray[np.int64]:
        """(n,) cents at each close."""
        gains = [
            paid - fill.given_up_at(price_again(fill, package, fraction))
            for fill, package, paid in self._fills
        ]
        moved = np.zeros(len(self.growth))
        np.add.at(moved, self._rows, gains)
        grown = self.growth * np.cumsum(moved / self.growth)
        return self.run.equity + np.rint(grown).astype(np.int64)


def _other_fill(run: Run, fraction: float, equity: NDArray[np.int64]) -> OtherFill:
    made = growth(equity), annual_return(run.sessions, equity)
    return OtherFill(fraction, int(equity[-1]), *made)


def _break_even(trades: _Trades, known: Sequence[OtherFill], alone: int) -> float | None:
    """By false position: what is given up grows nearly, not quite, in proportion."""
    profits = [(one.fraction, float(one.final_equity - alone)) for one in known]
    gaining = [point for point in profits if point[1] >= 0]
    losing = [point for point in profits if point[1] < 0]
    if not trades.run.fills or not gaining or not losing:
        return None
    low, high = max(gaining), min(losing)
    while high[0] - low[0] > _CLOSE_ENOUGH:
        middle = low[0] + (high[0] - low[0]) * low[1] / (low[1] - high[1])
        profit = float(trades.equity_at(middle)[-1] - alone)
        if abs(profit) < _NOTHING * trades.run.equity[0]:
            return middle
        low, high = ((middle, profit), high) if profit >= 0 else (low, (middle, profit))
    return low[0]
