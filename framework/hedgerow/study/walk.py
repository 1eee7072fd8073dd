"""Choosing the best version so far, again and again: what it would have made afterwards."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from hedgerow.study.goals import Goal, Path, path_of
from hedgerow.study.returns import Floats

YEARS_TO_LEARN = 5  # before the first choice


class Choice(Struct, frozen=True):
    """The version that stood first at the last close of the year before."""

    year: int
    version: int
    made: float  # ratio, in the year
    as_written: float  # what the version of the file made in it


class Walk(Struct, frozen=True):
    """An account that goes over to the best version so far every January, at no cost."""

    choices: tuple[Choice, ...]
    chosen: float | None  # the goal on all days after the first choice; of ...
    as_written: float | None
    hindsight: float | None  # ... the version that was best on those very days


def walk(paths: Sequence[Path], written: int, goal: Goal) -> Walk | None:
    """None where no year is left to choose for."""
    sessions = paths[0].sessions
    years = sessions.astype("datetime64[Y]")
    starts = [int(years.searchsorted(year)) for year in np.unique(years)[YEARS_TO_LEARN:]]
    if not starts:
        return None
    choices, earned = [], []
    for start, stop in zip(starts, [*starts[1:], len(sessions)], strict=True):
        version = _best([path.until(start - 1) for path in paths], goal)
        made, as_written = (paths[at].returns[start - 1 : stop - 1] for at in (version, written))
        earned.append(made)
        year = years[start].item().year
        choices.append(Choice(year, version, _compounded(made), _compounded(as_written)))
    rest = [path.since(starts[0] - 1) for path in paths]
    growth = np.cumprod(1.0 + np.concatenate(earned))
    equity = np.rint(rest[written].equity[0] * np.concatenate([[1.0], growth]))
    own = rest[written]
    account = path_of(own.sessions, equity.astype(np.int64), own.cash)
    ends = (account, own, rest[_best(rest, goal)])
    return Walk(tuple(choices), *(goal.read(each) for each in ends))


def _best(paths: Sequence[Path], goal: Goal) -> int:
    """The first of the best."""
    return max(range(len(paths)), key=lambda at: goal.standing(goal.read(paths[at])))


def _compounded(returns: Floats) -> float:
    return float(np.prod(1.0 + returns)) - 1.0
