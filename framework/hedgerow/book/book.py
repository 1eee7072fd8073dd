"""The book: a checked, canonical set of rules. Holding a `Book` means every check passed."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from hedgerow.book.expression import Expression, Measure, Target
from hedgerow.market.contract import Kind as ContractKind
from hedgerow.market.contract import Right
from hedgerow.text.placed import Placed
from hedgerow.text.source import Span


class Basis(StrEnum):
    """What a size is measured in."""

    RISK = "risk"  # worst loss at expiry, from the payoff of all legs together
    SPEND = "spend"  # premium paid
    COVER = "cover"  # the part of a measure that the hedge's own measure offsets
    COUNT = "count"  # contracts


class ExpiryRule(Struct, frozen=True):
    """The expiry listed nearest to a distance, or the one of another position."""

    distance: Expression | None  # calendar days
    cycle: str | None  # monthly, weekly; None: any
    of: Target | None


class StrikeRule(Struct, frozen=True):
    """A strike as written: by the kind of its value (delta, sd, ratio, points, level).

    Without a value: at the money, or the strike of the leg it is `beside`. With both, a value in
    points is a distance from that leg, `outward` +1 further out of the money, -1 nearer to it;
    any other value names the strike itself, on that side of the leg.
    """

    value: Expression | None
    beside: str | None = None  # a leg's name
    outward: int = 1


class LegRule(Struct, frozen=True):
    """A leg still to be looked for in the listed contracts."""

    name: str
    ratio: int  # contracts per unit: + bought, - sold
    kind: ContractKind
    underlying: str
    right: Right | None
    expiry: ExpiryRule | None
    strike: StrikeRule | None


class Opening(Placed, frozen=True):
    """What a rule opens: one package of legs, however many lines it was written in."""

    structure: str  # `iron_condor`; `put and call` where written in two lines
    legs: tuple[LegRule, ...]
    offsets: bool  # bought or sold as its cover needs; `legs` are those of buying it
    span: Span


class Size(Placed, frozen=True):
    basis: Basis
    amount: Expression  # dollars; contracts for COUNT; for COVER the part, a ratio
    covered: Measure | None  # for COVER: what is offset
    span: Span


class Exit(Placed, frozen=True):
    condition: Expression
    reason: str  # the writer's words, or the condition as written
    span: Span


class Roll(Placed, frozen=True):
    """A position closed and another opened in its place, by one decision."""

    condition: Expression
    into: Opening | None  # None: the rule's own opening again
    times: int | None  # how often one position may be replaced; None: without limit
    reason: str  # the writer's words, or the condition as written
    span: Span


class Rebalance(Placed, frozen=True):
    """The rule's size is worked out anew for the contracts it holds, and held again."""

    condition: Expression
    reason: str  # the condition as written
    span: Span


class Rule(Placed, frozen=True):
    """An entry, or a layer of a stack."""

    path: str  # `condor`, `hedge.first`
    stack: str | None
    opening: Opening
    when: Expression | None  # None: always
    size: Size
    exits: tuple[Exit, ...]
    rolls: tuple[Roll, ...]
    rebalances: tuple[Rebalance, ...]
    at_most: int  # open positions at a time
    arm: Expression | None  # the layer's `at`
    disarm: Expression | None  # its `until`
    after: str | None  # path of the layer before it: armed first
    span: Span


class Parameter(Placed, frozen=True):
    name: str
    value: Expression
    low: Expression | None
    high: Expression | None
    step: Expression | None
    span: Span


class ShockMove(Struct, frozen=True):
    series: str
    amount: float  # + up; a ratio or points
    relative: bool  # a ratio of the level


class Shock(Struct, frozen=True):
    name: str
    moves: tuple[ShockMove, ...]


class Limit(Placed, frozen=True):
    """What no order may break."""

    condition: Expression
    text: str  # as written
    span: Span


class Pattern(StrEnum):
    ALWAYS = "always"  # `never E` is always not E, `at most 3 x open` always count(x) <= 3
    WHENEVER = "whenever"
    AT_MOST = "at most"
    AFTER = "after"


class Invariant(Placed, frozen=True):
    """What has to hold on every session of every run.

    ALWAYS: `condition` does. WHENEVER it does, `then` does within `window` sessions, the same one
    included. AT_MOST: `condition`, a number of decisions, adds up to no more than `most` over any
    `window` sessions. AFTER: on the `window` sessions after `condition` did, `then` does not.
    """

    pattern: Pattern
    condition: Expression
    text: str  # as written, without its label
    label: str  # empty where none was given
    span: Span
    then: Expression | None = None
    window: int = 0  # sessions
    most: int = 0


class Promise(Placed, frozen=True):
    """One line of a claim."""

    condition: Expression  # comparisons of results, joined by `and`, `or`, `not`
    text: str  # as written
    span: Span


class Claim(Placed, frozen=True):
    """What a strategy promises of its results against a baseline's."""

    text: str
    baseline: str  # the name of a strategy, or of its file without the ending
    promises: tuple[Promise, ...]
    span: Span


class ScenarioPath(Struct, frozen=True):
    """A series of a scenario, a level a day; None: missing."""

    series: str
    levels: tuple[float | None, ...]


class Expectation(Placed, frozen=True):
    """What the rules have to decide, or must not, on a day of the scenario or on any."""

    negated: bool
    action: str  # entry, exit, roll
    rules: tuple[str, ...]  # paths: one of them
    day: int | None  # from 1
    text: str  # as written
    span: Span


class Scenario(Placed, frozen=True):
    """A test: prices in, decisions expected."""

    text: str
    paths: tuple[ScenarioPath, ...]
    days: int  # trading days
    expectations: tuple[Expectation, ...]
    span: Span


class Book(Struct, frozen=True):
    name: str
    version: str
    doc: str
    needs: tuple[str, ...]
    wants: tuple[str, ...]
    events: tuple[str, ...]  # calendars
    parameters: tuple[Parameter, ...]
    shocks: tuple[Shock, ...]
    rules: tuple[Rule, ...]  # in file order
    limits: tuple[Limit, ...]
    invariants: tuple[Invariant, ...]
    claims: tuple[Claim, ...]
    tests: tuple[Scenario, ...]
    fingerprint: str  # SHA-256 of the canonical text and the language version
    text: str  # as written

    @property
    def reads(self) -> tuple[str, ...]:
        """Series and calendars it looks at."""
        return (*self.needs, *self.wants, *self.events)

    def shock(self, name: str) -> Shock:
        return next(shock for shock in self.shocks if shock.name == name)
