"""What would have had to differ for a condition to be true: `VIX at least 18.00 (it was 15.30)`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hedgerow.book.expression import Apply, Constant, Expression, operands
from hedgerow.vocabulary.spelled import spelled
from hedgerow.vocabulary.units import Kind

Value = Callable[[Expression], float]  # at the close in question; truth: 1, 0, nan

_SAID = {
    "<": "below", "<=": "at most", ">": "above", ">=": "at least",
    "==": "equal to", "!=": "other than",
}  # fmt: skip
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_BARE = (Kind.LITERAL, Kind.ZERO)
_LOGIC = ("and", "or", "not")


def needs(condition: Expression, value: Value, *, wanted: bool = True) -> list[str]:
    """All of these together; none where the condition is as wanted. A choice is one line."""
    if value(condition) == float(wanted):
        return []
    if not isinstance(condition, Apply) or condition.operator not in (*_LOGIC, *_SAID, "between"):
        return [_state(condition, value, wanted)]
    if condition.operator == "not":
        return needs(condition.operands[0], value, wanted=not wanted)
    if condition.operator in _LOGIC:
        each = [needs(part, value, wanted=wanted) for part in condition.operands]
        if (condition.operator == "and") == wanted:
            return list(dict.fromkeys(line for lines in each for line in lines))
        return [" or ".join(dict.fromkeys(" and ".join(lines) for lines in each))]
    unknown = [part for part in condition.operands if value(part) != value(part)]
    if unknown:
        return [f"{part.span.flat} known (it is not)" for part in unknown]
    return [_compared(condition, value, wanted)]


def asked_of(condition: Expression) -> Iterator[Expression]:
    """Every part whose value `needs` may ask for."""
    yield condition
    if isinstance(condition, Apply) and condition.operator in (*_LOGIC, *_SAID, "between"):
        for part in operands(condition):
            yield from asked_of(part)


def _compared(condition: Apply, value: Value, wanted: bool) -> str:
    first, *others = condition.operands
    if condition.operator == "between":
        said = "between" if wanted else "not between"
    else:
        said = _SAID[condition.operator if wanted else _OPPOSITE[condition.operator]]
    kinds = [first.kind if each.kind in _BARE else each.kind for each in others]
    ends = [spelled(value(each), kind) for each, kind in zip(others, kinds, strict=True)]
    words = [each.span.flat for each in others if not isinstance(each, Constant)]
    was = f"{'; '.join([*words, 'it was'])} {spelled(value(first), first.kind)}"
    return f"{first.span.flat} {said} {' and '.join(ends)} ({was})"


def _state(condition: Expression, value: Value, wanted: bool) -> str:
    truth, text = spelled(value(condition), Kind.TRUTH), condition.span.flat
    return f"{text if wanted else f'not ({text})'} (it was {truth})"
