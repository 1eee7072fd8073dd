"""Expressions of a book: names resolved, kinds known, numbers in base units.

Nodes are compared by identity: a `let` used in many places is one node, so what is shared in the
text is shared in the graph, and its size is the size of the file. Leaves differ in what they look
at; `market_only` tells whether a value needs no knowledge of positions and can be computed for a
whole history at once.
"""

from __future__ import annotations

from collections.abc import Container
from typing import ClassVar

from msgspec import Struct

from hedgerow.text.source import Span
from hedgerow.vocabulary.units import Kind
from hedgerow.vocabulary.word import Subject


class Target(Struct, frozen=True):
    """What a measure is taken of: the rules whose open positions count, and a leg's name.

    No rules: every open position, or the account.
    """

    subject: Subject
    rules: tuple[str, ...] = ()  # paths such as `condors.base`
    leg: str | None = None


class Constant(Struct, frozen=True, eq=False):
    value: float  # base unit of its kind: ratio 0.4, days 45, delta 0.3, dollars, points; truth 1/0
    kind: Kind
    span: Span


class Series(Struct, frozen=True, eq=False):
    """A field of a market series at the close of the session."""

    name: str
    column: str  # open, high, low, close
    kind: Kind
    span: Span


class Indicator(Struct, frozen=True, eq=False):
    """A vocabulary word over histories."""

    word: str
    inputs: tuple[Expression, ...]
    windows: tuple[float, ...]  # and constants, in the word's order
    kind: Kind
    span: Span


class MarketWord(Struct, frozen=True, eq=False):
    """A vocabulary word over what options and futures on an underlying said."""

    word: str
    underlying: str
    constants: tuple[float, ...]  # in the word's order, base units
    kind: Kind
    span: Span


class DateWord(Struct, frozen=True, eq=False):
    """A vocabulary word over the session's date."""

    word: str
    kind: Kind
    span: Span


class EverySession(Struct, frozen=True, eq=False):
    """True on the first session of the data and on each `count`-th after it."""

    count: int
    span: Span
    kind: ClassVar[Kind] = Kind.TRUTH


class EventWindow(Struct, frozen=True, eq=False):
    """True where an event of a calendar lies `first` to `last` sessions ahead, both included.

    Negative: sessions ago. 0: on the session itself.
    """

    calendar: str
    first: int
    last: int
    span: Span
    kind: ClassVar[Kind] = Kind.TRUTH


class EventValue(Struct, frozen=True, eq=False):
    """What the last event of a calendar brought, in the unit of the user's file."""

    calendar: str
    column: str  # actual, expected, surprise
    span: Span
    kind: ClassVar[Kind] = Kind.NUMBER


class Measure(Struct, frozen=True, eq=False):
    """A word about positions or the account; `shock` names the stress for `loss`, `rate` is that
    of `capital_cost`."""

    word: str
    target: Target
    kind: Kind
    span: Span
    shock: str | None = None
    window: int = 0  # sessions; 0: since the start
    rate: float = 0.0  # a year; 0.08 is 8%


class Decided(Struct, frozen=True, eq=False):
    """How often the rules decided that this session: `entry base`, `exit hedge`, `roll base`."""

    action: str  # entry, exit, roll
    rules: tuple[str, ...]  # paths
    span: Span
    kind: ClassVar[Kind] = Kind.NUMBER


class Result(Struct, frozen=True, eq=False):
    """A result of a whole run, or of the baseline's; only in claims."""

    word: str
    of_baseline: bool
    kind: Kind
    span: Span


class Apply(Struct, frozen=True, eq=False):
    """An operator of `plan.operations`: `+`, `and`, `crosses above`, `for`, ..."""

    operator: str
    operands: tuple[Expression, ...]
    kind: Kind
    span: Span
    window: int = 0  # sessions, where the operator looks back


Expression = (
    Constant | Series | Indicator | MarketWord | DateWord | EverySession | EventWindow | EventValue
    | Measure | Decided | Result | Apply
)  # fmt: skip


def bottom_up(root: Expression, known: Container[int] = ()) -> list[Expression]:
    """Every node once, operands before what uses them; nodes of `known` identities left out."""
    order: list[Expression] = []
    seen: set[int] = set()
    stack: list[tuple[Expression, bool]] = [(root, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            order.append(node)
        elif id(node) not in seen and id(node) not in known:
            seen.add(id(node))
            stack.append((node, True))
            stack.extend((child, False) for child in operands(node))
    return order


def operands(node: Expression) -> tuple[Expression, ...]:
    match node:
        case Apply():
            return node.operands
        case Indicator():
            return node.inputs
        case _:
            return ()
