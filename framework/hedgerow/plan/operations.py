"""What operators mean, twice: on whole histories (arrays) and on one session (floats).

Unknown is nan. Truth is 1.0, 0.0 or nan, and follows Kleene: a false operand settles an `and`,
a true one an `or`, whatever the other is. A comparison with an unknown side is unknown, and so
is `not unknown`. The two readings of a row agree on every value: a law of the tests.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Array = NDArray[np.float64]
Part = Callable[[Any], float]  # an operand that is yet to be asked, of whatever it reads
NAN = math.nan


class Operation(Struct, frozen=True):
    """One operator: `on_arrays` for histories, `on_parts` for what is asked session by session.

    An operand is asked when it is needed: not where those before it have settled the answer.
    """

    on_arrays: Callable[..., Array]
    on_parts: Callable[..., Part]


class Constantly(Struct, frozen=True):
    """A part that is the same whoever asks; operators that meet one often do not ask it."""

    value: float

    def __call__(self, _asked: Any) -> float:
        return self.value


def _of_one(value: Callable[[float], float]) -> Callable[[Part], Part]:
    def on_parts(only: Part) -> Part:
        return lambda asked: value(only(asked))

    return on_parts


def _of_two(value: Callable[[float, float], float]) -> Callable[[Part, Part], Part]:
    def on_parts(left: Part, right: Part) -> Part:
        if isinstance(left, Constantly):
            known = left.value
            return lambda asked: value(known, right(asked))
        return lambda asked: value(left(asked), right(asked))

    return on_parts


def _compared(
    array: Callable[[Array, Array], Array], holds: Callable[[float, float], bool]
) -> Operation:
    def on_arrays(left: Array, right: Array) -> Array:
        known: NDArray[np.bool_] = ~(np.isnan(left) | np.isnan(right))
        compared: Array = np.where(known, array(left, right), NAN)
        return compared

    def on_parts(left: Part, right: Part) -> Part:
        def compared(asked: Any) -> float:
            one, other = left(asked), right(asked)
            if one != one or other != other:
                return NAN
            return 1.0 if holds(one, other) else 0.0

        def limited(asked: Any) -> float:
            one = left(asked)
            if one != one:
                return NAN
            return 1.0 if holds(one, limit) else 0.0

        limit = right.value if isinstance(right, Constantly) else NAN
        return compared if limit != limit else limited

    return Operation(on_arrays, on_parts)


def _divide_values(left: float, right: float) -> float:
    return left / right if right else NAN


def _quietly(calculate: Callable[[Array, Array], Array]) -> Callable[[Array, Array], Array]:
    """Beyond the largest float is infinite, without a warning, as it is for single values."""

    def on_arrays(left: Array, right: Array) -> Array:
        with np.errstate(over="ignore", invalid="ignore"):
            return calculate(left, right)

    return on_arrays


def _divide_arrays(left: Array, right: Array) -> Array:
    return np.divide(left, np.where(right == 0, NAN, right))


def _settled_by(settles: float) -> Callable[..., Part]:
    """`and`, which a false operand settles, or `or`, which a true one does."""
    unsettled = 1.0 - settles

    def on_parts(*parts: Part) -> Part:
        def joined(asked: Any) -> float:
            so_far = unsettled
            for part in parts:
                value = part(asked)
                if value == settles:
                    return settles
                if value != value:
                    so_far = NAN
            return so_far

        return joined

    return on_parts


def _and_arrays(*operands: Array) -> Array:
    stack = np.stack(np.broadcast_arrays(*operands))
    known = np.where(np.isnan(stack).any(axis=0), NAN, 1.0)
    return np.where((stack == 0.0).any(axis=0), 0.0, known)


def _or_arrays(*operands: Array) -> Array:
    stack = np.stack(np.broadcast_arrays(*operands))
    known = np.where(np.isnan(stack).any(axis=0), NAN, 0.0)
    return np.where((stack == 1.0).any(axis=0), 1.0, known)


def _chosen(condition: Part, then: Part, otherwise: Part) -> Part:
    def chosen(asked: Any) -> float:
        truth = condition(asked)
        if truth != truth:
            return NAN
        return then(asked) if truth else otherwise(asked)

    return chosen


def _choose_arrays(condition: Array, then: Array, otherwise: Array) -> Array:
    return np.where(np.isnan(condition), NAN, np.where(condition == 1.0, then, otherwise))


def _known_or(part: Part, default: Part) -> Part:
    def known(asked: Any) -> float:
        value = part(asked)
        return default(asked) if value != value else value

    return known


def _known_or_default(value: Array, default: Array) -> Array:
    return np.where(np.isnan(value), default, value)


def _between(part: Part, low: Part, high: Part) -> Part:
    def between(asked: Any) -> float:
        value, least, most = part(asked), low(asked), high(asked)
        if value < least or value > most:
            return 0.0  # whatever the other bound is
        return 1.0 if least <= value <= most else NAN

    return between


def _between_arrays(value: Array, low: Array, high: Array) -> Array:
    return _and_arrays(
        OPERATIONS[">="].on_arrays(value, low), OPERATIONS["<="].on_arrays(value, high)
    )


OPERATIONS: dict[str, Operation] = {
    "+": Operation(_quietly(np.add), _of_two(operator.add)),
    "-": Operation(_quietly(np.subtract), _of_two(operator.sub)),
    "*": Operation(_quietly(np.multiply), _of_two(operator.mul)),
    "of": Operation(_quietly(np.multiply), _of_two(operator.mul)),
    "/": Operation(_quietly(_divide_arrays), _of_two(_divide_values)),
    "negative": Operation(np.negative, _of_one(operator.neg)),
    "<": _compared(np.less, operator.lt),
    "<=": _compared(np.less_equal, operator.le),
    ">": _compared(np.greater, operator.gt),
    ">=": _compared(np.greater_equal, operator.ge),
    "==": _compared(np.equal, operator.eq),
    "!=": _compared(np.not_equal, operator.ne),
    "between": Operation(_between_arrays, _between),
    "not": Operation(lambda operand: 1.0 - operand, _of_one(lambda operand: 1.0 - operand)),
    "and": Operation(_and_arrays, _settled_by(0.0)),
    "or": Operation(_or_arrays, _settled_by(1.0)),
    "if": Operation(_choose_arrays, _chosen),
    "otherwise": Operation(_known_or_default, _known_or),
}


# --- over time: the array reading, and the reading of a session's remembered values -----------


class Temporal(Struct, frozen=True):
    """An operator that looks back: `on_arrays(operands, window)`."""

    on_arrays: Callable[[Sequence[Array], int], Array]
    sessions: int  # looked at beside the window, today included
    windowed: bool  # looks at its window too

    def reach(self, window: int) -> int:
        """Sessions looked at, today included."""
        return self.sessions + (window if self.windowed else 0)


def lagged(values: Array, sessions: int) -> Array:
    """Values `sessions` ago; nan before there were any."""
    if sessions == 0:
        return values
    out = np.full(len(values), NAN)
    out[sessions:] = values[:-sessions]
    return out


def _crosses(above: str, below: str) -> Callable[[Sequence[Array], int], Array]:
    def on_arrays(operands: Sequence[Array], window: int) -> Array:
        del window
        left, right = operands
        before = OPERATIONS[below].on_arrays(lagged(left, 1), lagged(right, 1))
        return _and_arrays(before, OPERATIONS[above].on_arrays(left, right))

    return on_arrays


def _counted(flags: Array, window: int) -> Array:
    """How many of the last `window` sessions are flagged; sessions before the first never are."""
    totals: Array = np.cumsum(flags, dtype=float)
    before: Array = np.concatenate([np.zeros(min(window, len(totals))), totals[:-window]])
    return totals - before


def _held(operands: Sequence[Array], window: int) -> Array:
    """Kleene's `and` of the last `window` sessions; those before the first are unknown."""
    (condition,) = operands
    all_true = np.where(_counted(condition == 1.0, window) == window, 1.0, NAN)
    return np.where(_counted(condition == 0.0, window) > 0, 0.0, all_true)


def _recent(operands: Sequence[Array], window: int) -> Array:
    return 1.0 - _held((1.0 - operands[0],), window)


def _becomes(operands: Sequence[Array], window: int) -> Array:
    del window
    (condition,) = operands
    return _and_arrays(1.0 - lagged(condition, 1), condition)


def _monotone(compare: str) -> Callable[[Sequence[Array], int], Array]:
    def on_arrays(operands: Sequence[Array], window: int) -> Array:
        (values,) = operands
        steps = OPERATIONS[compare].on_arrays(values, lagged(values, 1))
        return _held((steps,), window)

    return on_arrays


def _since(operands: Sequence[Array], window: int) -> Array:
    """Sessions since the condition was last true, 0 today; unknown until it once was."""
    del window
    (condition,) = operands
    at = np.arange(len(condition), dtype=float)
    last: Array = np.fmax.accumulate(np.where(condition == 1.0, at, NAN))
    return at - last


TEMPORAL: dict[str, Temporal] = {
    "lag": Temporal(lambda operands, back: lagged(operands[0], back), 1, windowed=True),
    "crosses above": Temporal(_crosses(">", "<="), 2, windowed=False),
    "crosses below": Temporal(_crosses("<", ">="), 2, windowed=False),
    "for": Temporal(_held, 0, windowed=True),
    "within last": Temporal(_recent, 0, windowed=True),
    "becomes": Temporal(_becomes, 2, windowed=False),
    "rises": Temporal(_monotone(">"), 1, windowed=True),
    "falls": Temporal(_monotone("<"), 1, windowed=True),
    "since": Temporal(_since, 1, windowed=False),
}


def on_past(word: str, pasts: Sequence[Sequence[float]], window: int) -> float:
    """A temporal operator's value today, from its operands' remembered values up to today."""
    row = TEMPORAL[word]
    # How long ago a condition was last true can be as long as there was a past.
    reach = max(map(len, pasts)) if word == "since" else row.reach(window)
    tails = [np.asarray([NAN] * (reach - len(past)) + list(past[-reach:])) for past in pasts]
    return float(row.on_arrays(tails, window)[-1])
