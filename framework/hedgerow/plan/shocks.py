"""Where a shock of the rules takes SPX and VIX from the close of a session."""

from __future__ import annotations

from hedgerow.book.book import Shock
from hedgerow.market.market import Market


def levels_after(shock: Shock, market: Market, session: int) -> dict[str, float]:
    """Points by series; what does not move is left out. Moves of one series follow one another."""
    levels: dict[str, float] = {}
    for move in shock.moves:
        level = levels.get(move.series, market.spot(move.series, session))
        levels[move.series] = level + (level * move.amount if move.relative else move.amount)
    return levels
