"""From an opening fill to a holding with the marks of its life."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hedgerow.account.order import Fill, Leg
from hedgerow.account.payoff import best_gain, break_evens, multiplier, worst_loss
from hedgerow.market.contract import Kind
from hedgerow.market.market import Market
from hedgerow.plan.holding import Holding
from hedgerow.plan.operations import NAN

Marks = NDArray[np.float64]  # points


def holding_from_fill(
    fill: Fill, marks: Sequence[Marks], requirement: int, session: int
) -> Holding:
    """The position opened at the close of `session`; `marks` from then on, an array a leg."""
    order = fill.order
    dollars = multiplier(order.legs) * order.units
    gain = best_gain(order.legs, fill.price)
    return Holding(
        id=order.position,
        rule=order.because.rule,
        legs=order.legs,
        units=order.units,
        opened=session,
        opening=fill,
        marks=[each.tolist() for each in marks],
        values=_values(order.legs, marks, order.units),
        max_loss=worst_loss(order.legs, fill.price) * dollars,
        max_profit=NAN if gain is None else gain * dollars,
        break_evens=break_evens(order.legs, fill.price),
        requirement=requirement,
    )


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


def _values(legs: Sequence[Leg], marks: Sequence[Marks], units: int) -> list[int]:
    """Cents of all open legs a session; each leg is rounded once, a contract."""
    total = np.zeros(max(len(each) for each in marks))
    for leg, each in zip(legs, marks, strict=True):
        contract_cents = np.rint(each * (leg.contract.multiplier * 100))
        total[: len(each)] += contract_cents * (leg.ratio * units)
    values: list[int] = total.astype(np.int64).tolist()
    return values
