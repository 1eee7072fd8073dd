"""Limits: an order that would break one is scaled down, or refused if not one contract fits.

A limit is tried on the account as if today's orders, this one included, were already filled at
today's prices. Only true lets an order pass: a limit that is unknown stops it. A limit that was
broken before an order, and which the order does not make worse, does not stop it.
"""

from __future__ import annotations

from hedgerow.account.execution import Quote, cash_received
from hedgerow.account.order import Action, Because, Fill, Order
from hedgerow.plan.cover import margin
from hedgerow.plan.holding import Holding, holding_from_fill
from hedgerow.plan.life import life_today
from hedgerow.plan.openings import Wanted
from hedgerow.plan.plan import LimitStep
from hedgerow.plan.view import View


def largest_within(
    limits: tuple[LimitStep, ...], wanted: Wanted, because: Because, view: View
) -> tuple[int, LimitStep | None]:
    """How many of the wanted units every limit lets through, and the limit that binds."""
    binding = _broken(limits, supposed(wanted.quote, wanted.units, because, view), view)
    if binding is None:
        return wanted.units, None
    # More units never keep a limit that fewer break: the largest number is found by halving.
    fits, breaks = 0, wanted.units
    while breaks - fits > 1:
        tried = (fits + breaks) // 2
        broken = _broken(limits, supposed(wanted.quote, tried, because, view), view)
        if broken is None:
            fits = tried
        else:
            breaks, binding = tried, broken
    return fits, binding


def supposed(quote: Quote, units: int, because: Because, view: View) -> Holding:
    """The position an order would open, as if it filled at today's close."""
    package, mids, price = quote.package, quote.priced.mids, quote.priced.price
    order = Order(0, 0, Action.OPEN, package.legs, units, view.at, because)
    cash = cash_received(package, price, units)
    opening = Fill(order, view.at, price, price, cash, 0, "", mids, ())
    needed = margin(package, units, mids, view, [*view.holdings, *view.waiting])
    return holding_from_fill(opening, life_today(package, mids), needed, view.session)


def _broken(limits: tuple[LimitStep, ...], trial: Holding, view: View) -> LimitStep | None:
    before = [limit.excess(view) if limit.excess else None for limit in limits]
    with view.supposing([*view.waiting, trial]):
        for limit, excess in zip(limits, before, strict=True):
            if limit.evaluate(view) == 1.0:
                continue
            # Already broken, and no worse for this order.
            if limit.excess is None or excess is None or not 0 < excess >= limit.excess(view):
                return limit
    return None
