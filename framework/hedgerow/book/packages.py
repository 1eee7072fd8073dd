"""Legs that trade together, as one order."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from hedgerow.book.book import LegRule
from hedgerow.book.reading import Reading
from hedgerow.book.structures import free_name
from hedgerow.text.source import Span


def alike(reading: Reading, legs: Sequence[LegRule], span: Span) -> bool:
    """Whether contracts are priced together: of one kind and on one underlying."""
    plurals = {f"{leg.kind.value.removesuffix('s')}s" for leg in legs}
    for several in (plurals, {leg.underlying for leg in legs}):
        if len(several) > 1:
            message = f"one order can't hold {' and '.join(sorted(several))} together"
            reading.report("N107", message, span, help=("open them by two rules",))
            return False
    return True


def renamed(legs: Sequence[LegRule], taken: set[str]) -> list[LegRule]:
    """A second `short_put` becomes `short_put_2`, and what stands beside it follows."""
    names = {leg.name: free_name(leg.name, taken) for leg in legs}
    renamed = []
    for leg in legs:
        strike = leg.strike
        if strike is not None and strike.beside is not None:
            strike = replace(strike, beside=names[strike.beside])
        renamed.append(replace(leg, name=names[leg.name], strike=strike))
    return renamed
