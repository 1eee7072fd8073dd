"""Units and kinds: what a number is, and what arithmetic makes of it.

Kinds are static: they are settled before a run, and only floats in base units are left.
A level and a difference of levels are different kinds, as are a ratio and a difference of ratios.
`ARITHMETIC` and `COMPARABLE` are the only tables that say what goes together;
docs/units.md is written from them.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """A static type; the value is its English name."""

    RATIO = "a ratio"  # 0.4 is 40%
    RATIO_DIFFERENCE = "a difference of ratios"  # 0.02 is 2 pp
    DAYS = "calendar days"
    SESSIONS = "trading sessions"
    SD = "standard deviations"
    DELTA = "a delta"  # of one option: 0.3 is 30 delta, the sign left to put and call
    LEVEL = "a level"  # of a price or an index, in its own points
    POINTS = "points"  # a difference of levels
    MONEY = "money"  # dollars of the account
    COUNT = "contracts"
    MULTIPLE = "a multiple"  # 2 is 2 x
    NUMBER = "a pure number"
    GREEK = "a sensitivity"  # dollars per unit move
    WEEKDAY = "a weekday"  # 1 is Monday; written by name only
    MONTH = "a month"  # 1 is January
    TRUTH = "a truth"  # 1, 0, or nan for unknown
    LITERAL = "a bare number"  # written without a unit: takes the kind of what it stands beside
    ZERO = "zero"  # written `0`: fits every kind that is an amount


class Unit(Struct, frozen=True):
    """A unit word: its kind, how many base units one of it is, and what a trader means by it."""

    kind: Kind
    factor: Decimal
    says: str


_ONE, _HUNDREDTH = Decimal(1), Decimal("0.01")

UNITS: dict[str, Unit] = {
    "%": Unit(Kind.RATIO, _HUNDREDTH, "A part, as in `40% of capital`; of a strike, how far from "
              "the money."),
    "pp": Unit(Kind.RATIO_DIFFERENCE, _HUNDREDTH, "Percentage points: 5% less 3% is `2 pp`."),
    "days": Unit(Kind.DAYS, _ONE, "Calendar days."),
    "weeks": Unit(Kind.DAYS, Decimal(7), "Seven calendar days."),
    "months": Unit(Kind.DAYS, Decimal("30.4375"), "A twelfth of 365.25 calendar days."),
    "sessions": Unit(Kind.SESSIONS, _ONE, "Trading days."),
    "sd": Unit(Kind.SD, _ONE, "Standard deviations of the move that option prices imply to the "
               "expiry, or of past moves where the file says `sd = realized(20 sessions)`."),
    "delta": Unit(Kind.DELTA, _HUNDREDTH, "An option's delta, 0 to 100 without its sign."),
    "points": Unit(Kind.POINTS, _ONE, "A distance in the underlying's own points; of a wing, the "
                   "distance from the strike beside it."),
    "$": Unit(Kind.MONEY, _ONE, "Dollars of the account."),
    "contracts": Unit(Kind.COUNT, _ONE, "Contracts, or packages of them."),
    "x": Unit(Kind.MULTIPLE, _ONE, "Times: `2 x of credit` is `200% of credit`."),
}  # fmt: skip


class Mismatch(Struct, frozen=True):
    """Two kinds an operator does not join. `fitting`: units that would do on the right."""

    operator: str
    left: Kind
    right: Kind
    fitting: tuple[str, ...]


def kind_of(value: Decimal, unit: str | None) -> Kind:
    """The kind of a number as written; a key of `UNITS`, or None for a bare number."""
    if unit is not None:
        return UNITS[unit].kind
    return Kind.LITERAL if value else Kind.ZERO


def base_value(value: Decimal, unit: str | None) -> float:
    """The number in base units: `40 %` is 0.4, `2 weeks` is 14.0."""
    return float(value * UNITS[unit].factor) if unit is not None else float(value)


# --- arithmetic ------------------------------------------------------------------------------

# Kinds whose sums and differences are of the same kind.
_ADDITIVE = (
    Kind.DAYS, Kind.SESSIONS, Kind.SD, Kind.DELTA, Kind.POINTS, Kind.MONEY, Kind.COUNT,
    Kind.MULTIPLE, Kind.NUMBER, Kind.GREEK, Kind.RATIO_DIFFERENCE,
)  # fmt: skip
_SCALABLE = (*_ADDITIVE, Kind.LEVEL, Kind.RATIO)
_SCALES = (Kind.NUMBER, Kind.MULTIPLE, Kind.RATIO)
NUMERIC = _SCALABLE  # kinds a series or a result can have, beside truth


def _arithmetic() -> dict[tuple[str, Kind, Kind], Kind]:
    table = {
        ("+", Kind.LEVEL, Kind.POINTS): Kind.LEVEL,
        ("+", Kind.POINTS, Kind.LEVEL): Kind.LEVEL,
        ("-", Kind.LEVEL, Kind.POINTS): Kind.LEVEL,
        ("-", Kind.LEVEL, Kind.LEVEL): Kind.POINTS,
        ("+", Kind.RATIO, Kind.RATIO): Kind.RATIO,
        ("-", Kind.RATIO, Kind.RATIO): Kind.RATIO_DIFFERENCE,
        ("+", Kind.RATIO, Kind.RATIO_DIFFERENCE): Kind.RATIO,
        ("+", Kind.RATIO_DIFFERENCE, Kind.RATIO): Kind.RATIO,
        ("-", Kind.RATIO, Kind.RATIO_DIFFERENCE): Kind.RATIO,
        ("/", Kind.LEVEL, Kind.LEVEL): Kind.MULTIPLE,
        ("/", Kind.POINTS, Kind.POINTS): Kind.MULTIPLE,
        ("/", Kind.POINTS, Kind.LEVEL): Kind.RATIO,
        ("/", Kind.LEVEL, Kind.POINTS): Kind.MULTIPLE,
    }
    for kind in _ADDITIVE:
        table["+", kind, kind] = kind
        table["-", kind, kind] = kind
    for kind in _SCALABLE:
        # A part of a part: the plainer kind gives way, so 2 x 40% is 80%.
        for scale in _SCALES:
            if kind not in _SCALES or _SCALES.index(kind) >= _SCALES.index(scale):
                table["*", kind, scale] = kind
                table["*", scale, kind] = kind
            table.setdefault(("/", kind, scale), kind)
        for part in (Kind.RATIO, Kind.MULTIPLE):
            table["of", part, kind] = kind
        table.setdefault(("/", kind, kind), Kind.RATIO)
    table["/", Kind.RATIO, Kind.RATIO] = Kind.RATIO
    return table


ARITHMETIC: dict[tuple[str, Kind, Kind], Kind] = _arithmetic()
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
# Different kinds that may be compared all the same: 2 x is 200%; a sensitivity is in dollars.
COMPARABLE = frozenset(
    {frozenset({Kind.MULTIPLE, Kind.RATIO}), frozenset({Kind.GREEK, Kind.MONEY})}
)
# What a bare number may stand for where it is compared, or handed to a word.
_BARE_FITS = (Kind.LEVEL, Kind.NUMBER, Kind.MULTIPLE, Kind.MONTH)
_NO_AMOUNTS = (Kind.TRUTH, Kind.WEEKDAY, Kind.MONTH)


def result_of(operator: str, left: Kind, right: Kind) -> Kind | Mismatch:
    """The kind of `left operator right` for `+ - * / of`, comparisons, `and`, `or`."""
    if operator in COMPARISONS:
        joined = _compared(operator, left, right)
    elif operator in ("and", "or"):
        joined = Kind.TRUTH if left is right is Kind.TRUTH else None
    else:
        joined = _calculated(operator, left, right)
    return joined or Mismatch(operator, left, right, _fitting(operator, left))


def common(left: Kind, right: Kind) -> Kind | Mismatch:
    """The kind of a value that is either one: `if C then A else B`, `A otherwise B`, `min`."""
    if left is right or fits(right, left):
        return left
    return right if fits(left, right) else Mismatch("else", left, right, units_that_fit(left))


def fits(kind: Kind, expected: Kind) -> bool:
    """Whether a value of `kind` may stand where `expected` is meant."""
    if kind is expected:
        return True
    if kind is Kind.ZERO:
        return expected not in _NO_AMOUNTS
    return kind is Kind.LITERAL and expected in _BARE_FITS


def units_that_fit(kind: Kind) -> tuple[str, ...]:
    """Unit words that write a number of `kind`; empty where a bare number does."""
    return tuple(word for word, unit in UNITS.items() if unit.kind is kind)


def with_unit(number: str, unit: str) -> str:
    """`-$500`, `80%`, `45 days`"""
    if unit == "$":
        return f"-${number[1:]}" if number.startswith("-") else f"${number}"
    return f"{number}%" if unit == "%" else f"{number} {unit}"


def difference_of(kind: Kind) -> Kind:
    """The kind of a change in a value of `kind`: points for a level, pp for a ratio."""
    return ARITHMETIC.get(("-", kind, kind), kind)


def _compared(operator: str, left: Kind, right: Kind) -> Kind | None:
    if Kind.TRUTH in (left, right):
        same = left is right and operator in ("==", "!=")
        return Kind.TRUTH if same else None
    if fits(left, right) or fits(right, left) or frozenset({left, right}) in COMPARABLE:
        return Kind.TRUTH
    return None


def _calculated(operator: str, left: Kind, right: Kind) -> Kind | None:
    bare = (Kind.LITERAL, Kind.ZERO)
    if left in bare and right in bare:
        return Kind.LITERAL if operator != "of" else None
    if operator in ("+", "-") and Kind.ZERO in (left, right):
        other = right if left is Kind.ZERO else left
        return other if other not in _NO_AMOUNTS else None
    # A sum wants like beside like; a product takes a bare number as a pure one.
    number = Kind.MULTIPLE if Kind.MULTIPLE in (left, right) else Kind.NUMBER
    if operator == "of":
        number = Kind.RATIO if left is Kind.ZERO else Kind.LITERAL
    first = number if left in bare else left
    second = number if right in bare else right
    return ARITHMETIC.get((operator, first, second))


def _fitting(operator: str, left: Kind) -> tuple[str, ...]:
    """Units for the right operand that would make the operation mean something."""
    if operator in COMPARISONS:
        return units_that_fit(left)
    kinds = [right for (name, first, right) in ARITHMETIC if (name, first) == (operator, left)]
    return tuple(word for word, unit in UNITS.items() if unit.kind in kinds)
