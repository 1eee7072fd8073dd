"""Wings that stand on the wrong side of the strike they protect."""

from __future__ import annotations

from collections.abc import Iterator

from hedgerow.book.book import LegRule
from hedgerow.book.checks.checked import Checked
from hedgerow.book.checks.facts import Facts
from hedgerow.book.expression import Expression
from hedgerow.text.diagnostic import Diagnostic
from hedgerow.text.source import Span
from hedgerow.vocabulary.units import Kind, units_that_fit

_OUTWARD = {Kind.DELTA: -1, Kind.SD: 1, Kind.RATIO: 1}  # whether more of it is further out


def wings_inside(checked: Checked) -> Iterator[Diagnostic]:
    """Wings in delta, sd or % that no value of a param puts where the structure has them."""
    seen: set[Span] = set()
    for opening in checked.openings():
        legs = {leg.name: leg for leg in opening.legs}
        for leg in opening.legs:
            found = _wing(leg, legs)
            if found is None or found[0].span in seen or _can_stand(checked.facts, *found):
                continue
            wing, near, outward = found
            seen.add(wing.span)
            where = "further out of the money" if outward > 0 else "nearer the money"
            yield Diagnostic(
                "R514",
                f"the wing, `{wing.span.text}`, is not {where} than `{near.span.text}`",
                wing.span,
                notes=(
                    f"a wing in {units_that_fit(wing.kind)[0]} names its strike itself: the "
                    "nearest listed one on its side is taken instead",
                ),
                help=("write the strike that is meant, or a distance in points",),
            )


def _wing(leg: LegRule, legs: dict[str, LegRule]) -> tuple[Expression, Expression, int] | None:
    """A strike that is told as the one beside it is, that one, and the side it has to be on."""
    strike = leg.strike
    near = legs[strike.beside].strike if strike is not None and strike.beside else None
    if strike is None or near is None or strike.value is None or near.value is None:
        return None
    alike = near.beside is None and strike.value.kind is near.value.kind
    return (strike.value, near.value, strike.outward) if alike else None


def _can_stand(facts: Facts, wing: Expression, near: Expression, outward: int) -> bool:
    side = outward * _OUTWARD.get(wing.kind, 0)
    (low, high), (least, most) = facts.bounds(wing), facts.bounds(near)
    return side == 0 or (high > least if side > 0 else low < most)
