"""Claims judged: whether data bear out what a strategy promises of its results.

Both runs are drawn on the same sessions, so that the luck they share cancels out. A promise is
supported where it holds of the runs as they came and in nearly all histories drawn from them,
contradicted where it fails in as many, and undecided between the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from msgspec import Struct

from hedgerow.account.run import Run
from hedgerow.book.book import Claim, Promise
from hedgerow.book.expression import Apply, Constant, Expression, Result, bottom_up
from hedgerow.plan.operations import OPERATIONS
from hedgerow.study.alignment import aligned
from hedgerow.study.compare import FEWEST_SESSIONS
from hedgerow.study.resampling import (
    REPETITIONS,
    Draws,
    Interval,
    Resampling,
    block_length,
    draw,
)
from hedgerow.study.results import RESULTS, as_they_came
from hedgerow.study.returns import Floats, daily_returns
from hedgerow.vocabulary.units import Kind, difference_of

_SMALLER_FIRST = {"<": True, "<=": True, ">": False, ">=": False}


class Standing(StrEnum):
    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNDECIDED = "undecided"
    NOT_JUDGED = "not judged"


class Measured(Struct, frozen=True):
    """A result a promise speaks of, of the runs as they came."""

    word: str
    of_baseline: bool
    value: float | None  # base units of `kind`; None where it does not exist
    kind: Kind

    @property
    def name(self) -> str:
        return f"baseline.{self.word}" if self.of_baseline else self.word


class Margin(Struct, frozen=True):
    """How far a comparison is from failing: > 0 where it holds."""

    value: float
    interval: Interval | None  # None where some drawn histories lack a result
    kind: Kind


class JudgedPromise(Struct, frozen=True):
    text: str  # as written
    standing: Standing
    measured: tuple[Measured, ...]
    margin: Margin | None  # None for what is no single comparison of sizes
    held: float | None  # part of the drawn histories in which it holds; None where not judged


class JudgedClaim(Struct, frozen=True):
    """`why` says what was missing where a claim, or a part of it, was not judged."""

    strategy: str
    text: str
    baseline: str
    standing: Standing
    promises: tuple[JudgedPromise, ...]
    why: str = ""
    trades: tuple[int, int] | None = None  # that ended: of the strategy, of the baseline
    resampling: Resampling | None = None


def not_judged(claim: Claim, strategy: str, why: str) -> JudgedClaim:
    """For want of a baseline, or of sessions."""
    promises = tuple(_unjudged(each, ()) for each in claim.promises)
    return JudgedClaim(strategy, claim.text, claim.baseline, Standing.NOT_JUDGED, promises, why)


def judged(
    claim: Claim,
    run: Run,
    baseline: Run,
    *,
    seed: int = 1,
    repetitions: int = REPETITIONS,
) -> JudgedClaim:
    """The claim on the sessions both runs have."""
    if len(np.intersect1d(run.sessions, baseline.sessions)) <= FEWEST_SESSIONS:
        return not_judged(claim, run.name, f"fewer than {FEWEST_SESSIONS} sessions")
    ours, theirs = aligned((run, baseline))
    gap = daily_returns(ours.equity) - daily_returns(theirs.equity)
    if not gap.any() and _compares(claim):
        return not_judged(claim, run.name, "the two did the same on all of these sessions")
    resampling = Resampling(block_length([gap]), repetitions, seed)
    came = _Results(ours, theirs, as_they_came(len(gap)))
    drawn = _Results(ours, theirs, draw(len(gap), resampling))
    promises = [_judged(each, came, drawn) for each in claim.promises]
    missing = [each for one in promises for each in one.measured if each.value is None]
    return JudgedClaim(
        run.name,
        claim.text,
        claim.baseline,
        _together([each.standing for each in promises]),
        tuple(promises),
        f"there is no {missing[0].name} in these runs" if missing else "",
        (len(ours.ended), len(theirs.ended)),
        resampling,
    )


def _compares(claim: Claim) -> bool:
    """Whether it speaks of the baseline's results at all."""
    return any(
        each.of_baseline for promise in claim.promises for each in _spoken(promise.condition)
    )


class _Results:
    """Of both runs over the same draws, each worked out once."""

    def __init__(self, ours: Run, theirs: Run, draws: Draws) -> None:
        self._runs, self.draws = (ours, theirs), draws
        self._known: dict[tuple[str, bool], Floats] = {}

    def of(self, word: str, of_baseline: bool) -> Floats:
        key = word, of_baseline
        if key not in self._known:
            self._known[key] = RESULTS[word](self._runs[of_baseline], self.draws)
        return self._known[key]


def _judged(promise: Promise, came: _Results, drawn: _Results) -> JudgedPromise:
    measured = tuple(_measured(promise.condition, came))
    if any(each.value is None for each in measured):
        return _unjudged(promise, measured)
    truth = _values(promise.condition, drawn)
    held, failed = float(np.mean(truth == 1.0)), float(np.mean(truth == 0.0))
    nearly_all = 1.0 - (1.0 - drawn.draws.level) / 2.0  # as one end of the interval tells
    holds = bool(_values(promise.condition, came) == 1.0)
    standing = Standing.UNDECIDED
    if holds and held >= nearly_all:
        standing = Standing.SUPPORTED
    elif not holds and failed >= nearly_all:
        standing = Standing.CONTRADICTED
    margin = _margin(promise.condition, came, drawn)
    return JudgedPromise(promise.text, standing, measured, margin, held)


def _unjudged(promise: Promise, measured: tuple[Measured, ...]) -> JudgedPromise:
    return JudgedPromise(promise.text, Standing.NOT_JUDGED, measured, None, None)


def _measured(condition: Expression, came: _Results) -> list[Measured]:
    """Every result that is spoken of, once, in the order written."""
    spoken = sorted(_spoken(condition), key=lambda node: node.span.start)
    found = {(node.word, node.of_baseline): node for node in spoken}
    values = {key: float(came.of(*key)[0]) for key in found}
    return [
        Measured(*key, None if np.isnan(values[key]) else values[key], node.kind)
        for key, node in found.items()
    ]


def _spoken(condition: Expression) -> list[Result]:
    return [node for node in bottom_up(condition) if isinstance(node, Result)]


def _values(root: Expression, results: _Results) -> Floats:
    """(repetitions,) values of an expression of results; truth is 1, 0 or nan."""
    known: dict[int, Floats] = {}  # a name used many times is one node
    for node in bottom_up(root):
        match node:
            case Constant():
                known[id(node)] = np.array([node.value])
            case Result():
                known[id(node)] = results.of(node.word, node.of_baseline)
            case Apply():
                operands = (known[id(each)] for each in node.operands)
                known[id(node)] = OPERATIONS[node.operator].on_arrays(*operands)
            case _:
                raise AssertionError("the checks let nothing else into a claim")
    return known[id(root)]


def _margin(condition: Expression, came: _Results, drawn: _Results) -> Margin | None:
    """Of a single comparison of sizes."""
    if not isinstance(condition, Apply) or condition.operator not in _SMALLER_FIRST:
        return None
    sides = condition.operands if _SMALLER_FIRST[condition.operator] else condition.operands[::-1]
    value, resampled = (_values(sides[1], each) - _values(sides[0], each) for each in (came, drawn))
    kind = next(each.kind for each in sides if each.kind not in (Kind.LITERAL, Kind.ZERO))
    return Margin(float(value[0]), drawn.draws.interval(resampled), difference_of(kind))


def _together(standings: Sequence[Standing]) -> Standing:
    """A claim is as good as the weakest of its promises."""
    for standing in (Standing.CONTRADICTED, Standing.NOT_JUDGED, Standing.UNDECIDED):
        if standing in standings:
            return standing
    return Standing.SUPPORTED
