"""What one `sd` is: the implied move to an expiry, or a realised one where the file says so."""

from __future__ import annotations

from hedgerow.book.expression import Apply, Constant, Expression, Indicator, Series
from hedgerow.book.reading import Reading
from hedgerow.language import tree
from hedgerow.text.source import Span
from hedgerow.vocabulary.units import Kind

DAYS_A_YEAR = 365.0


def read_basis(reading: Reading, node: tree.SdBasis) -> int | None:
    """Sessions of the realised volatility; None for the implied one, or where it was refused."""
    value = node.value
    if isinstance(value, tree.Name) and value.parts == ("implied",):
        return None
    match value:
        case tree.Call(tree.Name(("realized",)), (tree.Argument(None, window),)):
            return reading.window(window)
    reading.report(
        "N107",
        f"`{value.span.text}` is no basis for an sd",
        value.span,
        help=("write `sd = implied` or `sd = realized(20 sessions)`",),
    )
    return None


def realized_distance(
    reading: Reading, deviations: Expression, underlying: str, days: Expression, window: int
) -> Expression | None:
    """Points of so many realised standard deviations over `days` calendar days."""
    span: Span = deviations.span
    close = Series(underlying, "close", Kind.LEVEL, span)
    volatility = Indicator("realized_vol", (close,), (window,), Kind.RATIO, span)
    year = Constant(DAYS_A_YEAR, Kind.DAYS, span)
    years = Apply("/", (days, year), Kind.RATIO, span)
    root = Indicator("sqrt", (years,), (), Kind.NUMBER, span)
    one = Apply("*", (Apply("*", (close, volatility), Kind.POINTS, span), root), Kind.POINTS, span)
    return reading.made(Apply("*", (deviations, one), Kind.POINTS, span))
