"""From a wished strike to a listed one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hedgerow.market.contract import Expiry, Right, Term

Strikes = NDArray[np.float64]  # points, rising


class Chain(Protocol):
    """What choosing strikes asks of a market, at the close of session `i`."""

    def spot(self, underlying: str, i: int) -> float: ...

    def strikes(self, underlying: str, i: int, expiry: Expiry) -> Strikes: ...

    def deltas(
        self, underlying: str, i: int, expiry: Expiry, right: Right, strikes: Strikes
    ) -> Strikes: ...

    def by_delta(
        self, underlying: str, i: int, days: int, cycle: str | None, right: Right, wanted: float
    ) -> float | None: ...

    def one_sd(self, underlying: str, i: int, expiry: Expiry) -> float: ...


class By(Term):
    """What a strike is wished by. Distances are from the spot, out of the money."""

    AT_MONEY = "at the money"
    DELTA = "delta"  # 0 to 1, without sign
    SD = "sd"  # standard deviations of the move to the expiry
    PERCENT = "percent"  # of the spot: 0.05 is 5%
    POINTS = "points"
    LEVEL = "level"  # the strike itself


class StrikeWish(Struct, frozen=True, gc=False):
    """A strike as wished, its number resolved.

    `beside` names a leg chosen before. Points are then a distance from its strike, 0 that very
    strike (or the nearest where another expiry does not list it). Any other wish names the strike
    itself, which is kept off that leg's and on the side `outward` says: +1 further out of the
    money than it, -1 nearer the money.
    """

    by: By
    amount: float = 0.0
    beside: str | None = None
    outward: int = 1


class Board:
    """The strikes of one expiry at a close, and what wishes are measured from: asked for once.

    `wished` are the days and the cycle that found the expiry, None where it was given.
    """

    __slots__ = ("_asked", "_market", "_sd", "_wished", "expiry", "listed", "spot")

    def __init__(
        self,
        market: Chain,
        underlying: str,
        i: int,
        expiry: Expiry,
        wished: tuple[int, str | None] | None = None,
    ) -> None:
        self._market, self._asked, self._wished = market, (underlying, i, expiry), wished
        self._sd: float | None = None
        self.expiry = expiry
        self.listed = market.strikes(underlying, i, expiry)
        self.spot = market.spot(underlying, i)

    @property
    def one_sd(self) -> float:
        """Points."""
        if self._sd is None:
            self._sd = self._market.one_sd(*self._asked)
        return self._sd

    def deltas(self, right: Right, strikes: Strikes) -> Strikes:
        return self._market.deltas(*self._asked, right, strikes)

    def by_delta(self, right: Right, wanted: float) -> float | None:
        """The strike of all that are listed, where the market knows it at once."""
        if self._wished is None:
            return None
        underlying, i, _ = self._asked
        return self._market.by_delta(underlying, i, *self._wished, right, wanted)


def choose_strike(
    board: Board, right: Right, wish: StrikeWish, chosen: Mapping[str, float]
) -> float | None:
    """The listed strike nearest to the wish; of two equally near, the one further out of the money.

    `chosen`: strikes of legs by name. None where nothing is listed on the side the wish names, or
    its amount is unknown (nan).
    """
    if math.isnan(wish.amount):
        return None
    listed, out = board.listed, 1 if right is Right.CALL else -1
    if wish.beside is not None:
        beside = chosen[wish.beside]
        if wish.by is By.POINTS and wish.amount == 0:
            return _nearest(listed, beside, out)
        listed = _on_side(listed, beside, out * wish.outward)
        if wish.by is By.POINTS:
            return _nearest(listed, beside + out * wish.outward * wish.amount, out)
    if len(listed) == 0:
        return None
    if wish.by is By.DELTA:
        return _by_delta(board, right, wish.amount, listed)
    return _nearest(listed, _target(board, out, wish), out)


def _target(board: Board, out: int, wish: StrikeWish) -> float:
    """Points."""
    if wish.by is By.LEVEL:
        return wish.amount
    if wish.by is By.PERCENT:
        return board.spot * (1 + out * wish.amount)
    if wish.by is By.SD:
        return board.spot + out * wish.amount * board.one_sd
    return board.spot + out * wish.amount


def _on_side(listed: Strikes, beside: float, direction: int) -> Strikes:
    """Strikes strictly above (+1) or below (-1) another."""
    if direction > 0:
        return listed[listed.searchsorted(beside, side="right") :]
    return listed[: listed.searchsorted(beside, side="left")]


def _nearest(listed: Strikes, target: float, out: int) -> float | None:
    """None without strikes, or where the target itself is unknown."""
    count = len(listed)
    if count == 0 or not math.isfinite(target):
        return None
    above = min(int(listed.searchsorted(target)), count - 1)
    below = max(above - 1, 0)
    lower, upper = float(listed[below]), float(listed[above])
    down, up = abs(target - lower), abs(upper - target)
    if up == down:
        return upper if out > 0 else lower
    return upper if up < down else lower


def _better(candidates: Strikes, distances: Strikes, out: int) -> float:
    """The nearest of a few rising candidates; the last of ties for calls, the first for puts."""
    ties = candidates[distances == distances.min()]
    return float(ties[-1] if out > 0 else ties[0])


def _by_delta(board: Board, right: Right, wanted: float, listed: Strikes) -> float | None:
    """The strike whose delta is nearest. All deltas are asked for in one call: a call over the
    whole grid costs less than two over a few strikes each.
    """
    nearest = board.by_delta(right, wanted)
    if nearest is not None:  # deltas rise or fall with the strike: off a side, its end is nearest
        return min(max(nearest, float(listed[0])), float(listed[-1]))
    away = np.abs(np.abs(board.deltas(right, listed)) - wanted)
    known = np.isfinite(away)
    if not known.any():
        return None
    return _better(listed[known], away[known], 1 if right is Right.CALL else -1)
