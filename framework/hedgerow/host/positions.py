"""What the market has in store for a position: its marks, and when its legs settle."""

from __future__ import annotations

from collections.abc import Sequence

from hedgerow.account.order import Leg
from hedgerow.market.contract import Kind
from hedgerow.market.market import Market
from hedgerow.plan.holding import Marks


def settlements(legs: Sequence[Leg], market: Market) -> dict[tuple[int, bool], tuple[int, ...]]:
    """When legs settle, as far as the data reach: (session, at the open) -> positions of legs."""
    due: dict[tuple[int, bool], tuple[int, ...]] = {}
    for at, leg in enumerate(legs):
        if leg.contract.expiry is not None:
            settled = market.settlement(leg.contract)
            if settled is not None:
                when = (settled.index, settled.at_open)
                due[when] = (*due.get(when, ()), at)
    return due


def leg_marks(legs: Sequence[Leg], market: Market, session: int) -> list[Marks]:
    """Mids in points at closes from `session` on, an array a leg; options of one expiry at once."""
    first = legs[0].contract
    together = all(
        leg.contract.kind is Kind.OPTION
        and leg.contract.expiry == first.expiry
        and leg.contract.underlying == first.underlying
        for leg in legs
    )
    if together:
        return list(market.leg_marks([leg.contract for leg in legs], session))
    return [market.marks(leg.contract, session) for leg in legs]
