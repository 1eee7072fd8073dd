"""Options on VIX: Black (1976) on the future of the same expiry, with a smile of its own.

The variance of an expiry comes from VVIX; the smile is one SSVI slice, so an option's own implied
volatility is a formula. Of modelled prices these are the least certain: a call of 10 delta is good
to 30 or 50 %. There is no arbitrage bound between expiries, for each has a future of its own.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from hedgerow.market.log_contract import theta_of_slice
from hedgerow.market.pricing import Array, Flags, Integers, black, black_delta, sign_of
from hedgerow.market.snapshot import Snapshots
from hedgerow.market.variance_curve import DAYS_A_YEAR
from hedgerow.market.vix_futures import vix_future_prices
from hedgerow.market.wings import MEASURED

_SHORTEST = 14.0 / DAYS_A_YEAR  # years under which the smile keeps its shape
_MONTH = 30.0 / DAYS_A_YEAR
_INSTANT = 1e-9  # years


def estimated_vvix(vix: Array, fast: Array) -> Array:
    """VVIX where it is not published, from VIX and the fast mean of its logarithm (2012-2026)."""
    log_vix = np.log(vix)
    vvix: Array = np.exp(3.745 + 0.288 * log_vix + 0.266 * (log_vix - fast))
    return vvix


class VixSlices(Struct, frozen=True, eq=False, gc=False):
    """What all options of one life share, at closes of any shape; `strikes` broadcast with it."""

    future: Array  # points
    discount: Array
    smile: Array  # (4, ...): theta of the slice, its put and call wings, 1 where there is time left

    def part(self, first: int, stop: int | None = None) -> VixSlices:
        """The closes from the place `first` on, up to `stop`."""
        part = np.s_[..., first:stop]
        return VixSlices(self.future[part], self.discount[part], self.smile[part])

    def prices(self, strikes: Array, is_call: Flags) -> Array:
        """Discounted mids, points."""
        vol, sign = self.total_vols(strikes), sign_of(is_call)
        return self.discount * black(self.future, strikes, vol, sign)

    def deltas(self, strikes: Array, is_call: Flags) -> Array:
        """Discounted points for one point of the future, at the option's own implied volatility."""
        vol, sign = self.total_vols(strikes), sign_of(is_call)
        return self.discount * black_delta(self.future, strikes, vol, sign)

    def total_vols(self, strikes: Array) -> Array:
        """Implied volatility times the square root of the years."""
        return _on_smile(self.smile, np.log(strikes / self.future))


def vix_slices(snapshots: Snapshots, rows: Integers, years: Array) -> VixSlices:
    """What options that settle in `years` share at the closes `rows`; both have one shape."""
    return VixSlices(
        vix_future_prices(snapshots, rows, years),
        np.exp(-snapshots.rate[rows] * years),
        _smile(snapshots.vvix[rows], years, snapshots.wings.vix_call),
    )


def vix_one_sd(snapshots: Snapshots, rows: Integers, years: Array) -> Array:
    """Points of one standard deviation of the future to its settlement."""
    future = vix_future_prices(snapshots, rows, years)
    points: Array = future * np.sqrt(_log_variance(snapshots.vvix[rows], years))
    return points


def vix_total_vol(
    future: Array, strikes: Array, vvix: Array, years: Array, call_wing: float = MEASURED.vix_call
) -> Array:
    """Implied volatility times the square root of `years`; `vvix` and `future` in points."""
    return _on_smile(_smile(vvix, years, call_wing), np.log(strikes / future))


def _smile(vvix: Array, years: Array, call_wing: float) -> Array:
    """See `VixSlices.smile`."""
    life = np.maximum(years, _SHORTEST)
    months = life / _MONTH
    put = np.minimum(0.36 * months**-0.65, 0.7)
    call = call_wing * np.maximum(months, 1.0) ** -0.28
    theta = theta_of_slice(_log_variance(vvix, np.maximum(years, _INSTANT)), put, call)
    smile: Array = np.stack(np.broadcast_arrays(theta, put, call, years > 0.0))
    return smile


def _on_smile(smile: Array, distance: Array) -> Array:
    """Total vol at ln(strike / future)."""
    theta, put, call, alive = smile
    line = theta + 0.5 * (call - put) * np.sqrt(theta) * distance
    spread = put * call * theta * (distance * distance)
    total: Array = np.sqrt(0.5 * (line + np.sqrt(line * line + spread))) * alive
    return total


def _log_variance(vvix: Array, years: Array) -> Array:
    """Log-contract total variance of the future over its life: VVIX, falling with its length."""
    life = np.maximum(years, _SHORTEST)
    fading = _mean_reversion(life) / _mean_reversion(np.array(_MONTH))
    variance: Array = np.square(0.01 * vvix) * years * fading
    return variance


def _mean_reversion(years: Array) -> Array:
    """Average variance of a future over its life, relative to an instant's."""
    pull = 6.0 * years
    return 0.15 - 0.85 * np.expm1(-pull) / pull
