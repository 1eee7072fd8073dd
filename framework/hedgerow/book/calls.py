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
    arguments = _by_parameter(reading, word, node)
    if arguments is None:
        return None
    if word.family is Family.INDICATOR:
        return _indicator(reading, word, arguments, node)
    if word.family is Family.MARKET:
        return _of_market(reading, word, arguments, node)
    return _measure(reading, word, arguments, node)


Arguments = list[tuple[Parameter, tree.Expression | None]]


def _by_parameter(reading: Reading, word: Word, node: tree.Call) -> Arguments | None:
    """Every parameter with what fills it, None for its default."""
    parameters = list(word.parameters)
    repeated = parameters.pop() if parameters and parameters[-1].repeats else None
    filled: dict[str, tree.Expression] = {}
    positional = [each for each in node.arguments if each.name is None]
    for parameter, argument in zip(parameters, positional, strict=False):
        filled[parameter.name] = argument.value
    extra = [argument.value for argument in positional[len(parameters) :]]
    for argument in node.arguments:
        if argument.name is None:
            continue
        if argument.name in filled or argument.name not in {each.name for each in parameters}:
            _wrong(reading, word, node, f"`{word.name}` has no place for `{argument.name}`")
            return None
        filled[argument.name] = argument.value
    if extra and repeated is None:
        _wrong(reading, word, node, f"`{word.name}` is given too much")
        return None
    if _is_bare_window(parameters, node):
        _lacks_series(reading, word, node)
        return None
    missing = [each.name for each in parameters if each.name not in filled and each.default is None]
    if repeated is not None and not extra:
        missing.append(repeated.name)
    if missing:
        _wrong(reading, word, node, f"`{word.name}` lacks {' and '.join(missing)}")
        return None
    given: Arguments = [(each, filled.get(each.name)) for each in parameters]
    if repeated is not None:
        given.extend((repeated, value) for value in extra)
    return given


def _lacks_series(reading: Reading, word: Word, node: tree.Call) -> None:
    help = f"write `{word.name}(SPX, {node.arguments[0].span.text})`"
    reading.report("N107", f"`{word.name}` lacks its series", node.span, help=(help,))


def _is_bare_window(parameters: list[Parameter], node: tree.Call) -> bool:
    """`sma(20)`, as where the series of a chart goes without saying."""
    alone = len(node.arguments) == 1 and isinstance(node.arguments[0].value, tree.Number)
    return alone and [each.role for each in parameters] == [Role.SERIES, Role.WINDOW]


def _wrong(reading: Reading, word: Word, node: tree.Call, message: str) -> None:
    reading.report("N107", message, node.span, help=(f"write `{word.signature}`",))


def _indicator(
    reading: Reading, word: Word, arguments: Arguments, node: tree.Call
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
    reading: Reading, word: Word, arguments: Arguments, node: tree.Call
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


def _measure(
    reading: Reading, word: Word, arguments: Arguments, node: tree.Call
) -> Expression | None:
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
