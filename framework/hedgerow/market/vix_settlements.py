"""Recorded settlements of VIX futures: a row a contract, or a column a rank."""

from __future__ import annotations

import hashlib

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from hedgerow.market.futures_basis import FuturesBasis
from hedgerow.market.pricing import Array, Integers
from hedgerow.market.snapshot import OPEN_LEAD, Snapshots
from hedgerow.market.variance_curve import DAYS_A_YEAR
from hedgerow.market.vix_futures import vix_future_prices

Days = NDArray[np.int64]


class VixSettlements(Struct, frozen=True, eq=False):
    """Settlements of m days and contracts, sorted by day and expiry. Days are day numbers."""

    date: Days
    expiry: Days
    settle: Array  # points
    finals: dict[int, float] = field(default_factory=dict)  # expiry -> final settlement, points
    notes: tuple[str, ...] = ()  # what a reader of a report must know

    @staticmethod
    def none() -> VixSettlements:
        nothing = np.empty(0, dtype=np.int64)
        return VixSettlements(nothing, nothing, np.empty(0))

    def __bool__(self) -> bool:
        return len(self.date) > 0

    @property
    def fingerprint(self) -> str:
        """SHA-256 of days and values."""
        digest = hashlib.sha256()
        for values in (self.date, self.expiry, self.settle):
            digest.update(np.ascontiguousarray(values).tobytes())
        digest.update(repr(sorted(self.finals.items())).encode())
        return digest.hexdigest()

    def has(self, date: int, expiry: int) -> bool:
        """Whether that very contract settled on that day."""
        first, last = np.searchsorted(self.date, (date, date + 1))
        return bool((self.expiry[first:last] == expiry).any())

    def basis(self, snapshots: Snapshots) -> FuturesBasis:
        """Against the model of `snapshots`, each session by its own settlements alone."""
        known = np.isin(self.date, snapshots.ordinal)
        date, expiry, settle = self.date[known], self.expiry[known], self.settle[known]
        if not len(date):
            return FuturesBasis.none(len(snapshots))
        rows: Integers = snapshots.ordinal.searchsorted(date)
        starts = np.flatnonzero(np.diff(date, prepend=-1))
        rank = np.arange(len(date)) - np.repeat(starts, np.diff([*starts, len(date)]))
        years = (expiry - date - np.float64(OPEN_LEAD)) / DAYS_A_YEAR
        lives = np.full((len(snapshots), int(rank.max()) + 1), np.inf)
        ratios = np.zeros(lives.shape)
        lives[rows, rank] = years
        ratios[rows, rank] = np.log(settle / vix_future_prices(snapshots, rows, years))
        return FuturesBasis(lives, ratios)
