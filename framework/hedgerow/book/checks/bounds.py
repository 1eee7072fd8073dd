"""Sizes by risk of what nothing bounds: no number of contracts risks a part of the capital."""

from __future__ import annotations

from collections.abc import Iterator

from hedgerow.book.book import Basis, Opening
from hedgerow.book.checks.checked import Checked
from hedgerow.market.contract import Right
from hedgerow.text.diagnostic import Diagnostic


def losses_without_end(checked: Checked) -> Iterator[Diagnostic]:
    """Rules that could never be sized, and rolls into what could not."""
    for rule in checked.rules:
        into = (roll.into for roll in rule.rolls if roll.into is not None)
        if rule.size.basis is not Basis.RISK:
            continue
        for opening in filter(_falls_for_ever, (rule.opening, *into)):
            yield Diagnostic(
                "R515",
                f"`{opening.structure}` can lose without end here, so `size risk` never opens it",
                opening.span,
                help=(
                    "buy what bounds it, as the wings of an `iron_condor` do, or count it: "
                    "`size 2 contracts`",
                ),
            )


def _falls_for_ever(opening: Opening) -> bool:
    """Whether it is worth less and less as the underlying rises: puts are worth nothing by then."""
    return sum(leg.ratio for leg in opening.legs if leg.right is not Right.PUT) < 0
