"""Only expiries that existed can be traded, and the nearest one is the one a trader would name."""

import os
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hedgerow.market.calendar import nyse
from hedgerow.market.contract import Expiry, Settlement
from hedgerow.market.furthest import furthest_expiry
from hedgerow.market.listing import Cycle, standard_listing
from hedgerow.market.practices import INDEX_FUTURES
from hedgerow.market.strikes import strike_grid
from hypothesis import example, given
from hypothesis import strategies as st

LISTING = standard_listing()
DATES = st.dates(date(1990, 1, 2), date(2030, 12, 31))
CYCLES = st.sampled_from(Cycle)
UNDERLYINGS = st.sampled_from(["SPX", "VIX", "QQQ"])


def dates_of(root: str, on: date) -> list[date]:
    return [e.date for e in LISTING.listed(root[:3], on) if e.root == root]


def is_listed(root: str, expiry: date, on: date) -> bool:
    return expiry in dates_of(root, on)


@pytest.mark.parametrize(
    ("root", "expiry", "since"),
    [
        ("VIX", date(2006, 3, 22), date(2006, 2, 24)),  # first VIX options
        ("VIXW", date(2015, 11, 4), date(2015, 10, 8)),  # first VIX weeklys
        ("SPXW", date(2005, 11, 4), date(2005, 10, 28)),  # first Weeklys
        ("SPXW", date(2016, 3, 2), date(2016, 2, 23)),  # first Wednesdays
        ("SPXW", date(2016, 8, 22), date(2016, 8, 15)),  # first Mondays
        ("SPXW", date(2022, 4, 26), date(2022, 4, 18)),  # first Tuesdays
        ("SPXW", date(2022, 5, 19), date(2022, 5, 11)),  # first Thursdays
        ("SPXW", date(2013, 3, 15), date(2013, 2, 19)),  # third Friday at the close
    ],
)
def test_an_expiry_is_not_listed_before_its_kind_existed(
    root: str, expiry: date, since: date
) -> None:
    assert is_listed(root, expiry, since)
    assert not is_listed(root, expiry, since - timedelta(days=1))


def test_weeklys_settled_at_the_open_until_december_2010() -> None:
    first, second = LISTING.listed("SPX", date(2010, 12, 2), Cycle.WEEKLY)[:2]
    assert (first.date, first.settlement) == (date(2010, 12, 3), Settlement.OPEN)
    assert (second.date, second.settlement) == (date(2010, 12, 10), Settlement.CLOSE)


def test_a_weekly_was_listed_only_a_week_ahead_in_2011() -> None:
    """Recorded chains of 2011-01-05 and -06 show the weekly of the 14th from the Thursday on."""
    assert not is_listed("SPXW", date(2011, 1, 14), date(2011, 1, 5))
    assert is_listed("SPXW", date(2011, 1, 14), date(2011, 1, 6))


def test_a_monday_holiday_moves_the_weekly_to_tuesday() -> None:
    """The exchange listed 2016-09-06, the Tuesday after Labor Day, in its Monday cycle."""
    assert is_listed("SPXW", date(2016, 9, 6), date(2016, 8, 19))
    assert not is_listed("SPXW", date(2016, 9, 5), date(2016, 8, 19))


def test_a_third_friday_that_is_a_holiday_expires_on_thursday() -> None:
    assert is_listed("SPX", date(2008, 3, 20), date(2008, 3, 3))


def test_an_expiry_leaves_the_list_on_its_own_date() -> None:
    third_friday = date(2020, 1, 17)
    assert is_listed("SPX", third_friday, third_friday - timedelta(days=1))
    assert not is_listed("SPX", third_friday, third_friday)
    assert not is_listed("SPXW", third_friday, third_friday)


def test_other_underlyings_have_months_and_fridays_settled_at_the_close() -> None:
    on = date(2020, 1, 3)
    monthly = Expiry("QQQ", date(2020, 1, 17), Settlement.CLOSE, True)
    assert LISTING.nearest("QQQ", on, 14) == monthly
    assert LISTING.nearest("QQQ", on, 45, Cycle.MONTHLY).date == date(2020, 2, 21)
    weeklys = LISTING.listed("QQQ", on, Cycle.WEEKLY)
    assert [each.date.day for each in weeklys] == [10, 24, 31, 7]
    assert {each.root for each in LISTING.listed("QQQ", on)} == {"QQQ"}


def test_no_week_of_shares_is_sold_before_there_were_any() -> None:
    assert LISTING.nearest("QQQ", date(2010, 6, 23), 7, Cycle.WEEKLY) is None
    assert LISTING.nearest("QQQ", date(2010, 6, 24), 7, Cycle.WEEKLY).date == date(2010, 7, 2)


def test_no_vix_option_can_be_bought_before_there_were_any() -> None:
    assert LISTING.nearest("VIX", date(2006, 2, 23), 30) is None


def test_of_two_expiries_equally_near_the_later_is_taken() -> None:
    on, between = date(2008, 10, 10), date(2008, 12, 5)  # two weeks from either third Friday
    expiry = LISTING.nearest("SPX", on, (between - on).days, Cycle.MONTHLY)
    assert expiry == Expiry("SPX", date(2008, 12, 19), Settlement.OPEN, True)


def test_of_two_expiries_on_one_date_the_one_that_settles_later_is_taken() -> None:
    on, third_friday = date(2020, 1, 2), date(2020, 1, 17)
    assert LISTING.nearest("SPX", on, 15) == Expiry("SPXW", third_friday, Settlement.CLOSE, False)
    monthly = LISTING.nearest("SPX", on, 15, Cycle.MONTHLY)
    assert monthly == Expiry("SPX", third_friday, Settlement.OPEN, True)


def test_forty_five_days_in_2008_was_a_standard_month() -> None:
    expiry = LISTING.nearest("SPX", date(2008, 10, 10), 45)
    assert expiry == Expiry("SPX", date(2008, 11, 21), Settlement.OPEN, True)


@given(UNDERLYINGS, DATES, st.integers(0, 4000), CYCLES)
@example("SPX", date(2020, 1, 17), 0, Cycle.ANY)  # expires that very day
def test_nearest_is_the_best_of_what_is_listed(
    underlying: str, on: date, days: int, cycle: Cycle
) -> None:
    listed = LISTING.listed(underlying, on, cycle)
    found = LISTING.nearest(underlying, on, days, cycle)
    if found is None:
        assert listed == ()
        return
    target = on + timedelta(days=days)
    rank = [(abs((e.date - target).days), -e.date.toordinal(), -i) for i, e in enumerate(listed)]
    assert found == listed[rank.index(min(rank))]


@given(UNDERLYINGS, DATES, CYCLES)
def test_listed_expiries_are_later_sessions_in_order_each_once(
    underlying: str, on: date, cycle: Cycle
) -> None:
    listed = LISTING.listed(underlying, on, cycle)
    assert len(set(listed)) == len(listed)
    assert list(listed) == sorted(listed, key=lambda e: (e.date, e.settlement == "close"))
    for expiry in listed:
        assert expiry.date > on
        assert np.datetime64(expiry.date) in nyse().sessions
        assert cycle is Cycle.ANY or expiry.monthly is (cycle is Cycle.MONTHLY)


@given(UNDERLYINGS, DATES)
def test_a_listed_expiry_stays_listed_until_it_settles(underlying: str, on: date) -> None:
    tomorrow = on + timedelta(days=1)
    kept = {e for e in LISTING.listed(underlying, on) if e.date > tomorrow}
    assert kept <= set(LISTING.listed(underlying, tomorrow))


def test_strikes_are_five_points_apart_near_the_money_and_thin_out() -> None:
    grid = strike_grid("SPX", 4000.0, 45, date(2020, 1, 2))
    steps = {round(low / 4000, 2): step for low, step in zip(grid[:-1], np.diff(grid), strict=True)}
    assert steps[0.50] == 25
    assert steps[0.90] == steps[1.00] == steps[1.10] == 5
    assert grid[0] == 1200
    assert grid[-1] == 6000


@pytest.mark.parametrize(
    ("days", "on", "step"),
    [(45, date(1999, 1, 4), 5), (90, date(1999, 1, 4), 25), (90, date(2010, 1, 4), 10)],
)
def test_far_strikes_are_coarser_and_were_coarser_still_before_2005(
    days: int, on: date, step: float
) -> None:
    grid = strike_grid("SPX", 1000.0, days, on)
    middle = int(np.searchsorted(grid, 1000.0))
    assert np.diff(grid[middle - 1 : middle + 2]).tolist() == [step, step]


def test_vix_strikes_are_those_of_a_recorded_chain() -> None:
    """February 2012: by 1 to 30, by 2.5 to 50, by 5 to 100 (the exchange added 11-14 in 2013)."""
    recorded = [*range(10, 31), 32.5, 35, 37.5, 40, 42.5, 45, 47.5, *range(50, 101, 5)]
    assert strike_grid("VIX", 20.0, 30, date(2013, 1, 15)).tolist() == recorded


@given(
    st.one_of(
        st.tuples(st.just("SPX"), st.floats(100, 9000)),
        st.tuples(st.just("VIX"), st.floats(10, 90)),
    ),
    st.integers(1, 365),
    DATES,
)
def test_strikes_ascend_and_surround_the_spot(
    market: tuple[str, float], days: int, on: date
) -> None:
    underlying, spot = market
    grid = strike_grid(underlying, spot, days, on)
    assert (np.diff(grid) > 0).all()
    assert grid[0] <= spot <= grid[-1]
    assert not grid.flags.writeable


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("spx_cboe_snapshots.csv.gz", "quote_session"),
        ("spx_ivolatility_2011-01-03_07.csv.gz", "quote_date"),
    ],
)
def test_no_expiry_is_listed_that_a_recorded_chain_lacks(name: str, column: str) -> None:
    folder = os.environ.get("HEDGEROW_VALIDATION_DATA")
    if not folder:
        pytest.skip("HEDGEROW_VALIDATION_DATA names no folder of recorded chains")
    import pandas as pd

    chain = pd.read_csv(
        Path(folder, "spx_option_chains", name), usecols=[column, "root", "expiry"]
    ).drop_duplicates()
    chain["root"] = chain["root"].replace("SPXPM", "SPXW")
    for day, quotes in chain.groupby(column):
        recorded = set(zip(quotes["root"], quotes["expiry"], strict=True))
        listed = LISTING.listed("SPX", date.fromisoformat(str(day)))
        assert {(e.root, e.date.isoformat()) for e in listed} <= recorded
        assert len(listed) >= 10


def test_index_futures_are_quarterly_and_not_older_than_the_e_mini():
    listing = standard_listing()
    assert listing.listed(INDEX_FUTURES, date(1997, 9, 8)) == ()
    ahead = listing.listed(INDEX_FUTURES, date(2020, 1, 2))
    assert [each.date.month for each in ahead] == [3, 6, 9, 12, 3]
    assert {each.settlement for each in ahead} == {Settlement.OPEN}
    assert listing.nearest(INDEX_FUTURES, date(2020, 1, 2), 90, Cycle.WEEKLY) is None


@pytest.mark.parametrize("underlying", ["SPX", "VIX", "QQQ", INDEX_FUTURES])
@pytest.mark.parametrize("cycle", [None, "monthly", "weekly"])
def test_how_far_ahead_anything_is_listed(underlying, cycle):
    """On some day something is so many days ahead, and on none further."""
    days = [
        date.fromordinal(n)
        for n in range(date(1998, 1, 1).toordinal(), date(2031, 1, 1).toordinal())
    ]
    ahead = [
        (expiry.date - on).days
        for on in days
        for expiry in LISTING.listed(underlying, on, Cycle(cycle or "any"))[-1:]
    ]
    assert furthest_expiry(underlying, cycle) == max(ahead, default=0)
