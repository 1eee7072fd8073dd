"""What a broker sets aside for an open package, from the payoff and by the type of the account.

The requirement is gross of any credit, which lies in the account's cash; buying power used is the
requirement less the credit. Whatever is bought is paid in full and needs nothing beyond.

- A bounded package locks its worst payoff: unequal wings the wider one, since one level can only
  breach one side (Cboe margin manual, April 2000, spreads; FINRA Regulatory Notice 12-44:
  the maximum potential loss). A broker may add to VIX spreads; this doesn't.
- An uncovered short option, where that is less or nothing bounds it: its premium plus 15 % of the
  index (20 % of VIX and of shares) less the amount out of the money, at least 10 % of the index
  (calls) or strike (puts); a short put and call the greater, plus the premium of the other (Cboe
  margin manual, pp. 5-6; Cboe VIX options product specification).
- A call sold against shares that other positions hold, as many as it delivers, needs nothing: the
  shares are paid in full (Cboe margin manual, short calls and long stock). VIX has no shares.
- Shares are paid in full when bought; sold short they need 150 % (12 CFR 220.12(c)).
- A cash account locks the worst payoff of everything, an uncovered put's strike included, and
  holds nothing else: calls only against shares it holds, no futures, no shares sold short (12 CFR
  220.8; Cboe margin manual, whose cash accounts carry European spreads settled in cash).
- E-mini futures, an assumption near observed margins: initial is 110 % of a maintenance of 6 % of
  the contract's value, the same for every month.
- VX futures, an assumption near observed margins: initial is 110 % of a maintenance of 45 % of
  the contract's value up to 60 days, 30 % up to 120, 22 % beyond, at least $4,000; of a calendar
  spread 20 % of its larger leg. The initial margin is held throughout.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from hedgerow.account.assumptions import AccountType
from hedgerow.account.money import cents_of_points
from hedgerow.account.order import Leg
from hedgerow.account.payoff import lowest_payoff, multiplier, settling_together
from hedgerow.market.contract import Contract, Kind, Right

_PUT = Right.PUT  # looked up once: margin is asked for often, enums are slow
INDEX_SHARE = 0.15  # of the index level, uncovered
OTHER_SHARE = 0.20  # of VIX, and of shares
LEAST_SHARE = 0.10
SHORT_SHARES = 1.5  # of their value
INITIAL = 1.10  # of the maintenance margin of futures
FUTURE_SHARES = ((60, 0.45), (120, 0.30), (10_000, 0.22))  # up to days, of the value
FUTURE_LEAST = 4000.0  # USD a contract
INDEX_FUTURE_SHARE = 0.06  # of the value
CALENDAR_SHARE = 0.20  # of the larger leg's maintenance


class Standing(Struct, frozen=True, gc=False):
    """What the rule formulas look at; a bounded package needs none of it."""

    at: date
    level: float  # points of the underlying: the index itself, the VIX for VIX options
    mids: tuple[float, ...]  # points of each leg
    account: AccountType
    shares: int = 0  # of the underlying, held by others and free to be delivered


def requirement(legs: Sequence[Leg], units: int, now: Standing) -> int:
    """Cents set aside for `units` of a package, gross of its credit."""
    if all(leg.contract.kind is Kind.FUTURE for leg in legs):
        return round(_futures(legs, now) * 100) * units
    each = multiplier(legs)
    sold = uncovered_calls(legs) if now.shares else 0
    covered = min(units, now.shares // (sold * each)) if sold else 0
    needed = 0
    if covered < units:
        needed += cents_of_points(_points(legs, now), each) * (units - covered)
    if covered:
        now = replace(now, mids=(*now.mids, now.level))
        needed += cents_of_points(_points(_delivering(legs), now), each) * covered
    return needed


def uncovered_calls(legs: Sequence[Leg]) -> int:
    """Calls a unit sells that nothing in it covers, but shares elsewhere may."""
    sells = any(leg.ratio < 0 and leg.contract.right is Right.CALL for leg in legs)
    if not sells or legs[0].contract.underlying == "VIX":
        return 0
    return sum(
        count
        for group in settling_together(legs)
        for contract, count in _uncovered(group, _rising).items()
        if contract.right is Right.CALL
    )


def _delivering(legs: Sequence[Leg]) -> tuple[Leg, ...]:
    """The package and the shares that its uncovered calls deliver."""
    shares = Contract(legs[0].contract.underlying, Kind.SHARES, 1)
    return (*legs, Leg("", shares, uncovered_calls(legs)))


def _points(legs: Sequence[Leg], now: Standing) -> float:
    """What a unit needs."""
    return sum(_group(group, legs, now) for group in settling_together(legs))


def locked(groups: Sequence[Sequence[Leg]], lows: Sequence[float]) -> int | None:
    """Cents a unit needs come what may; None where that hangs on the market or the account.

    `groups` settle together, each at worst at its low, points.
    """
    first = groups[0][0].contract
    if first.kind is Kind.FUTURE or not all(map(_is_covered, groups)):
        return None
    return cents_of_points(sum([max(0.0, -low) for low in lows]), first.multiplier)


def barred(legs: Sequence[Leg], account: AccountType) -> str | None:
    """Why an account may not hold the package at any size; None where it may, if only against
    shares."""
    if account is not AccountType.CASH:
        return None
    if any(leg.contract.kind is Kind.FUTURE for leg in legs):
        return "a cash account holds no futures"
    held = _delivering(legs) if uncovered_calls(legs) else legs
    bounded = lowest_payoff(held) > -math.inf
    return None if bounded else "a cash account holds nothing without a worst loss"


def _group(group: Sequence[Leg], package: Sequence[Leg], now: Standing) -> float:
    """Points a unit of those legs of the package that share one settlement level needs."""
    bound = max(0.0, -lowest_payoff(group))
    if _is_covered(group) or now.account is AccountType.CASH:
        return bound
    calls = _uncovered(group, _rising)
    puts = _uncovered(group, _falling)
    covers = [Leg("", contract, count) for contract, count in (calls + puts).items()]
    covered = max(0.0, -lowest_payoff([*group, *covers]))
    mids = {leg.contract: mid for leg, mid in zip(package, now.mids, strict=True)}
    return min(bound, covered + _formula(calls, puts, mids, now.level))


def _is_covered(legs: Sequence[Leg]) -> bool:
    """Whether on either side as much is bought as is sold: most packages, so it is asked first."""
    puts = sum([leg.ratio for leg in legs if leg.contract.right is _PUT])
    return min(puts, sum([leg.ratio for leg in legs]) - puts) >= 0


def _rising(contract: Contract) -> float | None:
    """How far up a contract starts to gain with the level; None where it never does."""
    return None if contract.right is _PUT else contract.strike


def _falling(contract: Contract) -> float | None:
    """How far down a put starts to gain, negative so that the furthest is the largest."""
    return -contract.strike if contract.right is _PUT else None


def _uncovered(
    legs: Sequence[Leg], starts: Callable[[Contract], float | None]
) -> Counter[Contract]:
    """Short contracts of one side that no long one covers; those that start last are uncovered."""
    side = [leg for leg in legs if starts(leg.contract) is not None]
    missing = -sum(leg.ratio for leg in side)
    if missing <= 0:
        return Counter()
    held: Counter[Contract] = Counter()
    for leg in side:
        held[leg.contract] += leg.ratio
    found: Counter[Contract] = Counter()
    for contract in sorted(held, key=lambda held: starts(held) or 0.0, reverse=True):
        taken = min(-held[contract], missing)
        if taken > 0:
            found[contract] = taken
            missing -= taken
    return found


def _formula(
    calls: Counter[Contract], puts: Counter[Contract], mids: dict[Contract, float], level: float
) -> float:
    """Points for uncovered shorts: the side that needs more, and the premium of the other."""
    sides = []
    for side in (calls, puts):
        premium = sum(count * mids[contract] for contract, count in side.items())
        beyond = sum(count * _addition(contract, level) for contract, count in side.items())
        sides.append((premium + beyond, premium))
    (_, premium), (more, _) = sorted(sides)
    return more + premium


def _addition(contract: Contract, level: float) -> float:
    """Points beyond the premium for one uncovered short contract."""
    if contract.right is None:
        return (SHORT_SHARES - 1) * level
    share = INDEX_SHARE if contract.underlying == "SPX" else OTHER_SHARE
    away = contract.strike - level if contract.right is Right.CALL else level - contract.strike
    base = level if contract.right is Right.CALL else contract.strike
    return max(share * level - max(0.0, away), LEAST_SHARE * base)


def _futures(legs: Sequence[Leg], now: Standing) -> float:
    """USD a unit of futures needs."""
    each = [
        _maintenance(leg.contract, mid, now.at) for leg, mid in zip(legs, now.mids, strict=True)
    ]
    long = sum(leg.ratio for leg in legs if leg.ratio > 0)
    short = -sum(leg.ratio for leg in legs if leg.ratio < 0)
    paired, outright = min(long, short), abs(long - short)
    return INITIAL * max(each) * (outright + CALENDAR_SHARE * paired)


def _maintenance(contract: Contract, level: float, at: date) -> float:
    """USD for one outright contract."""
    if contract.expiry is None or contract.underlying not in ("SPX", "VIX"):
        raise ValueError(f"no margin rule for {contract}")
    if contract.underlying == "SPX":
        return INDEX_FUTURE_SHARE * level * contract.multiplier
    days = (contract.expiry.date - at).days
    share = next(part for until, part in FUTURE_SHARES if days <= until)
    return max(share * level * contract.multiplier, FUTURE_LEAST)
