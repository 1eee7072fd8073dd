"""Invariants: what has to hold on every session of every run."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from hedgerow.book.book import Invariant, Pattern
from hedgerow.book.expression import Apply, Constant, Decided, Expression, Measure
from hedgerow.book.reading import Reading
from hedgerow.book.spelling import text_from_node
from hedgerow.book.subjects import read_rules, read_subject
from hedgerow.language import tree
from hedgerow.text.source import Span
from hedgerow.vocabulary.units import Kind

# Needed to decide one; an entry needs none.
_CLAUSES: dict[str, type[tree.Node]] = {"exit": tree.Exit, "roll": tree.Roll}


def read_invariant(reading: Reading, node: tree.Invariant) -> Invariant | None:
    """The invariant, or None where a part of it was refused."""
    first, *rest = node.operands
    match node.pattern:
        case "always" | "never":
            return _always(reading, node, first)
        case "at_most":
            return _at_most(reading, node, *rest)
        case pattern:
            return _in_time(reading, Pattern(pattern), node)


def _always(reading: Reading, node: tree.Invariant, written: tree.Expression) -> Invariant | None:
    condition = reading.condition(written)
    if condition is None:
        return None
    if node.pattern == "never":
        condition = Apply("not", (condition,), Kind.TRUTH, written.span)
    return _invariant(node, Pattern.ALWAYS, condition)


def _at_most(
    reading: Reading,
    node: tree.Invariant,
    what: tree.Expression,
    within: tree.Expression | None = None,
) -> Invariant | None:
    """`at most 3 base open`, `at most 1 entry base within 5 sessions`."""
    number = node.operands[0]
    assert isinstance(number, tree.Number)
    most = int(number.value)
    if isinstance(what, tree.Happens):
        decided = read_decided(reading, what.action, what.subject, what.span)
        window = reading.window(within) if within is not None else 1
        if decided is None or window is None:
            return None
        return replace(_invariant(node, Pattern.AT_MOST, decided), window=window, most=most)
    assert isinstance(what, tree.State)
    target = read_subject(reading, what.subject)
    if target is None:
        return None
    count = Measure("count", target, Kind.NUMBER, what.span)
    bound = Constant(float(most), Kind.NUMBER, number.span)
    return _invariant(node, Pattern.ALWAYS, Apply("<=", (count, bound), Kind.TRUTH, node.span))


def _in_time(reading: Reading, pattern: Pattern, node: tree.Invariant) -> Invariant | None:
    """`whenever A then B within T`, `after A no B for T`."""
    first, then, window = node.operands
    condition, follows = _occurs(reading, first), _occurs(reading, then)
    sessions = reading.window(window)
    if condition is None or follows is None or sessions is None:
        return None
    return replace(_invariant(node, pattern, condition), then=follows, window=sessions)


def _occurs(reading: Reading, node: tree.Expression) -> Expression | None:
    """A condition, or a decision as one: true on the sessions that decide it."""
    if not isinstance(node, tree.Happens):
        return reading.condition(node)
    decided = read_decided(reading, node.action, node.subject, node.span)
    if decided is None:
        return None
    nothing = Constant(0.0, Kind.NUMBER, node.span)
    return Apply(">", (decided, nothing), Kind.TRUTH, node.span)


def read_decided(reading: Reading, action: str, subject: tree.Name, span: Span) -> Decided | None:
    """A decision of rules; one that they can't ever take is reported."""
    rules = read_rules(reading, subject)
    if rules is None:
        return None
    clause = _CLAUSES.get(action)
    if clause is not None and not _has(reading, rules, clause):
        reading.report(
            "I701", f"`{subject.span.text}` has no `{action}`: it never decides one", span,
            help=(f"add `{action} when ...` to it, or leave this out",),
        )  # fmt: skip
    return Decided(action, rules, span)


def _has(reading: Reading, rules: Iterable[str], clause: type[tree.Node]) -> bool:
    """Whether one of the rules has a clause of a kind, or a line that may be one."""
    return any(
        isinstance(each, clause | tree.Broken)
        for rule in rules
        for each in reading.names.rules[rule].clauses
    )


def _invariant(node: tree.Invariant, pattern: Pattern, condition: Expression) -> Invariant:
    text = text_from_node(replace(node, label=None))
    return Invariant(pattern, condition, text, node.label or "", node.span)
