"""Claims on markets where they are true, false or open by construction."""

from __future__ import annotations

import numpy as np
import pytest
from hedgerow.account.assumptions import Assumptions
from hedgerow.book import book_from_text
from hedgerow.market.generator import generated_history
from hedgerow.market.market_from_history import market_from_history
from hedgerow.study.claims import Standing, judged, not_judged
from hedgerow.text.source import Source
from msgspec.structs import replace

from tests.running import run
from tests.study.synthetic_runs import core, unhedged

HOLDER = """strategy holder 1.0.0
"Buys the index with a part of the capital, and holds it"

needs SPX, VIX

entry hold {
  buy shares(SPX)
  size spend PART of capital
}
"""
SUPPORTED, CONTRADICTED, UNDECIDED, NOT_JUDGED = Standing


def claim(*promises, against="whole"):
    text = f'claim "as promised" against {against} {{\n  {chr(10).join(promises)}\n}}\n'
    source = Source("holder.rules", HOLDER.replace("PART", "50%") + text)
    return book_from_text(source).claims[0]


def held(part, market, **assumptions):
    return run(HOLDER.replace("PART", part), market, Assumptions(interest=False, **assumptions))


@pytest.fixture(scope="module")
def market():
    return market_from_history(generated_history(11, 600))


@pytest.fixture(scope="module")
def halves(market):
    """Half of the capital in the index, and nearly all of it."""
    return held("50%", market), held("99%", market)


def standing(pair, *promises):
    return judged(claim(*promises), *pair, repetitions=400).standing


# --- true and false by construction ------------------------------------------------------------


@pytest.mark.parametrize("promise", [
    "max_drawdown <= 67% of baseline.max_drawdown",
    "volatility < 60% of baseline.volatility",
    "cvar < 60% of baseline.cvar",
    "beta between 0.35 and 0.7",
    "beta < baseline.beta and not volatility > baseline.volatility",
    "max_drawdown < 100%",
])  # fmt: skip
def test_half_of_an_investment_has_half_of_its_risk(halves, promise):
    assert standing(halves, promise) is SUPPORTED
    assert standing(halves, f"not ({promise})") is CONTRADICTED


def test_the_other_way_round_the_same_promise_is_contradicted(halves):
    promise = "max_drawdown <= 67% of baseline.max_drawdown"
    assert standing(halves[::-1], promise) is CONTRADICTED


def test_what_chance_can_do_either_way_is_undecided():
    """Two runs whose daily differences are noise around zero."""
    base = unhedged(700)
    noise = np.random.default_rng(2).normal(0.0, 0.0005, len(base.sessions))
    equity = np.round(base.equity * np.cumprod(1.0 + noise - noise.mean())).astype(np.int64)
    other = replace(base, name="other", equity=equity)
    for word in ("annual_return", "max_drawdown", "sharpe"):
        assert standing((other, base), f"{word} > baseline.{word}") is UNDECIDED
        assert standing((other, base), f"{word} < baseline.{word}") is UNDECIDED


def test_a_claim_is_as_good_as_its_weakest_promise(halves):
    true, false = "beta < baseline.beta", "beta > baseline.beta"
    assert standing(halves, true, true) is SUPPORTED
    found = judged(claim(true, false), *halves, repetitions=400)
    assert found.standing is CONTRADICTED
    assert [each.standing for each in found.promises] == [SUPPORTED, CONTRADICTED]


# --- what is told of a verdict -------------------------------------------------------------------


def test_the_margin_says_how_far_a_promise_is_from_failing(halves):
    promise = judged(
        claim("max_drawdown <= 67% of baseline.max_drawdown"), *halves, repetitions=400
    ).promises[0]
    ours, theirs = promise.measured
    assert (ours.name, theirs.name) == ("max_drawdown", "baseline.max_drawdown")
    assert promise.margin.value == pytest.approx(0.67 * theirs.value - ours.value)
    assert 0 < promise.margin.interval.low <= promise.margin.interval.high
    assert promise.held == 1.0


@pytest.mark.parametrize("promise, sign", [
    ("sharpe > baseline.sharpe", 1), ("sharpe < baseline.sharpe", -1),
])  # fmt: skip
def test_an_interval_on_one_side_of_zero_is_a_verdict_and_no_other_is(promise, sign):
    better = core(900)
    for drift in (-30_000, 3_000, 30_000):
        other = replace(better, equity=better.equity + np.arange(900) * drift)
        found = judged(claim(promise), other, better, repetitions=400).promises[0]
        low, high = sorted((found.margin.interval.low, found.margin.interval.high))
        if low > 0:
            assert found.standing is SUPPORTED
        elif high < 0:
            assert found.standing is CONTRADICTED
        elif low < 0 < high:
            assert found.standing is UNDECIDED
        assert np.sign(found.margin.value) == sign * np.sign(drift)


def test_promises_of_several_comparisons_have_no_margin(halves):
    found = judged(claim("beta between 0 and 1"), *halves, repetitions=100).promises[0]
    assert (found.standing, found.margin) == (SUPPORTED, None)


def test_a_name_used_by_names_used_by_names_is_worked_out_once(halves):
    doubled = "".join(f"let n{at + 1} = n{at} + n{at}\n" for at in range(14))
    text = f"{HOLDER.replace('PART', '50%')}param n0 = 1%\n{doubled}"
    text += 'claim "so" against whole {\n  max_drawdown < n14\n}\n'
    (asked,) = book_from_text(Source("holder.rules", text)).claims
    assert judged(asked, *halves, repetitions=20).standing is SUPPORTED


def test_the_same_claim_on_the_same_runs_is_judged_the_same(halves):
    asked = claim("sharpe > baseline.sharpe")
    assert judged(asked, *halves, seed=4) == judged(asked, *halves, seed=4)
    assert judged(asked, *halves, seed=4) != judged(asked, *halves, seed=5)


def test_the_trades_behind_it_are_counted():
    base, hedged = unhedged(500), core(500)
    found = judged(claim("win_rate > 0"), hedged, base, repetitions=50)
    assert found.trades == (len(hedged.trades), len(base.trades))


# --- what cannot be judged -----------------------------------------------------------------------


def test_few_sessions_are_not_judged(market):
    start, end = market.history.sessions[[100, 159]].tolist()
    pair = [held(part, market, start=start, end=end) for part in ("50%", "99%")]
    found = judged(claim("beta < baseline.beta"), *pair)
    assert (found.standing, found.why) == (NOT_JUDGED, "fewer than 60 sessions")
    later = [held("50%", market, start=end), held("50%", market, end=start)]
    assert judged(claim("beta < 1"), *later).standing is NOT_JUDGED


def test_two_that_did_the_same_are_not_judged_against_each_other(halves):
    found = judged(claim("cvar < baseline.cvar"), halves[0], halves[0])
    assert (found.standing, found.why) == (
        NOT_JUDGED, "the two did the same on all of these sessions",
    )  # fmt: skip
    alone = judged(claim("max_drawdown < 100%"), halves[0], halves[0], repetitions=50)
    assert alone.standing is SUPPORTED


def test_a_result_that_does_not_exist_is_not_judged(halves):
    found = judged(claim("win_rate > baseline.win_rate", "beta < 1"), *halves, repetitions=50)
    assert found.standing is NOT_JUDGED
    assert found.why == "there is no win_rate in these runs"
    assert [each.standing for each in found.promises] == [NOT_JUDGED, SUPPORTED]


def test_without_a_baseline_nothing_is_judged():
    found = not_judged(claim("beta < 1", "sharpe > 1"), "holder", "there is no whole.rules")
    assert (found.strategy, found.baseline, found.standing) == ("holder", "whole", NOT_JUDGED)
    assert [each.text for each in found.promises] == ["beta < 1", "sharpe > 1"]
