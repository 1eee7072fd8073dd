from __future__ import annotations

import numpy as np
import pytest
from hedgerow.study.compare import Difference, Verdict, compare
from hedgerow.study.fault import StudyFault
from hedgerow.study.regimes import Regime
from hedgerow.study.resampling import SHORTEST_BLOCK, Interval, optimal_block
from hedgerow.study.returns import cash_returns, daily_returns
from hedgerow.study.statistics import sharpe
from msgspec.structs import replace

from tests.study.synthetic_runs import core, unhedged


@pytest.fixture(scope="module")
def runs():
    return unhedged(900), core(900)


def test_a_run_differs_from_itself_by_exactly_nothing(runs):
    made = compare([runs[1], runs[1]], repetitions=100)
    nothing = Interval(0.0, 0.0)
    assert made.pairs[0].annual_return == Difference(0.0, nothing, 899)
    assert made.pairs[0].sharpe == Difference(0.0, nothing, 899)
    assert made.pairs[0].annual_return.verdict is Verdict.UNDECIDED
    assert all(row.differences[1].value == 0.0 for row in made.regimes)
    assert all(year.returns[0] == year.returns[1] for year in made.years)


def test_differences_are_those_of_the_daily_returns(runs):
    pair = compare(runs, repetitions=100).pairs[0]
    base, variant = (daily_returns(run.equity) for run in runs)
    cash = cash_returns(runs[0])
    assert pair.annual_return.value == pytest.approx(252 * (variant - base).mean())
    assert pair.sharpe.value == pytest.approx(sharpe(variant - cash) - sharpe(base - cash))


def test_the_interval_is_the_one_arch_gives(runs):
    from arch.bootstrap import StationaryBootstrap

    made = compare(runs, seed=5, repetitions=400)
    base, variant = (daily_returns(run.equity) for run in runs)
    oracle = StationaryBootstrap(made.resampling.block, variant - base, seed=5)
    low, high = oracle.conf_int(lambda d: d.mean() * 252, 400, method="percentile").ravel()
    found = made.pairs[0].annual_return.interval
    assert (found.low, found.high) == pytest.approx((low, high))


def test_the_sharpe_interval_is_the_one_arch_gives(runs):
    from arch.bootstrap import StationaryBootstrap

    made = compare(runs, seed=5, repetitions=400)
    base, variant = (daily_returns(run.equity) - cash_returns(run) for run in runs)
    oracle = StationaryBootstrap(made.resampling.block, variant, base, seed=5)
    low, high = oracle.conf_int(
        lambda a, b: sharpe(a) - sharpe(b), 400, method="percentile"
    ).ravel()
    found = made.pairs[0].sharpe.interval
    assert (found.low, found.high) == pytest.approx((low, high))


def test_the_same_seed_gives_the_same_comparison(runs):
    assert (
        compare(runs, seed=3, repetitions=50).pairs == compare(runs, seed=3, repetitions=50).pairs
    )
    assert (
        compare(runs, seed=3, repetitions=50).pairs != compare(runs, seed=4, repetitions=50).pairs
    )


def test_a_steady_advantage_is_better_and_its_mirror_worse(runs):
    base = runs[0]
    growth = np.cumprod(np.full(900, 1.0005))
    ahead = replace(base, name="ahead", equity=(base.equity * growth).astype(np.int64))
    assert compare([base, ahead], repetitions=200).pairs[0].annual_return.verdict is Verdict.BETTER
    assert compare([ahead, base], repetitions=200).pairs[0].annual_return.verdict is Verdict.WORSE


def test_runs_of_different_lengths_meet_on_their_common_sessions(runs):
    base, variant = runs
    later = replace(
        variant,
        **{
            field: getattr(variant, field)[100:]
            for field in ("sessions", "equity", "cash", "margin", "benchmark", "gauge", "rate")
        },
        layers={rule: profit[100:] for rule, profit in variant.layers.items()},
    )
    made = compare([replace(base, irr=0.1), replace(later, irr=0.2)], repetitions=50)
    assert [run.irr for run in made.runs] == [None, 0.2]  # of all its trades, not of those left
    assert [len(run.sessions) for run in made.runs] == [800, 800]
    assert made.runs[0].layers["condors.base"][0] == 0
    assert made.runs[0].trades[0].opened >= later.sessions[0].item()
    assert made.pairs[0].annual_return.sessions == 799
    assert any("800 sessions common" in note for note in made.runs[0].notes)


@pytest.mark.parametrize("sessions", [60, 100, 901, 8_312])
@pytest.mark.parametrize("memory", [1, 5, 40])
def test_the_block_length_is_the_one_arch_gives(sessions, memory):
    from arch.bootstrap import optimal_block_length

    noise = np.random.default_rng(sessions + memory).normal(size=sessions + memory - 1)
    series = np.convolve(noise, np.ones(memory), "valid")
    expected = optimal_block_length(series)["stationary"].iloc[0]
    assert optimal_block(series) == pytest.approx(expected)


def test_few_sessions_give_no_interval():
    made = compare([unhedged(50), core(50)])
    assert made.pairs[0].annual_return.interval is None
    assert made.pairs[0].annual_return.verdict is Verdict.TOO_FEW


def test_a_regime_with_few_sessions_gives_no_interval(runs):
    gauge = np.full(900, 15.0)
    gauge[300:340] = 35.0
    calm = [replace(run, gauge=gauge) for run in runs]
    rows = {row.regime: row for row in compare(calm, repetitions=50).regimes}
    assert rows[Regime.SPIKE].sessions == 40
    assert rows[Regime.SPIKE].differences[1].verdict is Verdict.TOO_FEW
    assert rows[Regime.SIDEWAYS].differences[1].interval is not None


def test_regimes_share_out_all_sessions_and_all_return(runs):
    made = compare(runs, repetitions=20)
    assert sum(row.sessions for row in made.regimes) == 899
    shared = sum(row.returns[1] * row.sessions for row in made.regimes if row.sessions) / 899
    assert shared == pytest.approx(252 * daily_returns(runs[1].equity).mean())


def test_blocks_are_never_shorter_than_a_position_lives(runs):
    assert compare(runs, repetitions=20).resampling.block >= SHORTEST_BLOCK


def test_one_run_is_nothing_to_compare(runs):
    with pytest.raises(StudyFault, match="nothing to compare"):
        compare(runs[:1])


def test_runs_without_common_sessions_are_refused(runs):
    base, variant = runs
    moved = replace(variant, sessions=variant.sessions + np.timedelta64(20_000, "D"))
    with pytest.raises(StudyFault, match="0 sessions in common"):
        compare([base, moved])


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (0.001, 0.3, Verdict.BETTER),
        (0.0, 0.3, Verdict.UNDECIDED),
        (-0.1, 0.3, Verdict.UNDECIDED),
        (-0.3, 0.0, Verdict.UNDECIDED),
        (-0.3, -0.001, Verdict.WORSE),
    ],
)
def test_the_verdict_is_the_interval_s_and_not_the_value_s(low, high, verdict):
    for value in (-0.05, 0.05):
        assert Difference(value, Interval(low, high), 500).verdict is verdict
