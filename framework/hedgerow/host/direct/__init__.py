"""A plain loop over the sessions: the quickest way through a history."""

from __future__ import annotations

from hedgerow.account.assumptions import Assumptions
from hedgerow.account.fees import FeeSchedule
from hedgerow.account.run import Run
from hedgerow.host.desk import Desk
from hedgerow.market.market import Market
from hedgerow.plan.plan import Plan
from hedgerow.plan.signals import Signals


def run_direct(
    plan: Plan,
    market: Market,
    assumptions: Assumptions,
    fees: FeeSchedule,
    signals: Signals | None = None,
) -> Run:
    """One plan on one market. `signals` may be shared between runs on the same market."""
    desk = Desk(plan, market, assumptions, fees, signals)
    for session in range(desk.sessions.first, desk.sessions.last + 1):
        desk.begin(session)
        desk.look(session)
    return desk.run()
