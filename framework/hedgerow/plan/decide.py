"""What the rules decide at the close of a session.

In this order: 1. what later sessions look back at is remembered; 2. layers arm and disarm, in
file order; 3. exits, 4. rolls, 5. entries, 6. rebalances, each in file order. Orders wait for the
host to fill them, first those that give something back: what they free may be spent. A rule fires
on true only; sessions on which its condition was unknown are counted.
"""

from __future__ import annotations

from collections import Counter

from msgspec import Struct, field
from msgspec.structs import replace

from hedgerow.account.order import Action, Because, Order, Refused, Rejection
from hedgerow.account.run import Decision
from hedgerow.plan.holding import Holding
from hedgerow.plan.limits import largest_within, supposed
from hedgerow.plan.openings import Refusal, Wanted, resized, wanted
from hedgerow.plan.plan import Plan, RollStep, RuleStep
from hedgerow.plan.view import View
from hedgerow.text.source import Span


class Decided(Struct, gc=False):
    """What the rules of a run decided, session after session, in the order it was decided."""

    decisions: list[Decision] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)  # path of a rule -> sessions
    orders: list[Order] = field(default_factory=list)  # of this close, in the order to fill them


def decide(plan: Plan, view: View, decided: Decided) -> None:
    """The decisions of a session; the view's armed layers and memories move on."""
    decided.orders = []
    if plan.memories:
        for kept, evaluate in zip(view.memory, plan.memories, strict=True):
            kept.append(evaluate(view))
    for step in plan.arming:
        _arm(step, view, decided)
    for step in plan.exiting:
        if view.held[step.path]:
            _exit(step, view, decided)
    for step in plan.rolling:
        _roll(plan, step, view, decided)
    for step in plan.steps:
        _enter(plan, step, view, decided)
    for step in plan.rebalancing:
        _rebalance(plan, step, view, decided)
    if len(decided.orders) > 1:
        decided.orders.sort(key=lambda order: order.action.takes_on)


def _arm(step: RuleStep, view: View, decided: Decided) -> None:
    assert step.arm is not None, "asked of layers that arm"
    path, armed = step.path, view.armed
    if path in armed:
        # Without an `until`, a layer is armed just while its `at` holds.
        over = step.disarm(view) == 1.0 if step.disarm else step.arm(view) == 0.0
        if over:
            armed.discard(path)
            decided.decisions.append(_decision(view, step, "disarm", "disarmed", step.rule.span))
    elif step.arm(view) == 1.0 and (step.rule.after is None or step.rule.after in armed):
        armed.add(path)
        decided.decisions.append(_decision(view, step, "arm", "armed", step.rule.span))


def _exit(step: RuleStep, view: View, decided: Decided) -> None:
    for holding in view.held[step.path]:
        if holding.closing is not None:
            continue
        view.holding = holding
        for each in step.exits:
            if each.evaluate(view) == 1.0:
                _close(holding, each.because, view, decided)
                break
    view.holding = None


def _roll(plan: Plan, step: RuleStep, view: View, decided: Decided) -> None:
    for holding in _held(step, view):
        view.holding = holding
        due = next((each for each in step.rolls if _is_due(each, holding, view)), None)
        view.holding = None
        if due is None:
            continue
        because, found = due.because, wanted(step, due.into, view)
        if isinstance(found, Refusal):
            _refuse(found, because, view, decided)
            continue
        units = _limited(plan, found, because, view, decided)
        if units:
            _close(holding, because, view, decided, "roll")
            _open(found, units, because, view, decided, holding, holding.rolls + 1)


def _rebalance(plan: Plan, step: RuleStep, view: View, decided: Decided) -> None:
    for holding in _held(step, view):
        view.holding = holding
        due = next((each for each in step.rebalances if each.evaluate(view) == 1.0), None)
        view.holding = None
        if due is None:
            continue
        found = resized(step, holding, view)
        if isinstance(found, Refusal):
            _refuse(found, due.because, view, decided)
        else:
            _resize(plan, holding, found, due.because, view, decided)


def _resize(
    plan: Plan, holding: Holding, found: Wanted, because: Because, view: View, decided: Decided
) -> None:
    """From the units held to those wanted; to the other side by a close and an opening."""
    if not found.units:
        _close(holding, because, view, decided, "rebalance")
    elif found.quote.package.legs != holding.legs:
        units = _limited(plan, found, because, view, decided)
        if units:
            _close(holding, because, view, decided, "rebalance")
            _open(found, units, because, view, decided, holding, holding.rolls)
    elif found.units < holding.units:
        fewer = holding.units - found.units
        _trade(Action.REDUCE, holding, fewer, found, because, view, decided)
    elif found.units > holding.units:
        more = replace(found, units=found.units - holding.units)
        units = _limited(plan, more, because, view, decided)
        if units:
            _trade(Action.ADD, holding, units, found, because, view, decided)


def _trade(
    action: Action,
    holding: Holding,
    units: int,
    found: Wanted,
    because: Because,
    view: View,
    decided: Decided,
) -> None:
    """An order for more or fewer units of an open position."""
    number = next(view.ids)
    order = Order(number, holding.id, action, holding.legs, units, view.at, because)
    decided.orders.append(order)
    after = holding.units + (units if action is Action.ADD else -units)
    why = f"{holding.units} contracts become {after}: {found.detail}"
    decided.decisions.append(Decision(view.at, because.rule, "rebalance", why, because.place))


def _held(step: RuleStep, view: View) -> list[Holding]:
    """The rule's positions that nothing is closing yet."""
    return [each for each in view.held[step.path] if each.closing is None]


def _is_due(step: RollStep, holding: Holding, view: View) -> bool:
    may = step.times is None or holding.rolls < step.times
    return may and step.evaluate(view) == 1.0


def _close(
    holding: Holding, because: Because, view: View, decided: Decided, action: str = "close"
) -> None:
    holding.closing = because
    number = next(view.ids)
    decided.orders.append(
        Order(number, holding.id, Action.CLOSE, holding.legs, holding.units, view.at, because)
    )
    decided.decisions.append(Decision(view.at, because.rule, action, because.reason, because.place))


def _enter(plan: Plan, step: RuleStep, view: View, decided: Decided) -> None:
    rule, path = step.rule, step.path
    if step.when is not None:
        fires = step.when(view)
        if fires != 1.0:
            if fires != fires:
                decided.unknown[path] += 1
            return
    if len(view.held[path]) >= rule.at_most or (step.arm is not None and path not in view.armed):
        return
    because, found = step.because, wanted(step, step.opening, view)
    if isinstance(found, Refusal):
        _refuse(found, because, view, decided)
        return
    units = _limited(plan, found, because, view, decided)
    if units:
        _open(found, units, because, view, decided, None, 0)


def _limited(plan: Plan, found: Wanted, because: Because, view: View, decided: Decided) -> int:
    """Units the limits let through; what they take away is written down."""
    if not plan.limits:
        return found.units
    units, binding = largest_within(plan.limits, found, because, view)
    if units:
        view.waiting.append(supposed(found.quote, units, because, view))
    if binding is None:
        return units
    text = binding.limit.text
    if units:
        why = f"{found.units} contracts became {units}: {text}"
        decided.decisions.append(Decision(view.at, because.rule, "scale", why, because.place))
    else:
        _refuse(Refusal(Refused.LIMIT, text), because, view, decided)
    return units


def _open(
    found: Wanted,
    units: int,
    because: Because,
    view: View,
    decided: Decided,
    replaced: Holding | None,
    rolls: int,
) -> None:
    number = next(view.ids)
    decided.orders.append(
        Order(
            number,
            number,
            Action.OPEN,
            found.quote.package.legs,
            units,
            view.at,
            because,
            replaces=replaced.id if replaced else None,
            rolls=rolls,
        )
    )
    decided.decisions.append(Decision(view.at, because.rule, "open", found.detail, because.place))


def _refuse(found: Refusal, because: Because, view: View, decided: Decided) -> None:
    decided.rejections.append(Rejection(view.at, because, found.reason, found.detail))
    why = f"{found.reason}: {found.detail}"
    decided.decisions.append(Decision(view.at, because.rule, "refuse", why, because.place))


def _decision(view: View, step: RuleStep, action: str, reason: str, span: Span) -> Decision:
    return Decision(view.at, step.path, action, reason, span.place)
