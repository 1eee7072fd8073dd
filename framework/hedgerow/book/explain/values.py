"""What values are called: a phrase for each form of expression that says how much or what."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hedgerow.book.explain.calls import call_phrase
from hedgerow.book.explain.english import number
from hedgerow.book.explain.holds import Holds, holding
from hedgerow.book.explain.naming import name_phrase, subject_phrase
from hedgerow.language import tree

if TYPE_CHECKING:
    from hedgerow.book.explain.phrasing import Phrasing


_OPERATORS = {"+": "plus", "-": "minus", "*": "times", "/": "divided by"}


def _binary(say: Phrasing, node: tree.Binary) -> str:
    level = holding(node)
    left = say.value(node.left, level)
    return f"{left} {_OPERATORS[node.operator]} {say.value(node.right, Holds(level + 1))}"


def _unary(say: Phrasing, node: tree.Unary) -> str:
    if isinstance(node.operand, tree.Number):
        return f"-{number(node.operand)}"
    return f"minus {say.value(node.operand, Holds.PHRASE)}"


def _of(say: Phrasing, node: tree.Of) -> str:
    part, whole = say.value(node.part, Holds.PHRASE), say.value(node.whole, Holds.SHARE)
    multiple = isinstance(node.part, tree.Number) and node.part.unit == "x"
    return f"{part}{'' if multiple else ' of'} {whole}"


def _lag(say: Phrasing, node: tree.Lag) -> str:
    return f"{say.value(node.of, Holds.WORD)} of {say.window(node.sessions)} ago"


def _since(say: Phrasing, node: tree.Since) -> str:
    return f"the number of sessions since {say.clause(node.condition)}"


def _if(say: Phrasing, node: tree.If) -> str:
    then = say.value(node.then, Holds.SUM)
    return f"{then} if {say.clause(node.condition)}, otherwise {_last(say, node.otherwise)}"


def _last(say: Phrasing, node: tree.Expression) -> str:
    return say.value(node, Holds.LOOSE if isinstance(node, tree.If) else Holds.SUM)


def _otherwise(say: Phrasing, node: tree.Otherwise) -> str:
    value = say.value(node.value, Holds.SUM)
    return f"{value} or, where that is unknown, {say.value(node.default, Holds.SUM)}"


def _cycle(say: Phrasing, node: tree.Cycle) -> str:
    return f"the {node.cycle} expiry nearest to {say.value(node.distance, Holds.PHRASE)}"


VALUES: dict[type, Callable[[Phrasing, Any], str]] = {
    tree.Number: lambda say, node: number(node),
    tree.Truth: lambda say, node: "true" if node.value else "false",
    tree.Name: name_phrase,
    tree.Lag: _lag,
    tree.Call: call_phrase,
    tree.Of: _of,
    tree.Unary: _unary,
    tree.Binary: _binary,
    tree.Since: _since,
    tree.If: _if,
    tree.Otherwise: _otherwise,
    tree.Cycle: _cycle,
    tree.ExpiryOf: lambda say, node: f"the expiry of {subject_phrase(say, node.position.parts)}",
}
