"""Thresholds of one stack: each layer's deeper than the one before, `until` on the safe side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hedgerow.book.book import Rule
from hedgerow.book.checks.checked import Checked
from hedgerow.book.expression import (
    Apply,
    Constant,
    EventValue,
    Expression,
    Indicator,
    Measure,
    Series,
)
from hedgerow.text.diagnostic import Diagnostic, Label

_RISING = (">", ">=")
_FALLING = ("<", "<=")


@dataclass(frozen=True, slots=True)
class _Threshold:
    gauge: tuple[object, ...]  # what is compared, by its terms
    rising: bool  # true from the level upward
    level: float


def thresholds_out_of_order(checked: Checked) -> Iterator[Diagnostic]:
    before: dict[str, Rule] = {rule.path: rule for rule in checked.rules}
    for rule in checked.rules:
        yield from _until_beyond_at(rule)
        if rule.after is not None and rule.after in before:
            yield from _not_deeper(before[rule.after], rule)


def _not_deeper(first: Rule, second: Rule) -> Iterator[Diagnostic]:
    one, two = _threshold(first.arm), _threshold(second.arm)
    if one is None or two is None or (one.gauge, one.rising) != (two.gauge, two.rising):
        return
    deeper = two.level > one.level if one.rising else two.level < one.level
    if not deeper:
        assert first.arm is not None and second.arm is not None
        side = "above" if one.rising else "below"
        yield Diagnostic(
            "R501",
            f"`{second.path}` does not arm later than `{first.path}` before it",
            second.arm.span,
            (Label(first.arm.span, f"the layer before it arms at {one.level:g}"),),
            help=(f"give it a threshold {side} {one.level:g}",),
        )


def _until_beyond_at(rule: Rule) -> Iterator[Diagnostic]:
    at, until = _threshold(rule.arm), _threshold(rule.disarm)
    if at is None or until is None or at.gauge != until.gauge:
        return
    safe = at.rising != until.rising and (
        until.level <= at.level if at.rising else until.level >= at.level
    )
    if not safe:
        assert rule.arm is not None and rule.disarm is not None
        sign = "<" if at.rising else ">"
        yield Diagnostic(
            "R502",
            f"`{rule.path}` would disarm where it arms",
            rule.disarm.span,
            (Label(rule.arm.span, "it arms here"),),
            help=(f"disarm it on the other side: `until ... {sign} {at.level:g}`",),
        )


def _threshold(condition: Expression | None) -> _Threshold | None:
    """`GAUGE >= constant`, either way round; None for any other condition."""
    if not isinstance(condition, Apply) or condition.operator not in _RISING + _FALLING:
        return None
    left, right = condition.operands
    rising = condition.operator in _RISING
    if isinstance(left, Constant):
        left, right, rising = right, left, not rising
    gauge = _terms(left)
    if gauge is None or not isinstance(right, Constant):
        return None
    return _Threshold(gauge, rising, right.value)


def _terms(gauge: Expression) -> tuple[object, ...] | None:
    match gauge:
        case Series():
            return (gauge.name, gauge.column)
        case EventValue():
            return (gauge.calendar, gauge.column)
        case Measure():
            return (gauge.word, gauge.target, gauge.shock)
        case Indicator():
            below = tuple(_terms(each) for each in gauge.inputs)
            return None if None in below else (gauge.word, gauge.windows, below)
        case _:
            return None
