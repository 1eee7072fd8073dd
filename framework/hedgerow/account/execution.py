"""From an order and the mids of a close to a fill, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from hedgerow.account.fees import Charges, fee
from hedgerow.account.money import cents_of_points
from hedgerow.account.order import Fill, Order, Refused
from hedgerow.account.package import Package, package_of
from hedgerow.account.products import Conditions
from hedgerow.account.spreads import package_price, price_at


class Frictions(Struct, frozen=True):
    spread_fraction: float  # of the half spread paid a leg: 0 the mid, 1 the full spread
    charges: Charges


def fill(
    order: Order,
    package: Package,  # of the order's legs
    mids: Sequence[float],  # points, one a leg
    conditions: Conditions,
    frictions: Frictions,
    source: str,
    recorded: Sequence[float] | None = None,  # points a leg was quoted at; nan where it was not
) -> Fill | Refused:
    """The order traded at the close of `conditions.date`, or why it could not be."""
    fraction, units, action = frictions.spread_fraction, order.units, order.action
    priced = package_price(package, mids, conditions, fraction, action, recorded)
    if isinstance(priced, Refused):
        return priced
    cash = cash_received(package, priced.price, units)
    charged = fee(frictions.charges, package, priced.legs, units, action)
    return Fill(
        order, conditions.date, priced.price, priced.mid, cash, charged, source,
        tuple(mids), priced.spreads,
    )  # fmt: skip


def refilled(filled: Fill, spread_fraction: float) -> Fill:
    """The same trade for the same fee, had each leg given up another part of its half spread."""
    order, package = filled.order, package_of(filled.order.legs)
    again = price_at(package, filled.mids, filled.spreads, spread_fraction, order.action)
    cash = cash_received(package, again.price, order.units)
    return replace(filled, price=again.price, cash=cash)


def cash_received(package: Package, price: float, units: int) -> int:
    """Cents that come in (+) or go out (-) when `units` trade at `price` points a unit.

    Rounded once, a unit. Nothing moves when futures trade: their gains are paid every day.
    """
    return 0 if package.is_future else -cents_of_points(price, package.multiplier) * units
