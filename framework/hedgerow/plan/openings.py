"""What a rule wants to open today: contracts, and how many."""

from __future__ import annotations

import math
from itertools import chain

from msgspec import Struct

from hedgerow.account.execution import Quote
from hedgerow.account.margin import barred
from hedgerow.account.money import dollars
from hedgerow.account.order import Action, Leg, Refused
from hedgerow.account.package import Package
from hedgerow.book.book import Basis
from hedgerow.book.expression import Measure
from hedgerow.market.market import Market
from hedgerow.plan.cover import lacks_shares
from hedgerow.plan.greeks import GREEKS
from hedgerow.plan.holding import Holding
from hedgerow.plan.life import package_on
from hedgerow.plan.plan import OpeningStep, RuleStep
from hedgerow.plan.quotes import quote_today
from hedgerow.plan.shocks import mids_after
from hedgerow.plan.view import View
from hedgerow.vocabulary.structures.legs import ExpiryWish, LegShape, legs_from_shapes

MOST_UNITS = 1_000_000


class Wanted(Struct, frozen=True, gc=False):
    quote: Quote
    units: int
    detail: str  # how the size came about, in words


class Refusal(Struct, frozen=True, gc=False):
    reason: Refused
    detail: str


def wanted(step: RuleStep, opening: OpeningStep, view: View) -> Wanted | Refusal:
    """A package of a rule, priced and sized by today's close."""
    shapes = opening.shapes(view)
    for shape in shapes:
        if term := _unknown_term(shape):
            return Refusal(Refused.UNKNOWN, f"{term} of {shape.name}")
    found = _found(shapes, view.market, view.session)
    if isinstance(found, Refused):
        return Refusal(found, f"for {opening.opening.structure}")
    quote = _priced(*found, view)
    if isinstance(quote, Refusal):
        return quote
    target = target_of(step, view, quote)
    if isinstance(target, Refusal):
        return target
    units = _whole(step, target)
    if not units:
        return Refusal(Refused.TOO_SMALL, target.detail(units))
    return _on_its_side(quote, units, target.detail(units), view, 0)


def resized(step: RuleStep, holding: Holding, view: View) -> Wanted | Refusal:
    """The contracts of a position with the units its rule's size means today.

    No units where there is nothing left to cover; the contracts turned round where an `offset`
    needs its other side. A measure to cover is taken without the position itself.
    """
    if holding.settled_legs:
        return Refusal(Refused.EXPIRED, "a leg has settled, so the size stays as it is")
    quote = _priced(holding.life.package, holding.mids(view.session), view)
    if isinstance(quote, Refusal):
        return quote
    with view.without(holding):
        target = target_of(step, view, quote)
    if isinstance(target, Refusal):
        nothing = target.reason is Refused.NOTHING_TO_COVER
        return Wanted(quote, 0, target.detail) if nothing else target
    units = _whole(step, target)
    return _on_its_side(quote, units, target.detail(units), view, holding.units)


def _on_its_side(quote: Quote, units: int, detail: str, view: View, held: int) -> Wanted | Refusal:
    """So many units, of which some are held; below zero, of the package turned round."""
    if units < 0:
        turned = package_on(view.market, _turned(quote.package.legs))
        other = _priced(turned, list(quote.priced.mids), view)
        if isinstance(other, Refusal):
            return other
        quote = other
    units = min(abs(units), MOST_UNITS)
    beside = chain(view.holdings, view.waiting)
    if lacking := lacks_shares(quote.package, units - held, beside, view.account):
        return Refusal(Refused.ACCOUNT, lacking)
    return Wanted(quote, units, detail)


def _turned(legs: tuple[Leg, ...]) -> tuple[Leg, ...]:
    """The same contracts from the other side."""
    return tuple(Leg(_other_side(leg.name), leg.contract, -leg.ratio) for leg in legs)


def _other_side(name: str) -> str:
    side, _, rest = name.partition("_")
    return {"long": f"short_{rest}", "short": f"long_{rest}"}.get(side, name)


def _priced(package: Package, mids: list[float], view: View) -> Quote | Refusal:
    if forbidden := barred(package.legs, view.account):
        return Refusal(Refused.ACCOUNT, forbidden)
    quote = quote_today(package, mids, Action.OPEN, view)
    if not isinstance(quote, Refused):
        return quote
    if quote is Refused.NO_PRICE:
        return Refusal(quote, "a leg can't be priced today")
    return Refusal(quote, ", ".join(str(contract) for contract in package.contracts))


def _found(
    shapes: tuple[LegShape, ...], market: Market, session: int
) -> tuple[Package, list[float]] | Refused:
    """Contracts of these shapes at a close and their mids: the same for every run that asks."""

    def find() -> tuple[Package, list[float]] | Refused:
        legs = legs_from_shapes(market, session, shapes)
        if isinstance(legs, Refused):
            return legs
        package = package_on(market, legs)
        marks = market.package_marks(package.contracts, session)
        return package, [float(each[0]) for each in marks]

    return market.answers.once((shapes, session), find)


def _unknown_term(shape: LegShape) -> str | None:
    if shape.strike is not None and math.isnan(shape.strike.amount):
        return "the strike"
    if isinstance(shape.expiry, ExpiryWish) and math.isnan(shape.expiry.days):
        return "the expiry"
    return None


class Target(Struct, frozen=True, gc=False):
    """How much a rule wants of a package, by its size."""

    basis: Basis
    amount: float  # dollars; contracts for COUNT; below zero where the other side is needed
    each: float  # the same of one unit

    def detail(self, units: int) -> str:
        """How `units` came about, in words."""
        if self.basis is Basis.COUNT:
            return f"{self.amount:g} contracts"
        if self.basis is Basis.COVER:
            rest = units * self.each - self.amount
            where = "beyond it" if rest * self.amount >= 0 else "left"
            return f"covers {_money(abs(self.amount))}, {_money(abs(rest))} {where}"
        return f"{_money(self.amount)} at {_money(self.each)} a contract"


def target_of(step: RuleStep, view: View, quote: Quote) -> Target | Refusal:
    amount = step.amount(view)
    if not math.isfinite(amount):
        return Refusal(Refused.TOO_SMALL, "its size is unknown today")
    package, price = quote.package, quote.priced.price
    if step.basis is Basis.SPEND and package.is_future:
        return Refusal(Refused.TOO_SMALL, "a future costs nothing, so nothing is spent on it")
    match step.basis:
        case Basis.COUNT:
            return Target(step.basis, amount, 1.0)
        case Basis.SPEND:
            each = price * package.multiplier
        case Basis.RISK:
            each = package.worst_loss(price) * package.multiplier
        case Basis.COVER:
            return _cover(step, view, quote, amount)
    if each <= 0 or not math.isfinite(each):
        what = "costs nothing" if step.basis is Basis.SPEND else "has no bounded loss"
        return Refusal(Refused.TOO_SMALL, f"a contract {what}, so it can't be sized this way")
    return Target(step.basis, amount, each)


def _whole(step: RuleStep, target: Target) -> int:
    """Whole units toward less risk: less money, more cover; an offset to the least that stays.

    A millionth is forgiven, so that 3 contracts' worth of dollars buys 3.
    """
    exact = target.amount / target.each
    if step.basis is not Basis.COVER:
        return max(math.floor(exact + 1e-6), 0)
    if step.rule.opening.offsets:
        return round(exact)
    return max(math.ceil(exact - 1e-6), 1)


def _cover(step: RuleStep, view: View, quote: Quote, part: float) -> Target | Refusal:
    """What the package's own measure has to offset."""
    assert step.covered is not None and step.rule.size.covered is not None
    measure = step.rule.size.covered
    amount = part * step.covered(view)
    each = _own_measure(measure, view, quote)
    if measure.word != "loss":  # a loss is a positive number: its offset is a gain
        amount = -amount
    if not abs(amount) > 0:
        return Refusal(Refused.NOTHING_TO_COVER, f"there is no {measure.word}")
    # An offset may take the other side of a package; nothing else may.
    usable = abs(each) > 0 if step.rule.opening.offsets else amount * each > 0
    if not usable:
        return Refusal(Refused.TOO_SMALL, f"a contract does not offset any {measure.word}")
    return Target(Basis.COVER, amount, each)


def _money(amount: float) -> str:
    return dollars(round(amount * 100))


def _own_measure(measure: Measure, view: View, quote: Quote) -> float:
    """Dollars one unit gains under the shock, or its own sensitivity."""
    if measure.word != "loss":
        bundle = [(leg.contract, leg.ratio) for leg in quote.package.legs]
        return GREEKS[measure.word](bundle, view)
    assert measure.shock is not None, "the checks name a shock for every loss"
    shocked = mids_after(view.shocks[measure.shock], quote.package.contracts, view)
    return sum(
        (after - mid) * leg.ratio * leg.contract.multiplier
        for leg, mid, after in zip(quote.package.legs, quote.priced.mids, shocked, strict=True)
    )
