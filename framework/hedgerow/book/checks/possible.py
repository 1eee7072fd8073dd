"""Whether conditions can be true together at one close, as far as the rules themselves tell.

Never says "no" of what some market could bring about: where it can't tell, it says yes.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

from hedgerow.book.checks.facts import Facts, Range, above, below, is_truth
from hedgerow.book.expression import Apply, Constant, Expression

MOST_STEPS = 500  # conditions looked at before the answer is yes

Wish = tuple[Expression, bool]  # a condition, and whether it shall be true or false
_Known = Mapping[int | tuple[int, int], Range]  # by key; by two keys the sign of a difference

_OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}
_SIGNS: dict[str, Range] = {
    "<": (-1, -1), "<=": (-1, 0), "==": (0, 0), ">=": (0, 1), ">": (1, 1), "!=": (-1, 1),
}  # fmt: skip


def can_hold(facts: Facts, *wishes: Wish) -> bool:
    return _Search(facts).holds(wishes, {})


class _Search:
    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._steps = 0

    def holds(self, wishes: tuple[Wish, ...], known: _Known) -> bool:
        """Whether the wishes can come true where the ranges in `known` are given."""
        while wishes:
            self._steps += 1
            if self._steps > MOST_STEPS:
                return True
            (node, wanted), *rest = wishes
            ways = self._ways(node, wanted)
            if ways is None:
                narrowed = self._narrowed(node, wanted, known)
                if narrowed is None:
                    return False
                known, wishes = narrowed, tuple(rest)
            elif len(ways) == 1:
                wishes = (*ways[0], *rest)
            else:
                return any(self.holds((*way, *rest), known) for way in ways)
        return True

    def _ways(self, node: Expression, wanted: bool) -> list[tuple[Wish, ...]] | None:
        """Ways to fulfil a wish by those of its parts; None for a condition without any."""
        if not isinstance(node, Apply) or self._facts.is_knob(node):
            return None
        parts = node.operands
        match node.operator:
            case "not":
                return [((parts[0], not wanted),)]
            case "and" | "or":
                together = (node.operator == "and") == wanted
                each = tuple((part, wanted) for part in parts)
                return [each] if together else [(one,) for one in each]
            case "for" | "becomes":
                return [((parts[0], True),)] if wanted else [()]
            case "within last":
                if not wanted:
                    return [((parts[0], False),)]
                return [()] if can_hold(self._facts, (parts[0], True)) else []
            case "lag":
                return [()] if can_hold(self._facts, (parts[0], wanted)) else []
            case "if":
                then, otherwise = (parts[1], wanted), (parts[2], wanted)
                return [((parts[0], True), then), ((parts[0], False), otherwise)]
            case "otherwise":
                return [((parts[0], wanted),), ((parts[1], wanted),)]
        return None

    def _narrowed(self, node: Expression, wanted: bool, known: _Known) -> _Known | None:
        """What is known once the wish has come true; None where it can't."""
        if isinstance(node, Apply) and not self._facts.is_knob(node):
            if self._facts.is_unknown(node):
                return None
            left, *right = node.operands
            if node.operator in _OPPOSITE:
                sign = node.operator if wanted else _OPPOSITE[node.operator]
                return self._compared(left, sign, right[0], known)
            if node.operator == "between" and wanted:
                first = self._compared(left, ">=", right[0], known)
                return None if first is None else self._compared(left, "<=", right[1], first)
            if node.operator in ("crosses above", "crosses below") and wanted:
                sign = ">" if node.operator == "crosses above" else "<"
                return self._compared(left, sign, right[0], known)
            if node.operator == "between":
                outside = (self._compared(left, "<", right[0], known),
                           self._compared(left, ">", right[1], known))  # fmt: skip
                return known if any(each is not None for each in outside) else None
        return self._plain(node, wanted, known)

    def _plain(self, node: Expression, wanted: bool, known: _Known) -> _Known | None:
        if isinstance(node, Constant) and not self._facts.is_knob(node):
            return known if bool(node.value) == wanted else None
        if not is_truth(node) or self._facts.is_unknown(node):
            return None
        return self._within(node, (float(wanted), float(wanted)), known)

    def _within(self, node: Expression, wished: Range, known: _Known) -> _Known | None:
        key = self._facts.key(node)
        met = _meet(known.get(key, self._facts.bounds(node)), wished)
        return None if met is None else {**known, key: met}

    def _compared(
        self, left: Expression, sign: str, right: Expression, known: _Known
    ) -> _Known | None:
        """The difference has its sign, and each side leaves the other its room."""
        one, two = self._facts.key(left), self._facts.key(right)
        low, high = _SIGNS[sign]
        wished = (low, high) if one <= two else (-high, -low)
        pair = min(one, two), max(one, two)
        met = _meet(known.get(pair, (0, 0) if one == two else (-1, 1)), wished)
        if met is None or (sign == "!=" and met == (0, 0)):
            return None
        known = {**known, pair: met}
        at_left = known.get(one, self._facts.bounds(left))
        at_right = known.get(two, self._facts.bounds(right))
        if sign == "!=":
            same = at_left == at_right and at_left[0] == at_left[1]
            return None if same else known
        narrowed = self._within(left, _room(sign, at_right), known)
        if narrowed is None:
            return None
        back = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}[sign]
        return self._within(right, _room(back, at_left), narrowed)


def _room(sign: str, other: Range) -> Range:
    """Where a value lies that compares so with one in this range."""
    low, high = other
    match sign:
        case "<":
            return -inf, below(high)
        case "<=":
            return -inf, high
        case ">":
            return above(low), inf
        case ">=":
            return low, inf
    return other


def _meet(one: Range, other: Range) -> Range | None:
    low, high = max(one[0], other[0]), min(one[1], other[1])
    return (low, high) if low <= high else None
