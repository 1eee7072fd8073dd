"""What conditions say: a clause for each form of expression that is so or is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from hedgerow.book.explain.english import with_article
from hedgerow.book.explain.holds import Holds
from hedgerow.book.explain.labels import TRUTHS
from hedgerow.book.explain.naming import subject_phrase
from hedgerow.language import tree

if TYPE_CHECKING:
    from hedgerow.book.explain.phrasing import Phrasing

# Forms that can stand beside others without brackets.
ATOMIC = (
    tree.Binary, tree.Name, tree.Call, tree.State, tree.Trend, tree.NearEvent, tree.Crosses,
    tree.Truth, tree.Happens, tree.Between, tree.Every,
)  # fmt: skip
NEGATED = (tree.Name, tree.State, tree.NearEvent)  # whose negation is a clause as plain
_COMPARED = {
    "<": "is below", "<=": "is at most", ">": "is above", ">=": "is at least",
    "==": "equals", "!=": "does not equal",
}  # fmt: skip


def _binary(say: Phrasing, node: tree.Binary) -> str:
    if node.operator in ("and", "or"):
        return f" {node.operator} ".join(say.clause(part) for part in parts_of(node))
    left, right = say.value(node.left, Holds.SUM), say.value(node.right, Holds.SUM)
    return f"{left} {_COMPARED[node.operator]} {right}"


def parts_of(node: tree.Expression) -> Iterator[tree.Expression]:
    """The conditions that one `all`, `any`, `and` or `or` joins, however they are bracketed."""
    quantifier = joined_by(node)
    stack = [node]
    while stack:
        part = stack.pop()
        if quantifier is None or joined_by(part) != quantifier:
            yield part
        elif isinstance(part, tree.Group):
            stack += reversed(part.conditions)
        elif isinstance(part, tree.Binary):
            stack += [part.right, part.left]


def joined_by(node: tree.Expression) -> str | None:
    """`and` for `A and B` and for `all { A B }`; None for what joins nothing."""
    if isinstance(node, tree.Group):
        return "and" if node.quantifier == "all" else "or"
    if isinstance(node, tree.Binary) and node.operator in ("and", "or"):
        return node.operator
    return None


def _group(say: Phrasing, node: tree.Group) -> str:
    parts = [say.clause(part) for part in parts_of(node)]
    return f" {joined_by(node)} ".join(parts) if parts else f"{node.quantifier} of nothing"


def _not(say: Phrasing, node: tree.Unary) -> str:
    operand = node.operand
    if isinstance(operand, tree.State) and not operand.negated:
        return f"{subject_phrase(say, operand.subject.parts)} is not {operand.state}"
    if isinstance(operand, tree.NearEvent):
        return say.condition(operand).replace("today is ", "today is not ", 1)
    if isinstance(operand, tree.Name) and operand.parts[-1] not in TRUTHS:
        return f"{say.value(operand)} does not hold"
    return f"it is not so that {say.clause(operand)}"


def _between(say: Phrasing, node: tree.Between) -> str:
    of, low, high = (say.value(part, Holds.SUM) for part in (node.value, node.low, node.high))
    return f"{of} is from {low} to {high}"


def _crosses(say: Phrasing, node: tree.Crosses) -> str:
    left, right = say.value(node.left, Holds.SUM), say.value(node.right, Holds.SUM)
    return f"{left} crosses {node.direction} {right}"


def _trend(say: Phrasing, node: tree.Trend) -> str:
    window = say.window(node.window)
    return f"{say.value(node.value, Holds.SUM)} {node.direction} for {window} in a row"


def _held(say: Phrasing, node: tree.Held) -> str:
    return f"for {say.window(node.window)} in a row, {say.clause(node.condition)}"


def _recent(say: Phrasing, node: tree.Recent) -> str:
    return f"at some time in the last {say.window(node.window)}, {say.clause(node.condition)}"


def _becomes(say: Phrasing, node: tree.Becomes) -> str:
    turns = "becomes true" if node.value.value else "stops being true"
    return f"it {turns} today that {say.clause(node.condition)}"


def _near(say: Phrasing, node: tree.NearEvent) -> str:
    event = node.event.dotted
    if node.distance is None:
        return f"today is a day of {event}"
    side = "before or after" if node.side == "of" else node.side
    extent = "exactly" if node.exact else "within"
    return f"today is {extent} {say.window(node.distance)} {side} {event}"


def _every(say: Phrasing, node: tree.Every) -> str:
    return f"today is the session that comes once every {say.window(node.window)}"


def _state(say: Phrasing, node: tree.State) -> str:
    subject = subject_phrase(say, node.subject.parts)
    return (
        f"no position of {subject} is {node.state}"
        if node.negated
        else f"{subject} is {node.state}"
    )


def _happens(say: Phrasing, node: tree.Happens) -> str:
    subject = subject_phrase(say, node.subject.parts)
    return f"{with_article(node.action)} of {subject} is decided"


def _name(say: Phrasing, node: tree.Name) -> str:
    *before, last = node.parts
    if last in TRUTHS and not say.scope.knows(node.dotted):
        subject = subject_phrase(say, tuple(before)) if before else "this layer"
        return f"{subject} {TRUTHS[last]}"
    return f"{say.value(node)} holds"


def _call(say: Phrasing, node: tree.Call) -> str:
    return f"{say.value(node)} holds"


def _lag(say: Phrasing, node: tree.Lag) -> str:
    return f"it was so {say.window(node.sessions)} ago that {say.clause(node.of)}"


def _if(say: Phrasing, node: tree.If) -> str:
    then, last = say.clause(node.then), say.clause(node.otherwise)
    return f"{then} if {say.clause(node.condition)}, otherwise {last}"


def _otherwise(say: Phrasing, node: tree.Otherwise) -> str:
    if isinstance(node.default, tree.Truth):
        counted = "true" if node.default.value else "false"
        return f"{say.clause(node.value)} (counted as {counted} where that is unknown)"
    return f"{say.clause(node.value)} or, where that is unknown, {say.clause(node.default)}"


CONDITIONS: dict[type, Callable[[Phrasing, Any], str]] = {
    tree.Truth: lambda say, node: f"{'any' if node.value else 'no'} session will do",
    tree.Name: _name,
    tree.Call: _call,
    tree.Lag: _lag,
    tree.Unary: _not,
    tree.Binary: _binary,
    tree.Between: _between,
    tree.Crosses: _crosses,
    tree.Held: _held,
    tree.Recent: _recent,
    tree.Becomes: _becomes,
    tree.Trend: _trend,
    tree.NearEvent: _near,
    tree.Every: _every,
    tree.State: _state,
    tree.Happens: _happens,
    tree.If: _if,
    tree.Otherwise: _otherwise,
    tree.Group: _group,
}
