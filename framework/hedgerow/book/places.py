"""Every place of a strategy that a variant can change, by its path.

docs/variants.md lists the paths. A thing with a name of its own goes by that name; a clause by its
keyword; what may stand several times (exits, rolls, limits, promises) by its reason or label in
words joined with underscores, and by the first word of its condition where only one begins so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hedgerow.book.place import (
    Address,
    Holds,
    Key,
    Place,
    Takes,
    argument_places,
    call_place,
    keys,
    slug,
)
from hedgerow.book.rule_places import rule_places
from hedgerow.book.structures import prelude
from hedgerow.language import tree
from hedgerow.language.tree import Tree
from hedgerow.text.source import Span
from hedgerow.vocabulary.structures import PRIMITIVES

UNTITLED = "untitled"  # a claim or test whose text has no letters of a path


def places_of(file: Tree) -> Iterator[Place]:
    """All of a strategy, in file order; what it could have and has not comes after what it has."""
    keys, takes = _keys_of_statements(file), _takes(file)
    for index, statement in enumerate(file.statements):
        at, key = ("statements", index), keys.get(index, ("", ()))
        yield from _statement(statement, at, key, takes)
    if not any(isinstance(each, tree.SdBasis) for each in file.statements):
        yield Place("sd", ("statements", "sd"), None, None,
                    make=lambda value, span: tree.SdBasis(value, span=span))  # fmt: skip


def _keys_of_statements(file: Tree) -> dict[int, Key]:
    """Names of statements that have none: limits, invariants, claims, tests."""
    found: dict[int, Key] = {}
    for folder, kind in (("limits", tree.Limit), ("invariants", tree.Invariant)):
        mine = [(at, each) for at, each in enumerate(file.statements) if isinstance(each, kind)]
        named = keys([(_label(each), each) for _, each in mine])
        for (at, _), (name, aliases) in zip(mine, named, strict=True):
            found[at] = (f"{folder}.{name}", tuple(f"{folder}.{each}" for each in aliases))
    return found


def _label(statement: Any) -> str | None:
    return statement.label if isinstance(statement, tree.Invariant) else None


def _statement(node: Any, at: Address, key: Key, takes: Takes) -> Iterator[Place]:
    match node:
        case tree.Declare():
            for index, name in enumerate(node.names):
                alone = tree.Declare(node.keyword, (name,), span=name.span)
                yield Place(name.dotted, None, name, (*at, "names", index), shown=alone)
        case tree.Param():
            yield from _param(node, at)
        case tree.Let():
            yield Place(node.name, (*at, "value"), node.value, at, Holds.CONDITION)
        case tree.SdBasis():
            yield Place("sd", (*at, "value"), node.value, at)
        case tree.Shock():
            yield Place(node.name, None, None, at, Holds.NOTHING)
            for index, move in enumerate(node.moves):
                yield _move(f"{node.name}.{move.series.dotted}", move,
                            (*at, "moves", index))  # fmt: skip
        case tree.Structure():
            yield from _structure(node, at, takes)
        case tree.Entry():
            yield from rule_places(node, node.name, at, takes)
        case tree.Layers():
            yield Place(node.name, None, None, at, Holds.NOTHING)
            for index, layer in enumerate(node.layers):
                path = f"{node.name}.{layer.name}"
                yield from rule_places(layer, path, (*at, "layers", index), takes)
        case _:
            yield from _promise(node, at, key)


def _promise(node: Any, at: Address, key: Key) -> Iterator[Place]:
    match node:
        case tree.Limit():
            yield Place(key[0], (*at, "condition"), node.condition, at, Holds.CONDITION, key[1])
        case tree.Invariant():
            yield _invariant(node, at, key)
        case tree.Claim():
            yield from _claim(node, at)
        case tree.Scenario():
            yield Place(
                f"tests.{slug(node.text) or UNTITLED}", None, None, at, Holds.NOTHING, shown=node
            )


def _param(node: tree.Param, at: Address) -> Iterator[Place]:
    lock = node.span if node.locked else None
    yield Place(node.name, (*at, "value"), node.value, at, lock=lock)
    for word, end in (("from", "low"), ("to", "high"), ("step", "step")):
        value = getattr(node, end)
        if value is not None or (word == "step" and node.low is not None):
            gone = (*at, end) if word == "step" and value is not None else None
            yield Place(f"{node.name}.{word}", (*at, end), value, gone, lock=lock)
    if node.locked:
        locked = tree.Truth(True, span=node.span)
        yield Place(f"{node.name}.locked", None, locked, None, lock=lock)


def _move(path: str, move: tree.Move, at: Address) -> Place:
    """A move down is a negative value: `SPX - 4%` is `-4%`."""
    amount = move.amount
    if move.operator == "-":
        amount = tree.Unary("-", amount, span=move.amount.span)

    def make(value: Any, span: Span) -> tree.Node:
        down = isinstance(value, tree.Unary) and value.operator == "-"
        return tree.Move(
            move.series, "-" if down else "+", value.operand if down else value, span=span
        )

    return Place(path, at, amount, at, make=make)


def _structure(node: tree.Structure, at: Address, takes: Takes) -> Iterator[Place]:
    yield Place(node.name, None, None, at, Holds.NOTHING)
    taken = tuple(
        tree.Argument(None, tree.Name((each.name,), span=each.span), span=each.span)
        for each in node.parameters
    )
    called = tree.Call(tree.Name((node.name,), span=node.name_span), taken, span=node.name_span)
    yield Place(f"{node.name}.parameters", None, called, None)
    for index, each in enumerate(node.parameters):
        yield Place(f"{node.name}.{each.name}", (*at, "parameters", index, "default"),
                    each.default, None)  # fmt: skip
    for index, leg in enumerate(node.legs):
        path, here = f"{node.name}.{leg.name}", (*at, "legs", index)
        yield Place(path, None, None, here, Holds.NOTHING)
        written = (*here, "ratio") if leg.ratio is not None else None
        yield Place(f"{path}.ratio", (*here, "ratio"), leg.ratio, written)
        yield call_place(f"{path}.{leg.action}", leg.structure, (*here, "structure"), None)
        yield from argument_places(path, leg.structure, (*here, "structure"), takes)


def _invariant(node: tree.Invariant, at: Address, key: Key) -> Place:
    """One condition can be exchanged; of several, only the whole promise."""
    if node.pattern in ("always", "never"):
        return Place(key[0], (*at, "operands", 0), node.operands[0], at, Holds.CONDITION, key[1],
                     shown=node)  # fmt: skip
    return Place(key[0], None, None, at, Holds.NOTHING, key[1], shown=node)


def _claim(node: tree.Claim, at: Address) -> Iterator[Place]:
    path = f"claims.{slug(node.text) or UNTITLED}"
    yield Place(path, None, None, at, Holds.NOTHING)
    yield Place(f"{path}.against", (*at, "baseline"), node.baseline, None, Holds.NAME)
    named = keys([(None, each) for each in node.conditions])
    for index, (condition, (key, _)) in enumerate(zip(node.conditions, named, strict=True)):
        here = (*at, "conditions", index)
        yield Place(f"{path}.{key}", here, condition, here, Holds.CONDITION)


def _takes(file: Tree) -> Takes:
    own = (each for each in file.statements if isinstance(each, tree.Structure))
    written = {each.name: each for each in (*prelude().values(), *own)}
    names = {name: [each.name for each in node.parameters[1:]] for name, node in written.items()}
    return {**PRIMITIVES, **names}
