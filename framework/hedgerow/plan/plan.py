"""The plan: a book's decisions in the order they are taken, ready for a host to call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hedgerow.book.book import (
    Basis,
    Book,
    Exit,
    Invariant,
    Limit,
    Opening,
    Rebalance,
    Roll,
    Rule,
)
from hedgerow.book.expression import Expression
from hedgerow.plan.view import View
from hedgerow.vocabulary.units import Kind

Evaluate = Callable[[View], float]  # truth: 1.0, 0.0, nan for unknown


@dataclass(frozen=True, slots=True)
class ExitStep:
    evaluate: Evaluate
    exit: Exit


@dataclass(frozen=True, slots=True)
class OpeningStep:
    """A package with the numbers of its legs made callable."""

    opening: Opening
    values: dict[int, Evaluate] = field(repr=False)  # by identity of expression


@dataclass(frozen=True, slots=True)
class RollStep:
    evaluate: Evaluate
    roll: Roll
    into: OpeningStep


@dataclass(frozen=True, slots=True)
class RebalanceStep:
    evaluate: Evaluate
    rebalance: Rebalance


@dataclass(frozen=True, slots=True)
class RuleStep:
    """A rule with its expressions made callable."""

    rule: Rule
    when: Evaluate
    arm: Evaluate | None
    disarm: Evaluate | None
    opening: OpeningStep
    exits: tuple[ExitStep, ...]
    rolls: tuple[RollStep, ...]
    rebalances: tuple[RebalanceStep, ...]
    amount: Evaluate  # dollars; contracts for COUNT; a ratio for COVER
    covered: Evaluate | None  # for COVER: dollars to offset

    @property
    def basis(self) -> Basis:
        return self.rule.size.basis


@dataclass(frozen=True, slots=True)
class LimitStep:
    evaluate: Evaluate
    excess: Evaluate | None  # of a comparison: by how much it is broken, > 0
    limit: Limit


@dataclass(frozen=True, slots=True)
class Observed:
    """A part of a condition whose value tells why the condition is what it is."""

    text: str  # as written
    evaluate: Evaluate
    kind: Kind


@dataclass(frozen=True, slots=True)
class Probe:
    """A condition made callable for somebody who only watches."""

    evaluate: Evaluate
    telling: tuple[Observed, ...]


@dataclass(frozen=True, slots=True)
class InvariantStep:
    invariant: Invariant
    condition: Evaluate
    then: Evaluate | None
    observed: tuple[Observed, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Nothing here changes during a run; what changes is in the view."""

    book: Book
    slots: tuple[Expression, ...]  # market-only expressions; their arrays are a view's signals
    memories: tuple[Evaluate, ...]  # position-dependent values that a later session looks back at
    warmup: int  # sessions before every signal is known, by look-back alone
    steps: tuple[RuleStep, ...]  # in file order
    limits: tuple[LimitStep, ...]
    invariants: tuple[InvariantStep, ...]

    @property
    def fingerprint(self) -> str:
        return self.book.fingerprint
