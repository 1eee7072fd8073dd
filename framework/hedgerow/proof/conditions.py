"""The conditions of a book, and what each was on the days of a test."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from hedgerow.account.run import Seen
from hedgerow.book.book import Book, Rule
from hedgerow.book.expression import Apply, Expression
from hedgerow.plan.plan import Evaluate, Observed
from hedgerow.plan.view import View
from hedgerow.plan.watch import observed

OF_ACTION = {"entry": ("at", "when"), "exit": ("exit",), "roll": ("roll",)}
OF_POSITION = ("exit", "roll", "rebalance")  # asked of each open position of the rule


class Condition(Struct, frozen=True):
    """A clause's condition, or a part of it that is true or false itself."""

    rule: str  # path
    clause: str  # at, until, when, exit, roll, rebalance
    expression: Expression
    whole: bool  # not a part

    @property
    def text(self) -> str:
        return self.expression.span.flat


def conditions_of(book: Book) -> tuple[Condition, ...]:
    """All of them, each part after its whole, in file order."""
    return tuple(each for rule in book.rules for each in _of_rule(rule))


def clauses_of(rule: Rule) -> Iterator[tuple[str, Expression]]:
    """Each with its condition."""
    own = (("at", rule.arm), ("until", rule.disarm), ("when", rule.when))
    yield from ((clause, condition) for clause, condition in own if condition is not None)
    yield from (("exit", each.condition) for each in rule.exits)
    yield from (("roll", each.condition) for each in rule.rolls)
    yield from (("rebalance", each.condition) for each in rule.rebalances)


def _of_rule(rule: Rule) -> Iterator[Condition]:
    for clause, expression in clauses_of(rule):
        yield Condition(rule.path, clause, expression, whole=True)
        for part in _parts(expression):
            yield Condition(rule.path, clause, part, whole=False)


def _parts(node: Expression) -> Iterator[Expression]:
    """What `and`, `or` and `not` join."""
    if isinstance(node, Apply) and node.operator in ("and", "or", "not"):
        for below in node.operands:
            yield below
            yield from _parts(below)


class Diary(Struct):
    """One condition, day by day."""

    condition: Condition
    evaluate: Evaluate
    telling: tuple[Observed, ...]
    truths: list[float] = field(default_factory=list)  # 1, 0, nan for unknown
    seen: list[tuple[Seen, ...]] = field(default_factory=list)

    def look(self, view: View) -> None:
        """After the decisions of a close. Of several positions, one that makes it true tells."""
        if self.condition.clause not in OF_POSITION:
            self._write(self.evaluate(view), observed(self.telling, view))
            return
        answers = []
        for holding in view.holdings:
            if holding.rule == self.condition.rule:
                view.holding = holding
                answers.append((self.evaluate(view), observed(self.telling, view)))
        view.holding = None
        true = [each for each in answers if each[0] == 1.0]
        self._write(*next(iter([*true, *answers, (float("nan"), ())])))

    def _write(self, truth: float, seen: tuple[Seen, ...]) -> None:
        self.truths.append(truth)
        self.seen.append(seen)
