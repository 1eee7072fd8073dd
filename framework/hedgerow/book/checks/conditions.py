"""Conditions that the rules alone decide: never true, always true, a window of one session."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from hedgerow.book.book import Rule
from hedgerow.book.checks.checked import Checked
from hedgerow.book.checks.facts import Facts
from hedgerow.book.checks.possible import can_hold
from hedgerow.book.expression import Apply, Constant, Expression, bottom_up
from hedgerow.text.diagnostic import Diagnostic, Label, shortened
from hedgerow.text.source import Span

_FEW = 40  # parts of an `and` that are compared in pairs


def never_or_always(checked: Checked) -> Iterator[Diagnostic]:
    """One report a condition: of its smallest part that explains it."""
    facts = checked.facts
    for rule in checked.rules:
        for condition, never, always in _conditions(rule):
            yield from _judged(facts, condition, never, always)
    for limit in checked.limits:
        condition = limit.condition
        if not can_hold(facts, (condition, False)):
            yield Diagnostic("R510", f"the limit `{limit.text}` can never be broken", limit.span,
                             help=("delete it, or set it where it can bind",))  # fmt: skip
        else:
            yield from _judged(facts, condition, "no order is ever allowed", "")


def _conditions(rule: Rule) -> Iterator[tuple[Expression, str, str]]:
    """Each with what follows from its never, and from its always being true."""
    path = f"`{rule.path}`"
    if rule.arm is not None:
        yield rule.arm, f"{path} can never arm", f"{path} is armed at every close"
    if rule.disarm is not None:
        yield rule.disarm, f"{path} stays armed once it is", f"{path} can never stay armed"
    if rule.when is not None:
        yield rule.when, f"{path} can never open", f"{path} opens without waiting for it"
    for end in rule.exits:
        yield end.condition, f"{path} never ends by it", f"{path} ends right after it opened"
    for roll in rule.rolls:
        yield roll.condition, f"{path} never rolls", f"{path} rolls at every close"


def _judged(facts: Facts, condition: Expression, never: str, always: str) -> Iterator[Diagnostic]:
    if isinstance(condition, Constant) or (isinstance(condition, Apply) and not condition.operands):
        return  # `true` and `false` are meant, an empty group is reported where it is read
    if not can_hold(facts, (condition, True)):
        yield _never(facts, condition, never)
    elif not can_hold(facts, (condition, False)):
        yield _always(condition, always)
    else:
        yield from _parts(facts, condition)


def _parts(facts: Facts, condition: Expression) -> Iterator[Diagnostic]:
    """Parts that decide nothing: always true in an `and`, never true in an `or`."""
    if not isinstance(condition, Apply) or condition.operator not in ("and", "or"):
        return
    for part in condition.operands:
        if isinstance(part, Constant):
            continue
        if condition.operator == "and" and not can_hold(facts, (part, False)):
            yield _always(part, "it decides nothing here")
        elif condition.operator == "or" and not can_hold(facts, (part, True)):
            yield _never(facts, part, "it decides nothing here")
        else:
            yield from _parts(facts, part)


def _always(condition: Expression, follows: str) -> Diagnostic:
    message = f"`{_short(condition.span)}` is true whatever the market does"
    return Diagnostic("R506", message, condition.span, notes=(f"so {follows}",))


def _never(facts: Facts, condition: Expression, follows: str) -> Diagnostic:
    notes = (f"so {follows}",)
    parts = _all_parts(condition)
    for part in parts:
        if not can_hold(facts, (part, True)):
            message = f"`{_short(part.span)}` can never be true"
            return Diagnostic("R505", message, part.span, notes=notes)
    for one, other in combinations(parts[:_FEW], 2):
        if not can_hold(facts, (one, True), (other, True)):
            first, second = f"`{_short(one.span)}`", f"`{_short(other.span)}`"
            label = (Label(one.span, "this would have to be true as well"),)
            message = f"{first} and {second} are never true together"
            return Diagnostic("R505", message, other.span, label, notes)
    message = f"`{_short(condition.span)}` can never be true"
    return Diagnostic("R505", message, condition.span, notes=notes)


def _all_parts(condition: Expression) -> list[Expression]:
    """Of nested `and`s, left to right."""
    if isinstance(condition, Apply) and condition.operator == "and":
        return [part for each in condition.operands for part in _all_parts(each)]
    return [condition]


def _short(span: Span) -> str:
    return shortened(span.flat, 60)


def windows_of_one(checked: Checked) -> Iterator[Diagnostic]:
    """`C for 1 session` is `C`."""
    seen: set[int] = set()
    for root in roots(checked):
        for node in bottom_up(root, seen):
            seen.add(id(node))
            if isinstance(node, Apply) and node.window == 1 and node.operator in _WINDOWED:
                message = f"`{node.operator} 1 session` looks at this close alone"
                help = f"write `{_short(node.operands[0].span)}`, or a longer window"
                yield Diagnostic("R511", message, node.span, help=(help,))


_WINDOWED = ("for", "within last")


def roots(checked: Checked) -> Iterator[Expression]:
    """Every condition of rules and limits."""
    for rule in checked.rules:
        yield from (condition for condition, _, _ in _conditions(rule))
    yield from (limit.condition for limit in checked.limits)
