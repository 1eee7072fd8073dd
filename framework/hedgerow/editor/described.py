"""Things of a rule file in a few words."""

from __future__ import annotations

from decimal import Decimal

from hedgerow.book.expression import Constant, Expression
from hedgerow.language import tree
from hedgerow.vocabulary.units import UNITS, Kind, base_value


def gives(value: Expression | None) -> str:
    """`a ratio, 0.4` of a value known before a run; else its kind; empty where it is unknown."""
    if value is None:
        return ""
    if isinstance(value, Constant) and value.kind is not Kind.TRUTH:
        return f"{value.kind}, {value.value:g}"
    return str(value.kind)


def number_in_full(node: tree.Number) -> str:
    """`40%` is a ratio: 0.4."""
    if node.unit is None:
        return "a bare number: it takes the kind of what it stands beside"
    unit = UNITS[node.unit]
    if unit.factor == Decimal(1):
        return str(unit.kind)
    base = next((each for each, other in UNITS.items()
                 if other.kind is unit.kind and other.factor == 1), "")  # fmt: skip
    shown = f"{base_value(node.value, node.unit):g} {base}".rstrip()
    return f"{unit.kind}: {shown}"


def head_of(structure: tree.Structure) -> str:
    """`iron_condor(U, expiry, short, wing)`, what has a default left out."""
    required = [each.name for each in structure.parameters if each.default is None]
    return f"{structure.name}({', '.join(required)})"


def opening_line(node: tree.Entry | tree.Layer) -> str:
    """`sell iron_condor(SPX, ...)`, the first thing a rule opens, on one line."""
    opening = next((each for each in node.clauses if isinstance(each, tree.Open)), None)
    return opening.span.flat if opening else ""
