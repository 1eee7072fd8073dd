"""Shares that stand behind calls which other positions have sold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hedgerow.account.margin import uncovered_calls
from hedgerow.account.order import Leg
from hedgerow.account.payoff import multiplier
from hedgerow.market.contract import Kind
from hedgerow.plan.holding import Holding


def free_shares(
    holdings: Iterable[Holding], legs: Sequence[Leg], but: Holding | None = None
) -> int:
    """Shares of the underlying of `legs` that positions hold and that no call sold earlier needs:
    of those sold by `but` or later, none has come yet; of a new order, all others have.

    0 where the legs sell no call that needs them.
    """
    if not uncovered_calls(legs):
        return 0
    underlying, pledging, free = legs[0].contract.underlying, True, 0
    for each in holdings:
        pledging = pledging and each is not but
        held = [each.legs[at] for at in each.held_legs()]
        if each is but or held[0].contract.underlying != underlying:
            continue
        free += each.units * sum(leg.ratio for leg in held if leg.contract.kind is Kind.SHARES)
        if pledging:
            free -= each.units * multiplier(held) * uncovered_calls(held)
    return max(free, 0)
