"""What the positions of one rule made, session by session."""

from __future__ import annotations

from operator import add

import numpy as np
from numpy.typing import NDArray

from hedgerow.plan.holding import Holding

Cents = NDArray[np.int64]


class Layer:
    """Sums over positions, a close each, from session `first` on.

    Kept in lists: most positions are held for a dozen closes, too few to be worth an array.
    """

    def __init__(self, first: int, count: int) -> None:
        self._first = first
        self._worth = [0] * count  # cents of what is held
        self._moved = [0] * count  # cents that came in (+) or went out (-), with fees

    def copy(self) -> Layer:
        same = Layer(self._first, 0)
        same._worth, same._moved = self._worth.copy(), self._moved.copy()
        return same

    def profit(self) -> Cents:
        """Cents made by each close (n,), what is held marked."""
        profit: Cents = np.array(self._worth) + np.array(self._moved).cumsum()
        return profit

    def hold(self, holding: Holding, stop: int) -> int:
        """Takes in a position up to, not with, session `stop`; the cents it moved, marks apart."""
        start, values = holding.opened - self._first, holding.values[: stop - holding.opened]
        held = slice(start, start + len(values))
        self._worth[held] = map(add, self._worth[held], values)
        moved = self.move(holding.opened, holding.opening.cash - holding.opening.fee)
        for session, cents in holding.receipts:
            moved += self.move(session, cents)
        for session, fill in holding.changes:
            moved += self.move(session, -fill.fee)
        return moved

    def move(self, session: int, cents: int) -> int:
        self._moved[session - self._first] += cents
        return cents
