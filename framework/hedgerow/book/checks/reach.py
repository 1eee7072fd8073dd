"""Profits out of reach: what is sold and can only come to be owed earns its credit at most."""

from __future__ import annotations

from collections.abc import Iterator

from hedgerow.book.book import LegRule, Opening, Rule
from hedgerow.book.checks.checked import Checked
from hedgerow.book.checks.conditions import roots
from hedgerow.book.checks.facts import Facts
from hedgerow.book.expression import Apply, Expression, Measure, bottom_up
from hedgerow.book.expression import Target as Of
from hedgerow.market.contract import Kind
from hedgerow.text.diagnostic import Diagnostic

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "crosses above": "", "between": ""}
_WAYS_OUT = (
    "to take a profit, write a part of the credit, such as `profit >= 50% of credit`",
    "to stop a loss, write it with a minus, such as `profit <= -150% of credit`",
)


def beyond_the_credit(checked: Checked) -> Iterator[Diagnostic]:
    """Comparisons of a profit with more than the credit, where no market brings that.

    Silent where a clause could not be read: it may open something else.
    """
    if not checked.complete:
        return
    facts = checked.facts
    sold = frozenset(rule.path for rule in checked.rules if _only_owes(facts, rule))
    seen: set[int] = set()
    for root in roots(checked):
        for node in bottom_up(root, seen):
            seen.add(id(node))
            if isinstance(node, Apply) and (of := _beyond(facts, node, sold)):
                named = " and ".join(f"`{path}`" for path in of.rules)
                message = f"`{node.span.text}` can never be true: {named} can earn the credit alone"
                yield Diagnostic("R512", message, node.span, help=_WAYS_OUT)


def _beyond(facts: Facts, node: Apply, sold: frozenset[str]) -> Of | None:
    """Of what the profit has to be more than its credit for the comparison to be true."""
    if node.operator not in _TURNED:
        return None
    profit, level, sign = node.operands[0], node.operands[1], node.operator
    if sign in ("<", "<="):
        profit, level, sign = level, profit, _TURNED[sign]
    of, least = _asked(facts, profit, level)
    if of is None or least is None or not of.rules or not sold.issuperset(of.rules):
        return None
    strict = sign in (">", "crosses above")
    return of if least > 1 or (least == 1 and strict) else None


def _asked(facts: Facts, left: Expression, level: Expression) -> tuple[Of | None, float | None]:
    """Of what a profit is asked, and how many of its credits it has to be at least."""
    match left:
        case Measure(word="profit", target=of):
            return of, _credits(facts, level, of)
        case Apply(operator="/", operands=(Measure(word="profit", target=of), by)):
            credits = _credits(facts, by, of)
            return of, None if credits is None else credits * facts.bounds(level)[0]
    return None, None


def _credits(facts: Facts, level: Expression, of: Of) -> float | None:
    """The least credits of `of` that a level can be, whatever params are; None for another one."""
    match level:
        case Measure(word="credit", target=target) if target == of:
            return 1.0
        case Apply(operator="of" | "*", operands=(one, other)):
            for part, rest in ((one, other), (other, one)):
                credits = _credits(facts, rest, of)
                if credits is not None:
                    return facts.bounds(part)[0] * credits
    return None


def _only_owes(facts: Facts, rule: Rule) -> bool:
    """Whether no market makes its position worth more than nothing.

    What a rebalance gave back was earned before, at another price.
    """
    opened = [rule.opening, *(roll.into for roll in rule.rolls if roll.into is not None)]
    return not rule.rebalances and all(_owes(facts, each) for each in opened)


def _owes(facts: Facts, opening: Opening) -> bool:
    """Options that settle together, each bought one behind one sold, further out of the money."""
    sold = {leg.name: -leg.ratio for leg in opening.legs if leg.ratio < 0}
    rights = {leg.name: leg.right for leg in opening.legs}
    if opening.offsets or not all(_alike(facts, leg, opening.legs[0]) for leg in opening.legs):
        return False
    for leg in opening.legs:
        beside = leg.strike.beside if leg.strike else None
        if leg.ratio < 0:
            continue
        if beside not in sold or rights[beside] is not leg.right or not _outward(leg):
            return False
        sold[beside] -= leg.ratio
    return all(left >= 0 for left in sold.values())


def _alike(facts: Facts, leg: LegRule, other: LegRule) -> bool:
    """Both options of one expiry."""
    one, two = leg.expiry, other.expiry
    if leg.kind is not Kind.OPTION or one is None or two is None:
        return False
    if (one.cycle, one.of) != (two.cycle, two.of):
        return False
    if one.distance is None or two.distance is None:
        return one.distance is two.distance
    return facts.key(one.distance) == facts.key(two.distance)


def _outward(leg: LegRule) -> bool:
    return leg.strike is not None and leg.strike.value is not None and leg.strike.outward > 0
