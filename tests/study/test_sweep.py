"""Many versions of one strategy: ranks, what numbers do, luck, and choosing as time goes by."""

from __future__ import annotations

import numpy as np
import pytest
from hedgerow.study.goals import GOALS, Path, path_of
from hedgerow.study.luck import luck, superior
from hedgerow.study.other_fills import bracket
from hedgerow.study.resampling import Resampling, draw
from hedgerow.study.results import RESULTS, as_they_came
from hedgerow.study.returns import cash_returns
from hedgerow.study.sweep import extract_of, sweep
from hedgerow.study.walk import YEARS_TO_LEARN, walk
from hedgerow.vocabulary import RESULTS as WORDS
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from study.synthetic_runs import CAPITAL, core, unhedged

SHARPE = GOALS["sharpe"]


@pytest.fixture(scope="module")
def run():
    return core(2_000)


def path_of_run(run) -> Path:
    return path_of(run.sessions, run.equity, cash_returns(run))


def path(returns, start="2000-01-03") -> Path:
    """Of daily returns on weekdays, where cash earns nothing."""
    days = np.busday_offset(np.datetime64(start), np.arange(len(returns) + 1), roll="forward")
    equity = np.rint(CAPITAL * np.cumprod(np.concatenate([[1.0], 1.0 + np.asarray(returns)])))
    return path_of(days, equity.astype(np.int64), np.zeros(len(returns)))


def noise(seed: int, count: int, mean: float = 0.0) -> np.ndarray:
    return mean + 0.01 * np.random.default_rng(seed).standard_normal(count)


# --- goals ------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", GOALS)
def test_a_goal_is_the_result_of_that_name(word, run):
    (expected,) = RESULTS[word](run, as_they_came(len(run.sessions) - 1))
    assert GOALS[word].read(path_of_run(run)) == pytest.approx(expected, rel=1e-9)
    assert word in WORDS


@given(st.integers(2, 250), st.sampled_from([*GOALS]))
def test_a_stretch_of_a_path_knows_nothing_of_the_rest(close, word):
    whole = path(noise(1, 300))
    other = path(np.concatenate([noise(1, 300)[:close], noise(2, 300 - close)]))
    assert GOALS[word].read(whole.until(close)) == GOALS[word].read(other.until(close))


def test_what_loses_less_stands_higher():
    calm, wild = path(noise(1, 300) / 10), path(noise(1, 300))
    for word in ("max_drawdown", "cvar"):
        goal = GOALS[word]
        assert goal.standing(goal.read(calm)) > goal.standing(goal.read(wild))
    assert SHARPE.standing(None) < SHARPE.standing(-9.0)


# --- ranks and effects ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def swept(run):
    """Four versions of two params; the third is the one as written."""
    plain = unhedged(2_000)
    halved = replace(plain, equity=(plain.equity + CAPITAL) // 2)
    idle = replace(
        plain, equity=np.full_like(plain.equity, CAPITAL), trades=(), fills=(), rate=None
    )
    settings = [("10%", "1 sd"), ("10%", "2 sd"), ("20%", "1 sd"), ("20%", "2 sd")]
    made = [extract_of(each) for each in (plain, halved, run, idle)]
    return sweep(["share", "distance"], settings, made, 2, run, SHARPE)


def test_the_best_comes_first_and_what_has_no_number_last(swept):
    ordered = [swept.values[at] for at in swept.ranking]
    known = [each for each in ordered if each is not None]
    assert known == sorted(known, reverse=True)
    assert ordered[len(known) :] == [None] * (len(ordered) - len(known))
    assert [swept.rank(at) for at in swept.ranking] == [1, 2, 3, 4]


def test_an_effect_is_of_all_versions_with_that_number(swept):
    assert [(each.value, each.versions) for each in swept.effects_of("share")] == [
        ("10%", 2),
        ("20%", 2),
    ]
    narrow = swept.effects_of("distance")[0]
    both = sorted((swept.values[0], swept.values[2]))
    assert (narrow.lowest, narrow.highest) == tuple(both)
    assert narrow.middle == pytest.approx(sum(both) / 2)


def test_versions_ahead_of_cash_are_counted_by_their_last_equity(swept, run):
    ends = [each.summary.final_equity for each in swept.made]
    assert swept.cash_alone == bracket(run).cash_alone
    assert swept.ahead_of_cash == sum(end > swept.cash_alone for end in ends)


# --- luck -------------------------------------------------------------------------------------


@pytest.mark.parametrize("edge", [0.0, 0.0004, 0.0008])
@pytest.mark.parametrize("seed", range(4))
def test_the_chance_of_luck_is_the_one_arch_gives(seed, edge):
    from arch.bootstrap import SPA

    gaps = [noise(100 * seed + at, 1_500) * (1 + at) for at in range(8)]
    gaps[3] = gaps[3] - gaps[3].mean() + 4 * edge
    gaps[5] = gaps[5] - 0.02  # hopeless: left out of what chance might have made best
    draws = draw(1_500, Resampling(21, 2_000, seed, 0.95))
    # arch compares means as they are, so it is given differences of one standard error.
    alike = np.column_stack([gap / draws.sums(gap).std() for gap in gaps])
    oracle = SPA(np.zeros(1_500), -alike, 21, 2_000, seed=seed)
    oracle.compute()
    assert superior(gaps, draws) == pytest.approx(oracle.pvalues["consistent"], abs=0.001)


def test_the_more_are_tried_the_less_the_same_best_says():
    base, better = noise(1, 2_000), noise(2, 2_000, 0.0006)
    alone = luck([base, better], 0)
    among = luck([base, better, *(noise(seed, 2_000) for seed in range(3, 63))], 0)
    assert alone is not None
    assert among is not None
    assert among.p_value > alone.p_value
    assert among.tried == 61


def test_a_larger_stake_is_no_better_version():
    base = noise(1, 1_000, 0.0004)
    assert luck([base, 3 * base], 0) is None, "at one volatility the two are the same"


def test_a_version_that_is_better_nearly_every_day_is_not_luck():
    base = noise(1, 1_000)
    found = luck([base, base + 0.001 + noise(2, 1_000) / 10], 0)
    assert found is not None
    assert found.p_value < 0.01
    assert found.best > 0


@pytest.mark.parametrize(
    "excess", [[noise(1, 50), noise(2, 50)], [np.zeros(500), noise(2, 500)], [noise(1, 500)]]
)
def test_where_there_is_nothing_to_test_none_is_said(excess):
    assert luck(excess, 0) is None


# --- choosing again every January -------------------------------------------------------------


def eight_years(seed: int) -> np.ndarray:
    return noise(seed, 8 * 261)


def test_the_first_choice_waits_for_enough_years():
    found = walk([path(eight_years(1)), path(eight_years(2))], 0, SHARPE)
    assert found is not None
    assert [each.year for each in found.choices] == [2005, 2006, 2007, 2008][: len(found.choices)]
    assert walk([path(noise(1, 261 * YEARS_TO_LEARN - 5))], 0, SHARPE) is None


def test_a_choice_is_the_best_so_far_and_never_what_is_best_afterwards():
    one, other = eight_years(1), eight_years(2)
    paths = [path(one), path(other)]
    found = walk(paths, 0, SHARPE)
    assert found is not None
    for choice in found.choices:
        start = int(paths[0].sessions.searchsorted(np.datetime64(f"{choice.year}-01-01")))
        so_far = [SHARPE.read(each.until(start - 1)) for each in paths]
        assert choice.version == int(np.argmax(so_far))


def test_what_comes_after_a_choice_does_not_change_it():
    before, cut = eight_years(1), 6 * 261
    other = eight_years(2)
    whole = walk([path(before), path(other)], 0, SHARPE)
    changed = walk(
        [path(before), path(np.concatenate([other[:cut], eight_years(3)[cut:] + 0.01]))], 0, SHARPE
    )
    assert whole is not None
    assert changed is not None
    assert [each.version for each in whole.choices[:2]] == [
        each.version for each in changed.choices[:2]
    ]


def test_an_account_that_never_changes_versions_makes_what_the_version_makes():
    good, bad = path(eight_years(1) + 0.002), path(eight_years(2) - 0.002)
    found = walk([bad, good], 0, SHARPE)
    assert found is not None
    assert {each.version for each in found.choices} == {1}
    assert found.chosen == pytest.approx(found.hindsight, rel=1e-4)
    first = found.choices[0]
    start = int(good.sessions.searchsorted(np.datetime64(f"{first.year}-01-01")))
    stop = int(good.sessions.searchsorted(np.datetime64(f"{first.year + 1}-01-01")))
    assert first.made == pytest.approx(good.equity[stop - 1] / good.equity[start - 1] - 1, abs=1e-6)
