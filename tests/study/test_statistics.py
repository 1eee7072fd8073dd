"""Statistics against empyrical, against plain loops, and their laws."""

from __future__ import annotations

import empyrical
import numpy as np
import pytest
from hedgerow.study.returns import (
    cash_growth,
    cash_returns,
    daily_returns,
    drawdown,
    period_returns,
)
from hedgerow.study.statistics import beta, deepest_drawdown, sharpe, sortino, summary, volatility
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.study.synthetic_runs import core, unhedged, weekdays

EQUITIES = st.lists(st.integers(50_000_00, 150_000_00), min_size=3, max_size=60).map(np.array)


@pytest.fixture(scope="module")
def run():
    return core(1_000)


def test_ratios_agree_with_empyrical(run):
    returns = daily_returns(run.equity)
    excess = returns - cash_returns(run)
    index = daily_returns(run.benchmark)
    assert volatility(returns) == pytest.approx(empyrical.annual_volatility(returns))
    assert sharpe(excess) == pytest.approx(empyrical.sharpe_ratio(excess))
    assert sortino(excess) == pytest.approx(empyrical.sortino_ratio(excess))
    assert beta(returns, index) == pytest.approx(empyrical.beta(returns, index))
    assert drawdown(run.equity).min() == pytest.approx(empyrical.max_drawdown(returns))


def test_annual_return_compounds_over_calendar_time():
    run = core(600)
    doubled = replace(
        run,
        sessions=np.array(["2007-01-01", "2011-01-01"], "datetime64[D]"),
        equity=np.array([100, 200]),
        margin=np.zeros(2, np.int64),
        benchmark=np.ones(2),
    )
    assert summary(doubled).annual_return == pytest.approx(2 ** (365.25 / 1461) - 1)


@given(EQUITIES)
def test_the_deepest_drawdown_is_what_a_plain_loop_finds(equity):
    found = deepest_drawdown(weekdays(len(equity)), equity)
    high, worst, amount = 0, 0.0, 0
    for value in equity.tolist():
        high = max(high, value)
        if value / high - 1.0 < worst:
            worst, amount = value / high - 1.0, high - value
    if found is None:
        assert worst == 0.0
    else:
        assert (found.ratio, found.amount) == (worst, amount)
        assert found.peak < found.trough
        assert found.recovered is None or found.recovered > found.trough


@given(EQUITIES)
def test_months_and_years_compound_to_the_whole(equity):
    sessions = weekdays(len(equity))
    returns = daily_returns(equity)
    for unit in ("M", "Y"):
        periods = period_returns(sessions, returns, unit)
        assert np.prod(1 + periods.returns) == pytest.approx(equity[-1] / equity[0])
        assert periods.sessions.sum() == len(returns)


def test_ten_times_the_equity_scales_money_and_leaves_ratios(run):
    here = summary(run)
    there = summary(
        replace(
            run,
            equity=run.equity * 10,
            margin=run.margin * 10,
            layers={rule: profit * 10 for rule, profit in run.layers.items()},
        )
    )
    assert there.final_equity == 10 * here.final_equity
    assert there.drawdown.amount == 10 * here.drawdown.amount
    for ratio in ("annual_return", "volatility", "sharpe", "sortino", "beta", "margin_peak"):
        assert getattr(there, ratio) == pytest.approx(getattr(here, ratio))
    assert there.drawdown.ratio == pytest.approx(here.drawdown.ratio)
    assert there.worst_month.at == here.worst_month.at


def test_what_bought_premium_brought_less_its_cost_is_what_its_trades_made(run):
    bought = summary(run).bought
    made = sum(trade.result for trade in run.trades if trade.rule.startswith("hedge."))
    assert bought.rules == ("hedge.first", "hedge.second")
    assert bought.gain - bought.cost == made
    assert bought.cost > 0


def test_a_book_that_only_sells_premium_has_bought_none():
    assert summary(unhedged(300)).bought.rules == ()


def test_costs_are_the_fees_and_slippage_of_all_fills(run):
    counted = summary(run)
    assert counted.costs == sum(fill.fee + fill.slippage for fill in run.fills)


def test_a_run_that_never_moves_has_no_ratios():
    run = unhedged(300)
    still = replace(run, equity=np.full(300, 5_000_000), rate=None, trades=(), fills=())
    counted = summary(still)
    assert (counted.sharpe, counted.sortino, counted.drawdown) == (None, None, None)
    assert (counted.win_rate, counted.average_days, counted.costs) == (None, None, 0)
    assert counted.annual_return == 0.0


def test_cash_alone_has_no_ratios_made_of_rounded_cents():
    idle = unhedged(300)
    kept = np.rint(5_000_000 * cash_growth(idle)).astype(np.int64)
    counted = summary(replace(idle, equity=kept, trades=(), fills=()))
    assert counted.annual_return > 0
    assert (counted.sharpe, counted.sortino) == (None, None)


def test_a_single_session_has_a_summary():
    run = unhedged(300)
    one = replace(
        run,
        **{name: getattr(run, name)[:1] for name in ("sessions", "equity", "margin", "benchmark")},
        rate=None,
    )
    assert summary(one).worst_day is None


def test_equity_that_is_gone_ends_the_returns():
    returns = daily_returns(np.array([100, 0, -50, -20]))
    assert returns.tolist() == [-1.0, 0.0, 0.0]
