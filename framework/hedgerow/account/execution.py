"""From an order and what its package is quoted at to a fill, whole or not at all."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from hedgerow.account.fees import Charges, fee
from hedgerow.account.money import cents_of_points
from hedgerow.account.order import Fill, Order
from hedgerow.account.package import Package
from hedgerow.account.spreads import PackagePrice, price_at


class Frictions(Struct, frozen=True):
    spread_fraction: float  # of the half spread paid a leg: 0 the mid, 1 the full spread
    charges: Charges


class Quote(Struct, frozen=True, gc=False):
    """What a package can be traded at on a close, by whoever gives up as much of its spreads."""

    package: Package
    priced: PackagePrice
    source: str  # where its mids come from


def fill(order: Order, quote: Quote, at: date, charges: Charges) -> Fill:
    """The order, for the legs of the quote, traded at the close of `at`."""
    package, priced, units = quote.package, quote.priced, order.units
    cash = cash_received(package, priced.price, units)
    charged = fee(charges, package, priced.legs, units, order.action)
    return Fill(
        order, at, priced.price, priced.mid, cash, charged, quote.source, priced.mids,
        priced.spreads,
    )  # fmt: skip


def price_again(filled: Fill, package: Package, spread_fraction: float) -> float:
    """Points a unit would have cost, had each leg given up another part of its half spread."""
    action = filled.order.action
    return price_at(package, filled.mids, filled.spreads, spread_fraction, action).price


def cash_received(package: Package, price: float, units: int) -> int:
    """Cents that come in (+) or go out (-) when `units` trade at `price` points a unit.

    Rounded once, a unit. Nothing moves when futures trade: their gains are paid every day.
    """
    return 0 if package.is_future else -cents_of_points(price, package.multiplier) * units
