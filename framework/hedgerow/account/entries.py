"""What happened, as entries of the ledger. Nothing else in the house writes one.

Signs are those of double entry: `cash`, `position:<id>` and `fees` grow with what is owned or
spent; `capital`, `interest`, `dividends` and `result:<rule>` fall when money is put in or made,
so that every entry, and the sum of all accounts, is zero. A position's account holds what it has
cost so far, and is brought to zero when it ends; the difference is its result.

Futures cost nothing: `variation_entry` pays their daily gain, so they settle at what they were
last paid at, and their account holds the gains paid so far, negative.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hedgerow.account.ledger import Entry, Interest
from hedgerow.account.money import cents_of_points
from hedgerow.account.order import Fill, Leg
from hedgerow.account.payoff import multiplier, payoff
from hedgerow.market.contract import Contract, Kind
from hedgerow.text.in_words import counted

DAYS_A_YEAR = 365  # ACT/365: calendar days between sessions


def position_account(position: int) -> str:
    return f"position:{position}"


def result_account(rule: str) -> str:
    return f"result:{rule}"


def deposit_entry(amount: int, at: date) -> Entry:
    """Capital put into the account, cents."""
    return Entry(at, "deposit", "capital put in", (("cash", amount), ("capital", -amount)))


def open_entry(opening: Fill) -> Entry:
    """A position, or more units of one, comes into the book at its cost; its fee is spent."""
    order = opening.order
    return Entry(
        opening.at,
        order.action,
        order.because.reason,
        (
            ("cash", opening.cash - opening.fee),
            (position_account(order.position), -opening.cash),
            ("fees", opening.fee),
        ),
        order.position,
        _contracts(order.legs, order.units),
    )


def close_entry(closing: Fill, basis: int) -> Entry:
    """A position, or some units of it, leaves the book by trading.

    `basis`: cents of its account that go with it, the whole balance where nothing is left.
    """
    order = closing.order
    return Entry(
        closing.at,
        order.action,
        order.because.reason,
        (
            ("cash", closing.cash - closing.fee),
            (position_account(order.position), -basis),
            ("fees", closing.fee),
            (result_account(order.because.rule), basis - closing.cash),
        ),
        order.position,
        _contracts(order.legs, -order.units),
    )


def released(basis: int, units: int, held: int) -> int:
    """Cents of a position's `basis` that go with `units` of the `held` ones."""
    return round(basis * units / held)


def settle_entry(
    opening: Fill,
    units: int,
    legs: Sequence[Leg],
    level: float,
    at: date,
    remaining: Sequence[Leg],
    basis: int,
) -> Entry:
    """`legs` of a position of `units` settle in cash at `level` points, without a fee.

    With none `remaining` the position ends, and the difference to `basis` is its result; before
    that, what came in lowers what the position has cost.
    """
    order = opening.order
    received = settlement_cash(legs, level, units)
    account = position_account(order.position)
    postings: tuple[tuple[str, int], ...] = (("cash", received), (account, -received))
    if not remaining:
        result = (result_account(order.because.rule), basis - received)
        postings = (("cash", received), (account, -basis), result)
    because = f"settled at {level:.2f}"
    contracts = _contracts(legs, -units)
    return Entry(at, "settle", because, postings, order.position, contracts)


def settlement_cash(legs: Sequence[Leg], level: float, units: int) -> int:
    """Cents that settlement pays (+) or takes (-), rounded once a unit; futures pay daily."""
    paying = [leg for leg in legs if leg.contract.kind is not Kind.FUTURE]
    if not paying:
        return 0
    return cents_of_points(payoff(paying, level), multiplier(paying)) * units


def variation_entry(
    opening: Fill, units: int, leg: Leg, before: float, now: float, at: date
) -> Entry:
    """A future's gain since it was last paid, from `before` to `now` points."""
    gain = cents_of_points((now - before) * leg.ratio, leg.contract.multiplier) * units
    because = f"{leg.contract} from {before:.2f} to {now:.2f}"
    return _gain_entry(opening, gain, because, at)


def concession_entry(opening: Fill, filled: Fill) -> Entry:
    """What a trade of futures gave up against the mid, paid with the day's variation."""
    because = f"{filled.price:.2f} for a mid of {filled.mid:.2f}"
    return _gain_entry(opening, -filled.slippage, because, filled.at)


def _gain_entry(opening: Fill, gain: int, because: str, at: date) -> Entry:
    position = opening.order.position
    postings = (("cash", gain), (position_account(position), -gain))
    return Entry(at, "variation", because, postings, position)


def interest_entry(cash: int, rate: float, days: int, at: date) -> Interest:
    """Simple interest on `cash` cents for calendar `days` at `rate` a year (0.05 is 5 %).

    Cash below zero is charged the same rate.
    """
    return Interest(at, round(cash * rate * days / DAYS_A_YEAR), days, rate)


def earns_dividends(contract: Contract) -> bool:
    """Shares of the index; what other series pay, nobody has said."""
    return contract.kind is Kind.SHARES and contract.underlying == "SPX"


def dividend_entry(
    opening: Fill, units: int, close: float, dividend_yield: float, days: int, at: date
) -> Entry:
    """Dividends of index shares, paid evenly: `dividend_yield` a year on its last `close`."""
    order = opening.order
    shares = sum(leg.ratio for leg in order.legs if earns_dividends(leg.contract))
    value = close * shares * multiplier(order.legs) * units * 100
    paid = round(value * dividend_yield * days / DAYS_A_YEAR)
    because = f"{counted(days, 'day')} at {dividend_yield:.2%}"
    postings = (("cash", paid), ("dividends", -paid))
    return Entry(at, "dividend", because, postings, order.position)


def _contracts(legs: Sequence[Leg], units: int) -> tuple[tuple[Contract, int], ...]:
    return tuple([(leg.contract, leg.ratio * units) for leg in legs])
