"""What brokers, exchanges and clearing houses take for a fill. Settlement in cash is free.

A schedule is a YAML file of account/schedules, or of the user (`fee_files.py` reads it).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from hedgerow.account.money import cents
from hedgerow.account.order import Action, Leg
from hedgerow.market.contract import Contract, Kind

_OPTION, _FUTURE, _SHARES = Kind  # looked up once: fees are charged often, enums are slow

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


class FeeSchedule(Terms):
    name: str
    source: str  # where the numbers come from, for the reader of a report
    option: Commission
    future: Commission
    share: Commission
    exchange: dict[str, tuple[Band, ...]]  # by underlying of the option; bands rising
    other: Dollars  # USD an option contract: clearing and regulation
    future_other: Dollars  # USD a futures contract: exchange, clearing and regulation


def fee(
    schedule: FeeSchedule,
    legs: Sequence[Leg],
    leg_prices: Sequence[float],
    units: int,
    action: Action,
) -> int:
    """Cents for trading `units` of a package whose legs traded at `leg_prices` points.

    An option at a price of 0 lapsed instead of trading, and costs nothing.
    """
    dollars = 0.0
    for leg, price in zip(legs, leg_prices, strict=True):
        if price > 0 or leg.contract.kind is not _OPTION:
            dollars += _leg_fee(schedule, leg.contract, price, abs(leg.ratio) * units, action)
    return cents(dollars)


def _leg_fee(
    schedule: FeeSchedule, contract: Contract, price: float, count: int, action: Action
) -> float:
    """USD for `count` contracts of one leg."""
    kept = _commission(schedule, contract.kind)
    broker = count * (kept.open if action.takes_on else kept.close)
    if kept.most_per_leg is not None:
        broker = min(broker, kept.most_per_leg)
    if contract.kind is _SHARES:
        return broker
    if contract.kind is _FUTURE:
        return broker + count * schedule.future_other
    return broker + count * (schedule.other + _exchange_fee(schedule, contract, price))


def _commission(schedule: FeeSchedule, kind: Kind) -> Commission:
    if kind is _OPTION:
        return schedule.option
    return schedule.future if kind is _FUTURE else schedule.share


def _exchange_fee(schedule: FeeSchedule, contract: Contract, price: float) -> float:
    """USD a contract; the last band the premium reaches, 0 where the exchange has none."""
    charged = 0.0
    for band in schedule.exchange.get(contract.underlying, ()):
        if price >= band.premium_from:
            charged = band.fee
    return charged
