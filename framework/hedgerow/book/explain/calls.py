"""Words called with arguments: `rsi(VIX, 14)` is the RSI of VIX over 14 sessions."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from hedgerow.book.explain.english import spaced
from hedgerow.book.explain.holds import Holds
from hedgerow.book.explain.labels import label_of
from hedgerow.book.parameters import filled
from hedgerow.language import tree
from hedgerow.text.in_words import counted, listed, plain
from hedgerow.vocabulary import WORDS
from hedgerow.vocabulary.units import Kind
from hedgerow.vocabulary.word import Parameter, Role

if TYPE_CHECKING:
    from hedgerow.book.explain.phrasing import Phrasing


def call_phrase(say: Phrasing, node: tree.Call) -> str:
    """By the word's own parameters where they are known, else in the order written."""
    name = node.function.dotted
    word = WORDS.get(name)
    given = filled(word, node) if word else None
    if given is None or isinstance(given, str):
        return _as_written(say, node)
    named = f"the {label_of(name)}"
    of = [argument_phrase(say, value) for role in (Role.SERIES, Role.UNDERLYING, Role.SUBJECT)
          for parameter, value in given if parameter.role is role and value]  # fmt: skip
    words = f"{named} of {listed(of)}" if of else named
    return words + "".join(_rest(say, parameter, value) for parameter, value in given)


def argument_phrase(say: Phrasing, value: tree.Expression) -> str:
    """A name, or anything else that can't be taken for more than one argument."""
    return say.value(value, Holds.WORD)


def _rest(say: Phrasing, parameter: Parameter, given: tree.Expression | None) -> str:
    """Windows, constants and shocks, those left out with what they are then."""
    match parameter.role:
        case Role.SERIES | Role.UNDERLYING | Role.SUBJECT:
            return ""
        case Role.SHOCK:
            return f" under the shock {argument_phrase(say, given)}" if given else ""
        case Role.WINDOW if not given and not parameter.default:
            return " since the start"
        case Role.WINDOW:
            size = say.window(given) if given else _default_window(parameter)
            return f" over {size}" if parameter.name == "window" else f", {parameter.name} {size}"
        case Role.CONSTANT:
            shown = argument_phrase(say, given) if given else _default_constant(parameter)
            return f", {spaced(parameter.name)} {shown}"


def _default_window(parameter: Parameter) -> str:
    return counted(Decimal(str(parameter.default)), "session")


def _default_constant(parameter: Parameter) -> str:
    default = Decimal(str(parameter.default))
    match parameter.kinds:
        case (Kind.RATIO,):
            return f"{plain(default * 100)}%"
        case (Kind.DELTA,):
            return f"{plain(default * 100)} delta"
    return plain(default)


def _as_written(say: Phrasing, node: tree.Call) -> str:
    """`the irr of condors`, `the credit collected of condors over 90 sessions`."""
    name = node.function.dotted
    label = name if say.scope.knows(name) or len(node.function.parts) > 1 else spaced(name)
    arguments = list(node.arguments)
    over = ""
    if len(arguments) > 1 and _is_window(arguments[-1]):
        over = f" over {say.window(arguments.pop().value)}"
    parts = [_argument(say, each) for each in arguments]
    return f"the {label}{' of ' if parts else ''}{listed(parts)}{over}"


def _is_window(argument: tree.Argument) -> bool:
    value = argument.value
    return argument.name is None and isinstance(value, tree.Number) and value.unit == "sessions"


def _argument(say: Phrasing, argument: tree.Argument) -> str:
    value = argument_phrase(say, argument.value)
    return f"{spaced(argument.name)} {value}" if argument.name else value
