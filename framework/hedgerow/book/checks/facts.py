"""What is known of a value before any market is: its bounds, and whether two are the same.

Bounds are closed ranges of floats, so `> 20` is from the next float on: nothing between is lost.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from math import inf, isnan, nextafter

from hedgerow.book.book import Parameter
from hedgerow.book.expression import (
    Apply,
    Constant,
    DateWord,
    Decided,
    EventValue,
    EventWindow,
    EverySession,
    Expression,
    Indicator,
    MarketWord,
    Measure,
    Result,
    Series,
    operands,
)
from hedgerow.vocabulary import WORDS
from hedgerow.vocabulary.units import Kind
from hedgerow.vocabulary.word import Subject

Range = tuple[float, float]  # both ends included
EVERYTHING: Range = (-inf, inf)
_PRICES = ("SPX", "VIX")  # other series may be spreads or breadth lines, below zero at times
# Measures that nothing is known of while the position they are said of is not open.
OF_AN_OPEN_ONE = (
    "profit", "credit", "cost", "max_profit", "max_loss", "age", "days_to_expiry",
    "lower_break_even", "upper_break_even", "vol_break_even", "capital_cost", "irr", "strike",
    "price", "itm",
)  # fmt: skip


class Facts:
    """Of a file's expressions; `closed` are rules that have never opened a position, and
    `nothing_open` says that these are all there are.
    """

    def __init__(
        self,
        parameters: Sequence[Parameter],
        closed: frozenset[str] = frozenset(),
        *,
        nothing_open: bool = False,
    ) -> None:
        self.parameters, self.closed, self.nothing_open = parameters, closed, nothing_open
        self._knobs = {id(each.value): each for each in parameters}
        self._bounds: dict[int, Range] = {}
        self._keys: dict[int, int] = {}
        self._numbers: dict[Hashable, int] = {}

    def while_closed(self, rules: frozenset[str], *, nothing_open: bool) -> Facts:
        return Facts(self.parameters, rules, nothing_open=nothing_open)

    def is_knob(self, node: Expression) -> bool:
        """Whether a variant or a sweep may give it another value."""
        return id(node) in self._knobs

    def key(self, node: Expression) -> int:
        """Equal for values that are equal at every close."""
        known = self._keys.get(id(node))
        if known is None:
            terms = self._terms(node)
            known = self._keys[id(node)] = self._numbers.setdefault(terms, len(self._numbers))
        return known

    def _terms(self, node: Expression) -> Hashable:
        if self.is_knob(node):
            return "param", self._knobs[id(node)].name
        below = tuple(map(self.key, operands(node)))
        match node:
            case Constant():
                return "constant", node.value
            case Series():
                return node.name, node.column
            case Indicator():
                return node.word, node.windows, below
            case MarketWord():
                return node.word, node.underlying, node.constants
            case Measure():
                return node.word, node.target, node.shock, node.window, node.rate
            case Apply():
                return node.operator, node.window, below
            case DateWord():
                return "date", node.word
            case EverySession():
                return "every", node.count
            case EventWindow():
                return node.calendar, node.first, node.last
            case EventValue():
                return "event", node.calendar, node.column
            case Decided():
                return node.action, node.rules
            case Result():
                return "result", node.word, node.of_baseline

    def bounds(self, node: Expression) -> Range:
        known = self._bounds.get(id(node))
        if known is None:
            known = self._bounds[id(node)] = self._found(node)
        return known

    def _found(self, node: Expression) -> Range:
        knob = self._knobs.get(id(node))
        if knob is not None:
            ends = knob.low, knob.high
            low, high = (each.value if isinstance(each, Constant) else None for each in ends)
            return (-inf if low is None else low, inf if high is None else high)
        match node:
            case Constant() if node.kind is Kind.ZERO and node.span.text.strip("0."):
                return EVERYTHING  # it stands for what was refused
            case Constant():
                return node.value, node.value
            case Series():
                return (0.0, inf) if node.name in _PRICES else EVERYTHING
            case Measure() if self._is_closed(node) and node.word in ("open", "count"):
                return 0.0, 0.0
            case Measure() | Indicator() | MarketWord() | DateWord():
                return WORDS[node.word].between
            case Apply():
                return self._applied(node)
        return EVERYTHING

    def _applied(self, node: Apply) -> Range:
        ranges = [self.bounds(each) for each in node.operands]
        match node.operator:
            case "+" | "-" | "*" | "/" | "of":
                return _arithmetic(node.operator, *ranges)
            case "negative":
                ((low, high),) = ranges
                return -high, -low
            case "lag":
                return ranges[0]
            case "if":
                return _union(ranges[1], ranges[2])
            case "otherwise":
                return _union(*ranges)
            case "since":
                return 0.0, inf
        return EVERYTHING

    def is_unknown(self, node: Expression) -> bool:
        """Whether a value surely is unknown, because it is about what is not open."""
        match node:
            case Measure():
                return self._is_closed(node) and node.word in OF_AN_OPEN_ONE
            case Apply(operator="otherwise"):
                return all(map(self.is_unknown, node.operands))
            case Apply(operator="if"):
                condition, then, otherwise = map(self.is_unknown, node.operands)
                return condition or (then and otherwise)
            case Apply(operator="and" | "or" | "for" | "within last" | "since"):
                return False
        return any(map(self.is_unknown, operands(node)))

    def _is_closed(self, node: Measure) -> bool:
        if node.target.subject is Subject.BOOK:
            return self.nothing_open
        about = node.target.subject in (Subject.POSITION, Subject.LEG, Subject.STACK)
        return about and bool(node.target.rules) and self.closed.issuperset(node.target.rules)


def above(level: float) -> float:
    return nextafter(level, inf)


def below(level: float) -> float:
    return nextafter(level, -inf)


def is_truth(node: Expression) -> bool:
    return node.kind is Kind.TRUTH


def _union(one: Range, other: Range) -> Range:
    return min(one[0], other[0]), max(one[1], other[1])


def _arithmetic(operator: str, left: Range, right: Range) -> Range:
    """Ends give ends: floats are rounded the same way, whatever the operation."""
    match operator:
        case "+":
            found = [left[0] + right[0], left[1] + right[1]]
        case "-":
            found = [left[0] - right[1], left[1] - right[0]]
        case "/" if right[0] <= 0.0 <= right[1]:
            return EVERYTHING
        case "/":
            found = [one / other for one in left for other in right]
        case _:
            found = [one * other for one in left for other in right]
    return EVERYTHING if any(map(isnan, found)) else (min(found), max(found))
