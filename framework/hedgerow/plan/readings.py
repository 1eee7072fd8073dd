"""What each measure reads from a view: one small function a word. Unknown is nan."""

from __future__ import annotations

import math
from collections.abc import Callable

from hedgerow.account.entries import DAYS_A_YEAR
from hedgerow.account.payoff import payoff
from hedgerow.book.expression import Measure
from hedgerow.market.option_delta import option_delta
from hedgerow.plan.capital import capital_cost, quick_ratio, rate_of_return
from hedgerow.plan.greeks import GREEKS, bundle_of
from hedgerow.plan.holding import Holding
from hedgerow.plan.operations import NAN
from hedgerow.plan.shocks import mids_after
from hedgerow.plan.view import View
from hedgerow.vocabulary import WORDS
from hedgerow.vocabulary.word import Subject, Together

Reading = Callable[[View], float]


def reading_of(measure: Measure) -> Reading:
    """The measure as a function of a view. Dollars, ratios, days, points, as its row says."""
    if measure.target.subject is Subject.ACCOUNT:
        return _ACCOUNT[measure.word]
    if measure.target.leg is None and measure.word in _OF_SEVERAL:
        return _OF_SEVERAL[measure.word](measure)
    if measure.target.leg is not None:
        return _leg(measure)
    return _position(measure)


_ACCOUNT: dict[str, Reading] = {
    "capital": lambda view: view.equity,
    "equity": lambda view: view.equity,
    "cash": lambda view: view.cash,
    "margin": lambda view: view.margin,
    "drawdown": lambda view: view.drawdown,
    "quick_ratio": quick_ratio,
}


def _break_even(holding: Holding, side: int) -> float:
    level = holding.terms.break_evens[side]
    return NAN if level is None else level


def _days_to_expiry(holding: Holding, view: View) -> float:
    expiry = holding.expiry
    return NAN if expiry is None else float((expiry - view.at).days)


def _vol_break_even(holding: Holding, view: View) -> float:
    """A ratio a year: below zero where settling at today's level would lose."""
    expiry = holding.expiry
    levels = [each for each in holding.terms.break_evens if each is not None]
    if expiry is None or expiry <= view.at or not levels:
        return NAN
    spot = view.market.spot(holding.legs[0].contract.underlying, view.session)
    distance = min(abs(math.log(level / spot)) for level in levels)
    room = distance / math.sqrt((expiry - view.at).days / DAYS_A_YEAR)
    return math.copysign(room, payoff(holding.legs, spot) - holding.price)


_OF_A_POSITION: dict[str, Callable[[Holding, View], float]] = {
    "profit": lambda holding, view: holding.profit(view.session) / 100,
    "credit": lambda holding, view: -holding.paid / 100 if holding.paid < 0 else 0.0,
    "cost": lambda holding, view: holding.paid / 100 if holding.paid > 0 else 0.0,
    "max_profit": lambda holding, view: holding.terms.max_profit,
    "max_loss": lambda holding, view: holding.terms.max_loss,
    "units": lambda holding, view: float(holding.units),
    "age": lambda holding, view: float((view.at - holding.opening.at).days),
    "days_to_expiry": _days_to_expiry,
    "lower_break_even": lambda holding, view: _break_even(holding, 0),
    "upper_break_even": lambda holding, view: _break_even(holding, 1),
    "vol_break_even": _vol_break_even,
}


def _position(measure: Measure) -> Reading:
    read, target = _OF_A_POSITION[measure.word], measure.target
    summed = WORDS[measure.word].together is Together.SUM

    def of_all(held: list[Holding], view: View) -> float:
        if summed and len(held) > 1:
            return sum(read(holding, view) for holding in held)
        return read(held[-1], view) if held else NAN

    if len(target.rules) != 1:
        return lambda view: of_all(view.open(target), view)
    (rule,) = target.rules

    def of_a_rule(view: View) -> float:
        own = view.holding
        if own is not None and own.rule == rule:  # its exit asks: most readings of all
            return read(own, view)
        return of_all(view.held[rule], view)

    return of_a_rule


def _open(measure: Measure) -> Reading:
    target = measure.target
    return lambda view: 1.0 if view.open(target) else 0.0


def _armed(measure: Measure) -> Reading:
    paths = frozenset(measure.target.rules)
    return lambda view: 1.0 if paths <= view.armed else 0.0


def _disarmed(measure: Measure) -> Reading:
    armed = _armed(measure)
    return lambda view: 1.0 - armed(view)


def _count(measure: Measure) -> Reading:
    return lambda view: float(len(view.open(measure.target)))


def _loss(measure: Measure) -> Reading:
    """Dollars the open positions lose at once under the shock; 0 where nothing is open."""
    shock = measure.shock
    assert shock is not None, "the checks name a shock for every loss"

    def reading(view: View) -> float:
        return -sum(shock_gain(holding, view, shock) for holding in view.open(measure.target))

    return reading


def shock_gain(holding: Holding, view: View, shock: str) -> float:
    """Dollars an open position gains under a shock, at mids, by a full new pricing."""
    alive = [at for at in range(len(holding.legs)) if at not in holding.settled_legs]
    contracts = [holding.legs[at].contract for at in alive]
    prices = mids_after(view.shocks[shock], contracts, view)
    return (
        sum(
            (price - holding.mark(at, view.session))
            * holding.legs[at].ratio
            * holding.legs[at].contract.multiplier
            for at, price in zip(alive, prices, strict=True)
        )
        * holding.units
    )


def _leg_delta(holding: Holding, at: int, view: View) -> float:
    """Between 0 and 1, whatever the right: as traders say `30 delta`."""
    return abs(option_delta(view.market, holding.legs[at].contract, view.session))


def _leg_in_the_money(holding: Holding, at: int, view: View) -> float:
    contract = holding.legs[at].contract
    return float(contract.payoff(view.market.spot(contract.underlying, view.session)) > 0)


_OF_A_LEG: dict[str, Callable[[Holding, int, View], float]] = {
    "strike": lambda holding, at, view: holding.legs[at].contract.strike,
    "price": lambda holding, at, view: holding.mark(at, view.session),
    "delta": _leg_delta,
    "itm": _leg_in_the_money,
}


def _leg(measure: Measure) -> Reading:
    read, name = _OF_A_LEG[measure.word], measure.target.leg
    assert name is not None

    def reading(view: View) -> float:
        held = view.open(measure.target)
        at = held[-1].leg(name) if held else None
        return NAN if at is None else read(held[-1], at, view)

    return reading


def _collected(sign: int) -> Callable[[Measure], Reading]:
    """Dollars of premium paid (+1) or received (-1) at the openings of the last sessions."""

    def of(measure: Measure) -> Reading:
        target, window = measure.target, measure.window

        def reading(view: View) -> float:
            since = view.session - window if window else -1
            cents = 0
            for flow in reversed(view.flows):
                if flow.session <= since:
                    break
                if view.means(target, flow.rule):
                    cents += max(sign * flow.paid, 0)
            return cents / 100

        return reading

    return of


def _margin(measure: Measure) -> Reading:
    return lambda view: sum(each.requirement for each in view.open(measure.target)) / 100


def _irr(measure: Measure) -> Reading:
    return lambda view: rate_of_return(measure.target, view, measure.window)


def _capital_cost(measure: Measure) -> Reading:
    def reading(view: View) -> float:
        held = view.open(measure.target)
        return sum(capital_cost(each, view, measure.rate) for each in held) if held else NAN

    return reading


def _greek(measure: Measure) -> Reading:
    greek = GREEKS[measure.word]

    def reading(view: View) -> float:
        return greek(bundle_of(view.open(measure.target)), view)

    return reading


_OF_SEVERAL: dict[str, Callable[[Measure], Reading]] = {
    "open": _open,
    "armed": _armed,
    "disarmed": _disarmed,
    "count": _count,
    "loss": _loss,
    "margin": _margin,
    "irr": _irr,
    "capital_cost": _capital_cost,
    **dict.fromkeys(GREEKS, _greek),
    "credit_collected": _collected(-1),
    "hedge_cost": _collected(+1),
}
