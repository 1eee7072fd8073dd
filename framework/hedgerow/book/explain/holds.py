"""How tightly the phrase of a value holds together, so that brackets stand where needed."""

from __future__ import annotations

from enum import IntEnum

from hedgerow.language import tree


class Holds(IntEnum):
    """Loosest first."""

    LOOSE = 0
    SUM = 1
    PRODUCT = 2
    SHARE = 3
    PHRASE = 4
    WORD = 5


def holding(node: tree.Expression) -> Holds:
    match node:
        case tree.Number() | tree.Name() | tree.Truth():
            return Holds.WORD
        case tree.Unary():
            return Holds.WORD if isinstance(node.operand, tree.Number) else Holds.SHARE
        case tree.Of():
            return Holds.SHARE
        case tree.Binary():
            return Holds.SUM if node.operator in ("+", "-") else Holds.PRODUCT
        case tree.If() | tree.Otherwise():
            return Holds.LOOSE
        case _:
            return Holds.PHRASE
