"""Calls of words: `rsi(VIX, 14)`, `loss(condors, spike)`."""

from __future__ import annotations

from hedgerow.book.expression import (
    Constant,
    Expression,
    Indicator,
    MarketWord,
    Measure,
    Series,
)
from hedgerow.book.names import unknown
from hedgerow.book.parameters import Filled, filled
from hedgerow.book.reading import Reading, reads
from hedgerow.book.shocks import shock_named
from hedgerow.book.subjects import read_subject
from hedgerow.language import tree
from hedgerow.market.underlyings import has_options
from hedgerow.text.diagnostic import Diagnostic, Label
from hedgerow.vocabulary import WORDS
from hedgerow.vocabulary.units import Kind, Mismatch
from hedgerow.vocabulary.word import Family, Parameter, Role, Word


@reads(tree.Call)
def _call(reading: Reading, node: tree.Call) -> Expression | None:
    name = node.function.dotted
    word = WORDS.get(name)
    if word is None:
        found = unknown(name, node.function.span, "word", list(WORDS))
        reading.found.append(
            Diagnostic("N103", found.message, found.span,
                       help=found.help or ("`hedgerow words` lists them",)))  # fmt: skip
        return None
    if word.family is Family.DATE:
        reading.report("N107", f"`{name}` takes nothing", node.span,
                       help=(f"write `{name}` without parentheses",))  # fmt: skip
        return None
    if _is_bare_window(word, node):
        written = f"`{name}(SPX, {node.arguments[0].span.text})`"
        reading.report("N107", f"`{name}` lacks its series", node.span, help=(f"write {written}",))
        return None
    arguments = filled(word, node)
    if isinstance(arguments, str):
        reading.report("N107", arguments, node.span, help=(f"write `{word.signature}`",))
        return None
    if word.family is Family.INDICATOR:
        return _indicator(reading, word, arguments, node)
    if word.family is Family.MARKET:
        return _of_market(reading, word, arguments, node)
    return _measure(reading, word, arguments, node)


def _is_bare_window(word: Word, node: tree.Call) -> bool:
    """`sma(20)`, as where the series of a chart goes without saying."""
    if [each.role for each in word.parameters] != [Role.SERIES, Role.WINDOW]:
        return False
    given = [each.value for each in node.arguments if each.name in (None, word.parameters[1].name)]
    return len(node.arguments) == 1 and [type(each) for each in given] == [tree.Number]


def _indicator(
    reading: Reading, word: Word, arguments: Filled, node: tree.Call
) -> Expression | None:
    inputs: list[Expression | None] = []
    kinds: list[Kind] = []
    windows: list[float | None] = []
    for parameter, argument in arguments:
        if parameter.role is Role.SERIES:
            assert argument is not None
            value = reading.read(argument)
            inputs.extend(_columns(reading, parameter, value, word))
            if value is not None:
                kinds.append(value.kind)
        elif argument is None:
            windows.append(parameter.default)
        else:
            windows.append(_number(reading, parameter, argument, word))
    if None in inputs or None in windows:
        return None
    known = tuple(each for each in inputs if each is not None)
    numbers = tuple(each for each in windows if each is not None)
    kind = word.result_for(kinds)
    if isinstance(kind, Mismatch):
        spans = [each.span for each in known]
        labels = tuple(
            Label(span, f"this is {kind}") for span, kind in zip(spans, kinds, strict=False)
        )
        reading.report("T203", f"`{word.name}` needs series of one kind", node.span, labels=labels)
        return None
    return reading.made(Indicator(word.name, known, numbers, kind, node.span))


def _columns(
    reading: Reading, parameter: Parameter, value: Expression | None, word: Word
) -> list[Expression | None]:
    """The inputs a series stands for: itself, or the columns the word wants of it."""
    if value is None:
        return [None]
    if isinstance(value, Constant) and not word.pointwise:
        reading.report(
            "N107", f"`{word.name}` looks at a series, and `{value.span.text}` never changes",
            value.span, help=(f"write `{word.signature}`, as in `{word.name}(SPX, ...)`",),
        )  # fmt: skip
        return [None]
    if not parameter.accepts(value.kind):
        reading.report(
            "T201", f"`{word.name}` can't take {value.kind} as its {parameter.name}", value.span
        )
        return [None]
    if reading.about_positions(value) and not word.pointwise:
        reading.report(
            "T201", f"`{word.name}` is computed from market data, and `{value.span.text}` is about "
            "positions", value.span,
        )  # fmt: skip
        return [None]
    if not parameter.columns:
        return [value]
    if isinstance(value, Series) and value.column == "close":
        return [Series(value.name, each, value.kind, value.span) for each in parameter.columns]
    reading.report(
        "T201",
        f"`{word.name}` reads several columns of a market series, and `{value.span.text}` is none",
        value.span,
        help=(f"write the series itself: `{word.name}(SPX)`",),
    )
    return [None]


def _number(
    reading: Reading, parameter: Parameter, argument: tree.Expression, word: Word
) -> float | None:
    what = f"`{parameter.name}` of `{word.name}`"
    if Kind.DELTA in parameter.kinds and _at_the_money(argument):
        return parameter.default
    if parameter.role is Role.WINDOW:
        value: float | None = reading.window(argument, what)
    else:
        value = reading.constant(argument, parameter.kinds[0], what)
    if value is None:
        return None
    fits = not parameter.whole or value == int(value)
    if fits and parameter.at_least <= value <= parameter.at_most:
        return value
    sort = "a whole number " if parameter.whole else ""
    bounds = f"{sort}from {parameter.at_least:g} to {parameter.at_most:g}"
    reading.report("T207", f"{what} is {bounds}", argument.span, help=("write one of these",))
    return None


def _of_market(
    reading: Reading, word: Word, arguments: Filled, node: tree.Call
) -> Expression | None:
    (parameter, argument), *rest = arguments
    assert argument is not None
    underlying = _underlying(reading, parameter, argument, word)
    constants = [
        each.default if value is None else _number(reading, each, value, word)
        for each, value in rest
    ]
    known = tuple(each for each in constants if each is not None)
    if underlying is None or len(known) < len(constants):
        return None
    kind = word.result_for(())
    assert isinstance(kind, Kind)
    return reading.made(MarketWord(word.name, underlying, known, kind, node.span))


def _underlying(
    reading: Reading, parameter: Parameter, argument: tree.Expression, word: Word
) -> str | None:
    value = reading.read(argument)
    if value is None:
        return None
    if isinstance(value, Series) and value.column == "close":
        among = parameter.among
        if value.name in among or (not among and has_options(value.name)):
            return value.name
    wanted = " or ".join(f"`{each}`" for each in parameter.among) or "what has options"
    reading.report("N107", f"`{word.name}` is known of {wanted}, not of `{value.span.text}`",
                   value.span, help=(f"write `{word.signature}`",))  # fmt: skip
    return None


def _at_the_money(node: tree.Expression) -> bool:
    return isinstance(node, tree.Name) and node.parts == ("atm",)


def _measure(reading: Reading, word: Word, arguments: Filled, node: tree.Call) -> Expression | None:
    target, shock, window, rate = None, None, 0, 0.0
    for parameter, argument in arguments:
        if parameter.role is Role.WINDOW:
            read = 0 if argument is None else reading.window(argument)
            if read is None:
                return None
            window = read
        elif parameter.role is Role.CONSTANT:
            assert argument is not None
            number = _number(reading, parameter, argument, word)
            if number is None:
                return None
            rate = number
        elif not isinstance(argument, tree.Name):
            span = argument.span if argument is not None else node.span
            reading.report("N107", f"`{word.name}` wants a name here", span,
                           help=(f"write `{word.signature}`",))  # fmt: skip
            return None
        elif parameter.role is Role.SUBJECT:
            target = read_subject(reading, argument)
        else:
            shock = shock_named(reading, argument)
            if shock is None:
                return None
    if target is None:
        return None
    return Measure(word.name, target, word.kind_of(target.subject), node.span, shock, window, rate)
