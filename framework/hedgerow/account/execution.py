"""From an order and the mids of a close to a fill, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from hedgerow.account.fees import FeeSchedule, fee
from hedgerow.account.money import cents_of_points
from hedgerow.account.order import Fill, Leg, Order, Refused
from hedgerow.account.payoff import multiplier
from hedgerow.account.spreads import Conditions, package_price, price_at
from hedgerow.market.contract import Kind


class Frictions(Struct, frozen=True):
    spread_fraction: float  # of the half spread paid a leg: 0 the mid, 1 the full spread
    fees: FeeSchedule


def fill(
    order: Order,
    mids: Sequence[float],  # points, one a leg
    conditions: Conditions,
    frictions: Frictions,
    source: str,
    recorded: Sequence[float] | None = None,  # points a leg was quoted at; nan where it was not
) -> Fill | Refused:
    """The order traded at the close of `conditions.date`, or why it could not be."""
    fraction = frictions.spread_fraction
    priced = package_price(order.legs, mids, conditions, fraction, order.action, recorded)
    if isinstance(priced, Refused):
        return priced
    cash = cash_received(order.legs, priced.price, order.units)
    charged = fee(frictions.fees, order.legs, priced.legs, order.units, order.action)
    return Fill(
        order, conditions.date, priced.price, priced.mid, cash, charged, source,
        tuple(mids), priced.spreads,
    )  # fmt: skip


def refilled(filled: Fill, spread_fraction: float) -> Fill:
    """The same trade for the same fee, had each leg given up another part of its half spread."""
    order = filled.order
    again = price_at(order.legs, filled.mids, filled.spreads, spread_fraction, order.action)
    cash = cash_received(order.legs, again.price, order.units)
    return replace(filled, price=again.price, cash=cash)


def cash_received(legs: Sequence[Leg], price: float, units: int) -> int:
    """Cents that come in (+) or go out (-) when `units` trade at `price` points a unit.

    Rounded once, a unit. Nothing moves when futures trade: their gains are paid every day.
    """
    if all(leg.contract.kind is Kind.FUTURE for leg in legs):
        return 0
    return -cents_of_points(price, multiplier(legs)) * units
