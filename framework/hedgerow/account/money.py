"""Money is integer cents; the only roundings of prices to money stand here."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, Decimal

_FAR_FROM_HALF = 0.499
_FINE_ENOUGH = 1e12  # cents: up to here a float tells ten thousandths of a cent apart


def cents(dollars: float) -> int:
    """Dollars as cents, rounded to nearest, halves to even, by the digits they are written with.

    Only near a half do those digits decide; elsewhere the float itself is near enough.
    """
    exact = dollars * 100
    nearest = round(exact)
    if abs(exact - nearest) < _FAR_FROM_HALF and abs(exact) < _FINE_ENOUGH:
        return nearest
    return int(Decimal(repr(dollars)).scaleb(2).to_integral_value(ROUND_HALF_EVEN))


def cents_of_points(points: float, multiplier: int) -> int:
    """A price in points as cents for one contract."""
    return round(points * multiplier * 100)


def tick_against(price: float, tick: float) -> float:
    """A net price to pay (negative: to receive) moved to the next tick against the trader.

    A price within a millionth of a tick counts as on it.
    """
    return math.ceil(price / tick - 1e-6) * tick


def dollars(amount: int) -> str:
    """`-$1,234.50`"""
    sign = "-" if amount < 0 else ""
    return f"{sign}${abs(amount) // 100:,}.{abs(amount) % 100:02d}"
