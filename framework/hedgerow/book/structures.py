"""Structures and their legs, before any argument is known.

`put`, `call`, `future` and `shares` are single contracts; every other structure is written in the
language itself: in the file, or in the vocabulary's prelude, whose head says how legs and wings
are meant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import count as count_from

from msgspec import Struct

from hedgerow.book.names import Names, unknown
from hedgerow.book.reading import Reading
from hedgerow.language import tree
from hedgerow.language.from_text import tree_from_text
from hedgerow.text.source import Source
from hedgerow.vocabulary.structures import PRELUDE, PRIMITIVES, built_in, leg_name


def prelude() -> Mapping[str, tree.Structure]:
    """All built-in structures, by name."""
    return {name: _read(name) for name in built_in()}


def built_in_structure(name: str) -> tree.Structure | None:
    return _read(name) if name in built_in() else None


@cache
def _read(name: str) -> tree.Structure:
    """One by one, when asked for: most files use one or two."""
    file, found = tree_from_text(Source(PRELUDE, f"strategy prelude 1.0.0\n{built_in()[name]}"))
    assert not found, f"the prelude is part of the program: {found[0].message}"
    (structure,) = file.statements
    assert isinstance(structure, tree.Structure)
    return structure


class WrittenLeg(Struct, frozen=True):
    """A leg as its structure writes it, before the arguments are known."""

    written: str  # its name in the structure
    name: str
    side: int  # + bought, - sold
    count: tree.Expression | None  # contracts a unit; None: one
    primitive: str
    arguments: Mapping[str, tree.Expression]


def leg_names(names: Names, clauses: Sequence[tree.Clause]) -> tuple[str, ...]:
    """Names of the legs a rule's positions can have; unknown structures have none."""
    found: dict[str, None] = {}
    action = opening_action(clauses)
    for clause in clauses:
        if isinstance(clause, tree.Open):
            legs = legs_of(names, clause.structure, clause.action)
            found.update(dict.fromkeys(free_name(leg.name, set(found)) for leg in legs))
    for clause in clauses:
        if isinstance(clause, tree.Roll) and clause.into is not None:
            legs = legs_of(names, clause.into, action)
            found.update(dict.fromkeys(leg.name for leg in legs))
    return tuple(found)


def opening_action(clauses: Sequence[tree.Clause]) -> str:
    """Whether a rule buys or sells, by its first opening line."""
    return next((each.action for each in clauses if isinstance(each, tree.Open)), "buy")


def legs_of(names: Names, call: tree.Call, action: str) -> list[WrittenLeg]:
    name = call.function.dotted
    if name in PRIMITIVES:
        named, side = leg_name(name, action, "buy")
        return [WrittenLeg(name, named, side, None, name, {})]
    structure = names.structures.get(name) or built_in_structure(name)
    return [_structure_leg(leg, action) for leg in structure.legs] if structure else []


def parameters_of(reading: Reading, call: tree.Call) -> dict[str, tree.Expression | None] | None:
    """Parameters after the underlying, with their defaults; None where there is no structure."""
    name = call.function.dotted
    if name in PRIMITIVES:
        return dict.fromkeys(PRIMITIVES[name])
    structure = reading.names.structures.get(name) or built_in_structure(name)
    if structure is not None:
        return {each.name: each.default for each in structure.parameters[1:]}
    known = [*reading.names.structures, *built_in(), *PRIMITIVES]
    reading.found.append(unknown(name, call.function.span, "structure", known))
    return None


def _structure_leg(leg: tree.Leg, action: str) -> WrittenLeg:
    named, side = leg_name(leg.name, action, leg.action)
    arguments = {each.name: each.value for each in leg.structure.arguments if each.name}
    primitive = leg.structure.function.parts[0]
    return WrittenLeg(leg.name, named, side, leg.ratio, primitive, arguments)


def check_structure(reading: Reading, node: tree.Structure) -> None:
    """A structure of the file: its own name, an underlying, and legs of single contracts."""
    if node.name in built_in() or node.name in PRIMITIVES:
        reading.report("N104", f"`{node.name}` is a built-in structure", node.name_span,
                       help=("give yours another name",))  # fmt: skip
    if not (node.parameters and node.legs) and not reading.names.broken_in(node.span):
        message = f"`{node.name}` needs an underlying and at least one leg"
        help = ("write `structure NAME(U, ...) { ... }`",)
        reading.report("N107", message, node.name_span, help=help)
    for leg in node.legs:
        primitive = leg.structure.function.dotted
        if primitive not in PRIMITIVES:
            reading.found.append(
                unknown(primitive, leg.structure.function.span, "contract", list(PRIMITIVES))
            )


def free_name(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    return next(f"{name}_{count}" for count in count_from(2) if f"{name}_{count}" not in taken)
