"""What a piece of a rule file means, whatever its digits, its units and the order of its parts."""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal
from typing import Any

from hedgerow.language import tree
from hedgerow.text.placed import told_fields
from hedgerow.vocabulary.units import UNITS, Kind


def same(first: tree.Node, second: tree.Node) -> bool:
    """Whether two pieces say the same: `0.40` is `0.4`, `6 weeks` is `42 days`."""
    return meaning(first) == meaning(second)


def meaning(node: Any) -> Hashable:
    """Equal exactly for pieces that say the same.

    Numbers count in base units of their kind; arguments given by name and the conditions of a
    group may stand in any order. Nothing is calculated: `2 * 50 points` is not `100 points`.
    """
    match node:
        case tree.Number():
            return (tree.Number, *_amount(node))
        case tree.Group():
            return (tree.Group, node.quantifier, frozenset(map(meaning, node.conditions)))
        case tree.Call():
            named = frozenset((each.name, meaning(each.value)) for each in node.arguments
                              if each.name)  # fmt: skip
            placed = tuple(meaning(each.value) for each in node.arguments if not each.name)
            return (tree.Call, node.function.parts, placed, named)
        case tree.Node():
            own = told_fields(type(node))
            return (type(node), *(meaning(getattr(node, name)) for name in own))
        case tuple():
            return tuple(map(meaning, node))
        case _:
            assert isinstance(node, Hashable)
            return node


def _amount(number: tree.Number) -> tuple[Kind | None, Decimal]:
    if number.unit is None:
        return None, number.value
    unit = UNITS[number.unit]
    return unit.kind, number.value * unit.factor
