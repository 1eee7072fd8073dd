"""Backtrader's own picture of a run."""

from __future__ import annotations

import backtrader as bt

from hedgerow.account.assumptions import Assumptions
from hedgerow.account.fees import FeeSchedule
from hedgerow.host.backtrader import prepare, strategy_from_plan
from hedgerow.market.market import Market
from hedgerow.plan.plan import Plan


def can_show() -> bool:
    """Whether matplotlib has a window to draw in. ImportError where it is not installed."""
    from matplotlib import pyplot

    # "agg" draws into memory: what matplotlib falls back to where there is no screen.
    return bool(pyplot.get_backend().lower() != "agg")


def show_run(plan: Plan, market: Market, assumptions: Assumptions, fees: FeeSchedule) -> None:
    """Run the plan with its signals and Backtrader's observers, and show what `plot` makes of it.

    Comes back once the window is closed.
    """
    cerebro = bt.Cerebro()
    prepare(cerebro, market, assumptions, fees)
    cerebro.addstrategy(strategy_from_plan(plan))
    cerebro.run()
    cerebro.plot()
