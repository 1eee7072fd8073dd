"""What a package trades at: the mid, less what the quoted spread and the tick take.

Net prices are points a unit costs; negative: received.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from hedgerow.account.money import tick_against
from hedgerow.account.order import Action, Refused
from hedgerow.account.package import Package
from hedgerow.account.products import Conditions, Product


class PackagePrice(Struct, frozen=True, gc=False):
    price: float  # points a unit costs, on the tick; negative: received
    mid: float  # points a unit would cost at the mid
    mids: tuple[float, ...]  # points, of each leg
    legs: tuple[float, ...]  # points each leg traded at, before the net is rounded; 0: lapsed
    spreads: tuple[float, ...]  # points between bid and ask of each leg, recorded or modelled


def package_price(
    package: Package,
    mids: Sequence[float],
    conditions: Conditions,
    spread_fraction: float,
    action: Action,
    recorded: Sequence[float] | None = None,  # points a leg was quoted at; nan where it was not
) -> PackagePrice | Refused:
    """The net price of taking on, or of giving back, a package whose legs' mids are `mids`; of none
    is there a price where one of them is nan.

    Each leg gives up `spread_fraction` of half its spread, the recorded one where there is one, and
    the net goes to the next tick against the trader. At a fraction of 0 the price is the mid
    itself, off the tick. An option costs at least its lowest tick to buy; one worth less can't be
    sold to open, and lapses at 0 on closing.
    """
    if math.isnan(sum(mids)):
        return Refused.NO_PRICE
    products = package.products
    spreads = [p.spread(mid, conditions) for p, mid in zip(products, mids, strict=True)]
    if recorded is not None:
        pairs = zip(recorded, spreads, strict=True)
        spreads = [modelled if math.isnan(quoted) else quoted for quoted, modelled in pairs]
    priced = price_at(package, mids, spreads, spread_fraction, action)
    if action.takes_on:
        for at in package.sold:
            if priced.legs[at] <= 0 or mids[at] < package.least[at]:
                return Refused.UNSELLABLE
    return priced


def price_at(
    package: Package,
    mids: Sequence[float],
    spreads: Sequence[float],
    spread_fraction: float,
    action: Action,
) -> PackagePrice:
    """The price at these spreads, whether or not every leg can be sold there."""
    sign, alone = 1 if action.takes_on else -1, len(package.legs) == 1
    # The legs of a futures spread share the spread of one.
    paid = spread_fraction / len(package.legs) if package.is_future else spread_fraction
    net = mid = 0.0
    prices = []
    legs = zip(package.ratios, package.least, mids, spreads, strict=True)
    for ratio, least, value, spread in legs:
        count, price = sign * ratio, value
        if paid:
            given_up = paid * spread / 2
            if count > 0:
                price = max(least, value + given_up)
            else:
                price = 0.0 if value < least else max(0.0, value - given_up)
            if alone:
                price = _on_tick(package.products[0], count, price)
        prices.append(price)
        mid += count * value
        net += count * price
    if not paid:
        return PackagePrice(mid, mid, tuple(mids), tuple(prices), tuple(spreads))
    on_tick = net if alone else tick_against(net, package.products[0].net)
    return PackagePrice(round(on_tick, 2), mid, tuple(mids), tuple(prices), tuple(spreads))


def _on_tick(product: Product, count: int, price: float) -> float:
    """The price of a single contract, moved to its tick against the trader."""
    side = 1 if count > 0 else -1
    return side * round(tick_against(side * price, product.tick(price)), 2)
