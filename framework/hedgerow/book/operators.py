"""Arithmetic, comparison and logic: what goes together, and what it gives."""

from __future__ import annotations

import re
from itertools import permutations

from hedgerow.book.expression import Apply, Constant, Expression
from hedgerow.book.reading import Reading, reads
from hedgerow.book.structures import opening_action
from hedgerow.language import tree
from hedgerow.text.diagnostic import Label, replace
from hedgerow.text.source import Span
from hedgerow.vocabulary.units import (
    COMPARISONS,
    Kind,
    Mismatch,
    common,
    result_of,
    units_that_fit,
    with_unit,
)


@reads(tree.Unary)
def _unary(reading: Reading, node: tree.Unary) -> Expression | None:
    if node.operator == "not":
        return _truths(reading, "not", (node.operand,), node.span)
    value = reading.read(node.operand)
    if value is None:
        return None
    if isinstance(value, Constant) and value.kind is Kind.DELTA:
        plain = node.operand.span.text
        reading.report("T207", "a delta has no sign: a put and a call know theirs", node.span,
                       help=(f"write `{plain}`",),
                       fixes=(replace(f"write `{plain}`", node.span, plain),))  # fmt: skip
        return None
    if isinstance(value, Constant) and value.kind is not Kind.TRUTH:
        return Constant(-value.value, value.kind, node.span)
    if value.kind is Kind.TRUTH:
        reading.report("T201", "a condition has no negative", node.span, help=("write `not`",))
        return None
    return reading.made(Apply("negative", (value,), value.kind, node.span))


def _truths(
    reading: Reading, operator: str, nodes: tuple[tree.Expression, ...], span: Span
) -> Expression | None:
    read = [reading.condition(each) for each in nodes]
    values = tuple(each for each in read if each is not None)
    if len(values) < len(read):
        return None
    return reading.made(Apply(operator, values, Kind.TRUTH, span))


@reads(tree.Binary)
def _binary(reading: Reading, node: tree.Binary) -> Expression | None:
    if node.operator in ("and", "or"):
        return _truths(reading, node.operator, (node.left, node.right), node.span)
    left, right = reading.read(node.left), reading.read(node.right)
    if left is None or right is None:
        return None
    return _joined(reading, node.operator, left, right, node.span)


@reads(tree.Of)
def _of(reading: Reading, node: tree.Of) -> Expression | None:
    part, whole = reading.read(node.part), reading.read(node.whole)
    if part is None or whole is None:
        return None
    return _joined(reading, "of", part, whole, node.span)


def _joined(
    reading: Reading, operator: str, left: Expression, right: Expression, span: Span
) -> Expression | None:
    kind = result_of(operator, left.kind, right.kind)
    if isinstance(kind, Mismatch):
        _mismatch(reading, kind, left.span, right.span, span)
        return None
    return reading.made(Apply(operator, (left, right), kind, span))


def _mismatch(reading: Reading, pair: Mismatch, left: Span, right: Span, span: Span) -> None:
    if Kind.WEEKDAY in (pair.left, pair.right) and _unnamed_weekday(reading, pair, left, right):
        return
    labels = (Label(left, f"this is {pair.left}"), Label(right, f"this is {pair.right}"))
    bare = next((
        place for place, kind in ((right, pair.right), (left, pair.left))
        if kind is Kind.LITERAL
    ), None)  # fmt: skip
    if bare is not None:
        other = pair.left if bare is right else pair.right
        reading.report("T202", f"`{bare.text}` has no unit beside {other}", bare,
                       labels=labels, help=_with_units(bare.text, other, pair))  # fmt: skip
        return
    help = _way_out(reading, pair, left, right)
    doing = {"+": "added to", "-": "taken from", "*": "multiplied with", "/": "divided by",
             "of": "taken of"}.get(pair.operator, "compared with")  # fmt: skip
    first, second = (pair.right, pair.left) if pair.operator == "-" else (pair.left, pair.right)
    reading.report("T203", f"{first} can't be {doing} {second}", span, labels=labels, help=help)


def _with_units(number: str, beside: Kind, pair: Mismatch) -> tuple[str, ...]:
    """A small number may be a part of one, as a spreadsheet has it: that is named first."""
    if beside is Kind.GREEK and pair.operator in COMPARISONS:
        return (
            f"write `{with_unit(number, '$')}`, or a part of another, as in `20% of delta(book)`",
        )
    units = units_that_fit(beside) or pair.fitting
    written = [with_unit(number, unit) for unit in units]
    plain = _PLAIN_NUMBER.fullmatch(number)
    part = f"{float(number) * 100:g}%" if plain and 0 < float(number) <= _PART else ""
    if part and beside is Kind.RATIO:
        written = [part, *written]
    said = [f"write {' or '.join(f'`{each}`' for each in written)}"] if written else []
    if part and beside is Kind.MONEY:
        said.append(f"a part of something is written `{part} of credit`")
    return tuple(said)


_PART = 2.0  # of one: a larger number is rather percent
_PLAIN_NUMBER = re.compile(r"\d*\.?\d+")


def _way_out(reading: Reading, pair: Mismatch, left: Span, right: Span) -> tuple[str, ...]:
    """What was probably meant by two kinds that don't go together."""
    if pair.operator == "+" and pair.left is pair.right is Kind.LEVEL:
        return ("add a difference to a level, such as `6 points`",)
    for (kind, place), (other, beside) in permutations(((pair.left, left), (pair.right, right))):
        number = _LEADING_NUMBER.match(place.text)
        if number is None:
            continue
        if kind is Kind.RATIO and other is Kind.MONEY:
            bases = (f"`{place.text} of {base}`" for base in _bases(reading, beside.text))
            return (f"say of what: {', '.join(bases)}",)
        if kind is Kind.RATIO and other is Kind.POINTS:
            return (f"say of what: `{place.text} of VIX`",)
        if (kind, other) == (Kind.SESSIONS, Kind.DAYS):
            days = f"{round(float(number[0]) * 7 / 5)} days"
            return (f"`{beside.text}` is counted in calendar days: write about `{days}`",)
        if kind in (Kind.RATIO, Kind.POINTS) and other is Kind.LEVEL:
            return (f"`{beside.text}` is counted in its own points: write `{number[0]}`",)
    return ()


def _bases(reading: Reading, measured: str) -> tuple[str, ...]:
    """What a part is most often taken of, beside this amount of money."""
    if "profit" not in measured:
        return ("equity",) if "margin" in measured else ("capital",)
    rule = reading.names.rules.get(reading.rule or "")
    bought = rule is not None and opening_action(rule.clauses) == "buy"
    return ("cost" if bought else "credit", "capital")


_LEADING_NUMBER = re.compile(r"-?[0-9.]+")


def _unnamed_weekday(reading: Reading, pair: Mismatch, left: Span, right: Span) -> bool:
    """A weekday by its number, which means another day in every program."""
    for place, kind in ((left, pair.left), (right, pair.right)):
        if kind in (Kind.LITERAL, Kind.ZERO):
            reading.report("T202", f"`{place.text}` names no weekday", place,
                           help=("write its name, such as `friday`",))  # fmt: skip
            return True
    return False


@reads(tree.If, tree.Otherwise, tree.Between)
def _several(reading: Reading, node: tree.If | tree.Otherwise | tree.Between) -> Expression | None:
    match node:
        case tree.If():
            condition = reading.condition(node.condition)
            values = [reading.read(node.then), reading.read(node.otherwise)]
            operator, first = "if", [condition]
        case tree.Otherwise():
            values = [reading.read(node.value), reading.read(node.default)]
            operator, first = "otherwise", []
        case tree.Between():
            values = [reading.read(each) for each in (node.value, node.low, node.high)]
            operator, first = "between", []
    known = [each for each in (*first, *values) if each is not None]
    if len(known) < len(first) + len(values):
        return None
    kind = one_kind(reading, known[len(first) :])
    if kind is None:
        return None
    result = Kind.TRUTH if operator == "between" else kind
    return reading.made(Apply(operator, tuple(known), result, node.span))


def one_kind(reading: Reading, values: list[Expression]) -> Kind | None:
    kind = values[0].kind
    for value in values[1:]:
        joined = common(kind, value.kind)
        if isinstance(joined, Mismatch):
            pair = Mismatch("==", kind, value.kind, units_that_fit(kind))
            _mismatch(reading, pair, values[0].span, value.span, value.span)
            return None
        kind = joined
    return kind


@reads(tree.Group)
def _group(reading: Reading, node: tree.Group) -> Expression | None:
    operator = "and" if node.quantifier == "all" else "or"
    return _truths(reading, operator, node.conditions, node.span)
