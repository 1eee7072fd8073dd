"""The listed strike of a delta, for a year of closes at once.

A rule that asks for a delta asks for the same one every day. Solving one close costs about as much
as solving a hundred together, so that all closes around it are solved when it asks again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from hedgerow.market.contract import Right
from hedgerow.market.contract_prices import years_to_each
from hedgerow.market.pricing import Array, Integers
from hedgerow.market.slices import Slices, slices_of

if TYPE_CHECKING:
    from hedgerow.market.market import Market

Term = tuple[str, int, str | None]  # underlying, days, cycle
TOGETHER = 256  # closes


class _Year(Struct, frozen=True, eq=False):
    """What is listed at closes without quotes, in the expiry `Market.expiry` finds on each."""

    rows: list[int]
    grids: list[Array]  # rising strikes
    slices: Slices


def strike_by_delta(
    market: Market, term: Term, right: Right, wanted: float, i: int
) -> float | None:
    """The listed strike whose delta at close `i` is nearest, in the expiry `Market.expiry` finds.

    None where it takes a look at all deltas of that close: when the question is new in its year, on
    a day with quotes, and where nothing is listed or known.
    """
    part = i // TOGETHER
    if not market.answers.again(("asked", term, right, wanted, part)):
        return None

    def find() -> dict[int, float]:
        listed = market.answers.once((term, part), lambda: _listed(market, term, part * TOGETHER))
        return {} if listed is None else _strikes(listed, right, wanted)

    return market.answers.once((term, right, wanted, part), find).get(i)


def _listed(market: Market, term: Term, first: int) -> _Year | None:
    """From the close `first` on; None where nothing is."""
    underlying, days, cycle = term
    closes, rows, grids, expiries = market.closes(underlying), [], [], []
    for i in range(first, min(first + TOGETHER, len(closes))):
        expiry = market.expiry(underlying, i, days, cycle)
        if expiry is not None and market.quoted.quotes(expiry, i) is None:
            rows.append(i)
            grids.append(market.strikes(underlying, i, expiry))
            expiries.append(expiry)
    if not rows:
        return None
    places = np.array(rows)
    years = years_to_each(expiries, closes.ordinal[places])
    return _Year(rows, grids, slices_of(underlying, closes, places, years))


def _strikes(listed: _Year, right: Right, wanted: float) -> dict[int, float]:
    """By close."""
    strikes = nearest_by_delta(listed.slices, right, wanted, listed.grids).tolist()
    return {i: each for i, each in zip(listed.rows, strikes, strict=True) if each == each}


def nearest_by_delta(slices: Slices, right: Right, wanted: float, grids: Sequence[Array]) -> Array:
    """The strike of each close (n,) whose delta, without its sign, is nearest to `wanted`; of two
    equally near the one further out of the money, and nan where deltas are unknown.

    `grids`: the rising strikes of each close. Halving them finds the two around the delta: along
    the strikes of a smile without arbitrage d1 never rises (Fukasawa 2012, "The normalizing
    transformation of the implied volatility smile").
    """
    strikes = np.concatenate(grids)
    ends = np.cumsum([len(grid) for grid in grids])
    low, high = np.concatenate(([0], ends[:-1])), ends - 1
    is_call = np.array(right is Right.CALL)

    def away(places: Integers) -> Array:
        """How far deltas lie beyond the wanted one, away from the lowest strike's."""
        beyond: Array = np.abs(slices.deltas(strikes[places], is_call)) - wanted
        return -beyond if is_call else beyond

    while (high - low > 1).any():
        middle = (low + high) // 2
        past = away(middle) > 0.0
        low, high = np.where(past, low, middle), np.where(past, middle, high)
    below, above = np.abs(away(np.stack((low, high))))
    upper = above <= below if is_call else above < below
    nearest: Array = np.where(np.isnan(above + below), np.nan, strikes[np.where(upper, high, low)])
    return nearest
