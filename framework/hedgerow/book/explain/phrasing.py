"""Expressions as English: a value is a phrase, a condition is a clause, brackets where needed.

Each form of the language has one wording, and a part that binds more loosely than its place
stands in brackets, so that no two meanings share a wording.
"""

from __future__ import annotations

from hedgerow.book.explain.conditions import ATOMIC, CONDITIONS, NEGATED
from hedgerow.book.explain.english import number
from hedgerow.book.explain.holds import Holds, holding
from hedgerow.book.explain.scope import Scope
from hedgerow.book.explain.values import VALUES
from hedgerow.language import tree


class Phrasing:
    """Says expressions, with what the names of their place stand for."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def value(self, node: tree.Expression, least: Holds = Holds.LOOSE) -> str:
        """How much or what: `40% of the capital`."""
        said = VALUES.get(type(node))
        if said is None or self._is_said_to_be_so(node):
            words, holds = f"whether {self.condition(node)}", Holds.LOOSE
        else:
            words, holds = said(self, node), holding(node)
        return words if holds >= least else f"({words})"

    def condition(self, node: tree.Expression) -> str:
        """What is so: `VIX is above 20`."""
        said = CONDITIONS.get(type(node))
        if said is None or not (self.scope.is_truth(node) or isinstance(node, tree.Name)):
            return f"{self.value(node, Holds.SUM)} is true"
        return said(self, node)

    def clause(self, node: tree.Expression) -> str:
        """A condition as a part of another, in brackets unless nothing can be mistaken."""
        words = self.condition(node)
        chained = isinstance(node, tree.Binary) and node.operator in ("and", "or")
        plainly_not = isinstance(node, tree.Unary) and isinstance(node.operand, NEGATED)
        atomic = plainly_not or (isinstance(node, ATOMIC) and not chained)
        return words if atomic or not self.scope.is_truth(node) else f"({words})"

    def window(self, node: tree.Expression) -> str:
        """A length of time; a bare number means sessions."""
        if isinstance(node, tree.Number) and node.unit is None:
            return number(tree.Number(node.value, "sessions", span=node.span))
        return self.value(node, Holds.PHRASE)

    def _is_said_to_be_so(self, node: tree.Expression) -> bool:
        """`A > B` and `not A` have the form of a sum and a sign, and are conditions."""
        return isinstance(node, tree.Binary | tree.Unary) and self.scope.is_truth(node)
