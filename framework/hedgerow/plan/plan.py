"""The plan: a book's decisions in the order they are taken, ready for a host to call."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from hedgerow.account.order import Because
from hedgerow.book.book import Basis, Book, Invariant, Limit, Opening, Rule
from hedgerow.book.expression import Expression
from hedgerow.plan.view import View
from hedgerow.vocabulary.structures.legs import LegShape
from hedgerow.vocabulary.units import Kind

Evaluate = Callable[[View], float]  # truth: 1.0, 0.0, nan for unknown
Shapes = Callable[[View], tuple[LegShape, ...]]


class Clause(Struct, frozen=True):
    """What a rule does with a position of its own once the condition is true, and why."""

    evaluate: Evaluate
    because: Because


class OpeningStep(Struct, frozen=True):
    """A package with its legs made callable."""

    opening: Opening
    shapes: Shapes


class RollStep(Clause, frozen=True):
    times: int | None  # how often a position may be rolled; None: for ever
    into: OpeningStep


class RuleStep(Struct, frozen=True):
    """A rule with its expressions made callable."""

    rule: Rule
    path: str  # the rule's
    when: Evaluate | None
    arm: Evaluate | None
    disarm: Evaluate | None
    opening: OpeningStep
    because: Because  # it opens
    exits: tuple[Clause, ...]
    rolls: tuple[RollStep, ...]
    rebalances: tuple[Clause, ...]
    amount: Evaluate  # dollars; contracts for COUNT; a ratio for COVER
    covered: Evaluate | None  # for COVER: dollars to offset

    @property
    def basis(self) -> Basis:
        return self.rule.size.basis


class LimitStep(Struct, frozen=True):
    evaluate: Evaluate
    excess: Evaluate | None  # of a comparison: by how much it is broken, > 0
    limit: Limit


class Observed(Struct, frozen=True):
    """A part of a condition whose value tells why the condition is what it is."""

    text: str  # as written
    evaluate: Evaluate
    kind: Kind


class Probe(Struct, frozen=True):
    """A condition made callable for somebody who only watches."""

    evaluate: Evaluate
    telling: tuple[Observed, ...]


class InvariantStep(Struct, frozen=True):
    invariant: Invariant
    condition: Evaluate
    then: Evaluate | None
    observed: tuple[Observed, ...]


class Plan(Struct, frozen=True):
    """Nothing here changes during a run; what changes is in the view."""

    book: Book
    slots: tuple[Expression, ...]  # market-only expressions; their arrays are a view's signals
    memories: tuple[Evaluate, ...]  # position-dependent values that a later session looks back at
    steps: tuple[RuleStep, ...]  # in file order; below, those with more to ask than an entry
    arming: tuple[RuleStep, ...]
    exiting: tuple[RuleStep, ...]
    rolling: tuple[RuleStep, ...]
    rebalancing: tuple[RuleStep, ...]
    limits: tuple[LimitStep, ...]
    invariants: tuple[InvariantStep, ...]

    @property
    def fingerprint(self) -> str:
        return self.book.fingerprint
