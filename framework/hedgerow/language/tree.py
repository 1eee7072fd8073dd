"""The tree: what stands in a rule file, statement by statement.

Every node carries the span it was read from; equality ignores spans, so layout never matters.
Nothing is resolved here: a name is a name, a number keeps its digits and its unit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from hedgerow.language.node import Node as Node  # every room calls it `tree.Node`
from hedgerow.language.node import node
from hedgerow.text.source import Source, Span

# --- expressions -----------------------------------------------------------------------------


@node
class Number(Node):
    """`45 days`, `40%`, `$2500`, `18`. `unit` is the canonical word (`days`, `%`, `$`) or None."""

    value: Decimal
    unit: str | None


@node
class Truth(Node):
    value: bool


@node
class Name(Node):
    """A dotted name: `VIX`, `SPX.high`, `base.short_put.delta`, `atm`."""

    parts: tuple[str, ...]


@node
class Lag(Node):
    """`VIX[1]`: the value `sessions` ago."""

    of: Expression
    sessions: Number


@node
class Argument(Node):
    name: str | None  # None: by position
    value: Expression


@node
class Call(Node):
    function: Name
    arguments: tuple[Argument, ...]


@node
class Of(Node):
    """`40% of capital`."""

    part: Expression
    whole: Expression


@node
class Unary(Node):
    operator: str  # `-` or `not`
    operand: Expression


@node
class Binary(Node):
    operator: str  # + - * / < <= > >= == != and or
    left: Expression
    right: Expression


@node
class Between(Node):
    value: Expression
    low: Expression
    high: Expression


@node
class Crosses(Node):
    left: Expression
    direction: str  # above or below
    right: Expression


@node
class Held(Node):
    """`C for 3 sessions`: true on each of the last three."""

    condition: Expression
    window: Expression


@node
class Recent(Node):
    """`C within last 5 sessions`."""

    condition: Expression
    window: Expression


@node
class Becomes(Node):
    """`C becomes true` (or false)."""

    condition: Expression
    value: Truth


@node
class Since(Node):
    """`sessions since C`."""

    condition: Expression


@node
class Trend(Node):
    """`X rises for 3 sessions`, `X falls for 3 sessions`."""

    value: Expression
    direction: str  # rises or falls
    window: Expression


@node
class NearEvent(Node):
    """`within 2 sessions before FOMC`, `1 session before FOMC` (exact), `on FOMC` (no distance)."""

    exact: bool
    distance: Expression | None
    side: str  # before, after, of; on
    event: Name


@node
class Every(Node):
    """`every 5 sessions`."""

    window: Expression


@node
class State(Node):
    """`base is open`, `no base open`, `hedge.first is armed`."""

    subject: Name
    state: str  # open, armed, disarmed
    negated: bool  # written `no base open`


@node
class Happens(Node):
    """`entry base`, `exit hedge.first`, in an invariant: that was decided this session."""

    action: str  # entry, exit, roll
    subject: Name


@node
class If(Node):
    condition: Expression
    then: Expression
    otherwise: Expression


@node
class Otherwise(Node):
    """`X otherwise Y`: Y where X is unknown."""

    value: Expression
    default: Expression


@node
class Group(Node):
    """`when all { ... }` and `when any { ... }`: a condition a line."""

    quantifier: str  # all or any
    conditions: tuple[Expression, ...]


@node
class Cycle(Node):
    """`monthly 45 days`, `weekly 7 days`."""

    cycle: str
    distance: Expression


@node
class ExpiryOf(Node):
    """`expiry of base`."""

    position: Name


Expression = (
    Number | Truth | Name | Lag | Call | Of | Unary | Binary | Between | Crosses | Held | Recent
    | Becomes | Since | Trend | NearEvent | Every | State | Happens | If | Otherwise | Group
    | Cycle | ExpiryOf
)  # fmt: skip


# --- clauses of an entry or a layer ----------------------------------------------------------


@node
class Open(Node):
    action: str  # buy, sell, offset
    structure: Call


@node
class When(Node):
    condition: Expression


@node
class Size(Node):
    """`size risk 40% of capital`: basis `risk`, `spend`, `cover`, or `count` for a plain number."""

    basis: str
    amount: Expression


@node
class Exit(Node):
    condition: Expression
    reason: str | None


@node
class Roll(Node):
    condition: Expression
    into: Call | None  # None: the same structure again
    times: Number | None  # None: without limit
    reason: str | None


@node
class AtMost(Node):
    """`at most 2 open`."""

    count: Number


@node
class Rebalance(Node):
    condition: Expression


@node
class Let(Node):
    name: str
    value: Expression
    name_span: Span = field(kw_only=True, compare=False, repr=False)


@node
class Broken(Node):
    """A line that could not be read; what only follows from it is not reported."""


Clause = Open | When | Size | Exit | Roll | AtMost | Rebalance | Let | Broken


# --- statements ------------------------------------------------------------------------------


@node
class Header(Node):
    kind: str  # strategy or variant
    name: str
    version: str
    parent: str | None  # the path after `of`
    doc: str | None
    name_span: Span = field(kw_only=True, compare=False, repr=False)


@node
class Declare(Node):
    """`needs SPX, VIX`, `wants VIX3M`, `events FOMC`."""

    keyword: str
    names: tuple[Name, ...]


@node
class Param(Node):
    name: str
    value: Expression
    low: Expression | None
    high: Expression | None
    step: Expression | None
    locked: bool
    name_span: Span = field(kw_only=True, compare=False, repr=False)


@node
class SdBasis(Node):
    """`sd = implied`, `sd = realized(20 sessions)`."""

    value: Expression


@node
class Leg(Node):
    """`short_put: sell put(...)`, `long_put: buy 2 x put(...)` in a structure."""

    name: str
    action: str  # buy or sell
    structure: Call
    ratio: Expression | None = None  # units of the structure; None: one
    name_span: Span = field(kw_only=True, compare=False, repr=False)


@node
class Parameter(Node):
    """A parameter of a structure, with its default or None."""

    name: str
    default: Expression | None


@node
class Structure(Node):
    name: str
    parameters: tuple[Parameter, ...]
    legs: tuple[Leg, ...]
    name_span: Span = field(kw_only=True, compare=False, repr=False)


@node
class Move(Node):
    """`VIX + 6 points`, `SPX - 4%`."""

    series: Name
    operator: str  # + or -
    amount: Expression


@node
class Shock(Node):
    name: str
    moves: tuple[Move, ...]
    name_span: Span = field(kw_only=True, compare=False, repr=False)


@node
class Entry(Node):
    name: str
    clauses: tuple[Clause, ...]
    name_span: Span = field(kw_only=True, compare=False, repr=False)


@node
class Layer(Node):
    name: str
    at: Expression | None
    until: Expression | None
    clauses: tuple[Clause, ...]
    name_span: Span = field(kw_only=True, compare=False, repr=False)


@node
class Layers(Node):
    name: str
    layers: tuple[Layer, ...]
    name_span: Span = field(kw_only=True, compare=False, repr=False)


@node
class Limit(Node):
    condition: Expression


@node
class Invariant(Node):
    """`always E`, `never E`, `whenever A then B within T`, `after X no Y for T`.

    `at most N base open` is (N, State), `at most N entry base within T` is (N, Happens, T); the
    Y of `after` is written without its `no`.
    """

    pattern: str  # always, never, whenever, at_most, after
    operands: tuple[Expression, ...]  # in the order written
    label: str | None


@node
class Claim(Node):
    text: str
    baseline: Name
    conditions: tuple[Expression, ...]


@node
class Step(Node):
    """One step of a scenario's series: `15 x20`, `-3%`, `+6`, `_`."""

    value: Number | None  # None: missing
    relative: str | None  # `+` or `-`; None: a level
    repeat: int


@node
class ScenarioSeries(Node):
    series: Name
    steps: tuple[Step, ...]


@node
class Expect(Node):
    """`expect entry hedge.first on day 22`, `expect no entry hedge.second`."""

    negated: bool
    action: str  # entry, exit, roll
    subject: Name
    day: int | None


@node
class Scenario(Node):
    """`test "..." { }`."""

    text: str
    series: tuple[ScenarioSeries, ...]
    expectations: tuple[Expect, ...]


@node
class Set(Node):
    target: Name
    value: Expression
    was: Expression | None


@node
class Drop(Node):
    target: Name


@node
class Add(Node):
    """`add entry NAME { ... }`, `add layers.hedge { ... }`, `add exit to condors.base when ...`,
    `add layer third to hedge { ... }`.
    """

    target: Name | None  # the place it goes to; None: the file itself
    addition: Statement | Clause | Layer


Statement = (
    Declare | Param | Let | SdBasis | Structure | Shock | Entry | Layers | Limit | Invariant
    | Claim | Scenario | Set | Drop | Add | Broken
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comment:
    """`# ...` with its place; kept beside the tree for the formatter and for suppressions."""

    text: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole file. `header` is None only where the header itself could not be read."""

    source: Source = field(compare=False, repr=False)
    header: Header | None
    statements: tuple[Statement, ...]
    comments: tuple[Comment, ...] = field(compare=False)
