"""What the positions of one rule made, session by session."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hedgerow.plan.holding import Holding

Cents = NDArray[np.int64]


class Layer:
    """Arrays are (n,), a close each, from session `first` on."""

    def __init__(self, first: int, count: int) -> None:
        self._first = first
        self._worth = np.zeros(count, dtype=np.int64)  # of what is held
        self._moved = np.zeros(count, dtype=np.int64)  # came in (+) or went out (-), with fees

    def profit(self) -> Cents:
        """Cents made by each close, what is held marked."""
        profit: Cents = self._worth + self._moved.cumsum()
        return profit

    def hold(self, holding: Holding, stop: int) -> int:
        """Takes in a position up to, not with, session `stop`; the cents it moved, marks apart."""
        start, values = holding.opened - self._first, holding.values[: stop - holding.opened]
        self._worth[start : start + len(values)] += np.array(values, dtype=np.int64)
        moved = self.move(holding.opened, holding.opening.cash - holding.opening.fee)
        for session, cents in holding.receipts:
            moved += self.move(session, cents)
        for session, fill in holding.changes:
            moved += self.move(session, -fill.fee)
        return moved

    def move(self, session: int, cents: int) -> int:
        self._moved[session - self._first] += cents
        return cents
