"""The tree: what stands in a rule file, statement by statement.

Every node carries the span it was read from; equality ignores spans, so layout never matters.
Nothing is resolved here: a name is a name, a number keeps its digits and its unit.
"""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from hedgerow.language.node import Named
from hedgerow.language.node import Node as Node  # every room calls it `tree.Node`
from hedgerow.text.placed import Placed
from hedgerow.text.source import Source, Span

# --- expressions -----------------------------------------------------------------------------


class Number(Node, frozen=True):
    """`45 days`, `40%`, `$2500`, `18`. `unit` is the canonical word (`days`, `%`, `$`) or None."""

    value: Decimal
    unit: str | None


class Truth(Node, frozen=True):
    value: bool


class Name(Node, frozen=True):
    """A dotted name: `VIX`, `SPX.high`, `base.short_put.delta`, `atm`."""

    parts: tuple[str, ...]

    @property
    def dotted(self) -> str:
        return ".".join(self.parts)


class Lag(Node, frozen=True):
    """`VIX[1]`: the value `sessions` ago."""

    of: Expression
    sessions: Number


class Argument(Node, frozen=True):
    name: str | None  # None: by position
    value: Expression


class Call(Node, frozen=True):
    function: Name
    arguments: tuple[Argument, ...]


class Of(Node, frozen=True):
    """`40% of capital`."""

    part: Expression
    whole: Expression


class Unary(Node, frozen=True):
    operator: str  # `-` or `not`
    operand: Expression


class Binary(Node, frozen=True):
    operator: str  # + - * / < <= > >= == != and or
    left: Expression
    right: Expression


class Between(Node, frozen=True):
    value: Expression
    low: Expression
    high: Expression


class Crosses(Node, frozen=True):
    left: Expression
    direction: str  # above or below
    right: Expression


class Held(Node, frozen=True):
    """`C for 3 sessions`: true on each of the last three."""

    condition: Expression
    window: Expression


class Recent(Node, frozen=True):
    """`C within last 5 sessions`."""

    condition: Expression
    window: Expression


class Becomes(Node, frozen=True):
    """`C becomes true` (or false)."""

    condition: Expression
    value: Truth


class Since(Node, frozen=True):
    """`sessions since C`."""

    condition: Expression


class Trend(Node, frozen=True):
    """`X rises for 3 sessions`, `X falls for 3 sessions`."""

    value: Expression
    direction: str  # rises or falls
    window: Expression


class NearEvent(Node, frozen=True):
    """`within 2 sessions before FOMC`, `1 session before FOMC` (exact), `on FOMC` (no distance)."""

    exact: bool
    distance: Expression | None
    side: str  # before, after, of; on
    event: Name


class Every(Node, frozen=True):
    """`every 5 sessions`."""

    window: Expression


class State(Node, frozen=True):
    """`base is open`, `no base open`, `hedge.first is armed`."""

    subject: Name
    state: str  # open, armed, disarmed
    negated: bool  # written `no base open`


class Happens(Node, frozen=True):
    """`entry base`, `exit hedge.first`, in an invariant: that was decided this session."""

    action: str  # entry, exit, roll
    subject: Name


class If(Node, frozen=True):
    condition: Expression
    then: Expression
    otherwise: Expression


class Otherwise(Node, frozen=True):
    """`X otherwise Y`: Y where X is unknown."""

    value: Expression
    default: Expression


class Group(Node, frozen=True):
    """`when all { ... }` and `when any { ... }`: a condition a line."""

    quantifier: str  # all or any
    conditions: tuple[Expression, ...]


class Cycle(Node, frozen=True):
    """`monthly 45 days`, `weekly 7 days`."""

    cycle: str
    distance: Expression


class ExpiryOf(Node, frozen=True):
    """`expiry of base`."""

    position: Name


Expression = (
    Number | Truth | Name | Lag | Call | Of | Unary | Binary | Between | Crosses | Held | Recent
    | Becomes | Since | Trend | NearEvent | Every | State | Happens | If | Otherwise | Group
    | Cycle | ExpiryOf
)  # fmt: skip


# --- clauses of an entry or a layer ----------------------------------------------------------


class Open(Node, frozen=True):
    action: str  # buy, sell, offset
    structure: Call


class When(Node, frozen=True):
    condition: Expression


class Size(Node, frozen=True):
    """`size risk 40% of capital`: basis `risk`, `spend`, `cover`, or `count` for a plain number."""

    basis: str
    amount: Expression


class Exit(Node, frozen=True):
    condition: Expression
    reason: str | None


class Roll(Node, frozen=True):
    condition: Expression
    into: Call | None  # None: the same structure again
    times: Number | None  # None: without limit
    reason: str | None


class AtMost(Node, frozen=True):
    """`at most 2 open`."""

    count: Number


class Rebalance(Node, frozen=True):
    condition: Expression


class Let(Named, frozen=True):
    name: str
    value: Expression


class Broken(Node, frozen=True):
    """A line that could not be read; what only follows from it is not reported."""


Clause = Open | When | Size | Exit | Roll | AtMost | Rebalance | Let | Broken


# --- statements ------------------------------------------------------------------------------


class Header(Named, frozen=True):
    kind: str  # strategy or variant
    name: str
    version: str
    parent: str | None  # the path after `of`
    doc: str | None


class Declare(Node, frozen=True):
    """`needs SPX, VIX`, `wants VIX3M`, `events FOMC`."""

    keyword: str
    names: tuple[Name, ...]


class Param(Named, frozen=True):
    name: str
    value: Expression
    low: Expression | None
    high: Expression | None
    step: Expression | None
    locked: bool


class SdBasis(Node, frozen=True):
    """`sd = implied`, `sd = realized(20 sessions)`."""

    value: Expression


class Leg(Named, frozen=True):
    """`short_put: sell put(...)`, `long_put: buy 2 x put(...)` in a structure."""

    name: str
    action: str  # buy or sell
    structure: Call
    ratio: Expression | None = None  # units of the structure; None: one


class Parameter(Node, frozen=True):
    """A parameter of a structure, with its default or None."""

    name: str
    default: Expression | None


class Structure(Named, frozen=True):
    name: str
    parameters: tuple[Parameter, ...]
    legs: tuple[Leg, ...]


class Move(Node, frozen=True):
    """`VIX + 6 points`, `SPX - 4%`."""

    series: Name
    operator: str  # + or -
    amount: Expression


class Shock(Named, frozen=True):
    name: str
    moves: tuple[Move, ...]


class Entry(Named, frozen=True):
    name: str
    clauses: tuple[Clause, ...]


class Layer(Named, frozen=True):
    name: str
    at: Expression | None
    until: Expression | None
    clauses: tuple[Clause, ...]


class Layers(Named, frozen=True):
    name: str
    layers: tuple[Layer, ...]


class Limit(Node, frozen=True):
    condition: Expression


class Invariant(Node, frozen=True):
    """`always E`, `never E`, `whenever A then B within T`, `after X no Y for T`.

    `at most N base open` is (N, State), `at most N entry base within T` is (N, Happens, T); the
    Y of `after` is written without its `no`.
    """

    pattern: str  # always, never, whenever, at_most, after
    operands: tuple[Expression, ...]  # in the order written
    label: str | None


class Claim(Node, frozen=True):
    text: str
    baseline: Name
    conditions: tuple[Expression, ...]


class Step(Node, frozen=True):
    """One step of a scenario's series: `15 x20`, `-3%`, `+6`, `_`."""

    value: Number | None  # None: missing
    relative: str | None  # `+` or `-`; None: a level
    repeat: int


class ScenarioSeries(Node, frozen=True):
    series: Name
    steps: tuple[Step, ...]


class Expect(Node, frozen=True):
    """`expect entry hedge.first on day 22`, `expect no entry hedge.second`."""

    negated: bool
    action: str  # entry, exit, roll
    subject: Name
    day: int | None


class Scenario(Node, frozen=True):
    """`test "..." { }`."""

    text: str
    series: tuple[ScenarioSeries, ...]
    expectations: tuple[Expect, ...]


class Set(Node, frozen=True):
    target: Name
    value: Expression
    was: Expression | None


class Drop(Node, frozen=True):
    target: Name


class Add(Node, frozen=True):
    """`add entry NAME { ... }`, `add layers.hedge { ... }`, `add exit to condors.base when ...`,
    `add layer third to hedge { ... }`.
    """

    target: Name | None  # the place it goes to; None: the file itself
    addition: Statement | Clause | Layer


Statement = (
    Declare | Param | Let | SdBasis | Structure | Shock | Entry | Layers | Limit | Invariant
    | Claim | Scenario | Set | Drop | Add | Broken
)  # fmt: skip


class Comment(Placed, frozen=True):
    """`# ...` with its place; kept beside the tree for the formatter and for suppressions."""

    text: str
    span: Span


class Tree(Struct, frozen=True, eq=False):
    """A whole file. `header` is None only where the header itself could not be read.

    Trees are equal where all but their layout and comments is.
    """

    source: Source
    header: Header | None
    statements: tuple[Statement, ...]
    comments: tuple[Comment, ...]
    parents: tuple[Source, ...] = ()  # of a resolved variant: texts it has statements of

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tree) and self._said == other._said

    def __hash__(self) -> int:
        return hash(self._said)

    @property
    def _said(self) -> tuple[Header | None, tuple[Statement, ...]]:
        return self.header, self.statements
