"""What brokers, exchanges and clearing houses take for a fill. Settlement in cash is free.

A schedule is a YAML file of account/schedules, or of the user (`fee_files.py` reads it).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated

from msgspec import Struct
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from hedgerow.account.money import cents
from hedgerow.account.order import Action
from hedgerow.account.package import Package
from hedgerow.account.products import Product
from hedgerow.market.contract import Kind

Dollars = Annotated[float, Field(strict=True, ge=0, le=1000, allow_inf_nan=False)]


class Terms(BaseModel):
    """One section of a schedule file; no key but the listed ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Commission(Terms):
    """What the broker keeps: USD a contract or a share."""

    open: Dollars
    close: Dollars
    most_per_leg: Dollars | None = None  # USD for all contracts of one leg; None: no cap


class Band(Terms):
    """An exchange fee that depends on the premium of the option."""

    premium_from: Dollars  # points, the lowest premium of the band
    fee: Dollars  # USD a contract


def _rising(bands: tuple[Band, ...]) -> tuple[Band, ...]:
    if any(after.premium_from <= band.premium_from for band, after in pairwise(bands)):
        raise ValueError("`premium_from` has to rise from band to band")
    return bands


Bands = Annotated[tuple[Band, ...], AfterValidator(_rising)]


class FeeSchedule(Terms):
    name: str
    source: str  # where the numbers come from, for the reader of a report
    option: Commission
    future: Commission
    share: Commission
    exchange: dict[str, Bands]  # by underlying of the option
    other: Dollars  # USD an option contract: clearing and regulation
    future_other: Dollars  # USD a futures contract: exchange, clearing and regulation


class Charge(Struct, frozen=True, gc=False):
    """What a schedule takes for one contract of a product, USD."""

    open: float  # the broker's, on taking on
    close: float  # the broker's, on giving back
    most_per_leg: float  # the broker's for all contracts of a leg; inf: no cap
    passed_on: float  # exchange, clearing and regulation, whatever the premium
    premiums: tuple[float, ...]  # points, rising, from which the exchange takes the next of ...
    exchange: tuple[float, ...]  # ... these fees; the first is for premiums below all of them
    is_option: bool


class Charges(dict[Product, Charge]):
    """A schedule product by product, each read when it first trades."""

    def __init__(self, schedule: FeeSchedule) -> None:
        super().__init__()
        self._schedule = schedule

    def __missing__(self, product: Product) -> Charge:
        charge = self[product] = _charge(self._schedule, product)
        return charge


def _charge(schedule: FeeSchedule, product: Product) -> Charge:
    kind = product.kind
    if kind is Kind.SHARES:
        kept, passed_on = schedule.share, 0.0
    elif kind is Kind.FUTURE:
        kept, passed_on = schedule.future, schedule.future_other
    else:
        kept, passed_on = schedule.option, schedule.other
    is_option = kind is Kind.OPTION
    bands = schedule.exchange.get(product.underlying, ()) if is_option else ()
    return Charge(
        kept.open,
        kept.close,
        math.inf if kept.most_per_leg is None else kept.most_per_leg,
        passed_on,
        tuple([band.premium_from for band in bands]),
        (0.0, *[band.fee for band in bands]),
        is_option,
    )


def fee(
    charges: Charges,
    package: Package,
    leg_prices: Sequence[float],
    units: int,
    action: Action,
) -> int:
    """Cents for trading `units` of a package whose legs traded at `leg_prices` points.

    An option at a price of 0 lapsed instead of trading, and costs nothing.
    """
    dollars, takes_on = 0.0, action.takes_on
    legs = zip(package.products, package.ratios, leg_prices, strict=True)
    for product, ratio, price in legs:
        charge = charges[product]
        if price > 0 or not charge.is_option:
            count = abs(ratio) * units
            broker = count * (charge.open if takes_on else charge.close)
            exchange = charge.exchange[bisect_right(charge.premiums, price)]
            dollars += min(broker, charge.most_per_leg) + count * (charge.passed_on + exchange)
    return cents(dollars)
