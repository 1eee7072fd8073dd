"""Missing values and moving windows, once for all indicators.

A run is a stretch of sessions on which every input is known. Indicators are written for complete
data; `by_runs` hands them one run after the other, so that a missing value starts the count anew
and never reaches past itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from hedgerow.vocabulary.arrays import Array, Flags, np

_BLOCK = 1_000_000  # values looked at together: bounds the memory of a long window


def by_runs(compute: Callable[..., Array]) -> Callable[..., Array]:
    """Let `compute` see complete data only.

    `compute(*series, *constants)` may give fewer values than it got: they are those of the last
    sessions, and nan stands before them.
    """

    @wraps(compute)
    def over_histories(*arguments: Any) -> Array:
        series = [np.asarray(one, float) for one in arguments if isinstance(one, np.ndarray)]
        constants = arguments[len(series) :]
        out = np.full(len(series[0]), np.nan)
        for start, stop in _runs(np.logical_and.reduce([np.isfinite(one) for one in series])):
            values = compute(*(np.ascontiguousarray(one[start:stop]) for one in series), *constants)
            out[stop - len(values) : stop] = values
        return out

    return over_histories


def rolled(function: Callable[..., Array], window: int, *series: Array) -> Array:
    """`function` of each window: it gets arrays (windows, sessions) and gives a value a window.

    The result is `window - 1` shorter than the series; empty where they are too short.
    """
    if len(series[0]) < window:
        return np.empty(0)
    views = [np.lib.stride_tricks.sliding_window_view(one, window) for one in series]
    rows = max(_BLOCK // window, 1)
    parts = [
        function(*(view[first : first + rows] for view in views))
        for first in range(0, len(views[0]), rows)
    ]
    return np.concatenate(parts)


def quotient(dividend: Array, divisor: Array) -> Array:
    """Unknown where the divisor is zero."""
    return np.asarray(np.divide(dividend, np.where(divisor == 0, np.nan, divisor)))


def _runs(known: Flags) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(known, prepend=False, append=False))
    for start, stop in edges.reshape(-1, 2):
        yield int(start), int(stop)
