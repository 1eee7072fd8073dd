"""A strike wished by delta is the same whether one close is looked at or a year of them."""

from datetime import date

import numpy as np
import pytest
from hedgerow.market.by_delta import TOGETHER
from hedgerow.market.contract import Right
from hedgerow.market.generator import generated_history
from hedgerow.market.market import Market
from hedgerow.market.market_from_history import market_from_history
from hedgerow.vocabulary.structures.strike import Board, By, StrikeWish, choose_strike

SESSIONS = TOGETHER + 20
REACH = 15.0  # points around the strike wished for


@pytest.fixture(scope="module")
def year() -> Market:
    return market_from_history(generated_history(5, SESSIONS, start=date(2018, 1, 2)))


def boards(year: Market, underlying: str, i: int, days: int) -> tuple[Board, Board]:
    """Of one close: looked at alone, and as one of the year's."""
    expiry = year.expiry(underlying, i, days)
    assert expiry is not None
    return (
        Board(year, underlying, i, expiry),
        Board(year, underlying, i, expiry, (days, None)),
    )


@pytest.mark.parametrize("wanted", [0.01, 0.05, 0.16, 0.3, 0.5, 0.8])
@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize(("underlying", "days"), [("SPX", 45), ("SPX", 3), ("VIX", 30)])
def test_it_is_the_nearest_of_all_deltas(
    year: Market, underlying: str, days: int, right: Right, wanted: float
) -> None:
    wish, known = StrikeWish(By.DELTA, wanted), 0
    for i in range(SESSIONS):
        alone, together = boards(year, underlying, i, days)
        known += together.by_delta(right, wanted) is not None
        assert choose_strike(together, right, wish, {}) == choose_strike(alone, right, wish, {})
    assert known == SESSIONS - 2, "all but the first of each year"


@pytest.mark.parametrize("outward", [-1, 1])
@pytest.mark.parametrize("right", Right)
def test_on_the_side_of_another_leg_it_is_the_nearest_there(
    year: Market, right: Right, outward: int
) -> None:
    wish = StrikeWish(By.DELTA, 0.16, "other", outward)
    for i in range(0, SESSIONS, 25):
        alone, together = boards(year, "SPX", i, 45)
        wished = choose_strike(alone, right, StrikeWish(By.DELTA, 0.16), {})
        assert wished is not None
        around = alone.listed[np.abs(alone.listed - wished) <= REACH]
        for other in around.tolist():
            chosen = [
                choose_strike(each, right, wish, {"other": other}) for each in (alone, together)
            ]
            assert chosen[0] == chosen[1]


def test_nothing_is_known_where_nothing_is_listed_or_the_first_time(year: Market) -> None:
    asked = ("SPX", 0, 45, "weekly", Right.PUT, 0.16)
    assert year.by_delta(*asked) is None
    assert year.by_delta(*asked) is not None
    early = market_from_history(generated_history(5, 20, start=date(2003, 1, 2)))
    assert [early.by_delta(*asked) for _ in range(2)] == [None, None]
