"""One close of one run: what each rule saw and decided, and what would have had to differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from hedgerow.account.assumptions import Assumptions
from hedgerow.account.fees import FeeSchedule
from hedgerow.account.order import Fill, Leg, Order
from hedgerow.account.run import Decision, Seen
from hedgerow.book.book import Book, Rule
from hedgerow.book.expression import Expression
from hedgerow.host.desk import Desk
from hedgerow.market.market import Market
from hedgerow.plan.from_book import probed_plan
from hedgerow.plan.holding import Holding
from hedgerow.plan.plan import Probe
from hedgerow.plan.view import View
from hedgerow.plan.watch import observed
from hedgerow.proof.barred import barred
from hedgerow.proof.conditions import OF_POSITION, clauses_of
from hedgerow.proof.needs import asked_of, needs
from hedgerow.vocabulary.spelled import spelled
from hedgerow.vocabulary.units import Kind


class Asked(Struct, frozen=True):
    """A condition at that close."""

    clause: str  # at, until, when, exit, roll, rebalance, limit
    text: str
    truth: str  # true, false, unknown
    seen: tuple[Seen, ...]
    needs: tuple[str, ...]  # what would have had to differ for it to be true, all together
    place: str  # file:line:column


class HeldThen(Struct, frozen=True):
    """A position open at that close, and what its exits, rolls and rebalances said."""

    position: int
    opened: date
    legs: tuple[Leg, ...]
    units: int
    profit: int  # cents at the mid, before fees
    asked: tuple[Asked, ...]


class RuleThen(Struct, frozen=True):
    rule: str  # path
    place: str
    armed: bool | None  # None: a rule without a threshold
    held: tuple[HeldThen, ...]
    asked: tuple[Asked, ...]  # of its thresholds and its entry
    barred: tuple[str, ...]  # what else kept it from opening
    decided: tuple[Decision, ...]
    ordered: tuple[Order, ...]  # by these decisions; not filled yet


class Why(Struct, frozen=True):
    """Money in cents, at the close `at` and before its orders."""

    at: date
    equity: int
    cash: int
    margin: int
    filled: tuple[Fill, ...]  # at this close, of orders decided before
    rules: tuple[RuleThen, ...]
    limits: tuple[Asked, ...]


def why(
    book: Book, market: Market, assumptions: Assumptions, fees: FeeSchedule, session: int
) -> Why:
    """The close of `session` in a run that begins as the assumptions say."""
    parts = {id(part): part for whole in _conditions(book) for part in asked_of(whole)}
    plan, probes = probed_plan(book, list(parts.values()))
    desk = Desk(plan, market, assumptions, fees)
    for before in range(desk.sessions.first, session):
        desk.begin(before)
        desk.look(before)
    filled, decided = len(desk.record.fills), len(desk.record.decided.decisions)
    desk.begin(session)
    fills = tuple(desk.record.fills[filled:])
    desk.decide()
    close = _Close(desk.view, dict(zip(parts, probes, strict=True)))
    made = desk.record.decided.decisions[decided:]
    equity, cash, margin = desk.record.marks[session]
    return Why(
        at=desk.view.at,
        equity=equity,
        cash=cash,
        margin=margin,
        filled=fills,
        rules=tuple(close.rule(rule, made) for rule in book.rules),
        limits=tuple(close.asked("limit", each.condition) for each in book.limits),
    )


def _conditions(book: Book) -> Iterator[Expression]:
    for rule in book.rules:
        yield from (condition for _, condition in clauses_of(rule))
    yield from (each.condition for each in book.limits)


class _Close(Struct):
    """The close that is looked at, with everything it may be asked."""

    view: View
    probes: dict[int, Probe]  # by identity of expression

    def value(self, node: Expression) -> float:
        return self.probes[id(node)].evaluate(self.view)

    def asked(self, clause: str, condition: Expression) -> Asked:
        return Asked(
            clause,
            condition.span.flat,
            spelled(self.value(condition), Kind.TRUTH),
            observed(self.probes[id(condition)].telling, self.view),
            tuple(needs(condition, self.value)),
            condition.span.place,
        )

    def rule(self, rule: Rule, decisions: Sequence[Decision]) -> RuleThen:
        clauses = [each for each in clauses_of(rule) if each[0] not in OF_POSITION]
        held = (each for each in self.view.holdings if each.rule == rule.path)
        return RuleThen(
            rule=rule.path,
            place=rule.span.place,
            armed=None if rule.arm is None else rule.path in self.view.armed,
            held=tuple(self._held(rule, each) for each in held),
            asked=tuple(self.asked(*each) for each in clauses),
            barred=tuple(barred(rule, self.view)),
            decided=tuple(each for each in decisions if each.rule == rule.path),
            ordered=tuple(each for each in self.view.orders if each.because.rule == rule.path),
        )

    def _held(self, rule: Rule, holding: Holding) -> HeldThen:
        self.view.holding = holding
        clauses = [each for each in clauses_of(rule) if each[0] in OF_POSITION]
        asked = tuple(self.asked(*each) for each in clauses)
        self.view.holding = None
        profit = holding.profit(self.view.session)
        return HeldThen(holding.id, holding.opening.at, holding.legs, holding.units, profit, asked)
