"""How far recorded VIX futures stand from the modelled curve, and what that says between them."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from hedgerow.market.pricing import Array, Integers


class FuturesBasis(Struct, frozen=True, eq=False):
    """ln(settlement / model) of n sessions at the lives of their listed contracts."""

    years: Array  # (n, m) lives, ascending; inf where fewer are recorded
    log_ratio: Array  # (n, m), 0 where fewer are recorded

    @staticmethod
    def none(sessions: int) -> FuturesBasis:
        return FuturesBasis(np.empty((sessions, 0)), np.empty((sessions, 0)))

    @property
    def empty(self) -> bool:
        return self.years.size == 0

    def row(self, index: int) -> FuturesBasis:
        """The basis of one session."""
        part = slice(index, index + 1)
        return FuturesBasis(self.years[part], self.log_ratio[part])

    def repeated(self, times: int) -> FuturesBasis:
        """The basis of one session, as if of several."""
        return FuturesBasis(self.years.repeat(times, axis=0), self.log_ratio.repeat(times, axis=0))

    def at(self, rows: Integers, years: Array) -> Array:
        """ln(price / model): a straight line in life between two contracts, level beyond the first
        and the last; 0 on sessions without any."""
        lives, ratios = self.years[rows], self.log_ratio[rows]
        last = np.maximum(np.isfinite(lives).sum(axis=-1) - 1, 0)
        below = (lives <= years[..., None]).sum(axis=-1) - 1
        left = np.clip(below, 0, last)[..., None]
        right = np.clip(below + 1, 0, last)[..., None]
        start, stop = (np.take_along_axis(lives, at, axis=-1)[..., 0] for at in (left, right))
        low, high = (np.take_along_axis(ratios, at, axis=-1)[..., 0] for at in (left, right))
        apart = right[..., 0] > left[..., 0]
        width = np.where(apart, stop, 1.0) - np.where(apart, start, 0.0)
        share = np.where(apart, (years - np.where(apart, start, 0.0)) / width, 0.0)
        line: Array = low + (high - low) * share
        return line
