"""When the legs of a position settle."""

from __future__ import annotations

from collections.abc import Sequence

from hedgerow.account.order import Leg
from hedgerow.market.market import Market


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
