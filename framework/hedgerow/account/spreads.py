"""What a package trades at: the mid, less what the quoted spread and the tick take.

Quoted spreads were calibrated on 54,000 SPX quotes of 2010 to 2026; those of VIX options and
futures are weaker, those of shares an assumption. Net prices are points a unit costs; negative:
received.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from hedgerow.account.money import tick_against
from hedgerow.account.order import Action, Leg, Refused
from hedgerow.market.contract import Contract, Kind
from hedgerow.market.underlyings import INDICES

STRESS_RISE = 0.20  # a VIX up this share on the day ...
STRESS_FACTOR = 3.0  # ... multiplies every spread: an assumption
SHARE_SPREAD = 0.0001  # of the price, full spread of index shares: an assumption
EQUITY_SPREAD = 0.05  # of the price of an option on shares, at a VIX of 16: an assumption
FUTURE_TICKS = {"SPX": 0.25, "VIX": 0.05}  # points; also the quoted spread of an outright
_OPTION, _FUTURE, _SHARES = Kind  # looked up once: spreads are asked for often, enums are slow
_LAST_OF_ERAS = (2013, 2018)  # years
_SPX_ERAS = ((0.60, 0.45), (0.27, 0.35), (0.145, 0.35))  # A and b of spread = A mid^b sqrt(VIX/16)


class Conditions(Struct, frozen=True, gc=False):
    """The market of a session, as far as it moves spreads."""

    date: date
    vix: float  # points at the close; may be nan where only shares trade
    vix_change: float  # on the day, as a share: 0.2 is up a fifth


class PackagePrice(Struct, frozen=True, gc=False):
    price: float  # points a unit costs, on the tick; negative: received
    mid: float  # points a unit would cost at the mid
    legs: tuple[float, ...]  # points each leg traded at, before the net is rounded; 0: lapsed
    spreads: tuple[float, ...]  # points between bid and ask of each leg, recorded or modelled


def quoted_spread(contract: Contract, mid: float, conditions: Conditions) -> float:
    """Points between bid and ask that one contract worth `mid` is quoted at, by the model."""
    stress = STRESS_FACTOR if conditions.vix_change >= STRESS_RISE else 1.0
    kind = contract.kind
    if kind is _SHARES:
        return stress * max(0.01, SHARE_SPREAD * mid)
    if kind is _FUTURE:
        return stress * FUTURE_TICKS[contract.underlying]
    if contract.underlying == "VIX":
        wide = 0.10 * math.pow(mid / 2, 0.35) * math.sqrt(conditions.vix / 18)
        return stress * max(0.05, wide)
    if contract.underlying != "SPX":
        wide = EQUITY_SPREAD * mid * math.sqrt(conditions.vix / 16)
        return stress * max(_tick(contract, mid), wide)
    level, power = _SPX_ERAS[bisect_left(_LAST_OF_ERAS, conditions.date.year)]
    wide = level * math.pow(mid, power) * math.sqrt(conditions.vix / 16)
    return stress * max(_tick(contract, mid), wide)


def package_price(
    legs: Sequence[Leg],
    mids: Sequence[float],
    conditions: Conditions,
    spread_fraction: float,
    action: Action,
    recorded: Sequence[float] | None = None,  # points a leg was quoted at; nan where it was not
) -> PackagePrice | Refused:
    """The net price of taking on, or of giving back, `legs` (as held) whose mids are `mids`.

    Each leg gives up `spread_fraction` of half its spread, the recorded one where there is one, and
    the net goes to the next tick against the trader. At a fraction of 0 the price is the mid
    itself, off the tick. An option costs at least 0.05 to buy; one worth less can't be sold to
    open, and lapses at 0 on closing.
    """
    spreads = [
        quoted_spread(leg.contract, mid, conditions) for leg, mid in zip(legs, mids, strict=True)
    ]
    if recorded is not None:
        pairs = zip(recorded, spreads, strict=True)
        spreads = [modelled if math.isnan(quoted) else quoted for quoted, modelled in pairs]
    priced = price_at(legs, mids, spreads, spread_fraction, action)
    if action.takes_on:
        for leg, mid, price in zip(legs, mids, priced.legs, strict=True):
            if leg.ratio < 0 and (price <= 0 or _without_bid(leg.contract, mid)):
                return Refused.UNSELLABLE
    return priced


def price_at(
    legs: Sequence[Leg],
    mids: Sequence[float],
    spreads: Sequence[float],
    spread_fraction: float,
    action: Action,
) -> PackagePrice:
    """The price at these spreads, whether or not every leg can be sold there."""
    sign = 1 if action.takes_on else -1
    # The legs of a futures spread share the spread of one.
    paid = spread_fraction / len(legs) if legs[0].contract.kind is _FUTURE else spread_fraction
    net = mid = 0.0
    prices = []
    for leg, value, spread in zip(legs, mids, spreads, strict=True):
        count = sign * leg.ratio
        price = _leg_price(leg.contract, count, value, spread, paid)
        if len(legs) == 1 and paid:
            price = _on_tick(leg.contract, count, price)
        prices.append(price)
        mid += count * value
        net += count * price
    traded = _net_on_tick(legs, net) if paid else mid
    return PackagePrice(traded, mid, tuple(prices), tuple(spreads))


def _leg_price(contract: Contract, count: int, mid: float, spread: float, paid: float) -> float:
    """Points one contract trades at, giving up the share `paid` of half its `spread`."""
    if not paid:
        return mid
    half = paid * spread / 2
    if contract.kind is not _OPTION:
        return mid + half if count > 0 else mid - half
    if count > 0:
        return max(_least(contract), mid + half)
    return 0.0 if mid < _least(contract) else max(0.0, mid - half)


def _without_bid(contract: Contract, mid: float) -> bool:
    return contract.kind is _OPTION and mid < _least(contract)


def _least(contract: Contract) -> float:
    """Points: an option worth less than its lowest tick has no bid."""
    return _tick(contract, 0.0)


def _tick(contract: Contract, price: float) -> float:
    """Points: SPX and VIX options .05 below 3, .10 from 3 on; options on shares .01 and .05, as in
    the exchanges' penny program; shares a cent."""
    if contract.kind is _SHARES:
        return 0.01
    if contract.kind is _FUTURE:
        return FUTURE_TICKS[contract.underlying]
    below, above = (0.05, 0.10) if contract.underlying in INDICES else (0.01, 0.05)
    return below if price < 3 else above


def _on_tick(contract: Contract, count: int, price: float) -> float:
    """The price of a single contract, moved to its tick against the trader."""
    side = 1 if count > 0 else -1
    return side * round(tick_against(side * price, _tick(contract, price)), 2)


def _net_on_tick(legs: Sequence[Leg], net: float) -> float:
    """The net price moved to the tick of the package: .05 of index options, .01 of all else."""
    if len(legs) == 1:
        return round(net, 2)
    first = legs[0].contract
    in_cents = first.kind is _FUTURE or first.underlying not in INDICES
    tick = 0.01 if in_cents else 0.05
    return round(tick_against(net, tick), 2)
