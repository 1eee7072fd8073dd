"""Statements of a file, a sentence each, in the section each belongs to."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from hedgerow.book.explain.english import number, quoted, with_article
from hedgerow.book.explain.explanation import Sentence
from hedgerow.book.explain.holds import Holds
from hedgerow.book.explain.openings import position
from hedgerow.book.explain.phrasing import Phrasing
from hedgerow.book.explain.rules import clause_told, entry_told, layer_told, let_told, told
from hedgerow.language import tree
from hedgerow.text.in_words import counted, listed, plain


class Heading(StrEnum):
    """Sections that statements are gathered in, in this order."""

    READS = "What it reads"
    KNOBS = "Knobs"
    DEFINITIONS = "Definitions"
    STRUCTURES = "Structures of its own"
    STRESSES = "Stresses"
    RULES = "What it trades, in this order"
    LIMITS = "Limits"
    PROMISES = "Promises"
    CLAIMS = "Claims"
    TESTS = "Tests"
    CHANGES = "Changes to its parent"
    UNREAD = "Unread"


_DECLARED = {
    "needs": ("Needs {}; without {} there is no run.", "it", "them"),
    "wants": ("Reads {} where there is data; a condition on {} is unknown without.", "it", "them"),
    "events": ("Follows the dates of {} as far as {} are announced.", "they", "they"),
}


def statement_told(say: Phrasing, node: tree.Statement) -> tuple[Heading, Sentence]:
    heading, said = _STATEMENTS[type(node)]
    return heading, said(say, node)


def _declare(say: Phrasing, node: tree.Declare) -> Sentence:
    del say
    form, one, many = _DECLARED[node.keyword]
    names = [name.dotted for name in node.names]
    return Sentence(form.format(listed(names), one if len(names) == 1 else many), span=node.span)


def _param(say: Phrasing, node: tree.Param) -> Sentence:
    text = f"{node.name} is {say.value(node.value, Holds.SUM)}"
    if node.low is not None and node.high is not None:
        low, high = say.value(node.low, Holds.SUM), say.value(node.high, Holds.SUM)
        text += f"; it can be set from {low} to {high}"
        text += f", in steps of {say.value(node.step, Holds.SUM)}" if node.step else ""
    text += "; no variant may change it" if node.locked else ""
    return Sentence(f"{text}.", span=node.span)


def _sd_basis(say: Phrasing, node: tree.SdBasis) -> Sentence:
    match node.value:
        case tree.Name(parts=("implied",)):
            basis = "of the move that option prices imply to the expiry"
        case tree.Call(function=tree.Name(parts=("realized",)), arguments=(only,)):
            basis = f"of the moves realized over {say.window(only.value)}"
        case _:
            basis = f"by {say.value(node.value)}"
    return Sentence(f"Standard deviations are those {basis}.", span=node.span)


def _structure(say: Phrasing, node: tree.Structure) -> Sentence:
    inner = Phrasing(say.scope.within_structure(node))
    parameters = listed([_parameter(inner, each) for each in node.parameters])
    below = tuple(_leg(inner, leg) for leg in node.legs)
    return Sentence(f"{node.name}, given {parameters or 'nothing'}, is:", below, node.span)


def _parameter(say: Phrasing, node: tree.Parameter) -> str:
    if node.default is None:
        return node.name
    return f"{node.name} ({say.value(node.default)} unless given)"


def _leg(say: Phrasing, leg: tree.Leg) -> Sentence:
    verb = "buys" if leg.action == "buy" else "sells"
    ratio = leg.ratio
    count = plain(ratio.value) if isinstance(ratio, tree.Number) else ratio and say.value(ratio)
    times = f"{count} times " if count else ""
    what = position(say, leg.action, leg.structure)
    return Sentence(f"{leg.name}: {verb} {times}{what}", span=leg.span)


def shock_told(say: Phrasing, node: tree.Shock) -> Sentence:
    moves = [_move(say, each) for each in node.moves if isinstance(each, tree.Move)]
    return Sentence(f"Under the shock {node.name}, {listed(moves) or 'nothing moves'}.",
                    span=node.span)  # fmt: skip


def _move(say: Phrasing, node: tree.Move) -> str:
    way = "rises" if node.operator == "+" else "falls"
    return f"{node.series.dotted} {way} by {say.value(node.amount, Holds.PRODUCT)}"


def _layers(say: Phrasing, node: tree.Layers) -> Sentence:
    below = []
    before = None
    for layer in node.layers:
        if isinstance(layer, tree.Layer):
            below.append(layer_told(say, layer, before))
            before = layer.name if layer.at is not None else before
    count = counted(len(below), "layer")
    return Sentence(f"The stack {node.name} has {count}, in this order:", tuple(below), node.span)


def _invariant(say: Phrasing, node: tree.Invariant) -> Sentence:
    label = quoted(node.label)
    first, *rest = node.operands
    match node.pattern:
        case "whenever":
            lead = f"Whenever {say.clause(first)}, within {say.window(rest[1])} "
            return told(say, lead, rest[0], label, node.span)
        case "at_most":
            text = _at_most(say, first, rest)
        case "after":
            text = f"Once {say.clause(first)}, for {say.window(rest[1])} {_none(say, rest[0])}"
        case _:
            return told(say, f"{node.pattern.capitalize()}: ", first, label, node.span)
    return Sentence(f"{text}{label}.", span=node.span)


def _at_most(say: Phrasing, count: tree.Expression, rest: list[tree.Expression]) -> str:
    most = f"At most {say.value(count, Holds.SUM)}"
    match rest:
        case [tree.State(subject=subject), *_]:
            one = isinstance(count, tree.Number) and count.value == 1
            positions = "position" if one else "positions"
            return f"{most} open {positions} of {subject.dotted} at a time"
        case [tree.Happens(subject=subject, action=action), window, *_]:
            one = isinstance(count, tree.Number) and count.value == 1
            what = action if one else {"entry": "entries"}.get(action, f"{action}s")
            return f"{most} {what} of {subject.dotted} within {say.window(window)}"
        case _:
            return f"{most} of {', '.join(say.value(each) for each in rest)}"


def _none(say: Phrasing, node: tree.Expression) -> str:
    match node:
        case tree.Happens(action=action, subject=subject):
            return f"no {action} of {subject.dotted} is decided"
        case tree.State(subject=subject, state=state):
            return f"no position of {subject.dotted} is {state}"
        case _:
            return f"it is not so that {say.clause(node)}"


def _claim(say: Phrasing, node: tree.Claim) -> Sentence:
    below = tuple(told(say, "", each, span=each.span) for each in node.conditions)
    against = node.baseline.dotted
    return Sentence(f'Claims, against {against}, that it "{node.text}":', below, node.span)


def _scenario(say: Phrasing, node: tree.Scenario) -> Sentence:
    del say
    series = (_series(each) for each in node.series)
    expected = (_expect(each) for each in node.expectations)
    return Sentence(f'"{node.text}":', (*series, *expected), node.span)


def _series(node: tree.ScenarioSeries) -> Sentence:
    steps = ", then ".join(_step(each) for each in node.steps)
    return Sentence(f"{node.series.dotted} is {steps}", span=node.span)


def _expect(node: tree.Expect) -> Sentence:
    action = f"no {node.action}" if node.negated else with_article(node.action)
    day = f" on day {node.day}" if node.day is not None else " on any day"
    subject = node.subject.dotted
    return Sentence(f"expected: {action} of {subject}{day}", span=node.span)


def _step(node: tree.Step) -> str:
    sessions = counted(node.repeat, "session")
    if node.value is None:
        return f"missing for {sessions}"
    if node.relative is None:
        return f"{number(node.value)} for {sessions}" if node.repeat > 1 else number(node.value)
    way = "up" if node.relative == "+" else "down"
    each = f" on each of {sessions}" if node.repeat > 1 else ""
    return f"{way} {number(node.value)}{each}"


def _set(say: Phrasing, node: tree.Set) -> Sentence:
    target = node.target.dotted
    if node.was is not None:
        target += f", which was {_given(say, node.was)},"
    if say.scope.is_truth(node.value):
        return told(say, f"{target} is set to: ", node.value, span=node.span)
    return Sentence(f"{target} is set to {say.value(node.value, Holds.SUM)}.", span=node.span)


def _given(say: Phrasing, node: tree.Expression) -> str:
    return say.clause(node) if say.scope.is_truth(node) else say.value(node, Holds.SUM)


def _add(say: Phrasing, node: tree.Add) -> Sentence:
    if isinstance(node.addition, tree.Layer):
        inner = layer_told(say, node.addition, None)
    elif type(node.addition) in _STATEMENTS:
        inner = statement_told(say, node.addition)[1]  # type: ignore[arg-type]
    else:
        inner = clause_told(say, node.addition)  # type: ignore[arg-type]
    to = f" to {node.target.dotted}" if node.target else ""
    return Sentence(f"Adds{to}: {inner.text}", inner.below, node.span)


_STATEMENTS: dict[type, tuple[Heading, Callable[[Phrasing, Any], Sentence]]] = {
    tree.Declare: (Heading.READS, _declare),
    tree.SdBasis: (Heading.READS, _sd_basis),
    tree.Param: (Heading.KNOBS, _param),
    tree.Let: (Heading.DEFINITIONS, let_told),
    tree.Structure: (Heading.STRUCTURES, _structure),
    tree.Shock: (Heading.STRESSES, shock_told),
    tree.Entry: (Heading.RULES, entry_told),
    tree.Layers: (Heading.RULES, _layers),
    tree.Limit: (Heading.LIMITS, lambda say, node: told(
        say, "An order that would break this is made smaller, or refused: ", node.condition,
        span=node.span,
    )),
    tree.Invariant: (Heading.PROMISES, _invariant),
    tree.Claim: (Heading.CLAIMS, _claim),
    tree.Scenario: (Heading.TESTS, _scenario),
    tree.Set: (Heading.CHANGES, _set),
    tree.Drop: (Heading.CHANGES, lambda say, node: Sentence(
        f"{node.target.dotted} is left out.", span=node.span
    )),
    tree.Add: (Heading.CHANGES, _add),
    tree.Broken: (Heading.UNREAD, clause_told),
}  # fmt: skip
