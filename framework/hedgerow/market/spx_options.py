"""Prices and deltas of SPX options on a surface, any number of sessions and strikes at a time."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from scipy.special import ndtr

from hedgerow.market.log_contract import CRASH_SHARE
from hedgerow.market.pricing import Array, Flags, Integers, black_delta, implied_total_vol, sign_of
from hedgerow.market.snapshot import Snapshots

_TINY = 1e-300  # total variance of an option without time: its price is its intrinsic value
_SHARES = np.array([1.0 - CRASH_SHARE, CRASH_SHARE])


class SpxSlices(Struct, frozen=True, eq=False, gc=False):
    """What all options of one life share, at closes of any shape; `strikes` broadcast with it."""

    forward: Array  # points
    discount: Array
    carried: Array  # what a point of SPX now is of the discounted forward
    components: Array  # (3, 2, ...): see `Surface.components`

    def part(self, first: int, stop: int | None = None) -> SpxSlices:
        """The closes from the place `first` on, up to `stop`."""
        part = np.s_[..., first:stop]
        return SpxSlices(
            self.forward[part], self.discount[part], self.carried[part], self.components[part]
        )

    def prices(self, strikes: Array, is_call: Flags) -> Array:
        """Discounted mids, points."""
        return self.discount * self._undiscounted(strikes, sign_of(is_call))

    def deltas(self, strikes: Array, is_call: Flags) -> Array:
        """Black-Scholes delta at the option's own implied volatility, as data vendors quote it."""
        vol, sign = self.total_vols(strikes), sign_of(is_call)
        return self.carried * black_delta(self.forward, strikes, vol, sign)

    def total_vols(self, strikes: Array) -> Array:
        """Implied volatility times the square root of the years."""
        sign = sign_of(strikes >= self.forward)
        price = self._undiscounted(strikes, sign)
        return implied_total_vol(self.forward, strikes, price, sign)

    def _undiscounted(self, strikes: Array, sign: Array) -> Array:
        distance = np.log(strikes / self.forward)
        across = (1,) * (distance.ndim - self.forward.ndim)
        theta, lean, product = self.components.reshape((3, 2, *across, *self.forward.shape))
        line = lean * distance
        line += theta
        variance = product * (distance * distance)
        variance += line * line
        np.sqrt(variance, out=variance)
        variance += line
        vol = np.sqrt(np.maximum(variance, _TINY, out=variance), out=variance)
        reach = np.empty((2, *vol.shape))
        first, second = reach  # d1 and d2 of both components
        np.multiply(vol, 0.5, out=first)
        first -= distance / vol
        np.subtract(first, vol, out=second)
        reach *= sign
        ndtr(reach, out=reach)
        reach *= _SHARES.reshape(2, *(1,) * distance.ndim)
        first, second = reach[:, 0] + reach[:, 1]
        price = self.forward * first
        price -= strikes * second
        price *= sign
        # no less than nothing, whatever the last digit of the difference says
        floored: Array = np.maximum(price, 0.0, out=price)
        return floored


def spx_slices(snapshots: Snapshots, rows: Integers, years: Array) -> SpxSlices:
    """What options that settle in `years` share at the closes `rows`; both have one shape."""
    return SpxSlices(
        snapshots.forward(rows, years),
        np.exp(-snapshots.rate[rows] * years),
        np.exp(-snapshots.dividend[rows] * years),
        snapshots.surface.components(rows, years),
    )


def spx_total_vol(snapshots: Snapshots, rows: Integers, strikes: Array, years: Array) -> Array:
    """`SpxSlices.total_vols`; `rows` and `years` have one shape, `strikes` broadcast with it."""
    return spx_slices(snapshots, rows, years).total_vols(strikes)
