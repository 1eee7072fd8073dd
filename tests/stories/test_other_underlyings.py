"""Shares and options of underlyings besides SPX and VIX, from a year of made-up closes."""

from datetime import date

import numpy as np
import pytest
from hedgerow.account.assumptions import Assumptions
from hedgerow.account.fee_files import schedule
from hedgerow.book.shocks import shipped_shocks
from hedgerow.host.backtrader import run_backtrader
from hedgerow.host.direct import run_direct
from hedgerow.market.contract import Expiry, Kind, Right, Settlement
from hedgerow.market.data_fault import DataFault
from hedgerow.market.history import History, Series
from hedgerow.market.implied import expected_move, implied_vol, skew
from hedgerow.market.market_from_history import market_from_history
from hedgerow.study.book_on import book_on
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.host.runs import assert_same
from tests.market_strategies import histories, market
from tests.running import plan_of, run

RULES = """strategy tenth 1.0.0
"Condors on another underlying"

needs SPX, VIX, {name}

entry condor {{
  sell iron_condor({name}, expiry = 30 days, short = 20 delta, wing = 5 points)
  when no condor open
  size risk 10% of capital
  exit when days_to_expiry <= 3 days "gamma"
}}
entry held {{
  buy shares({name})
  when no held open
  size spend 10% of capital
}}
"""
START = date(2018, 1, 2)


def year(days: int = 250, seed: int = 4) -> History:
    """SPX and VIX, without dividends, as SPY is taken to be."""
    rng = np.random.default_rng(seed)
    spx = np.round(2700 * np.exp(np.cumsum(rng.normal(0, 0.009, days))), 2)
    vix = np.round(16 * np.exp(np.cumsum(rng.normal(0, 0.03, days)) * 0.5), 2)
    history = market(spx.tolist(), np.clip(vix, 9, 60).tolist(), START)
    return replace(history, dividend_yield=np.zeros(days))


def with_series(history: History, **closes: np.ndarray) -> History:
    series = {**history.series, **{name: Series(each) for name, each in closes.items()}}
    return replace(history, series=series)


def with_tenth(history: History, name: str, **more: np.ndarray) -> History:
    return with_series(history, **{name: history.series["SPX"].close / 10}, **more)


def test_an_option_on_a_tenth_of_the_index_costs_a_tenth_of_one_on_the_index():
    known = market_from_history(with_tenth(year(), "SPY"))
    day = date(2018, 3, 16)
    at = int(known.history.sessions.searchsorted(np.datetime64("2018-02-14")))
    on_index = Expiry("SPXW", day, Settlement.CLOSE, False)
    on_shares = known.expiry("SPY", at, 30)
    assert on_shares == Expiry("SPY", day, Settlement.CLOSE, True)
    for right, strike in ((Right.PUT, 2600.0), (Right.CALL, 2800.0)):
        whole = known.marks(known.contract("SPX", on_index, right, strike), at)
        tenth = known.marks(known.contract("SPY", on_shares, right, strike / 10), at)
        np.testing.assert_allclose(10 * tenth, whole, atol=1e-9)


def test_a_volatility_of_its_own_wins_over_the_published_one_and_that_over_the_past():
    past = year()
    own, published = np.full(len(past), 31.0), np.full(len(past), 25.0)

    def option(**series: np.ndarray) -> tuple[float, str]:
        known = market_from_history(with_tenth(past, "QQQ", **series))
        contract = known.contract("QQQ", known.expiry("QQQ", 40, 30), Right.CALL, 270.0)
        return known.mark(contract, 40), known.source(contract, 40)

    dearest, source = option(QQQ_IV=own, VXN=published)
    dearer, other = option(VXN=published)
    cheapest, past_only = option()
    assert dearest > dearer > cheapest
    assert (source, other, past_only) == ("model:V", "model:V", "model:R")


def test_the_volatility_of_the_past_starts_at_vix_and_learns_from_returns():
    flat = with_series(year(), XYZ=np.full(250, 80.0))
    closes = market_from_history(flat).closes("XYZ")
    assert closes.vix[0] == flat.series["VIX"].close[0]
    assert closes.vix[20] == pytest.approx(closes.vix[0] / 2**0.5, rel=1e-9)  # half the variance
    assert closes.vix[-1] == 5.0  # the least that is priced


def test_an_option_settles_at_the_close_of_its_friday_against_its_own_underlying():
    known = market_from_history(with_tenth(year(), "QQQ"))
    expiry = known.expiry("QQQ", 30, 30, "monthly")
    contract = known.contract("QQQ", expiry, Right.CALL, 200.0)
    settled = known.settlement(contract)
    assert not settled.at_open
    assert known.history.sessions[settled.index].item() == expiry.date
    assert settled.value == known.spot("QQQ", settled.index)
    assert settled.source == "series close"
    assert known.marks(contract, 30)[-1] == pytest.approx(settled.value - 200.0, abs=1e-9)


def test_a_shock_moves_what_tracks_the_index_as_it_moves_the_index():
    known = market_from_history(with_tenth(year(), "SPY"))
    spot, vix = known.spot("SPX", 60), known.spot("VIX", 60)
    shocked = known.shocked(60, 0.9 * spot, vix + 10)
    expiry = known.expiry("SPY", 60, 45)
    index = Expiry("SPXW", expiry.date, Settlement.CLOSE, False)
    legs = (
        known.contract("SPY", expiry, Right.PUT, 250.0),
        known.contract("SPX", index, Right.PUT, 2500.0),
        known.shares("SPY"),
    )
    tenth, whole, shares = known.prices(legs, 60, shocked)[:, 0]
    assert 10 * tenth == pytest.approx(whole, rel=1e-9)
    assert shares == pytest.approx(0.9 * known.spot("SPY", 60))


def test_a_shock_says_nothing_of_other_underlyings():
    known = market_from_history(with_tenth(year(), "QQQ"))
    call = known.contract("QQQ", known.expiry("QQQ", 60, 45), Right.CALL, 270.0)
    shocked = known.shocked(60, np.array([2000.0, 3000.0]), np.array([40.0, 10.0]))
    prices = known.prices((call, known.shares("QQQ")), 60, shocked)
    assert prices.tolist() == [[known.mark(call, 60)] * 2, [known.spot("QQQ", 60)] * 2]


def test_condors_and_shares_of_it_run_alike_in_both_hosts():
    known = market_from_history(with_tenth(year(), "QQQ", VXN=np.full(250, 21.0)))
    plan, taken, fees = plan_of(RULES.format(name="QQQ")), Assumptions(), schedule("default")
    here = run_direct(plan, known, taken, fees)
    assert_same(run_backtrader(plan, known, taken, fees), here)
    contracts = [leg.contract for fill in here.fills for leg in fill.order.legs]
    traded = {(each.underlying, each.kind) for each in contracts}
    assert traded == {("QQQ", Kind.OPTION), ("QQQ", Kind.SHARES)}
    assert set(here.sources) == {"model:V", "series close"}


def test_a_book_of_it_shows_its_volatility_and_is_said_to_stay_under_shocks():
    known = market_from_history(with_tenth(year(), "QQQ", VXN=np.full(250, 21.0)))
    result = run(RULES.format(name="QQQ"), known)
    day = next(fill.at for fill in result.fills if len(fill.order.legs) == 4)
    book = book_on(result, known, day, [*shipped_shocks().values()])
    vols = [each.implied_vol for each in book.contracts if each.implied_vol is not None]
    assert len(vols) == 4
    assert all(0.1 < vol < 0.4 for vol in vols)
    assert book.unmoved == ("QQQ",)
    assert {change.whole for change in book.shocks} == {0.0}


def test_words_of_options_are_known_of_it_too():
    known = market_from_history(with_tenth(year(), "QQQ", QQQ_IV=np.full(250, 30.0)))
    at_money = implied_vol(known, "QQQ", 30.0, 0.5)
    assert ((at_money > 0.2) & (at_money < 0.3)).all()
    assert (skew(known, "QQQ", 30.0) > 0).all()
    tracker = market_from_history(with_tenth(year(), "SPY"))
    ours, theirs = (expected_move(tracker, name, 30.0) for name in ("SPY", "SPX"))
    np.testing.assert_allclose(10 * ours, theirs)
    text = RULES.format(name="QQQ").replace("no condor open", "implied_vol(QQQ, 30 days) > 20%")
    assert run(text, known).fills


def test_nothing_is_sold_on_it_before_its_first_close():
    past = year()
    closes = past.series["SPX"].close / 10
    closes = np.where(np.arange(250) < 100, np.nan, closes)
    result = run(RULES.format(name="QQQ"), with_series(past, QQQ=closes))
    first = past.sessions[100].item()
    assert min(fill.at for fill in result.fills) > first
    early = {each.because.rule for each in result.rejections if each.at < first}
    assert early == {"condor", "held"}


def test_a_series_that_falls_below_zero_has_no_options_and_says_so():
    past = year()
    spread = past.series["SPX"].close - 2700
    with pytest.raises(DataFault, match="is below zero, so there are no options on it"):
        run(RULES.format(name="NETADL"), with_series(past, NETADL=spread))


@settings(max_examples=15)
@given(histories(), st.data())
def test_what_happens_after_a_session_changes_nothing_up_to_it(history, data):
    known = with_tenth(history, "QQQ")
    cut = data.draw(st.integers(5, len(known) - 1), label="cut after session")
    whole, part = (run(RULES.format(name="QQQ"), each) for each in (known, known.until(cut)))
    last = part.sessions[-1].item()
    assert tuple(each for each in whole.entries if each.at <= last) == part.entries
    np.testing.assert_array_equal(whole.equity[: cut + 1], part.equity)
