"""Losses, gains and break-evens come from the payoff, whatever the package is called."""

from datetime import date
from math import inf

import pytest
from hedgerow.account.order import Leg
from hedgerow.account.package import package_of
from hedgerow.account.payoff import (
    best_gain,
    break_evens,
    multiplier,
    payoff,
    settling_together,
)  # fmt: skip
from hedgerow.market.contract import Contract, Expiry, Kind, Right, Settlement
from hypothesis import given
from hypothesis import strategies as st

NEAR = Expiry("SPX", date(2026, 1, 16), Settlement.OPEN, True)
FAR = Expiry("SPX", date(2026, 3, 20), Settlement.OPEN, True)
NEAR_VIX = Expiry("VIX", date(2026, 1, 21), Settlement.OPEN, True)
FAR_VIX = Expiry("VIX", date(2026, 3, 18), Settlement.OPEN, True)


def option(ratio, strike, right, expiry=NEAR):
    underlying = "VIX" if expiry.root.startswith("VIX") else "SPX"
    contract = Contract(underlying, Kind.OPTION, 100, expiry, right, strike)
    return Leg(f"{right} {strike}", contract, ratio)


def put(ratio, strike, expiry=NEAR):
    return option(ratio, strike, Right.PUT, expiry)


def call(ratio, strike, expiry=NEAR):
    return option(ratio, strike, Right.CALL, expiry)


def shares(ratio):
    return Leg("shares", Contract("SPX", Kind.SHARES, 100), ratio)


def future(ratio, expiry=NEAR_VIX):
    return Leg("future", Contract("VIX", Kind.FUTURE, 1000, expiry), ratio)


def condor(long_put, short_put, short_call, long_call):
    return (put(1, long_put), put(-1, short_put), call(-1, short_call), call(1, long_call))


def worst_loss(legs, price):
    return package_of(tuple(legs)).worst_loss(price)


GOLDEN = condor(3395, 3705, 4210, 4330)


def test_an_iron_condor_loses_its_wider_wing_less_the_credit():
    assert worst_loss(GOLDEN, -31.86) == pytest.approx(310 - 31.86)
    assert best_gain(GOLDEN, -31.86) == pytest.approx(31.86)


def test_a_condor_breaks_even_a_credit_away_from_its_short_strikes():
    assert break_evens(GOLDEN, -31.86) == pytest.approx((3705 - 31.86, 4210 + 31.86))


@pytest.mark.parametrize("strikes, loss", [
    ((7090, 7185, 7510, 7605), 95),
    ((7135, 7185, 7500, 7660), 160),
    ((7090, 7235, 7510, 7605), 145),
])  # fmt: skip
def test_unequal_wings_lose_the_wider_one_on_either_side(strikes, loss):
    """The three condors of QuantConnect/Lean issue 9775, per unit, premium left out."""
    assert worst_loss(condor(*strikes), 0.0) == loss


def test_a_condor_whose_sides_overlap_can_lose_on_both():
    inverted = (put(1, 4000), put(-1, 4200), call(-1, 4100), call(1, 4150))
    assert worst_loss(inverted, 0.0) == 200


def test_a_broken_wing_butterfly_bought_for_a_credit_loses_only_on_its_broken_side():
    legs = (put(1, 4000), put(-2, 3950), put(1, 3850))
    assert worst_loss(legs, -1.0) == 49
    assert best_gain(legs, -1.0) == 51
    assert break_evens(legs, -1.0) == (3899, None)


def test_a_long_call_loses_its_premium_and_gains_without_bound():
    legs = (call(1, 4200),)
    assert worst_loss(legs, 18.5) == 18.5
    assert best_gain(legs, 18.5) == inf
    assert break_evens(legs, 18.5) == (4218.5, None)


def test_a_short_put_loses_at_most_its_strike_and_a_short_call_anything():
    assert worst_loss((put(-1, 3700),), -27.0) == 3673
    assert worst_loss((call(-1, 4200),), -18.5) == inf


def test_a_call_ratio_spread_is_naked_beyond_its_strikes():
    legs = (call(1, 4200), call(-2, 4300))
    assert worst_loss(legs, -2.0) == inf
    assert break_evens(legs, -2.0) == (None, 4402)


def test_a_long_strangle_breaks_even_on_both_sides():
    assert break_evens((put(1, 3700), call(1, 4200)), 46.0) == (3654, 4246)


def test_a_package_that_can_not_lose_has_a_negative_worst_loss_and_no_break_even():
    box = (call(1, 4000), call(-1, 4100), put(1, 4100), put(-1, 4000))
    assert worst_loss(box, 99.0) == -1.0
    assert break_evens(box, 99.0) == (None, None)


def test_shares_lose_their_price_and_cover_a_call_sold_on_them():
    assert worst_loss((shares(1),), 4000.0) == 4000
    assert worst_loss((shares(1), call(-1, 4200)), 3980.0) == 3980
    assert worst_loss((shares(-1),), -4000.0) == inf


def test_a_call_covers_shares_sold_short_only_until_it_expires():
    assert worst_loss((shares(-1), call(1, 4200)), -3980.0) == inf


def test_a_collar_on_shares_loses_down_to_its_put():
    legs = (shares(1), put(1, 3800), call(-1, 4200))
    assert worst_loss(legs, 4010.0) == 210
    assert best_gain(legs, 4010.0) == 190
    assert break_evens(legs, 4010.0) == (4010, None)


def test_a_later_long_call_covers_a_nearer_short_one():
    assert worst_loss((call(1, 4200, FAR), call(-1, 4200)), 30.0) == 30
    assert worst_loss((call(1, 4250, FAR), call(-1, 4200)), 15.0) == 65


def test_an_earlier_long_call_covers_nothing():
    assert worst_loss((call(1, 4200), call(-1, 4200, FAR)), -30.0) == inf


def test_the_open_of_a_day_comes_before_its_close():
    evening = Expiry("SPXW", NEAR.date, Settlement.CLOSE, False)
    assert worst_loss((call(1, 4200), call(-1, 4200, evening)), 0.0) == inf
    assert worst_loss((call(1, 4200, evening), call(-1, 4200)), 0.0) == 0


def test_shorts_of_several_expiries_lose_each_at_its_own_worst():
    legs = (put(1, 3600), put(-1, 3700), call(-1, 4200, FAR), call(1, 4300, FAR))
    assert worst_loss(legs, 0.0) == 200


def test_a_vix_diagonal_is_not_covered_because_each_expiry_has_its_own_forward():
    """In a spike the near call settles on the VIX, the far one is still worth a lower future."""
    legs = (call(1, 20, FAR_VIX), call(-1, 25, NEAR_VIX))
    assert worst_loss(legs, 1.5) == inf
    assert worst_loss((put(1, 20, FAR_VIX), put(-1, 15, NEAR_VIX)), 1.5) == 16.5


def test_gains_and_break_evens_of_a_calendar_are_not_in_its_payoff():
    legs = (call(1, 4200, FAR), call(-1, 4200))
    assert best_gain(legs, 30.0) is None
    assert break_evens(legs, 30.0) == (None, None)


def test_a_future_loses_down_to_zero_and_a_short_one_without_bound():
    assert worst_loss((future(1),), 18.5) == 18.5
    assert worst_loss((future(-1),), -18.5) == inf
    assert worst_loss((future(1), future(-1, FAR_VIX)), -1.0) == inf


def test_one_multiplier_holds_for_a_package():
    assert multiplier(GOLDEN) == 100
    with pytest.raises(ValueError, match="several multipliers"):
        multiplier((call(1, 20, NEAR_VIX), future(1)))


strikes = st.integers(1, 60).map(lambda at: at * 100.0)
ratios = st.integers(-3, 3).filter(bool)
rights = st.sampled_from(Right)
prices = st.integers(-20_000, 20_000).map(lambda ticks: ticks / 20)
packages = st.lists(st.builds(option, ratios, strikes, rights), min_size=1, max_size=6)
GRID = [level * 25.0 for level in range(400)]  # to 10,000, well beyond the last strike


@given(packages, prices)
def test_no_settlement_loses_more_than_the_worst_loss_and_one_loses_as_much(legs, price):
    worst = worst_loss(legs, price)
    losses = [price - payoff(legs, level) for level in GRID]
    assert max(losses) <= worst
    if worst < inf:
        assert max(losses) == worst
    else:
        assert price - payoff(legs, 1e9) > max(losses)


@given(packages, prices)
def test_no_settlement_gains_more_than_the_best_gain(legs, price):
    best = best_gain(legs, price)
    gains = [payoff(legs, level) - price for level in GRID]
    assert max(gains) <= best
    assert best == inf or max(gains) == pytest.approx(best)


@given(packages, prices)
def test_a_package_makes_nothing_at_its_break_evens_and_keeps_its_sign_outside(legs, price):
    lower, upper = break_evens(legs, price)
    for level in (lower, upper):
        if level is not None:
            assert payoff(legs, level) == pytest.approx(price, abs=1e-6)
    if lower is not None and upper is not None:
        assert lower <= upper  # equal where the payoff only touches the price, at its peak
        outside = [payoff(legs, level) - price for level in GRID if level < lower - 1e-6]
        assert not outside or min(outside) >= -1e-6 or max(outside) <= 1e-6


later = st.sampled_from([NEAR, FAR, Expiry("SPX", date(2026, 6, 19), Settlement.OPEN, True)])
spread_out = st.lists(st.builds(option, ratios, strikes, rights, later), min_size=1, max_size=5)
levels = st.lists(st.sampled_from(GRID), min_size=3, max_size=3)


@given(spread_out, levels)
def test_the_worst_loss_bounds_every_path_when_longs_outliving_shorts_are_worth_intrinsic(
    legs, path
):
    """Each expiry settles on its own level; a long later than all shorts is sold with the last."""
    days = sorted({leg.contract.expiry.date for leg in legs})
    at = dict(zip(days, path, strict=False))
    shorts = {leg.contract.expiry.date for leg in legs if leg.ratio < 0}
    made = 0.0
    for leg in legs:
        day = leg.contract.expiry.date
        if len(shorts) == 1:
            day = min(day, max(shorts))
        made += leg.ratio * leg.contract.payoff(at[day])
    assert -made <= worst_loss(legs, 0.0) + 1e-9


@given(spread_out)
def test_every_leg_is_in_one_group(legs):
    grouped = [leg for group in settling_together(legs) for leg in group]
    assert sorted(grouped, key=str) == sorted(legs, key=str)
