"""The parts of a condition that tell why it is true or false: what it compares, what it asks."""

from __future__ import annotations

from collections.abc import Iterator

from hedgerow.book.expression import Apply, Constant, Expression, operands

_LOGIC = ("and", "or", "not")
_COMPARED = ("<", "<=", ">", ">=", "==", "!=", "between", "crosses above", "crosses below")


def telling_parts(*conditions: Expression) -> list[Expression]:
    """Each once, by its text, in the order written; plain numbers are left out."""
    found = {each.span.text: each for condition in conditions for each in _parts(condition)}
    return list(found.values())


def _parts(node: Expression) -> Iterator[Expression]:
    if isinstance(node, Constant):
        return
    if isinstance(node, Apply) and node.operator in (*_LOGIC, *_COMPARED):
        for below in operands(node):
            yield from _parts(below)
    else:
        yield node
