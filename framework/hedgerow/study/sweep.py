"""Many versions of one strategy: which of their numbers matter, and what the best one is worth.

The more versions are tried, the better the best of them looks. So beside the ranking stand a test
that knows how many were tried, and what choosing the best so far would have made afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hedgerow.account.run import Run
from hedgerow.study.fault import StudyFault
from hedgerow.study.goals import Goal, path_of
from hedgerow.study.luck import Luck, luck
from hedgerow.study.returns import cash_alone, cash_returns
from hedgerow.study.statistics import Summary, summary
from hedgerow.study.walk import Walk, walk


class Extract(Struct, frozen=True):
    """What a sweep keeps of a run."""

    summary: Summary
    equity: NDArray[np.int64]  # (n,) cents


def extract_of(run: Run) -> Extract:
    return Extract(summary(run), run.equity)


class Effect(Struct, frozen=True):
    """What the goal came to at one number of one param, whatever the others were."""

    param: str
    value: str  # as it would be written
    versions: int
    lowest: float | None  # None where no version has the goal
    middle: float | None  # the median
    highest: float | None


class Sweep(Struct, frozen=True):
    """Versions by number. Tuples have an element a version unless they say otherwise."""

    params: tuple[str, ...]  # that were varied
    settings: tuple[tuple[str, ...], ...]  # of each param, as it would be written
    written: int  # the version as it stands in the file
    goal: str
    made: tuple[Extract, ...]
    values: tuple[float | None, ...]  # of the goal
    ranking: tuple[int, ...]  # the best first, those without a value last
    effects: tuple[Effect, ...]  # of each number of each param
    cash_alone: int  # cents: see `returns.cash_alone`
    luck: Luck | None  # None where there is nothing to test
    walk: Walk | None  # None where there are too few years

    @property
    def best(self) -> int:
        return self.ranking[0]

    def effects_of(self, param: str) -> list[Effect]:
        return [each for each in self.effects if each.param == param]

    @property
    def ahead_of_cash(self) -> int:
        """How many versions end with more than cash alone."""
        return sum(each.summary.final_equity > self.cash_alone for each in self.made)

    def rank(self, version: int) -> int:
        """From 1."""
        return self.ranking.index(version) + 1


def sweep(
    params: Sequence[str],
    settings: Sequence[tuple[str, ...]],
    made: Sequence[Extract],
    written: int,
    run: Run,
    goal: Goal,
    *,
    seed: int = 1,
) -> Sweep:
    """`run`: that of the version as written; all others ran on its sessions.

    Raises `StudyFault` for fewer than two sessions.
    """
    if len(run.sessions) < 2:
        raise StudyFault(run.name, "one session is too few for a sweep", "run it on more of them")
    cash = cash_returns(run)
    paths = [path_of(run.sessions, each.equity, cash) for each in made]
    values = tuple(goal.read(path) for path in paths)
    ranking = sorted(range(len(made)), key=lambda at: -goal.standing(values[at]))
    return Sweep(
        tuple(params),
        tuple(settings),
        written,
        goal.word,
        tuple(made),
        values,
        tuple(ranking),
        tuple(_effects(params, settings, values)),
        cash_alone(run),
        luck([path.excess for path in paths], written, seed=seed),
        walk(paths, written, goal),
    )


def _effects(
    params: Sequence[str], settings: Sequence[tuple[str, ...]], values: Sequence[float | None]
) -> list[Effect]:
    found = []
    for place, param in enumerate(params):
        for value in dict.fromkeys(setting[place] for setting in settings):
            own = [
                each for each, setting in zip(values, settings, strict=True)
                if setting[place] == value
            ]  # fmt: skip
            known = [each for each in own if each is not None]
            ends = (min(known), median(known), max(known)) if known else (None, None, None)
            found.append(Effect(param, value, len(own), *ends))
    return found
