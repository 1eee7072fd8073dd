"""Structures: a call such as `iron_condor(SPX, ...)` becomes the legs it stands for.

`put`, `call`, `future` and `shares` are single contracts; every other structure is written in the
language itself, in the vocabulary's prelude, whose head says how legs and wings are meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from hedgerow.book.book import ExpiryRule, LegRule, Opening, StrikeRule
from hedgerow.book.names import unknown
from hedgerow.book.reading import Reading
from hedgerow.book.subjects import read_subject
from hedgerow.language import tree
from hedgerow.language.from_text import tree_from_text
from hedgerow.market.contract import Kind as ContractKind
from hedgerow.market.contract import Right
from hedgerow.text.source import Source
from hedgerow.vocabulary.structures import PRELUDE, PRIMITIVES, leg_name
from hedgerow.vocabulary.structures import prelude as prelude_text
from hedgerow.vocabulary.units import Kind

OPTIONABLE = ("SPX", "VIX")
MOST_CONTRACTS = 100  # of one leg in a unit
_CONTRACTS: dict[str, tuple[ContractKind, Right | None]] = {
    "put": (ContractKind.OPTION, Right.PUT),
    "call": (ContractKind.OPTION, Right.CALL),
    "future": (ContractKind.FUTURE, None),
    "shares": (ContractKind.SHARES, None),
}
_STRIKES = (Kind.DELTA, Kind.SD, Kind.RATIO, Kind.POINTS, Kind.LEVEL, Kind.LITERAL)


@cache
def prelude() -> Mapping[str, tree.Structure]:
    """The built-in structures, by name."""
    file, found = tree_from_text(Source(PRELUDE, f"strategy prelude 1.0.0\n{prelude_text()}"))
    assert not found, f"the prelude is part of the program: {found[0].message}"
    return {each.name: each for each in file.statements if isinstance(each, tree.Structure)}


@dataclass(frozen=True, slots=True)
class _Written:
    """A leg as its structure writes it, before the arguments are known."""

    written: str  # its name in the structure
    name: str
    side: int  # + bought, - sold
    count: tree.Expression | None  # contracts a unit; None: one
    primitive: str
    arguments: Mapping[str, tree.Expression]


def leg_names(opening: tree.Open) -> tuple[str, ...]:
    """Names of the legs a rule opens; none where the structure is unknown."""
    name = ".".join(opening.structure.function.parts)
    if name not in PRIMITIVES and name not in prelude():
        return ()
    return tuple(leg.name for leg in _legs(name, opening.action))


def read_opening(reading: Reading, node: tree.Open) -> Opening | None:
    call = node.structure
    name = ".".join(call.function.parts)
    structure = prelude().get(name)
    if structure is None and name not in PRIMITIVES:
        known = [*prelude(), *PRIMITIVES]
        reading.found.append(unknown(name, call.function.span, "structure", known))
        return None
    underlying = _underlying(reading, call)
    wanted = _parameters(structure, name)
    given = _arguments(reading, call, wanted)
    if underlying is None or given is None:
        return None
    written = _legs(name, node.action)
    scope = _Scope(reading, call, {**wanted, **given}, {leg.written: leg.name for leg in written})
    outward = 1 if node.action == "sell" else -1
    legs = [_leg(scope, leg, underlying, outward) for leg in written]
    found = tuple(leg for leg in legs if leg is not None)
    return Opening(node.action, name, found, node.span) if len(found) == len(legs) else None


def _legs(name: str, action: str) -> list[_Written]:
    if name in PRIMITIVES:
        named, side = leg_name(name, action, "buy")
        return [_Written(name, named, side, None, name, {})]
    return [_structure_leg(leg, action) for leg in prelude()[name].legs]


def _structure_leg(leg: tree.Leg, action: str) -> _Written:
    named, side = leg_name(leg.name, action, leg.action)
    arguments = {each.name: each.value for each in leg.structure.arguments if each.name}
    primitive = leg.structure.function.parts[0]
    return _Written(leg.name, named, side, leg.ratio, primitive, arguments)


def _parameters(structure: tree.Structure | None, name: str) -> dict[str, tree.Expression | None]:
    """Parameters after the underlying, with their defaults."""
    if structure is None:
        return dict.fromkeys(PRIMITIVES[name])
    return {each.name: each.default for each in structure.parameters[1:]}


def _underlying(reading: Reading, call: tree.Call) -> str | None:
    first = call.arguments[0] if call.arguments else None
    written = ".".join(call.function.parts)
    if first is None or first.name is not None or not isinstance(first.value, tree.Name):
        reading.report("N107", f"`{written}` needs its underlying first", call.span,
                       help=(f"write `{written}(SPX, ...)`",))  # fmt: skip
        return None
    if reading.read(first.value) is None:
        return None
    name = first.value.parts[0]
    if written != "shares" and name not in OPTIONABLE:
        reading.report("N107", f"options are priced on {' and '.join(OPTIONABLE)}, not on {name}",
                       first.span)  # fmt: skip
        return None
    return name


def _arguments(
    reading: Reading, call: tree.Call, wanted: Mapping[str, tree.Expression | None]
) -> dict[str, tree.Expression] | None:
    given: dict[str, tree.Expression] = {}
    written = ".".join(call.function.parts)
    for argument in call.arguments[1:]:
        if argument.name is None:
            reading.report(
                "N107", f"after the underlying, `{written}` takes its arguments by name",
                argument.span, help=(f"it knows {', '.join(wanted) or 'none'}",),
            )  # fmt: skip
            return None
        if argument.name not in wanted:
            what = f"argument of `{written}`"
            reading.found.append(unknown(argument.name, argument.span, what, list(wanted)))
            return None
        if argument.name in given:
            reading.report("N107", f"`{argument.name}` is given twice", argument.span)
            return None
        given[argument.name] = argument.value
    return given


class _Scope:
    """Arguments of one call, looked up by the structure's parameters."""

    def __init__(
        self,
        reading: Reading,
        call: tree.Call,
        values: Mapping[str, tree.Expression | None],
        legs: Mapping[str, str],
    ) -> None:
        self.reading, self.call, self.values, self.legs = reading, call, values, legs
        self.missing: set[str] = set()

    def written(self, node: tree.Expression | None, name: str) -> tree.Expression | None:
        """What the user wrote where the structure names a parameter."""
        seen = name
        while node is None or (isinstance(node, tree.Name) and node.parts[0] in self.values):
            if node is None:
                self._missing(seen)
                return None
            seen = node.parts[0]
            node = self.values[seen]
        return node

    def _missing(self, name: str) -> None:
        if name not in self.missing:
            self.missing.add(name)
            written = ".".join(self.call.function.parts)
            self.reading.report("N107", f"`{written}` lacks its {name}", self.call.span,
                                help=(f"add `{name} = ...`",))  # fmt: skip


def _leg(scope: _Scope, leg: _Written, underlying: str, outward: int) -> LegRule | None:
    kind, right = _CONTRACTS[leg.primitive]
    if kind is ContractKind.FUTURE:
        span = scope.call.function.span
        scope.reading.report("S190", f"`{span.text}` can be written but not run yet", span)
        return None
    needs = PRIMITIVES[leg.primitive]
    written = {name: leg.arguments.get(name, scope.values.get(name)) for name in needs}
    expiry = _expiry(scope, scope.written(written["expiry"], "expiry")) if written else None
    if written and expiry is None:
        return None
    strike = None
    if "strike" in written:
        strike = _strike(scope, written["strike"], right, outward)
        if strike is None:
            return None
    count = _count(scope, leg)
    if count is None:
        return None
    return LegRule(leg.name, leg.side * count, kind, underlying, right, expiry, strike)


def _count(scope: _Scope, leg: _Written) -> int | None:
    if leg.count is None:
        return 1
    node = scope.written(leg.count, "ratio")
    count = None if node is None else scope.reading.constant(node, Kind.NUMBER, "a ratio of legs")
    if count is None or node is None:
        return None
    if count == int(count) and 1 <= count <= MOST_CONTRACTS:
        return int(count)
    scope.reading.report(
        "T207", f"a ratio of legs is a whole number from 1 to {MOST_CONTRACTS}", node.span
    )
    return None


def _expiry(scope: _Scope, node: tree.Expression | None) -> ExpiryRule | None:
    if isinstance(node, tree.ExpiryOf):
        target = read_subject(scope.reading, node.position)
        return None if target is None else ExpiryRule(None, None, target)
    cycle = node.cycle if isinstance(node, tree.Cycle) else None
    days = node.distance if isinstance(node, tree.Cycle) else node
    distance = None if days is None else scope.reading.expect(days, Kind.DAYS, "an expiry")
    return None if distance is None else ExpiryRule(distance, cycle, None)


def _strike(
    scope: _Scope, node: tree.Expression | None, right: Right | None, outward: int
) -> StrikeRule | None:
    if node is None or (isinstance(node, tree.Name) and node.parts[0] in scope.values):
        node = scope.written(node, "strike")
    if node is None:
        return None
    if isinstance(node, tree.Name) and node.parts == ("atm",):
        return StrikeRule(None)
    if isinstance(node, tree.Name) and node.parts[0] in scope.legs:
        return StrikeRule(None, scope.legs[node.parts[0]])
    if isinstance(node, tree.Binary) and isinstance(node.left, tree.Name):
        beside = scope.legs.get(".".join(node.left.parts))
        if beside is not None and node.operator in ("+", "-"):
            out = 1 if (node.operator == "-") == (right is Right.PUT) else -1
            distance = scope.written(node.right, "wing")
            return _strike_by(scope, distance, beside, out * outward)
    return _strike_by(scope, node, None, 1)


def _strike_by(
    scope: _Scope, node: tree.Expression | None, beside: str | None, outward: int
) -> StrikeRule | None:
    value = None if node is None else scope.reading.read(node)
    if value is None or node is None:
        return None
    if value.kind in _STRIKES:
        return StrikeRule(value, beside, outward)
    scope.reading.report(
        "T201", f"a strike can't be {value.kind}", node.span,
        help=("write it in delta, sd, points or %, or `atm`",),
    )  # fmt: skip
    return None
