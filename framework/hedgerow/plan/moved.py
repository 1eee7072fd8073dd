"""What contracts are worth at a close with SPX and VIX at other levels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from hedgerow.market.contract import Contract
from hedgerow.market.market import Market
from hedgerow.market.snapshot import Snapshots


class Close(Protocol):
    """A session's close, such as a view shows."""

    market: Market
    session: int

    def moved(self, spot: float | None, vix: float | None) -> Snapshots:
        """The same close with SPX and VIX at other levels, points; None leaves one as it is."""


def moved_mids(
    contracts: Sequence[Contract], close: Close, spot: float | None, vix: float | None
) -> list[float]:
    """Points, one a contract, by a full new pricing: the same for every run that asks."""

    def find() -> list[float]:
        moved = close.market.prices(contracts, close.session, close.moved(spot, vix))
        found: list[float] = moved[:, 0].tolist()
        return found

    question = ("moved", tuple(contracts), close.session, spot, vix)
    return close.market.answers.once(question, find)
