"""What all contracts of one kind on one underlying share: their ticks, and how wide the model
quotes them.

Quoted spreads were calibrated on 54,000 SPX quotes of 2010 to 2026; those of VIX options and
futures are weaker, those of shares an assumption.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable
from datetime import date
from functools import cache

from msgspec import Struct

from hedgerow.market.contract import Kind
from hedgerow.market.underlyings import INDICES

STRESS_RISE = 0.20  # a VIX up this share on the day ...
STRESS_FACTOR = 3.0  # ... multiplies every spread: an assumption
SHARE_SPREAD = 0.0001  # of the price, full spread of index shares: an assumption
EQUITY_SPREAD = 0.05  # of the price of an option on shares, at a VIX of 16: an assumption
FUTURE_TICKS = {"SPX": 0.25, "VIX": 0.05}  # points; also the quoted spread of an outright
INDEX_TICKS, EQUITY_TICKS = (0.05, 0.10), (0.01, 0.05)  # of options under 3 points, and from 3 on
_LAST_OF_ERAS = (2013, 2018)  # years
_SPX_ERAS = ((0.60, 0.45), (0.27, 0.35), (0.145, 0.35))  # A and b of spread = A mid^b sqrt(VIX/16)


class Conditions(Struct, frozen=True, gc=False):
    """A session, as far as it moves spreads."""

    date: date
    stress: float  # multiplies every spread
    index_width: float  # sqrt(VIX / 16); nan where only shares trade
    vix_width: float  # sqrt(VIX / 18)
    spx_level: float  # A of SPX options in these years
    spx_power: float  # b of the same


def conditions_of(at: date, vix: float, vix_change: float) -> Conditions:
    """`vix` in points at the close; `vix_change` on the day, as a share: 0.2 is up a fifth."""
    stress = STRESS_FACTOR if vix_change >= STRESS_RISE else 1.0
    era = _SPX_ERAS[bisect_left(_LAST_OF_ERAS, at.year)]
    return Conditions(at, stress, math.sqrt(vix / 16), math.sqrt(vix / 18), *era)


# Points between bid and ask that a contract worth so many points is quoted at, by the model.
Spread = Callable[[float, Conditions], float]


class Product(Struct, frozen=True, eq=False, gc=False):
    """Numbers are points. Ticks: SPX and VIX options .05 below 3, .10 from 3 on; options on shares
    .01 and .05, as in the exchanges' penny program; shares a cent."""

    underlying: str
    kind: Kind
    ticks: tuple[float, float]  # of prices under 3, and from 3 on
    net: float  # the tick of the net price of several legs
    least: float  # an option worth less has no bid, and none is bought for less; -inf: all have
    spread: Spread

    def tick(self, price: float) -> float:
        return _tick(self.ticks, price)


@cache
def product_of(underlying: str, kind: Kind) -> Product:
    if kind is Kind.FUTURE:
        tick = FUTURE_TICKS[underlying]
        return Product(underlying, kind, (tick, tick), 0.01, -math.inf, _future(tick))
    if kind is Kind.SHARES:
        net = 0.05 if underlying in INDICES else 0.01
        return Product(underlying, kind, (0.01, 0.01), net, -math.inf, _shares)
    if underlying == "SPX":
        return Product(underlying, kind, INDEX_TICKS, 0.05, 0.05, _spx_option)
    if underlying == "VIX":
        return Product(underlying, kind, INDEX_TICKS, 0.05, 0.05, _vix_option)
    return Product(underlying, kind, EQUITY_TICKS, 0.01, 0.01, _equity_option)


def _tick(ticks: tuple[float, float], price: float) -> float:
    below, above = ticks
    return below if price < 3 else above


def _spx_option(mid: float, now: Conditions) -> float:
    wide = now.spx_level * math.pow(mid, now.spx_power) * now.index_width
    return now.stress * max(_tick(INDEX_TICKS, mid), wide)


def _vix_option(mid: float, now: Conditions) -> float:
    return now.stress * max(0.05, 0.10 * math.pow(mid / 2, 0.35) * now.vix_width)


def _equity_option(mid: float, now: Conditions) -> float:
    return now.stress * max(_tick(EQUITY_TICKS, mid), EQUITY_SPREAD * mid * now.index_width)


def _shares(mid: float, now: Conditions) -> float:
    return now.stress * max(0.01, SHARE_SPREAD * mid)


def _future(tick: float) -> Spread:
    return lambda mid, now: now.stress * tick
