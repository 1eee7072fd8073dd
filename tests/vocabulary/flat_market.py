"""A market small enough to check by hand: one volatility, strikes every few points."""
# ruff: noqa: ARG002 - it answers what a market is asked, and looks at little of it

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from hedgerow.market.contract import Contract, Expiry, Kind, Right, Settlement
from scipy.special import ndtr

TODAY = date(2020, 1, 2)


@dataclass(frozen=True, slots=True)
class FlatMarket:
    """Black-Scholes deltas without rates; expiries every seven days, up to 180 ahead."""

    level: float = 4000.0
    volatility: float = 0.2
    step: float = 5.0
    lowest: float = 1200.0
    highest: float = 6000.0

    def spot(self, underlying: str, i: int) -> float:
        return self.level

    def strikes(self, underlying: str, i: int, expiry: Expiry) -> np.ndarray:
        return np.arange(self.lowest, self.highest + self.step / 2, self.step)

    def one_sd(self, underlying: str, i: int, expiry: Expiry) -> float:
        return self.level * self.volatility * self._years(expiry) ** 0.5

    def deltas(
        self, underlying: str, i: int, expiry: Expiry, right: Right, strikes: np.ndarray
    ) -> np.ndarray:
        total = self.volatility * self._years(expiry) ** 0.5
        call = ndtr(np.log(self.level / strikes) / total + total / 2)
        return call if right is Right.CALL else call - 1

    def by_delta(
        self, underlying: str, i: int, days: int, cycle: str | None, right: Right, wanted: float
    ) -> None:
        """It knows none in advance."""

    def expiry(self, underlying: str, i: int, days: int, cycle: str | None = None) -> Expiry | None:
        if days > 180:
            return None
        near = TODAY + timedelta(days=max(round(days / 7), 1) * 7)
        return Expiry(underlying, near, Settlement.CLOSE, cycle == "monthly")

    future_expiry = expiry

    def contract(self, underlying: str, expiry: Expiry, right: Right, strike: float) -> Contract:
        return Contract(underlying, Kind.OPTION, 100, expiry, right, strike)

    def future(self, underlying: str, expiry: Expiry) -> Contract:
        return Contract(underlying, Kind.FUTURE, 1000, expiry)

    def shares(self, underlying: str) -> Contract:
        return Contract(underlying, Kind.SHARES, 1)

    def _years(self, expiry: Expiry) -> float:
        return (expiry.date - TODAY).days / 365
