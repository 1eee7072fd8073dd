"""What a rule opens: a call such as `iron_condor(SPX, ...)` becomes the legs it stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from hedgerow.book.arguments import arguments_of
from hedgerow.book.book import ExpiryRule, LegRule, Opening, StrikeRule
from hedgerow.book.deviation import realized_distance
from hedgerow.book.expression import Constant, Expression
from hedgerow.book.packages import alike, renamed
from hedgerow.book.reading import Reading
from hedgerow.book.structures import (
    WrittenLeg,
    legs_of,
    parameters_of,
)
from hedgerow.book.subjects import read_subject
from hedgerow.language import tree
from hedgerow.language.forms import LINES
from hedgerow.market.contract import Kind as ContractKind
from hedgerow.market.contract import Right
from hedgerow.market.underlyings import INDICES, has_options
from hedgerow.text.diagnostic import Diagnostic
from hedgerow.text.source import Span
from hedgerow.vocabulary.structures import PRIMITIVES
from hedgerow.vocabulary.units import Kind

LOWEST_LEVEL = 100.0  # of the SPX: a bare number below is a distance without its unit
MOST_CONTRACTS = 100  # of one leg in a unit
_CONTRACTS: dict[str, tuple[ContractKind, Right | None]] = {
    "put": (ContractKind.OPTION, Right.PUT),
    "call": (ContractKind.OPTION, Right.CALL),
    "future": (ContractKind.FUTURE, None),
    "shares": (ContractKind.SHARES, None),
}
_STRIKES = (Kind.DELTA, Kind.SD, Kind.RATIO, Kind.POINTS, Kind.LEVEL, Kind.LITERAL)


def read_openings(reading: Reading, nodes: Sequence[tree.Open]) -> Opening | None:
    """The package that all lines of a rule open together, as one order."""
    found = [read_opening(reading, node.structure, node.action, node.span) for node in nodes]
    known = [each for each in found if each is not None]
    if not known or len(known) < len(found):
        return None
    if len({each.offsets for each in known}) > 1:
        message = "one order can't hold an `offset` and a side that is fixed"
        reading.report("S182", message, nodes[-1].span, help=("open them by two rules",))
        return None
    if not alike(reading, [leg for each in known for leg in each.legs], nodes[-1].span):
        return None
    legs: list[LegRule] = []
    for each in known:
        legs.extend(renamed(each.legs, {leg.name for leg in legs}))
    first, structures = known[0], " and ".join(each.structure for each in known)
    return Opening(structures, tuple(legs), first.offsets, first.span)


def read_opening(reading: Reading, call: tree.Call, action: str, span: Span) -> Opening | None:
    """One line's package."""
    name = call.function.dotted
    wanted = parameters_of(reading, call)
    if wanted is None:
        return None
    reading.names.used.add(name)
    underlying = _underlying(reading, call)
    given, all_placed = arguments_of(reading, call, wanted)
    if underlying is None:
        return None
    written = legs_of(reading.names, call, action)
    legs_by_name = {leg.written: leg.name for leg in written}
    scope = _Scope(reading, call, wanted, given, legs_by_name, underlying)
    if not all_placed:  # what seems to be missing may be what has no place
        scope.missing.update(wanted)
    outward = 1 if action == "sell" else -1
    legs = [_leg(scope, leg, outward) for leg in written]
    found = tuple(leg for leg in legs if leg is not None)
    if len(found) < len(legs) or not alike(reading, found, span):
        return None
    return Opening(name, found, action == "offset", span)


def _underlying(reading: Reading, call: tree.Call) -> str | None:
    first = call.arguments[0] if call.arguments else None
    written = call.function.dotted
    if first is None or first.name is not None or not isinstance(first.value, tree.Name):
        help = (f"write `{written}(SPX, ...)`",)
        reading.report("N107", f"`{written}` needs its underlying first", call.span, help=help)
        return None
    if reading.read(first.value) is None:
        return None
    name = first.value.parts[0]
    if written == "shares" and name == "VIX":
        help = (f"write `{LINES['buy']}`, or `future(VIX, expiry = 30 days)`",)
        message = "VIX can't be held, only options and futures on it"
        reading.report("N107", message, first.span, help=help)
        return None
    if not has_options(name):
        reading.report("N107", f"`{name}` is not a price: nothing trades on it", first.span,
                       help=("name what is traded, such as SPX or VIX",))  # fmt: skip
        return None
    return name


class _Scope:
    """Arguments of one call, looked up by the structure's parameters."""

    def __init__(
        self,
        reading: Reading,
        call: tree.Call,
        defaults: Mapping[str, tree.Expression | None],
        given: Mapping[str, tree.Expression],
        legs: Mapping[str, str],
        underlying: str,
    ) -> None:
        self.reading, self.call, self.legs = reading, call, legs
        self.underlying = underlying
        self.values: dict[str, tree.Expression | None] = {**defaults, **given}
        self._given = {id(each) for each in given.values()}  # their names are the user's own
        self.missing: set[str] = set()  # those that have been told

    def written(self, node: tree.Expression | None, name: str) -> tree.Expression | None:
        """What the user wrote where the structure names a parameter."""
        seen, steps = name, 0
        while node is None or self._is_parameter(node):
            if node is None or steps > len(self.values):  # defaults may name each other in a circle
                self._missing(seen)
                return None
            assert isinstance(node, tree.Name)
            seen, steps = node.parts[0], steps + 1
            node = self.values[seen]
        return node

    def _is_parameter(self, node: tree.Expression) -> bool:
        own = isinstance(node, tree.Name) and node.parts[0] in self.values
        return own and id(node) not in self._given

    def _missing(self, name: str) -> None:
        if name not in self.missing:
            self.missing.add(name)
            written = self.call.function.dotted
            self.reading.report("N107", f"`{written}` lacks its {name}", self.call.span,
                                help=(f"add `{name} = ...`",))  # fmt: skip


def _leg(scope: _Scope, leg: WrittenLeg, outward: int) -> LegRule | None:
    if (needs := PRIMITIVES.get(leg.primitive)) is None:
        return None  # said where the structure is written
    underlying, (kind, right) = scope.underlying, _CONTRACTS[leg.primitive]
    if kind is ContractKind.FUTURE and underlying not in INDICES:
        scope.reading.report("N107", f"there are no futures on {underlying}", scope.call.span,
                             help=(f"futures are on {' and '.join(INDICES)}; of others, hold "
                                   "shares or options",))  # fmt: skip
        return None
    written = {name: leg.arguments.get(name, scope.values.get(name)) for name in needs}
    # Every part is read before one that fails ends it, so that all mistakes are told at once.
    expiry = _expiry(scope, scope.written(written["expiry"], "expiry")) if written else None
    strike = _strike(scope, written["strike"], right, outward) if "strike" in written else None
    count = _count(scope, leg)
    if count is None or (written and expiry is None):
        return None
    if strike is not None:
        strike = _by_deviation(scope, strike, expiry)
    if "strike" in written and strike is None:
        return None
    return LegRule(leg.name, leg.side * count, kind, underlying, right, expiry, strike)


def _by_deviation(
    scope: _Scope, strike: StrikeRule, expiry: ExpiryRule | None
) -> StrikeRule | None:
    """A strike in sd, by the basis the file names; any other as it is."""
    reading, value = scope.reading, strike.value
    if value is None or value.kind is not Kind.SD or reading.sd_window is None:
        return strike
    if expiry is None or expiry.distance is None:
        reading.report("N107", "a realised sd needs an expiry in days", value.span)
        return None
    points = realized_distance(reading, value, scope.underlying, expiry.distance, reading.sd_window)
    if points is None:
        return None
    if strike.beside is None:
        return replace(strike, value=points)
    # Beside a leg points would be a distance from it; an sd names the strike itself.
    return StrikeRule(points)


def _count(scope: _Scope, leg: WrittenLeg) -> int | None:
    if leg.count is None:
        return 1
    node = scope.written(leg.count, "ratio")
    count = None if node is None else scope.reading.constant(node, Kind.MULTIPLE, "a ratio of legs")
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
        beside = scope.legs.get(node.left.dotted)
        if beside is not None and node.operator in ("+", "-"):
            out = 1 if (node.operator == "-") == (right is Right.PUT) else -1
            distance = scope.written(node.right, "wing")
            return _strike_by(scope, distance, beside, out * outward)
    return _strike_by(scope, node, None, 1)


def _without_unit(value: Expression, underlying: str) -> Diagnostic | None:
    """The SPX never stood so low since there are options on it."""
    if not isinstance(value, Constant) or value.kind is not Kind.LITERAL:
        return None
    if underlying != "SPX" or value.value >= LOWEST_LEVEL:
        return None
    written = value.span.text
    delta = f"{100 * value.value:g}" if value.value < 1 else written  # `0.30` is 30 delta
    help = f"write `{delta} delta`, `{written} points`, `{written} sd`; a level has its full height"
    message = f"a strike of `{written}` needs a unit"
    return Diagnostic("T202", message, value.span, help=(f"{help}, as 2000",))


def _strike_by(
    scope: _Scope, node: tree.Expression | None, beside: str | None, outward: int
) -> StrikeRule | None:
    value = None if node is None else scope.reading.read(node)
    if value is None or node is None:
        return None
    if (bare := _without_unit(value, scope.underlying)) is not None:
        scope.reading.found.append(bare)
        return None
    if value.kind in _STRIKES:
        return StrikeRule(value, beside, outward)
    scope.reading.report(
        "T201", f"a strike can't be {value.kind}", node.span,
        help=("write it in delta, sd, points or %, or `atm`",),
    )  # fmt: skip
    return None
