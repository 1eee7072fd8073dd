"""Thresholds of one stack: each layer's deeper than the one before, `until` on the safe side."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from hedgerow.book.book import Rule
from hedgerow.book.checks.checked import Checked
from hedgerow.book.checks.facts import Facts
from hedgerow.book.expression import Apply, Constant, Expression
from hedgerow.text.diagnostic import Diagnostic, Label

_RISING = (">", ">=")
_FALLING = ("<", "<=")


class _Threshold(Struct, frozen=True):
    gauge: int  # what is compared, by its key
    rising: bool  # true from the level upward
    level: float


def thresholds_out_of_order(checked: Checked) -> Iterator[Diagnostic]:
    before: dict[str, Rule] = {rule.path: rule for rule in checked.rules}
    for rule in checked.rules:
        yield from _until_beyond_at(checked.facts, rule)
        if rule.after is not None and rule.after in before:
            yield from _not_deeper(checked.facts, before[rule.after], rule)


def _not_deeper(facts: Facts, first: Rule, second: Rule) -> Iterator[Diagnostic]:
    one, two = _threshold(facts, first.arm), _threshold(facts, second.arm)
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


def _until_beyond_at(facts: Facts, rule: Rule) -> Iterator[Diagnostic]:
    at, until = _threshold(facts, rule.arm), _threshold(facts, rule.disarm)
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


def _threshold(facts: Facts, condition: Expression | None) -> _Threshold | None:
    """`GAUGE >= constant`, either way round; None for any other condition."""
    if not isinstance(condition, Apply) or condition.operator not in _RISING + _FALLING:
        return None
    left, right = condition.operands
    rising = condition.operator in _RISING
    if isinstance(left, Constant):
        left, right, rising = right, left, not rising
    if not isinstance(right, Constant):
        return None
    return _Threshold(facts.key(left), rising, right.value)
