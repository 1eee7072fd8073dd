"""Total variance of SPX by expiry: VIX and its sister indices, joined by a monotone curve."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from hedgerow.market.pricing import Array, Flags, Integers
from hedgerow.text.in_words import counted

DAYS_A_YEAR = 365.0
PILLAR_DAYS = np.array([9.0, 30.0, 93.0, 184.0])  # VIX9D, VIX, VIX3M, VIX6M
VIX_PILLAR = 1  # column of VIX itself
SHOCK_SHARES = np.array([1.52, 1.0, 0.63, 0.46])  # of a VIX move, by pillar; daily, 2008-2026

_STARTS = np.array([0.0, 9.0, 30.0, 93.0, 184.0]) / DAYS_A_YEAR  # of the five stretches, years
_WIDTHS = np.diff(_STARTS)  # years
_BETWEEN = _STARTS[1:]

# ln(pillar) = constant + a ln(VIX) + b slow + c fast; least squares 2008-2026
_ABSENT = np.array(
    [
        [-0.2321, 1.3722, 0.0519, -0.3632],  # VIX9D
        [0.3224, 0.6300, 0.0227, 0.2743],  # VIX3M
        [0.4822, 0.4358, 0.1765, 0.2834],  # VIX6M
    ]
)
_LOWEST_PILLAR = 1.0  # points that a fall of VIX leaves of any tenor
_LEAST_FORWARD_VOL = 0.15  # share of VIX that forward volatility keeps between pillars
_MOST_FORWARD_VOL = 0.85  # decimal, beyond 30 days; March 2020 came to 0.65
_LEAST_NEAR_VARIANCE = 0.05  # share of the 30-day total variance that 9 days keep


class VarianceCurve(Struct, frozen=True):
    """Total variance of n sessions as cubics between pillars, straight beyond the last one."""

    cubics: Array  # (4, n * 5): powers 0 to 3 of the years since the start of each stretch
    floored: Flags  # (n,): a pillar was moved to keep forward variance within bounds

    def notes(self) -> tuple[str, ...]:
        """What a reader of a report must know."""
        moved = int(self.floored.sum())
        where = (
            "Volatilities of other terms were moved to where VIX leaves forward variance sane, on"
        )
        return (f"{where} {counted(moved, 'session')}.",) if moved else ()

    def total_variance(self, rows: Integers, years: Array) -> Array:
        """Variance times years, decimal; `rows` and `years` (>= 0) broadcast."""
        stretch = _BETWEEN.searchsorted(years, side="right")
        since = years - _STARTS[stretch]
        level, first, second, third = self.cubics.take(rows * len(_STARTS) + stretch, axis=1)
        value: Array = ((third * since + second) * since + first) * since + level
        return value

    def at(self, years: Array) -> Array:
        """Total variance (n, m) of every session at the same `years` (m,)."""
        return self.total_variance(np.arange(len(self.floored))[:, None], years)

    def row(self, index: int) -> VarianceCurve:
        """The curve of one session."""
        width = len(_STARTS)
        part = slice(index * width, (index + 1) * width)
        return VarianceCurve(self.cubics[:, part], self.floored[index : index + 1])

    def repeated(self, times: int) -> VarianceCurve:
        """The curve of one session, as if of several."""
        return VarianceCurve(np.tile(self.cubics, times), self.floored.repeat(times))


def pillars_of(vix: Array, slow: Array, fast: Array, listed: Array) -> Array:
    """Points (n, 4) at `PILLAR_DAYS`: `listed` (n, 3) holds VIX9D, VIX3M, VIX6M where published
    and NaN elsewhere; those are filled from VIX and its own past (`slow`, `fast`: means of ln VIX).
    """
    known = np.stack((np.ones_like(vix), np.log(vix), slow, fast))
    guess = np.exp((_ABSENT[:, :, None] * known).sum(axis=1))
    nine, three, six = np.where(np.isnan(listed.T), guess, listed.T)
    return np.stack((nine, vix, three, six), axis=1)


def shocked_pillars(pillars: Array, move: Array, shares: Array = SHOCK_SHARES) -> Array:
    """Pillars after VIX moves by `move` points (n,), each by its tenor's share of it."""
    moved: Array = np.maximum(pillars + move[:, None] * shares, _LOWEST_PILLAR)
    return moved


def curve_through(pillars: Array) -> VarianceCurve:
    """The monotone cubic (Fritsch and Carlson's PCHIP, scipy's slopes) through the pillars' total
    variances; beyond the last, the forward variance of the last stretch."""
    values, floored = _floored_variances(pillars)
    rise = values.copy()
    rise[:, 1:] -= values[:, :-1]
    rise /= _WIDTHS
    slopes = _pchip_slopes(rise)
    cubics = np.zeros((4, *slopes.shape))
    cubics[0, :, 1:] = values
    cubics[1] = slopes
    left, right = slopes[:, :-1], slopes[:, 1:]
    cubics[2, :, :4] = (3.0 * rise - 2.0 * left - right) / _WIDTHS
    cubics[3, :, :4] = (left + right - 2.0 * rise) / (_WIDTHS * _WIDTHS)
    return VarianceCurve(cubics.reshape(4, -1), floored)


def _floored_variances(pillars: Array) -> tuple[Array, Flags]:
    """Total variances (n, 4) with VIX exact and every forward variance positive and sane."""
    raw = np.square(0.01 * pillars) * _BETWEEN
    least = np.square(0.01 * _LEAST_FORWARD_VOL * pillars[:, VIX_PILLAR])[:, None] * _WIDTHS
    most = np.maximum(_MOST_FORWARD_VOL * _MOST_FORWARD_VOL * _WIDTHS, least)
    values = raw.copy()
    month = raw[:, 1]
    near = np.minimum(raw[:, 0], month - least[:, 1])
    values[:, 0] = np.maximum(near, _LEAST_NEAR_VARIANCE * month)
    for far in (2, 3):
        rise = raw[:, far] - values[:, far - 1]
        within = np.minimum(np.maximum(rise, least[:, far]), most[:, far])
        values[:, far] = np.where(within == rise, raw[:, far], values[:, far - 1] + within)
    return values, (values != raw).any(axis=1)


def _pchip_slopes(rise: Array) -> Array:
    """Forward variances (n, 5) at day 0 and the pillars from the mean ones (n, 4) between them."""
    before, after = _WIDTHS[:-1], _WIDTHS[1:]
    heavy, light = 2.0 * after + before, after + 2.0 * before
    slopes = np.empty((len(rise), 5))
    slopes[:, 1:4] = (heavy + light) / (heavy / rise[:, :-1] + light / rise[:, 1:])
    first, second = _WIDTHS[0], _WIDTHS[1]
    start = ((2.0 * first + second) * rise[:, 0] - first * rise[:, 1]) / (first + second)
    slopes[:, 0] = np.maximum(start, 0.0)
    slopes[:, 4] = rise[:, 3]
    return slopes
