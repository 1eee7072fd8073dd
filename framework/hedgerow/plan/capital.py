"""What positions tie up, what came back, and what that is a year.

Put into a position is what the broker sets aside for it and what was paid, less what was
received, fees included; what is set aside comes back as it is set free. Futures put in nothing
else, and their gains come back every day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from hedgerow.account.entries import DAYS_A_YEAR
from hedgerow.account.internal_rate import internal_rate
from hedgerow.account.order import Fill
from hedgerow.book.expression import Target
from hedgerow.market.contract import Kind
from hedgerow.plan.holding import Holding
from hedgerow.plan.view import Ended, View
from hedgerow.vocabulary.word import Subject

Flow = tuple[int, int]  # (days since the opening, cents): put in (-), came back (+)


def ended(holding: Holding, closing: Fill | None, view: View) -> Ended:
    """The record of a position that was traded out of, or settled, today."""
    cash = 0 if closing is None else closing.cash - closing.fee
    flows = [*_flows(holding, view), (_age(holding, view), holding.requirement + cash)]
    return Ended(holding.rule, holding.opened, view.session, tuple(flows))


def _flows(holding: Holding, view: View) -> Iterator[Flow]:
    opening, opened = holding.opening, holding.opened
    yield 0, opening.cash - opening.fee
    for session, cents in holding.receipts:
        yield _days(opened, session, view), cents
    for session, fill in holding.changes:
        yield _days(opened, session, view), -fill.fee
    before = 0
    for session, cents in holding.set_aside:
        yield _days(opened, session, view), before - cents
        before = cents


def _age(holding: Holding, view: View) -> int:
    return _days(holding.opened, view.session, view)


def _days(opened: int, session: int, view: View) -> int:
    day = view.market.snapshots.ordinal
    return int(day[session] - day[opened]) if session > opened else 0


def rate_of_everything(view: View) -> float:
    """Of all positions there ever were."""
    return rate_of_return(Target(Subject.BOOK), view)


def rate_of_return(target: Target, view: View, window: int = 0) -> float:
    """Of the target's positions, those that ended included; the open ones as if sold at the mid.

    As if all had been opened on one day: what came late in a long run weighs no more than what
    came early. With a window, of those opened in its sessions. Where a position is asked about
    its own exit, of that one alone. nan where there are none, or none of more than a day.
    """
    since = view.session - window if window else -1
    flows = Counter[int]() if view.is_own(target) else _past(target, view, since)
    for holding in view.open(target):
        if holding.opened > since:
            for age, cents in _flows(holding, view):
                flows[age] += cents
            flows[_age(holding, view)] += holding.value(view.session) + holding.requirement
    if not flows:
        return float("nan")
    return internal_rate(np.array([*flows]), np.array([*flows.values()]))


def _past(target: Target, view: View, since: int) -> Counter[int]:
    """Days since the opening -> cents, of positions opened after session `since` that ended."""
    known, count = view.past.setdefault(target, (Counter(), 0)) if since < 0 else (Counter(), 0)
    for each in reversed(view.ended[count:]):
        if each.ended <= since:
            break  # as all before it
        if each.opened > since and view.means(target, each.rule):
            for age, cents in each.flows:
                known[age] += cents
    if since < 0:
        view.past[target] = known, len(view.ended)
    return known.copy()


def capital_cost(holding: Holding, view: View, rate: float) -> float:
    """Dollars that what was put in had to earn by now at `rate` a year, compounded."""
    today = _age(holding, view)
    cents = sum(
        -amount * ((1 + rate) ** ((today - age) / DAYS_A_YEAR) - 1)
        for age, amount in _flows(holding, view)
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
            worth = holding.mark(at, view.session) * contract.multiplier * count
            liquid += max(worth, 0.0)
            owed += max(-worth, 0.0)
    return liquid / owed if owed else float("inf")
