"""A listed strike for every wish: the nearest one, on the side that was meant."""

from __future__ import annotations

import numpy as np
import pytest
from flat_market import FlatMarket
from hedgerow.market.contract import Right
from hedgerow.vocabulary.structures.strike import Board, By, StrikeWish, choose_strike
from hypothesis import given
from hypothesis import strategies as st

rights = st.sampled_from(Right)
markets = st.builds(
    FlatMarket,
    level=st.floats(3000.0, 5000.0),
    volatility=st.floats(0.08, 0.9),
    step=st.sampled_from([1.0, 5.0, 25.0, 100.0]),
)
wishes = st.one_of(
    st.builds(StrikeWish, st.just(By.DELTA), st.floats(0.01, 0.99)),
    st.builds(StrikeWish, st.just(By.SD), st.floats(0.0, 4.0)),
    st.builds(StrikeWish, st.just(By.PERCENT), st.floats(0.0, 0.9)),
    st.builds(StrikeWish, st.just(By.POINTS), st.floats(0.0, 3000.0)),
    st.builds(StrikeWish, st.just(By.LEVEL), st.floats(500.0, 7000.0)),
    st.just(StrikeWish(By.AT_MONEY)),
)


def chosen(market, right, wish, legs=None, days=45):
    expiry = market.expiry("SPX", 0, days)
    return choose_strike(Board(market, "SPX", 0, expiry), right, wish, legs or {})


def distances(market, right, wish, strikes, days=45):
    """How far each strike is from the wish, worked out for the whole grid."""
    expiry = market.expiry("SPX", 0, days)
    out = 1 if right is Right.CALL else -1
    target = {
        By.AT_MONEY: market.level,
        By.SD: market.level + out * wish.amount * market.one_sd("SPX", 0, expiry),
        By.PERCENT: market.level * (1 + out * wish.amount),
        By.POINTS: market.level + out * wish.amount,
        By.LEVEL: wish.amount,
    }
    if wish.by is By.DELTA:
        return abs(abs(market.deltas("SPX", 0, expiry, right, strikes)) - wish.amount)
    return abs(strikes - target[wish.by])


@given(market=markets, right=rights, wish=wishes)
def test_no_listed_strike_is_nearer_to_the_wish_than_the_chosen_one(market, right, wish):
    strikes = market.strikes("SPX", 0, None)
    found = chosen(market, right, wish)
    away = distances(market, right, wish, strikes)
    assert found in strikes
    assert away[strikes == found][0] == pytest.approx(away.min(), abs=1e-12)


@given(
    market=markets,
    right=rights,
    wish=wishes,
    beside=st.integers(10, 30),
    out=st.sampled_from([1, -1]),
)
def test_a_wing_never_shares_the_strike_it_is_beside_and_lies_on_its_side(
    market, right, wish, beside, out
):
    strikes = market.strikes("SPX", 0, None)
    short = float(strikes[beside % len(strikes)])
    wing = StrikeWish(wish.by, wish.amount + 0.001, beside="short", outward=out)
    found = chosen(market, right, wing, {"short": short})
    higher = (1 if right is Right.CALL else -1) * out > 0
    side = strikes[strikes > short] if higher else strikes[strikes < short]
    if len(side) == 0:
        assert found is None
    else:
        assert found in side


@pytest.mark.parametrize(
    ("right", "wish", "strike"),
    [
        (Right.PUT, StrikeWish(By.PERCENT, 0.05), 3800.0),
        (Right.CALL, StrikeWish(By.PERCENT, 0.05), 4200.0),
        (Right.PUT, StrikeWish(By.POINTS, 50), 3950.0),
        (Right.CALL, StrikeWish(By.POINTS, 50), 4050.0),
        (Right.PUT, StrikeWish(By.LEVEL, 4100), 4100.0),
        (Right.CALL, StrikeWish(By.AT_MONEY), 4000.0),
        # One sd to 42 days: 4000 x 20% x sqrt(42/365) = 271.4 points.
        (Right.PUT, StrikeWish(By.SD, 1.5), 3595.0),
        (Right.CALL, StrikeWish(By.SD, 1.5), 4405.0),
        # Half way between two strikes: the one further out of the money.
        (Right.PUT, StrikeWish(By.LEVEL, 3802.5), 3800.0),
        (Right.CALL, StrikeWish(By.LEVEL, 3802.5), 3805.0),
    ],
)
def test_strikes_a_trader_would_name(right, wish, strike):
    assert chosen(FlatMarket(), right, wish) == strike


@pytest.mark.parametrize(
    ("right", "outward", "strike"),
    [(Right.PUT, 1, 3750.0), (Right.PUT, -1, 3850.0), (Right.CALL, 1, 3850.0),
     (Right.CALL, -1, 3750.0)],
)  # fmt: skip
def test_a_wing_in_points_is_a_distance_outward_or_inward(right, outward, strike):
    wish = StrikeWish(By.POINTS, 50, beside="short", outward=outward)
    assert chosen(FlatMarket(), right, wish, {"short": 3800.0}) == strike


def test_a_wing_narrower_than_the_grid_takes_the_next_strike():
    market = FlatMarket(step=100.0)
    wish = StrikeWish(By.POINTS, 10, beside="short")
    assert chosen(market, Right.PUT, wish, {"short": 3800.0}) == 3700.0


def test_no_distance_at_all_is_the_very_strike():
    wish = StrikeWish(By.POINTS, 0, beside="put")
    assert chosen(FlatMarket(), Right.CALL, wish, {"put": 3800.0}) == 3800.0


def test_nothing_is_found_beyond_the_last_strike_or_for_an_unknown_wish():
    market = FlatMarket()
    assert chosen(market, Right.PUT, StrikeWish(By.DELTA, 0.1, "short"), {"short": 1200.0}) is None
    for by in By:
        assert chosen(market, Right.PUT, StrikeWish(by, np.nan)) is None


def test_strikes_without_a_delta_are_passed_over():
    class Gappy(FlatMarket):
        def deltas(self, underlying, i, expiry, right, strikes):
            known = FlatMarket.deltas(self, underlying, i, expiry, right, strikes)
            return np.where(strikes % 10 == 0, known, np.nan)

    class Blind(FlatMarket):
        def deltas(self, *asked):
            return np.full(len(asked[-1]), np.nan)

    wish = StrikeWish(By.DELTA, 0.16)
    assert chosen(Gappy(), Right.PUT, wish) % 10 == 0
    assert chosen(Blind(), Right.PUT, wish) is None
