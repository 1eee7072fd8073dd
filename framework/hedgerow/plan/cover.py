"""What is set aside for a position, and the shares of others that stand behind its calls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hedgerow.account.assumptions import AccountType
from hedgerow.account.margin import Standing, requirement, uncovered_calls
from hedgerow.account.order import Leg
from hedgerow.account.package import Package
from hedgerow.account.payoff import multiplier
from hedgerow.market.contract import Kind
from hedgerow.plan.holding import Holding
from hedgerow.plan.view import View


def margin(
    package: Package,
    units: int,
    mids: Sequence[float],
    view: View,
    others: Iterable[Holding],
    but: Holding | None = None,
) -> int:
    """Cents to set aside at today's close for units of a package, beside `others`.

    `but`: the one of them it is, where it is held already.
    """
    if package.locked is not None:
        return package.locked * units
    level = view.market.spot(package.legs[0].contract.underlying, view.session)
    free = _free_shares(others, package.legs, but) if package.uncovered_calls else 0
    standing = Standing(view.at, level, tuple(mids), view.account, free)
    return requirement(package.legs, units, standing)


def lacks_shares(
    package: Package, more: int, holdings: Iterable[Holding], account: AccountType
) -> str | None:
    """Why a cash account refuses so many units more, or fewer where below zero: calls that it has
    sold would stand without the shares they deliver, of `holdings`. None where it does not."""
    if account is not AccountType.CASH:
        return None
    underlying, spare = package.legs[0].contract.underlying, more * _spare(package.legs)
    if spare >= 0:
        return None
    for each in holdings:
        held = [each.legs[at] for at in each.held_legs()]
        if held[0].contract.underlying == underlying:
            spare += each.units * _spare(held)
    return None if spare >= 0 else f"{-spare:,} shares too few behind the calls it has sold"


def _spare(legs: Sequence[Leg]) -> int:
    """Shares a unit holds, less those that its calls deliver."""
    shares = sum(leg.ratio for leg in legs if leg.contract.kind is Kind.SHARES)
    return shares - multiplier(legs) * uncovered_calls(legs)


def _free_shares(
    holdings: Iterable[Holding], legs: Sequence[Leg], but: Holding | None = None
) -> int:
    """Shares of the underlying of `legs` that positions hold and that no call sold earlier needs:
    of those sold by `but` or later, none has come yet; of a new order, all others have.
    """
    underlying, pledging, free = legs[0].contract.underlying, True, 0
    for each in holdings:
        pledging = pledging and each is not but
        held = [each.legs[at] for at in each.held_legs()]
        if each is but or held[0].contract.underlying != underlying:
            continue
        free += each.units * sum(leg.ratio for leg in held if leg.contract.kind is Kind.SHARES)
        if pledging:
            free -= each.units * multiplier(held) * uncovered_calls(held)
    return max(free, 0)
