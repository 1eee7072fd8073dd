"""Where a shock of the rules takes SPX and VIX from the close of a session, and contracts then."""

from __future__ import annotations

from collections.abc import Sequence

from hedgerow.book.book import Shock
from hedgerow.market.contract import Contract
from hedgerow.market.market import Market
from hedgerow.plan.moved import Close, moved_mids


def levels_after(shock: Shock, market: Market, session: int) -> dict[str, float]:
    """Points by series; what does not move is left out. Moves of one series follow one another."""
    levels: dict[str, float] = {}
    for move in shock.moves:
        level = levels.get(move.series, market.spot(move.series, session))
        levels[move.series] = level + (level * move.amount if move.relative else move.amount)
    return levels


def mids_after(shock: Shock, contracts: Sequence[Contract], close: Close) -> list[float]:
    """Points, one a contract, right after a shock."""
    levels = levels_after(shock, close.market, close.session)
    return moved_mids(contracts, close, levels.get("SPX"), levels.get("VIX"))
