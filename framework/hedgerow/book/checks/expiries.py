"""Expiries further ahead than anything is listed: the nearest is taken, and is not near."""

from __future__ import annotations

from collections.abc import Iterator

from hedgerow.book.book import LegRule
from hedgerow.book.checks.checked import Checked
from hedgerow.market.contract import Kind
from hedgerow.market.furthest import furthest_expiry
from hedgerow.text.diagnostic import Diagnostic
from hedgerow.text.source import Span


def beyond_the_listing(checked: Checked) -> Iterator[Diagnostic]:
    """Once for each place, whatever a param may be within its range."""
    seen: set[Span] = set()
    for leg in (leg for opening in checked.openings() for leg in opening.legs):
        wish = leg.expiry
        if wish is None or wish.distance is None:
            continue
        span = wish.distance.span
        furthest = furthest_expiry(_listed(leg), wish.cycle)
        if not furthest or checked.facts.bounds(wish.distance)[0] <= furthest or span in seen:
            continue
        seen.add(span)
        what = f"{leg.underlying} {leg.kind}s"
        cycle = f"{wish.cycle} " if wish.cycle else ""
        yield Diagnostic(
            "R513",
            f"`{span.text}` is beyond what is listed: {cycle}{what} reach {furthest} days ahead "
            "at most",
            span,
            notes=("the expiry nearest to it is taken, of those listed that day",),
            help=(f"write `{furthest} days` or less",),
        )


def _listed(leg: LegRule) -> str:
    own = leg.kind is Kind.FUTURE and leg.underlying == "SPX"
    return "SPX futures" if own else leg.underlying
