"""A word is one row beside its function: what rules may call, with kinds, look-back and source."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from enum import StrEnum
from math import inf
from typing import Any

from msgspec import Struct

from hedgerow.vocabulary.units import NUMERIC, Kind, Mismatch, common, difference_of, fits

MOST_SESSIONS = 100_000  # the longest window; TA-Lib's own bound
USUAL_WINDOW = 20  # sessions, where something is said of a word whose window has no default


class Family(StrEnum):
    INDICATOR = "indicator"  # of series: computed for a whole history at once
    MARKET = "market"  # of what options and futures said: likewise
    MEASURE = "measure"  # of positions or the account: read at a session's close
    DATE = "date"  # of the session's date
    STATE = "state"  # a truth about a position or a layer
    RESULT = "result"  # of a whole run: only claims speak of it


class Role(StrEnum):
    """What a parameter is filled with, and so when it is known."""

    SERIES = "series"  # a value for every session
    UNDERLYING = "underlying"  # a market series by name
    WINDOW = "window"  # whole sessions, known before the run; a bare number means sessions
    CONSTANT = "constant"  # a number known before the run
    SUBJECT = "subject"  # positions or the account
    SHOCK = "shock"  # the name of a shock


class Subject(StrEnum):
    """What a measure can be taken of."""

    LEG = "a leg"
    POSITION = "a position"
    STACK = "a layer stack"
    BOOK = "the book"  # all open positions
    ACCOUNT = "the account"


class Together(StrEnum):
    """What a measure of several open positions is."""

    SUM = "the sum"
    LEAST = "the least"
    GREATEST = "the greatest"
    LATEST = "that of the one opened last"


class Shape(StrEnum):
    """A result kind that depends on the kinds of the series that come in."""

    SAME = "the kind of its series"
    DIFFERENCE = "a change of its series"  # points for a level, pp for a ratio


class Parameter(Struct, frozen=True):
    """One parameter of a word, by position in this order, or by name."""

    name: str
    role: Role
    kinds: tuple[Kind, ...] = NUMERIC  # any of these
    default: float | None = None  # in base units; None: required
    columns: tuple[str, ...] = ()  # a market series whose columns go in, in this order; or any
    among: tuple[str, ...] = ()  # the underlyings it may be; none: any with options
    at_least: float = 0.0  # bounds of a window or constant, in base units
    at_most: float = float(MOST_SESSIONS)
    whole: bool = False  # a constant without a fraction
    repeats: bool = False  # the last parameter, filled once or more often

    def accepts(self, kind: Kind) -> bool:
        """Whether an argument of `kind` may fill it."""
        if self.role is Role.WINDOW and kind is Kind.LITERAL:
            return True
        return any(fits(kind, expected) for expected in self.kinds)


class Word(Struct, frozen=True):
    """One word of the language.

    `compute` of an indicator takes float arrays of one length (series, in order; the columns of
    a series with `columns`), then windows as int and constants as float, and gives an array of
    that length: nan until `lookback(windows and constants)` sessions have passed, and never
    dependent on later ones. A missing value starts the count anew. 0/0 is unknown: nan.
    A pointwise word looks at nothing but the session itself, and takes floats as well.

    A measure has no `compute`: what it reads is the account, which this folder doesn't know. Nor
    has a word of the market: see `market_words`.
    """

    name: str
    family: Family
    result: Kind | Shape
    parameters: tuple[Parameter, ...]
    description: str
    source: str
    compute: Callable[..., Any] | None = None
    lookback: Callable[..., int] = lambda *_: 0  # sessions before the first value
    pointwise: bool = False
    subjects: tuple[Subject, ...] = ()  # of a measure
    together: Together | None = None  # of a measure that several positions share
    of_leg: Kind | None = None  # what a measure gives of a leg, where that is another kind
    between: tuple[float, float] = (-inf, inf)  # where its values lie, both ends included

    def kind_of(self, subject: Subject) -> Kind:
        """What a measure gives when it is taken of `subject`."""
        assert isinstance(self.result, Kind), "only indicators follow their series"
        if subject is Subject.LEG and self.of_leg is not None:
            return self.of_leg
        return self.result

    def result_for(self, series: Sequence[Kind]) -> Kind | Mismatch:
        """The kind of a call with series of these accepted kinds; they may have to agree."""
        if isinstance(self.result, Kind):
            return self.result
        kind = series[0]
        for other in series[1:]:
            joined = common(kind, other)
            if isinstance(joined, Mismatch):
                return joined
            kind = joined
        return kind if self.result is Shape.SAME else difference_of(kind)

    @property
    def numbers(self) -> tuple[Parameter, ...]:
        """Its windows and constants."""
        known = (Role.WINDOW, Role.CONSTANT)
        return tuple(each for each in self.parameters if each.role in known)

    @property
    def first_value(self) -> int:
        """Sessions before it, with the defaults; a window without one counts as `USUAL_WINDOW`."""
        usual = (USUAL_WINDOW if each.default is None else each.default for each in self.numbers)
        return self.lookback(*usual)

    @property
    def called(self) -> bool:
        """Whether it is written with parentheses; most words of positions stand alone or after a
        dot, `base.profit`."""
        given = any(each.role in (Role.SHOCK, Role.CONSTANT) for each in self.parameters)
        return self.family in (Family.INDICATOR, Family.MARKET) or given or self.name == "count"

    @property
    def usage(self) -> str:
        """How it is written in a rule: its signature, or its name alone."""
        windowed = any(each.role is Role.WINDOW for each in self.parameters)
        return self.signature if self.called or windowed else self.name

    @property
    def signature(self) -> str:
        """`macd(series, fast = 12, slow = 26)`"""
        return f"{self.name}({', '.join(map(_written, self.parameters))})"


def series(
    name: str = "series", kinds: tuple[Kind, ...] = NUMERIC, *, repeats: bool = False
) -> Parameter:
    return Parameter(name, Role.SERIES, kinds, repeats=repeats)


def columns(name: str, *wanted: str) -> Parameter:
    """A market series by name, of which several columns are read."""
    return Parameter(name, Role.SERIES, (Kind.LEVEL,), columns=wanted)


def window(name: str = "window", default: int | None = None, *, at_least: int = 1) -> Parameter:
    return Parameter(name, Role.WINDOW, (Kind.SESSIONS,), default, at_least=at_least)


def constant(
    name: str,
    *kinds: Kind,
    default: float | None = None,
    at_least: float = 0.0,
    at_most: float,
    whole: bool = False,
) -> Parameter:
    """A number from `at_least` to `at_most`, in base units."""
    return Parameter(
        name, Role.CONSTANT, kinds, default, at_least=at_least, at_most=at_most, whole=whole
    )


def underlying(*among: str) -> Parameter:
    return Parameter("underlying", Role.UNDERLYING, (Kind.LEVEL,), among=among)


def indicator(
    words: dict[str, Word],
    result: Kind | Shape,
    *parameters: Parameter,
    source: str,
    lookback: Callable[..., int] = lambda *_: 0,
    pointwise: bool = False,
    between: tuple[float, float] = (-inf, inf),
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Write the function's row into `words`; its docstring's first line is the description."""

    def register(compute: Callable[..., Any]) -> Callable[..., Any]:
        _add(words, Word(
            _name(compute), Family.INDICATOR, result, parameters, _sentence(compute), source,
            compute, lookback, pointwise, between=between,
        ))  # fmt: skip
        return compute

    return register


def measure(
    name: str,
    result: Kind,
    description: str,
    *,
    of: tuple[Subject, ...],
    together: Together | None = None,
    source: str = "",
    shock: str | None = None,
    window: str | None = None,
    rate: str | None = None,
    of_leg: Kind | None = None,
    family: Family = Family.MEASURE,
    between: tuple[float, float] = (-inf, inf),
) -> Word:
    """The row of a word about positions or the account.

    `shock` names its shock parameter; `window` one of sessions, left out for the whole run;
    `rate` one of a ratio from 0% to 100%.
    """
    parameters = [] if of == (Subject.ACCOUNT,) else [Parameter("of", Role.SUBJECT)]
    if shock is not None:
        parameters.append(Parameter(shock, Role.SHOCK))
    if window is not None:
        parameters.append(Parameter(window, Role.WINDOW, (Kind.SESSIONS,), 0.0))
    if rate is not None:
        parameters.append(constant(rate, Kind.RATIO, at_most=1.0))
    return Word(
        name, family, result, tuple(parameters), description, source,
        subjects=of, together=together, of_leg=of_leg, between=between,
    )  # fmt: skip


def _add(words: dict[str, Word], word: Word) -> None:
    if word.name in words:
        raise ValueError(f"the word {word.name} stands twice")
    words[word.name] = word


def _name(compute: Callable[..., Any]) -> str:
    """A function named `min_` to spare the builtin is the word `min`."""
    return compute.__name__.rstrip("_")


def _sentence(compute: Callable[..., Any]) -> str:
    return (inspect.getdoc(compute) or "").split("\n\n", 1)[0].replace("\n", " ")


def _written(parameter: Parameter) -> str:
    name = f"{parameter.name}, ..." if parameter.repeats else parameter.name
    if parameter.default is None or (parameter.role is Role.WINDOW and not parameter.default):
        return name
    match parameter.kinds:
        case (Kind.RATIO,):
            return f"{name} = {parameter.default:.0%}"
        case (Kind.DELTA,):
            return f"{name} = {100 * parameter.default:g} delta"
    return f"{name} = {parameter.default:g}"
