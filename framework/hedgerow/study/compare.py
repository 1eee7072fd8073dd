"""Variants against a baseline, paired on the sessions they share."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hedgerow.account.run import Run
from hedgerow.study.alignment import aligned
from hedgerow.study.fault import StudyFault
from hedgerow.study.other_fills import Bracket, bracket
from hedgerow.study.regimes import Regime, regimes
from hedgerow.study.resampling import (
    REPETITIONS,
    Draws,
    Interval,
    Resampling,
    block_length,
    draw,
)
from hedgerow.study.results import drawn_sharpe
from hedgerow.study.returns import (
    SESSIONS_A_YEAR,
    Floats,
    daily_returns,
    excess_returns,
    period_returns,
)
from hedgerow.study.statistics import Summary, sharpe, summary

FEWEST_SESSIONS = 60  # fewer say too little for an interval


class Verdict(StrEnum):
    """Told from the interval alone: it lies above zero, below, or holds zero."""

    BETTER = "better"
    WORSE = "worse"
    UNDECIDED = "undecided"
    TOO_FEW = "too few sessions"


class Difference(Struct, frozen=True):
    """Variant minus baseline. `interval` is None where sessions are too few to say."""

    value: float
    interval: Interval | None
    sessions: int

    @property
    def verdict(self) -> Verdict:
        if self.interval is None:
            return Verdict.TOO_FEW
        if self.interval.low > 0:
            return Verdict.BETTER
        return Verdict.WORSE if self.interval.high < 0 else Verdict.UNDECIDED


class Pair(Struct, frozen=True):
    """One variant against the baseline over all sessions."""

    variant: int  # index into `Comparison.runs`
    annual_return: Difference  # mean daily difference times 252, ratio
    sharpe: Difference | None  # None where one of the two never moved


class Year(Struct, frozen=True):
    """What each run made in one calendar year, in the order of `Comparison.runs`."""

    year: int
    sessions: int
    returns: tuple[float, ...]  # ratios, compounded


class RegimeResult(Struct, frozen=True):
    """What each run made in the sessions of one regime, and variants against the baseline."""

    regime: Regime
    sessions: int
    returns: tuple[float | None, ...]  # mean daily return times 252; None without sessions
    differences: tuple[Difference | None, ...]  # None for the baseline and without sessions


class Comparison(Struct, frozen=True):
    """Runs on their common sessions, the baseline first."""

    runs: tuple[Run, ...]
    summaries: tuple[Summary, ...]
    brackets: tuple[Bracket, ...]
    pairs: tuple[Pair, ...]
    years: tuple[Year, ...]
    regimes: tuple[RegimeResult, ...]
    resampling: Resampling

    @property
    def baseline(self) -> Run:
        return self.runs[0]


def compare(runs: Sequence[Run], *, seed: int = 1, repetitions: int = REPETITIONS) -> Comparison:
    """Two or more runs on their common sessions, each against the first.

    Raises `StudyFault` for fewer than two runs, and where they have no common sessions.
    """
    if len(runs) < 2:
        names = ", ".join(run.name for run in runs)
        raise StudyFault(names, "nothing to compare with", "give two or more runs")
    ordered = aligned(runs)
    returns = [daily_returns(run.equity) for run in ordered]
    gaps = [made - returns[0] for made in returns]
    count = len(returns[0])
    resampling = Resampling(block_length(gaps), repetitions, seed)
    draws = draw(count, resampling) if count >= FEWEST_SESSIONS else None
    excess = [excess_returns(run) for run in ordered]
    return Comparison(
        runs=ordered,
        summaries=tuple(summary(run) for run in ordered),
        brackets=tuple(bracket(run) for run in ordered),
        pairs=tuple(
            Pair(place, _mean_gap(gaps[place], draws), _sharpe_gap(excess[place], excess[0], draws))
            for place in range(1, len(ordered))
        ),
        years=_years(ordered, returns),
        regimes=_by_regime(ordered[0], returns, gaps, draws),
        resampling=resampling,
    )


def _mean_gap(gap: Floats, draws: Draws | None) -> Difference:
    """Mean daily difference, times 252."""
    resampled = None
    if draws is not None:
        resampled = draws.interval(draws.sums(gap) / len(gap) * SESSIONS_A_YEAR)
    return Difference(float(gap.mean()) * SESSIONS_A_YEAR, resampled, len(gap))


def _sharpe_gap(variant: Floats, base: Floats, draws: Draws | None) -> Difference | None:
    """Difference of the two Sharpe ratios, both from the same drawn sessions."""
    here, there = sharpe(variant), sharpe(base)
    if here is None or there is None:
        return None
    resampled = None
    if draws is not None:
        gaps = drawn_sharpe(variant, draws) - drawn_sharpe(base, draws)
        resampled = draws.interval(gaps)
    return Difference(here - there, resampled, len(base))


def _years(runs: Sequence[Run], returns: Sequence[Floats]) -> tuple[Year, ...]:
    tables = [
        period_returns(run.sessions, made, "Y") for run, made in zip(runs, returns, strict=True)
    ]
    first = tables[0]
    return tuple(
        Year(
            year=int(str(start)),
            sessions=int(first.sessions[row]),
            returns=tuple(float(table.returns[row]) for table in tables),
        )
        for row, start in enumerate(first.starts)
    )


def _by_regime(
    base: Run, returns: Sequence[Floats], gaps: Sequence[Floats], draws: Draws | None
) -> tuple[RegimeResult, ...]:
    """A session's return counts where its own close puts it."""
    kinds = regimes(base.benchmark, base.gauge)[1:]
    return tuple(_in_regime(regime, kinds == regime, returns, gaps, draws) for regime in Regime)


def _in_regime(
    regime: Regime,
    inside: NDArray[np.bool_],
    returns: Sequence[Floats],
    gaps: Sequence[Floats],
    draws: Draws | None,
) -> RegimeResult:
    count = int(inside.sum())
    if not count:
        nothing = (None,) * len(returns)
        return RegimeResult(regime, 0, nothing, nothing)
    enough = draws if count >= FEWEST_SESSIONS else None
    return RegimeResult(
        regime,
        count,
        tuple(float(made[inside].mean()) * SESSIONS_A_YEAR for made in returns),
        (None, *(_mean_gap_inside(gap, inside, enough) for gap in gaps[1:])),
    )


def _mean_gap_inside(gap: Floats, inside: NDArray[np.bool_], draws: Draws | None) -> Difference:
    """Mean daily difference within the marked sessions, times 252.

    Whole histories are drawn, then their marked sessions averaged: blocks stay in one piece.
    """
    marked = inside.astype(np.float64)
    resampled = None
    if draws is not None:
        drawn = draws.sums(marked)
        means = np.divide(
            draws.sums(gap * marked), drawn, out=np.full_like(drawn, np.nan), where=drawn > 0
        )
        resampled = draws.interval(means * SESSIONS_A_YEAR)
    value = float(gap[inside].mean()) * SESSIONS_A_YEAR
    return Difference(value, resampled, int(inside.sum()))
