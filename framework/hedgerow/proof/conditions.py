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


class Condition(Struct, frozen=True):
    """A clause's condition, or a part of it that is true or false itself."""

    rule: str  # path
    clause: str  # at, until, when, exit, roll
    expression: Expression
    whole: bool  # not a part

    @property
    def text(self) -> str:
        return self.expression.span.flat

    @property
    def of_position(self) -> bool:
        """Asked of each open position of the rule, and of nothing where none is open."""
        return self.clause in ("exit", "roll")


def conditions_of(book: Book) -> tuple[Condition, ...]:
    """All of them, each part after its whole, in file order."""
    return tuple(each for rule in book.rules for each in _of_rule(rule))


def _of_rule(rule: Rule) -> Iterator[Condition]:
    clauses = [("at", rule.arm), ("until", rule.disarm), ("when", rule.when)]
    clauses += [("exit", each.condition) for each in rule.exits]
    clauses += [("roll", each.condition) for each in rule.rolls]
    for clause, expression in clauses:
        if expression is not None:
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
        if not self.condition.of_position:
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
