"""What positions tie up, what came back, and what that is a year.

Put into a position is what the broker sets aside for it and what was paid, less what was
received, fees included; what is set aside comes back as it is set free. Futures put in nothing
else, and their gains come back every day.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from hedgerow.account.entries import DAYS_A_YEAR
from hedgerow.account.internal_rate import internal_rate
from hedgerow.account.order import Fill
from hedgerow.book.expression import Target
from hedgerow.market.contract import Kind
from hedgerow.plan.holding import Holding
from hedgerow.plan.view import Ended, View
from hedgerow.vocabulary.word import Subject

Flow = tuple[int, int]  # (session, cents): put in (-), came back (+)


def ended(holding: Holding, closing: Fill | None, session: int) -> Ended:
    """The record of a position that was traded out of, or settled, at `session`."""
    flows = [*_flows(holding), (session, holding.requirement)]
    if closing is not None:
        flows.append((session, closing.cash - closing.fee))
    return Ended(holding.rule, holding.opened, session, tuple(flows))


def _flows(holding: Holding) -> Iterator[Flow]:
    yield holding.opened, holding.opening.cash - holding.opening.fee
    yield from holding.receipts
    for session, fill in holding.changes:
        yield session, -fill.fee
    before = 0
    for session, cents in holding.set_aside:
        yield session, before - cents
        before = cents


def rate_of_everything(view: View) -> float:
    """Of all positions there ever were."""
    return rate_of_return(Target(Subject.BOOK), view)


def rate_of_return(target: Target, view: View, window: int = 0) -> float:
    """Of the target's positions, those that ended included; the open ones as if sold at the mid.

    With a window, of those opened in its sessions. Where a position is asked about its own exit,
    of that one alone. nan where there are none, or none of more than a day.
    """
    since = view.session - window if window else -1
    flows: list[Flow] = []
    for holding in view.open(target):
        if holding.opened > since:
            flows += _flows(holding)
            flows.append((view.session, holding.value(view.session) + holding.requirement))
    table = np.array(flows, dtype=np.int64).reshape(-1, 2)
    if not view.is_own(target):
        table = np.concatenate([table, _past(target, view, since)])
    if not len(table):
        return float("nan")
    return internal_rate(view.market.snapshots.ordinal[table[:, 0]], table[:, 1])


def _past(target: Target, view: View, since: int) -> NDArray[np.int64]:
    """Rows of (session, cents), of positions opened after session `since` that ended."""
    known = view.past.get(target)
    if since < 0 and known is not None and known[0] == len(view.ended):
        return known[1]
    together: dict[int, int] = {}
    for each in reversed(view.ended):
        if each.ended <= since:
            break  # as all before it
        if each.opened > since and view.means(target, each.rule):
            for session, cents in each.flows:
                together[session] = together.get(session, 0) + cents
    table = np.array(list(together.items()), dtype=np.int64).reshape(-1, 2)
    if since < 0:
        view.past[target] = len(view.ended), table
    return table


def capital_cost(holding: Holding, view: View, rate: float) -> float:
    """Dollars that what was put in had to earn by now at `rate` a year, compounded."""
    day = view.market.snapshots.ordinal
    cents = sum(
        -amount * ((1 + rate) ** (int(day[view.session] - day[at]) / DAYS_A_YEAR) - 1)
        for at, amount in _flows(holding)
    )
    return float(cents) / 100


def quick_ratio(view: View) -> float:
    """Cash and what is held, over what it takes to buy back what is sold; inf where nothing is."""
    liquid, owed = view.cash, 0.0
    for holding in view.holdings:
        for at in holding.held_legs():
            contract, count = holding.legs[at].contract, holding.legs[at].ratio * holding.units
            if contract.kind is Kind.FUTURE:
                continue  # its gains are cash already
            worth = holding.marks[at][view.session - holding.opened] * contract.multiplier * count
            liquid += max(worth, 0.0)
            owed += max(-worth, 0.0)
    return liquid / owed if owed else float("inf")
