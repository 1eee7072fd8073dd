"""Strikes of puts with a sign: `strike = -5%` is not 5% below the market."""

from __future__ import annotations

from collections.abc import Iterator

from hedgerow.book.checks.checked import Checked
from hedgerow.market.contract import Right
from hedgerow.text.diagnostic import Diagnostic
from hedgerow.text.source import Span
from hedgerow.vocabulary.units import Kind

_DISTANCES = (Kind.SD, Kind.RATIO, Kind.POINTS)


def puts_in_the_money(checked: Checked) -> Iterator[Diagnostic]:
    """Once for each place; of calls a sign means what it says, below the market."""
    seen: set[Span] = set()
    for leg in (leg for opening in checked.openings() for leg in opening.legs):
        value = leg.strike.value if leg.strike is not None and not leg.strike.beside else None
        if leg.right is not Right.PUT or value is None or value.kind not in _DISTANCES:
            continue
        span = value.span
        if checked.facts.bounds(value)[1] >= 0 or span in seen:
            continue
        seen.add(span)
        below = span.text.removeprefix("-").lstrip()
        yield Diagnostic(
            "R516", f"a put at `{span.text}` stands above the market, in the money", span,
            notes=("a distance is counted out of the money: of a put downward",),
            help=(f"write `{below}` for a strike below it",),
        )  # fmt: skip
