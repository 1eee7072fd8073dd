"""What a package trades at: the same for every run on the market that gives up as much of spreads,
so it is kept with the market."""

from __future__ import annotations

from collections.abc import Sequence

from hedgerow.account.execution import Quote
from hedgerow.account.order import Action, Refused
from hedgerow.account.package import Package
from hedgerow.account.spreads import package_price
from hedgerow.plan.view import View


def quote_today(
    package: Package, mids: Sequence[float], action: Action, view: View
) -> Quote | Refused:
    """At today's close, where the legs' mids are `mids` points."""
    market, session, fraction = view.market, view.session, view.frictions.spread_fraction

    def find() -> Quote | Refused:
        recorded = market.spreads(package.contracts, session)
        priced = package_price(package, mids, view.conditions, fraction, action, recorded)
        if isinstance(priced, Refused):
            return priced
        return Quote(package, priced, market.package_source(package.contracts, session))

    return market.answers.once((package, session, fraction, action.takes_on), find)
