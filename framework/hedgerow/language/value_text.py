"""Expressions as text on one line, with the parentheses that the grammar needs and no others."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any

from hedgerow.language import tree as nodes
from hedgerow.language.units import SINGULAR


class Binding(IntEnum):
    """How tightly a form holds together: the levels of grammar.lark, loosest first."""

    OTHERWISE = 0
    CHOICE = 1
    OR = 2
    AND = 3
    NOT = 4
    TEMPORAL = 5
    COMPARISON = 6
    SUM = 7
    PRODUCT = 8
    SHARE = 9
    UNARY = 10
    POSTFIX = 11
    PRIMARY = 12


_OPERATORS = {
    "or": Binding.OR,
    "and": Binding.AND,
    "+": Binding.SUM,
    "-": Binding.SUM,
    "*": Binding.PRODUCT,
    "/": Binding.PRODUCT,
}


def text_from_value(value: nodes.Expression) -> str:
    """The one spelling of an expression, without line breaks. Groups have none: see blocks."""
    return _FORMS[type(value)][1](value)


def text_from_number(number: nodes.Number) -> str:
    """`45 days`, `1 day`, `40%`, `$2500`; the digits stay as they were written."""
    digits = format(number.value, "f")
    if number.unit is None:
        return digits
    if number.unit == "$":
        return f"${digits}"
    if number.unit == "%":
        return f"{digits}%"
    unit = SINGULAR.get(number.unit, number.unit) if digits == "1" else number.unit
    return f"{digits} {unit}"


def text_from_argument(argument: nodes.Argument) -> str:
    value = text_from_value(argument.value)
    return f"{argument.name} = {value}" if argument.name else value


def text_of_part(value: nodes.Expression, least: Binding) -> str:
    """The text of a part, in parentheses if it binds more loosely than its place demands."""
    text = text_from_value(value)
    return text if _binding(value) >= least else f"({text})"


def _binding(value: nodes.Expression) -> Binding:
    if isinstance(value, nodes.Binary):
        return _OPERATORS.get(value.operator, Binding.COMPARISON)
    if isinstance(value, nodes.Unary):
        return Binding.NOT if value.operator == "not" else Binding.UNARY
    return _FORMS[type(value)][0]


def _binary(value: nodes.Binary) -> str:
    binding = _binding(value)
    tighter = Binding(binding + 1)
    left = tighter if binding is Binding.COMPARISON else binding
    if value.operator == "or":  # `and` inside `or` stands in parentheses, whatever binds tighter
        parts = [
            f"({text_from_value(side)})" if _is_and(side) else text_of_part(side, least)
            for side, least in ((value.left, left), (value.right, tighter))
        ]
        return " or ".join(parts)
    return f"{text_of_part(value.left, left)} {value.operator} {text_of_part(value.right, tighter)}"


def _is_and(value: nodes.Expression) -> bool:
    return isinstance(value, nodes.Binary) and value.operator == "and"


def _unary(value: nodes.Unary) -> str:
    if value.operator == "not":
        text = text_of_part(value.operand, Binding.NOT)
        stretched = _binding(value.operand) is Binding.TEMPORAL  # never beside a bare `not`
        return f"not ({text})" if stretched else f"not {text}"
    return f"-{text_of_part(value.operand, Binding.UNARY)}"


def _call(value: nodes.Call) -> str:
    arguments = ", ".join(text_from_argument(item) for item in value.arguments)
    return f"{value.function.dotted}({arguments})"


def _near(value: nodes.NearEvent) -> str:
    event = value.event.dotted
    if value.distance is None:
        return f"{value.side} {event}"
    text = f"{text_of_part(value.distance, Binding.UNARY)} {value.side} {event}"
    return text if value.exact else f"within {text}"


def _since_what(condition: nodes.Expression) -> str:
    if isinstance(condition, nodes.NearEvent) and condition.side == "on":
        return _near(condition)
    return text_of_part(condition, Binding.UNARY)


def _state(value: nodes.State) -> str:
    subject = value.subject.dotted
    return f"no {subject} {value.state}" if value.negated else f"{subject} is {value.state}"


def _if(value: nodes.If) -> str:
    return (
        f"if {text_from_value(value.condition)} then {text_from_value(value.then)}"
        f" else {text_of_part(value.otherwise, Binding.CHOICE)}"
    )


def _between(value: nodes.Between) -> str:
    of, low, high = (
        text_of_part(part, Binding.SUM) for part in (value.value, value.low, value.high)
    )
    return f"{of} between {low} and {high}"


def _crosses(value: nodes.Crosses) -> str:
    left, right = text_of_part(value.left, Binding.SUM), text_of_part(value.right, Binding.SUM)
    return f"{left} crosses {value.direction} {right}"


def _trend(value: nodes.Trend) -> str:
    of, window = text_of_part(value.value, Binding.SUM), text_of_part(value.window, Binding.UNARY)
    return f"{of} {value.direction} for {window}"


def _held(value: nodes.Held) -> str:
    condition = text_of_part(value.condition, Binding.TEMPORAL)
    return f"{condition} for {text_of_part(value.window, Binding.UNARY)}"


def _recent(value: nodes.Recent) -> str:
    condition, window = (
        text_of_part(value.condition, Binding.TEMPORAL),
        text_of_part(value.window, Binding.UNARY),
    )
    return f"{condition} within last {window}"


def _becomes(value: nodes.Becomes) -> str:
    return (
        f"{text_of_part(value.condition, Binding.TEMPORAL)} becomes {text_from_value(value.value)}"
    )


def _otherwise(value: nodes.Otherwise) -> str:
    return f"{text_from_value(value.value)} otherwise {text_of_part(value.default, Binding.CHOICE)}"


def _of(value: nodes.Of) -> str:
    return (
        f"{text_of_part(value.part, Binding.UNARY)} of {text_of_part(value.whole, Binding.SHARE)}"
    )


def _lag(value: nodes.Lag) -> str:
    return f"{text_of_part(value.of, Binding.POSTFIX)}[{text_from_number(value.sessions)}]"


_FORMS: dict[type, tuple[Binding, Callable[[Any], str]]] = {
    nodes.Number: (Binding.PRIMARY, text_from_number),
    nodes.Truth: (Binding.PRIMARY, lambda value: "true" if value.value else "false"),
    nodes.Name: (Binding.PRIMARY, lambda value: value.dotted),
    nodes.Call: (Binding.PRIMARY, _call),
    nodes.Lag: (Binding.POSTFIX, _lag),
    nodes.Of: (Binding.SHARE, _of),
    nodes.Unary: (Binding.UNARY, _unary),
    nodes.Binary: (Binding.COMPARISON, _binary),
    nodes.Between: (Binding.COMPARISON, _between),
    nodes.Crosses: (Binding.COMPARISON, _crosses),
    nodes.Held: (Binding.TEMPORAL, _held),
    nodes.Recent: (Binding.TEMPORAL, _recent),
    nodes.Becomes: (Binding.TEMPORAL, _becomes),
    nodes.Since: (
        Binding.UNARY,
        lambda value: f"sessions since {_since_what(value.condition)}",
    ),
    nodes.Trend: (Binding.COMPARISON, _trend),
    nodes.NearEvent: (Binding.COMPARISON, _near),
    nodes.Every: (
        Binding.COMPARISON,
        lambda value: f"every {text_of_part(value.window, Binding.UNARY)}",
    ),
    nodes.State: (Binding.COMPARISON, _state),
    nodes.Happens: (
        Binding.COMPARISON,
        lambda value: f"{value.action} {value.subject.dotted}",
    ),
    nodes.If: (Binding.CHOICE, _if),
    nodes.Otherwise: (Binding.OTHERWISE, _otherwise),
    nodes.Cycle: (
        Binding.UNARY,
        lambda value: f"{value.cycle} {text_of_part(value.distance, Binding.UNARY)}",
    ),
    nodes.ExpiryOf: (Binding.SHARE, lambda value: f"expiry of {value.position.dotted}"),
}
