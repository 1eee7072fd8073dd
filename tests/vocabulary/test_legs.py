"""Packages found in the listed contracts."""

from __future__ import annotations

import math

from flat_market import FlatMarket
from hedgerow.account.order import Refused
from hedgerow.market.contract import Kind, Right
from hedgerow.vocabulary.structures.legs import ExpiryWish, LegShape, legs_from_shapes
from hedgerow.vocabulary.structures.strike import By, StrikeWish

MONTH = ExpiryWish(45)


def option(name, ratio, right, wish, expiry=MONTH):
    return LegShape(name, ratio, Kind.OPTION, "SPX", right, expiry, wish)


CONDOR = (
    option("short_put", -1, Right.PUT, StrikeWish(By.SD, 1.5)),
    option("long_put", 1, Right.PUT, StrikeWish(By.POINTS, 50, "short_put")),
    option("short_call", -1, Right.CALL, StrikeWish(By.SD, 1.5)),
    option("long_call", 1, Right.CALL, StrikeWish(By.POINTS, 50, "short_call")),
)


def test_a_condor_is_four_contracts_of_one_expiry():
    legs = legs_from_shapes(FlatMarket(), 0, CONDOR)
    assert [leg.contract.strike for leg in legs] == [3595, 3545, 4405, 4455]
    assert [leg.ratio for leg in legs] == [-1, 1, -1, 1]
    assert [leg.name for leg in legs] == [shape.name for shape in CONDOR]
    assert len({leg.contract.expiry for leg in legs}) == 1


def test_a_calendar_has_one_strike_and_two_expiries():
    near = option("near_call", -1, Right.CALL, StrikeWish(By.AT_MONEY))
    far = option("far_call", 1, Right.CALL, StrikeWish(By.POINTS, 0, "near_call"), ExpiryWish(91.3))
    first, second = legs_from_shapes(FlatMarket(), 0, (near, far))
    assert first.contract.strike == second.contract.strike == 4000
    assert first.contract.expiry.date < second.contract.expiry.date


def test_futures_and_shares_have_no_strike():
    market = FlatMarket()
    near = LegShape("near_future", 1, Kind.FUTURE, "VIX", expiry=MONTH)
    shares = LegShape("long_shares", 1, Kind.SHARES, "SPX")
    future, share = legs_from_shapes(market, 0, (near, shares))
    assert future.contract == market.future("VIX", market.expiry("VIX", 0, 45))
    assert share.contract == market.shares("SPX")


def test_an_expiry_of_another_position_is_taken_as_it_is():
    market = FlatMarket()
    expiry = market.expiry("SPX", 0, 21)
    (leg,) = legs_from_shapes(
        market, 0, (option("long_put", 1, Right.PUT, StrikeWish(By.DELTA, 0.3), expiry),)
    )
    assert leg.contract.expiry == expiry


def test_what_is_not_listed_is_refused():
    market = FlatMarket()
    never = option("long_put", 1, Right.PUT, StrikeWish(By.AT_MONEY), ExpiryWish(400))
    unknown = option("long_put", 1, Right.PUT, StrikeWish(By.AT_MONEY), ExpiryWish(math.nan))
    assert legs_from_shapes(market, 0, (never,)) is Refused.NO_EXPIRY
    assert legs_from_shapes(market, 0, (unknown,)) is Refused.NO_EXPIRY
    low = FlatMarket(lowest=3595)
    assert legs_from_shapes(low, 0, CONDOR) is Refused.NO_STRIKE


def test_two_legs_on_one_contract_are_refused():
    spread = (
        option("short_put", -1, Right.PUT, StrikeWish(By.DELTA, 0.301)),
        option("long_put", 2, Right.PUT, StrikeWish(By.DELTA, 0.3)),
    )
    assert legs_from_shapes(FlatMarket(), 0, spread) is Refused.NO_STRIKE
