"""Names in a sentence: knobs with their numbers, measures with what they are said of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hedgerow.book.explain.english import spaced
from hedgerow.book.explain.labels import label_of
from hedgerow.language import tree

if TYPE_CHECKING:
    from hedgerow.book.explain.phrasing import Phrasing


def name_phrase(say: Phrasing, node: tree.Name) -> str:
    """`coverage (50%)`, `the profit`, `the age of base`, `the delta of base.short_put`."""
    *before, last = node.parts
    if not before:
        return _single(say, last)
    if node.dotted in say.scope.named:
        return node.dotted
    return f"the {label_of(last) or spaced(last)} of {subject_phrase(say, tuple(before))}"


def subject_phrase(say: Phrasing, parts: tuple[str, ...]) -> str:
    """Who or what something is said of; a leg without its rule is the rule's own."""
    written = ".".join(parts)
    if written == "book":
        return "the whole book"
    if written == "baseline":
        return "the baseline"
    own_leg = len(parts) == 1 and not say.scope.knows(written) and "_" in written
    return f"its {written}" if own_leg else written


def _single(say: Phrasing, name: str) -> str:
    value = say.scope.lookup(name)
    if value is not None:
        return f"{name} ({say.value(value)})" if is_number(value) else name
    if name == "atm":
        return "at the money"
    if name == "book":
        return "the whole book"
    label = None if say.scope.knows(name) else label_of(name)
    return f"the {label}" if label else name


def is_number(node: tree.Expression) -> bool:
    """`50%` or `-2 points`."""
    if isinstance(node, tree.Unary) and node.operator == "-":
        node = node.operand
    return isinstance(node, tree.Number)
