"""Book to plan: what the market alone decides becomes arrays, the rest functions of a view."""

from __future__ import annotations

from collections.abc import Sequence

from hedgerow.account.order import Because
from hedgerow.book.book import Book, Exit, Invariant, Limit, Opening, Rebalance, Rule
from hedgerow.book.expression import (
    Apply,
    Constant,
    Decided,
    Expression,
    Indicator,
    Measure,
    bottom_up,
    operands,
)
from hedgerow.plan.decided import decided_reading
from hedgerow.plan.operations import OPERATIONS, TEMPORAL, Constantly, on_past
from hedgerow.plan.plan import (
    Clause,
    Evaluate,
    InvariantStep,
    LimitStep,
    Observed,
    OpeningStep,
    Plan,
    Probe,
    RollStep,
    RuleStep,
)
from hedgerow.plan.readings import reading_of
from hedgerow.plan.shapes import shapes_of
from hedgerow.plan.telling import telling_parts
from hedgerow.plan.view import View
from hedgerow.text.source import Span
from hedgerow.vocabulary import INDICATORS

# The side of a comparison that grows as it is broken: left of <=, right of >=.
_GROWS_TOWARDS = {"<": 1, "<=": 1, ">": -1, ">=": -1}


def plan_from_book(book: Book) -> Plan:
    """The plan of a book. Every expression is compiled once, however often it is used."""
    return probed_plan(book, ())[0]


def probed_plan(book: Book, watched: Sequence[Expression]) -> tuple[Plan, tuple[Probe, ...]]:
    """The plan, and some conditions of the book to be asked on its views, in their order."""
    compiler = _Compiler()
    steps = tuple(compiler.rule(rule) for rule in book.rules)
    limits = tuple(compiler.limit(limit) for limit in book.limits)
    invariants = tuple(compiler.invariant(each) for each in book.invariants)
    probes = tuple(compiler.probe(each) for each in watched)
    plan = Plan(
        book=book,
        slots=tuple(compiler.slots),
        memories=tuple(compiler.memories),
        steps=steps,
        arming=tuple(step for step in steps if step.arm),
        exiting=tuple(step for step in steps if step.exits),
        rolling=tuple(step for step in steps if step.rolls),
        rebalancing=tuple(step for step in steps if step.rebalances),
        limits=limits,
        invariants=invariants,
    )
    return plan, probes


def _because(rule: Rule, span: Span, reason: str) -> Because:
    return Because(rule.path, span.place, reason)


class _Compiler:
    """Slots and memories handed out so far."""

    def __init__(self) -> None:
        self.slots: list[Expression] = []
        self.memories: list[Evaluate] = []
        self._done: dict[int, Evaluate] = {}
        self._on_positions: dict[int, bool] = {}

    def rule(self, rule: Rule) -> RuleStep:
        return RuleStep(
            rule=rule,
            path=rule.path,
            when=self.evaluate(rule.when) if rule.when else None,
            arm=self.evaluate(rule.arm) if rule.arm else None,
            disarm=self.evaluate(rule.disarm) if rule.disarm else None,
            opening=(opening := self._opening(rule.opening)),
            because=_because(rule, rule.opening.span, f"opens {rule.opening.structure}"),
            exits=tuple(self._clause(rule, each) for each in rule.exits),
            rolls=tuple(
                RollStep(
                    self.evaluate(each.condition),
                    _because(rule, each.span, each.reason),
                    each.times,
                    self._opening(each.into) if each.into else opening,
                )
                for each in rule.rolls
            ),
            rebalances=tuple(self._clause(rule, each) for each in rule.rebalances),
            amount=self.evaluate(rule.size.amount),
            covered=self.evaluate(rule.size.covered) if rule.size.covered else None,
        )

    def _clause(self, rule: Rule, each: Exit | Rebalance) -> Clause:
        return Clause(self.evaluate(each.condition), _because(rule, each.span, each.reason))

    def limit(self, limit: Limit) -> LimitStep:
        condition = limit.condition
        excess = None
        if isinstance(condition, Apply) and condition.operator in _GROWS_TOWARDS:
            left, right = (self.evaluate(each) for each in condition.operands)
            sign = _GROWS_TOWARDS[condition.operator]

            def excess(view: View) -> float:
                return sign * (left(view) - right(view))

        return LimitStep(self.evaluate(condition), excess, limit)

    def invariant(self, invariant: Invariant) -> InvariantStep:
        then = invariant.then
        parts = [invariant.condition] if then is None else [invariant.condition, then]
        return InvariantStep(
            invariant,
            self.evaluate(invariant.condition),
            self.evaluate(then) if then else None,
            tuple(self.observed(each) for each in telling_parts(*parts)),
        )

    def probe(self, condition: Expression) -> Probe:
        telling = tuple(self.observed(each) for each in telling_parts(condition))
        return Probe(self.evaluate(condition), telling)

    def observed(self, node: Expression) -> Observed:
        return Observed(" ".join(node.span.text.split()), self.evaluate(node), node.kind)

    def _opening(self, opening: Opening) -> OpeningStep:
        return OpeningStep(opening, shapes_of(opening, self.evaluate))

    def evaluate(self, node: Expression) -> Evaluate:
        if id(node) not in self._done:
            self._done[id(node)] = self._compiled(node)
        return self._done[id(node)]

    def _market_only(self, root: Expression) -> bool:
        """Whether a value can be known without knowing the positions."""
        known = self._on_positions
        for node in bottom_up(root, known):
            below = any(known[id(child)] for child in operands(node))
            known[id(node)] = below or isinstance(node, Measure | Decided)
        return not known[id(root)]

    def _compiled(self, node: Expression) -> Evaluate:
        if isinstance(node, Constant):
            return Constantly(node.value)
        if self._market_only(node):
            slot = len(self.slots)
            self.slots.append(node)
            return lambda view: view.signals[slot][view.session]
        match node:
            case Measure():
                return reading_of(node)
            case Decided():
                return decided_reading(node)
            case Apply() if node.operator in TEMPORAL:
                return self._remembered(node)
            case Apply():
                return OPERATIONS[node.operator].on_parts(*map(self.evaluate, node.operands))
            case Indicator():
                return self._pointwise(node)
            case _:
                raise TypeError("what the market and the date decide alone has a slot")

    def _pointwise(self, node: Indicator) -> Evaluate:
        """`abs`, `min`, ... of values about positions; the checks refuse any other word there."""
        compute = INDICATORS[node.word].compute
        assert compute is not None
        parts = [self.evaluate(each) for each in node.inputs]
        windows = node.windows
        return lambda view: float(compute(*(part(view) for part in parts), *windows))

    def _remembered(self, node: Apply) -> Evaluate:
        """An operator that looks back on what depends on positions: its operands are kept."""
        # What an operand itself remembers must be kept before it, so operands come first.
        looked_at = [self.evaluate(each) for each in node.operands]
        first = len(self.memories)
        self.memories.extend(looked_at)
        kept = range(first, len(self.memories))
        operator, window = node.operator, node.window
        return lambda view: on_past(operator, [view.memory[at] for at in kept], window)
