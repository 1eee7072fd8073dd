"""Numbers and lists as a sentence has them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal


def shortest(value: Decimal) -> Decimal:
    """The same without trailing zeros: 2, not 2.00, and not 2E+1 for 20."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def plain(value: Decimal) -> str:
    """Digits without trailing zeros, thousands apart."""
    return format(shortest(value), ",f")


def counted(count: Decimal | int, noun: str) -> str:
    """`1 row`, `3,000 rows`."""
    return f"{plain(Decimal(count))} {noun}{'' if count == 1 else 's'}"


def listed(parts: Sequence[str], word: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"
