"""Results of a run: as they came they are those of its summary, drawn they are those of `arch`."""

from __future__ import annotations

import empyrical
import numpy as np
import pytest
from arch.bootstrap import StationaryBootstrap
from hedgerow.study.resampling import Resampling, draw
from hedgerow.study.results import RESULTS, as_they_came
from hedgerow.study.returns import daily_returns
from hedgerow.study.statistics import summary
from hedgerow.vocabulary import RESULTS as WORDS
from msgspec.structs import replace

from tests.study.synthetic_runs import core

DRAWN = Resampling(21, 200, 3)


@pytest.fixture(scope="module")
def run():
    return core(1_001)


def came(run, word):
    (value,) = RESULTS[word](run, as_they_came(len(run.sessions) - 1))
    return value


def test_every_word_for_claims_has_its_result():
    assert list(RESULTS) == list(WORDS)


def test_what_happened_is_what_the_summary_says(run):
    told = summary(run)
    won = sum(trade.result for trade in run.trades if trade.result > 0)
    lost = -sum(trade.result for trade in run.trades if trade.result < 0)
    traded = sum(abs(fill.cash) for fill in run.fills)
    years = (told.last - told.first).days / 365.25
    expected = {
        "annual_return": told.annual_return,
        "volatility": told.volatility,
        "sharpe": told.sharpe,
        "sortino": told.sortino,
        "calmar": -told.annual_return / told.drawdown.ratio,
        "max_drawdown": -told.drawdown.ratio,
        "cvar": -empyrical.conditional_value_at_risk(daily_returns(run.equity), 0.05),
        "win_rate": told.win_rate,
        "profit_factor": won / lost,
        "average_days_held": told.average_days,
        "turnover": traded / run.equity[1:].mean() / years,
        "costs": told.costs / 100,
        "beta": told.beta,
    }
    assert list(expected) == list(RESULTS)
    for word, value in expected.items():
        assert came(run, word) == pytest.approx(value, rel=1e-9), word


@pytest.mark.parametrize("word, measured", [
    ("max_drawdown", lambda returns: -empyrical.max_drawdown(returns)),
    ("cvar", lambda returns: -empyrical.conditional_value_at_risk(returns, 0.05)),
    ("volatility", lambda returns: empyrical.annual_volatility(returns)),
])  # fmt: skip
def test_what_might_have_happened_is_what_arch_draws(run, word, measured):
    oracle = StationaryBootstrap(DRAWN.block, daily_returns(run.equity), seed=DRAWN.seed)
    expected = oracle.apply(measured, DRAWN.repetitions).ravel()
    found = RESULTS[word](run, draw(len(run.sessions) - 1, DRAWN))
    assert found == pytest.approx(expected, rel=1e-9)


def test_sums_need_no_order_and_give_what_the_order_gives():
    column = np.random.default_rng(5).normal(size=300)
    draws = draw(300, DRAWN)
    histories = list(draws.histories(column))
    assert all(len(history) == 300 for history in histories)
    assert draws.sums(column) == pytest.approx([history.sum() for history in histories])


def test_a_fall_is_deeper_where_its_days_are_neighbours(run):
    """The same returns, the bad ones together or far apart."""
    steps = np.full(1_000, 1.001)
    together, apart = steps.copy(), steps.copy()
    together[500:540], apart[::25] = 0.99, 0.99
    draws = draw(1_000, DRAWN)
    clustered, spread = (
        RESULTS["max_drawdown"](replace(run, equity=equity_of(each)), draws)
        for each in (together, apart)
    )
    assert np.median(clustered) > 5 * np.median(spread)


def equity_of(steps):
    return np.round(1e10 * np.cumprod([1.0, *steps])).astype(np.int64)


def test_a_ruined_account_has_lost_all_of_it_in_every_history_that_holds_the_day(run):
    equity = equity_of(np.full(1_000, 1.001))
    equity[600:] = 0
    ruined = replace(run, equity=equity)
    assert came(ruined, "annual_return") == -1.0
    assert came(ruined, "max_drawdown") == pytest.approx(1.0)
    draws = draw(1_000, DRAWN)
    drawn = [599 in history for history in draws.histories(np.arange(1_000.0))]
    assert (RESULTS["annual_return"](ruined, draws) == -1.0).tolist() == drawn


def test_what_does_not_exist_is_unknown(run):
    idle = replace(run, trades=(), fills=(), equity=np.full_like(run.equity, 10_000_000))
    missing = {word for word in RESULTS if np.isnan(came(idle, word))}
    assert missing == {"calmar", "win_rate", "profit_factor", "average_days_held"}
    assert came(replace(idle, rate=None), "volatility") == 0.0
    still = replace(idle, rate=None)
    assert np.isnan(came(still, "sharpe")) and np.isnan(came(still, "sortino"))


def test_without_a_loser_the_profit_factor_has_no_end(run):
    winners = tuple(trade for trade in run.trades if trade.result > 0)
    assert came(replace(run, trades=winners), "profit_factor") == np.inf
