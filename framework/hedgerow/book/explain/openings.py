"""What is opened: an underlying, a structure, its expiries and strikes, in one phrase."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from hedgerow.book.explain.english import spaced, with_article
from hedgerow.book.explain.holds import Holds
from hedgerow.book.structures import built_in_structure
from hedgerow.language import tree
from hedgerow.vocabulary.structures import PRIMITIVES

if TYPE_CHECKING:
    from hedgerow.book.explain.phrasing import Phrasing

_VERBS = {"buy": "buys", "sell": "sells", "offset": "buys or sells, as its size needs,"}
_WINGS = {"buy": "nearer the money", "sell": "further out", "offset": "away"}
_TWO_SIDED = ("iron_condor", "iron_butterfly")
_DISTANCES = ("sd", "%", "points")  # units of strikes counted from the price of the underlying
_STRIKES = {
    "short": "short strike", "put_short": "short put strike", "call_short": "short call strike",
    "long": "long strike", "strike": "strike", "near_strike": "near strike",
    "far_strike": "far strike", "put": "put strike", "call": "call strike",
}  # fmt: skip
_WING_NAMES = {"wing": "long strike", "put_wing": "put wing", "call_wing": "call wing"}
Given = tuple[str | None, tree.Expression]


def opening(say: Phrasing, action: str, call: tree.Call) -> str:
    """`sells an SPX iron condor with the listed expiry nearest to 45 days: short strikes ...`"""
    return f"{_VERBS[action]} {position(say, action, call)}"


def position(say: Phrasing, action: str, call: tree.Call) -> str:
    """The same without the verb."""
    name = call.function.dotted
    given = [*_given(say, call, name)]
    head = _noun(say, call, name)
    expiries = [_expiry(say, value) for argument, value in given if argument == "expiry"]
    rest = [_argument(say, name, action, *each) for each in given if each[0] != "expiry"]
    head += "".join(f" with {each}" for each in expiries)
    return f"{head}: {'; '.join(rest)}" if rest else head


def _noun(say: Phrasing, call: tree.Call, name: str) -> str:
    label = name if name in say.scope.structures else spaced(name)
    if not call.arguments:
        return with_article(label)
    first = call.arguments[0]
    underlying = say.value(first.value, Holds.WORD)
    if first.name is not None:
        underlying = f"{first.name} {underlying}"
    words = f"{underlying} {label}"
    return words if name == "shares" else with_article(words)


def _parameters(say: Phrasing, name: str) -> list[tree.Parameter]:
    """Of a structure, after the underlying; none where it is a contract or unknown."""
    structure = say.scope.structures.get(name) or built_in_structure(name)
    return list(structure.parameters[1:]) if structure else []


def _given(say: Phrasing, call: tree.Call, name: str) -> Iterator[Given]:
    """The arguments after the underlying as written, then what is left to its default."""
    parameters = _parameters(say, name)
    known = [each.name for each in parameters] or list(PRIMITIVES.get(name, ()))
    names = set()
    for at, argument in enumerate(call.arguments[1:]):
        by_place = known[at] if at < len(known) else None
        names.add(argument.name or by_place)
        yield argument.name or by_place, argument.value
    for parameter in parameters:
        default = parameter.default
        refers = isinstance(default, tree.Name) and default.parts[0] in known
        if default is not None and parameter.name not in names and not refers:
            yield parameter.name, default


def _argument(
    say: Phrasing, structure: str, action: str, name: str | None, value: tree.Expression
) -> str:
    if name is None:
        return say.value(value)
    if structure in say.scope.structures:
        return f"{name} {say.value(value)}"
    if name in ("near", "far"):
        return f"{name} leg with {_expiry(say, value)}"
    if name == "ratio":
        return f"{say.value(value)} bought for each one sold"
    if name in _WING_NAMES:
        label = "wings" if name == "wing" and structure in _TWO_SIDED else _WING_NAMES[name]
        return f"{label} {_wing(say, value, action)}"
    if name in _STRIKES:
        return f"{_strikes_of(structure, name)} {strike(say, value)}"
    return f"{spaced(name)} {say.value(value)}"


def _strikes_of(structure: str, name: str) -> str:
    if name == "short" and structure in ("strangle", "straddle"):
        return "strikes"
    return f"{_STRIKES[name]}{'s' if name == 'short' and structure in _TWO_SIDED else ''}"


def _expiry(say: Phrasing, value: tree.Expression) -> str:
    if isinstance(value, tree.Cycle | tree.ExpiryOf):
        return say.value(value)
    return f"the listed expiry nearest to {say.value(value, Holds.PHRASE)}"


def strike(say: Phrasing, node: tree.Expression) -> str:
    """`at 30 delta`, `1.5 standard deviations out of the money`, `at the money`."""
    if isinstance(node, tree.If):
        return _either(say, node, strike)
    if isinstance(node, tree.Name) and node.parts == ("atm",) and not say.scope.knows("atm"):
        return "at the money"
    beside = _beside(say, node)
    if beside:
        return beside
    value = say.value(node, Holds.SUM)
    distance = _unit(say, node) in _DISTANCES
    return f"{value} out of the money" if distance else f"at {value}"


def _wing(say: Phrasing, node: tree.Expression, action: str) -> str:
    """Points are a distance from the short strike; anything else is the strike itself."""
    if isinstance(node, tree.If):
        return _either(say, node, lambda say, part: _wing(say, part, action))
    if _unit(say, node) == "points":
        return f"{say.value(node, Holds.SUM)} {_WINGS[action]}"
    return strike(say, node)


def _either(say: Phrasing, node: tree.If, told: Callable[[Phrasing, tree.Expression], str]) -> str:
    then = told(say, node.then)
    then = f"({then})" if isinstance(node.then, tree.If) else then
    return f"{then} if {say.clause(node.condition)}, otherwise {told(say, node.otherwise)}"


def _beside(say: Phrasing, node: tree.Expression) -> str | None:
    """`50 points below the strike of short_put`; None for what is no strike of another leg."""
    if isinstance(node, tree.Name) and node.parts[0] in say.scope.legs:
        return f"at the strike of {node.dotted}"
    if not isinstance(node, tree.Binary) or node.operator not in ("+", "-"):
        return None
    leg = node.left
    if not isinstance(leg, tree.Name) or not _is_leg(say, leg.parts[-1]):
        return None
    side = "above" if node.operator == "+" else "below"
    return f"{say.value(node.right, Holds.PRODUCT)} {side} the strike of {leg.dotted}"


def _is_leg(say: Phrasing, name: str) -> bool:
    return name in say.scope.legs or name.endswith(("_put", "_call", "_future"))


def _unit(say: Phrasing, node: tree.Expression) -> str | None:
    """The unit of the first number that a value is made of; None where it goes in a circle."""
    seen: set[int] = set()
    while id(node) not in seen:
        seen.add(id(node))
        node = say.scope.resolved(node)
        match node:
            case tree.If():
                node = node.then
            case tree.Otherwise():
                node = node.value
            case tree.Unary():
                node = node.operand
            case tree.Binary():
                node = node.left
            case tree.Number():
                return node.unit
            case _:
                return None
    return None
