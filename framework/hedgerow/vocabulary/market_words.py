"""Words about what options and futures said at the close."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from typing import TYPE_CHECKING

from hedgerow.vocabulary.arrays import Array
from hedgerow.vocabulary.units import Kind
from hedgerow.vocabulary.word import Family, Parameter, Word, constant, underlying

if TYPE_CHECKING:
    from hedgerow.market.market import Market

_TENOR = constant("tenor", Kind.DAYS, at_least=1.0, at_most=730.0)  # the surface's last knot
_RANK = constant("rank", Kind.NUMBER, at_least=1.0, at_most=6.0, whole=True)
_STRIKE = constant("strike", Kind.DELTA, default=0.5, at_least=0.01, at_most=0.99)
_ANY = underlying()


def _row(
    name: str,
    kind: Kind,
    parameters: tuple[Parameter, ...],
    told: str,
    source: str,
    lowest: float = 0.0,
) -> Word:
    return Word(name, Family.MARKET, kind, parameters, told, source, between=(lowest, inf))


MARKET_WORDS: dict[str, Word] = {
    word.name: word
    for word in (
        _row(
            "future", Kind.LEVEL, (underlying("VIX"), _RANK),
            "The monthly VIX future that is the rank-th to settle; unknown before 2004-03-26.",
            "its recorded settlement; else modelled from forward variance",
        ),
        _row(
            "implied_vol", Kind.RATIO, (_ANY, _TENOR, _STRIKE),
            "The volatility a year of the put with that delta and time left; one of more than 50 "
            "delta stands for the call of the rest.",
            "recorded quotes around the tenor; else the modelled surface",
        ),
        _row(
            "skew", Kind.RATIO_DIFFERENCE, (_ANY, _TENOR),
            "The volatility of the 25-delta put less that of the 25-delta call.",
            "as implied_vol", -inf,
        ),
        _row(
            "expected_move", Kind.POINTS, (_ANY, _TENOR),
            "One standard deviation of the move over that time, as `sd` measures strikes.",
            "the variance swap's volatility of the modelled surface",
        ),
    )
}  # fmt: skip


def market_array(name: str, market: Market, of: str, constants: Sequence[float]) -> Array:
    """The word at every close of a market, (sessions,); nan where unknown."""
    from hedgerow.market import implied

    computes: dict[str, Callable[..., Array]] = {
        "future": implied.future,
        "implied_vol": implied.implied_vol,
        "skew": implied.skew,
        "expected_move": implied.expected_move,
    }
    return computes[name](market, of, *constants)
