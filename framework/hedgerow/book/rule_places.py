"""The places of entries and layers: thresholds, clauses, arguments of what they open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from hedgerow.book.place import (
    Address,
    Holds,
    Key,
    Make,
    Place,
    Takes,
    argument_places,
    call_place,
    keys,
)
from hedgerow.language import tree


def rule_places(
    node: tree.Entry | tree.Layer, path: str, at: Address, takes: Takes
) -> Iterator[Place]:
    """An entry or a layer: the whole, its thresholds, its clauses, and those it could have."""
    yield Place(path, None, None, at, Holds.NOTHING)
    if isinstance(node, tree.Layer):
        for word in ("at", "until"):
            value = getattr(node, word)
            yield Place(f"{path}.{word}", (*at, word), value, (*at, word) if value else None)
    named = _keys_of_clauses(node)
    one = sum(isinstance(each, tree.Open) for each in node.clauses) == 1
    for index, clause in enumerate(node.clauses):
        key = named.get(index, ("", ()))
        here = (*at, "clauses", index)
        if isinstance(clause, tree.Open):
            yield from _open(clause, path, here, takes, one=one)
        else:
            yield from _clause(clause, path, here, key, takes)
    kinds = {type(clause) for clause in node.clauses}
    for word, (kind, holds, make) in _OPTIONAL.items():
        if kind not in kinds:
            yield Place(f"{path}.{word}", (*at, "clauses", word), None, None, holds, make=make)


def _keys_of_clauses(node: tree.Entry | tree.Layer) -> dict[int, Key]:
    found: dict[int, Key] = {}
    for kind in (tree.Exit, tree.Roll):
        mine = [(at, each) for at, each in enumerate(node.clauses) if isinstance(each, kind)]
        named = keys([(each.reason, each.condition) for _, each in mine])
        found |= {at: name for (at, _), name in zip(mine, named, strict=True)}
    return found


def _open(node: tree.Open, rule: str, at: Address, takes: Takes, *, one: bool) -> Iterator[Place]:
    """`one`: the rule opens one structure, so its arguments need no structure before them."""
    name = node.structure.function.dotted
    path = f"{rule}.{node.action}" if one else f"{rule}.{name}"
    yield call_place(path, node.structure, (*at, "structure"), at)
    yield from argument_places(rule if one else path, node.structure, (*at, "structure"), takes)


def _clause(node: Any, rule: str, at: Address, key: Key, takes: Takes) -> Iterator[Place]:
    match node:
        case tree.When() | tree.Rebalance():
            word = "when" if isinstance(node, tree.When) else "rebalance"
            yield Place(f"{rule}.{word}", (*at, "condition"), node.condition, at, Holds.CONDITION)
        case tree.Size():
            yield Place(f"{rule}.size", (*at, "amount"), node.amount, at, shown=node)
        case tree.AtMost():
            yield Place(f"{rule}.at_most", (*at, "count"), node.count, at, Holds.COUNT)
        case tree.Let():
            yield Place(f"{rule}.{node.name}", (*at, "value"), node.value, at, Holds.CONDITION)
        case tree.Exit() | tree.Roll():
            word = "exit" if isinstance(node, tree.Exit) else "roll"
            aliases = tuple(f"{rule}.{word}.{each}" for each in key[1])
            yield Place(f"{rule}.{word}.{key[0]}", (*at, "condition"), node.condition, at,
                        Holds.CONDITION, aliases, shown=_alone(node))  # fmt: skip
            if isinstance(node, tree.Roll):
                yield from _roll(node, f"{rule}.roll.{key[0]}", at, takes)


def _alone(node: tree.Exit | tree.Roll) -> tree.Node:
    """The condition and the reason; what a roll opens, and how often, have paths of their own."""
    return node if isinstance(node, tree.Exit) else replace(node, into=None, times=None)


def _roll(node: tree.Roll, path: str, at: Address, takes: Takes) -> Iterator[Place]:
    times = (*at, "times")
    yield Place(f"{path}.times", times, node.times, times if node.times else None, Holds.COUNT)
    if node.into is None:
        yield Place(f"{path}.into", (*at, "into"), None, None, Holds.STRUCTURE)
        return
    yield call_place(f"{path}.into", node.into, (*at, "into"), (*at, "into"))
    yield from argument_places(f"{path}.into", node.into, (*at, "into"), takes)


_OPTIONAL: dict[str, tuple[type, Holds, Make]] = {
    "when": (tree.When, Holds.CONDITION, lambda value, span: tree.When(value, span=span)),
    "at_most": (tree.AtMost, Holds.COUNT, lambda value, span: tree.AtMost(value, span=span)),
    "rebalance": (
        tree.Rebalance, Holds.CONDITION, lambda value, span: tree.Rebalance(value, span=span)
    ),
}  # fmt: skip
