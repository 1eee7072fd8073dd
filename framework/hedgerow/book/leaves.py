"""Numbers, truths and names."""

from __future__ import annotations

from hedgerow.book.events import is_calendar, read_date_word, read_event_value
from hedgerow.book.expression import Constant, Expression, Series
from hedgerow.book.habits import meant_by
from hedgerow.book.names import unknown
from hedgerow.book.reading import Reading, reads
from hedgerow.book.results import read_result, refuse_result
from hedgerow.book.subjects import read_measure
from hedgerow.language import tree
from hedgerow.market.event_names import VALUES
from hedgerow.text.diagnostic import Diagnostic, nearest, replace
from hedgerow.vocabulary.dates import DATE_NAMES
from hedgerow.vocabulary.units import Kind, base_value, kind_of

COLUMNS = ("open", "high", "low", "close")


@reads(tree.Number)
def _number(reading: Reading, node: tree.Number) -> Expression | None:
    kind = kind_of(node.value, node.unit)
    value = base_value(node.value, node.unit)
    if kind is Kind.DELTA and not 0.01 <= value <= 0.99:
        _delta_out_of_range(reading, node)
        return None
    return Constant(value, kind, node.span)


def _delta_out_of_range(reading: Reading, node: tree.Number) -> None:
    if not 0 < node.value < 1:
        reading.report("T207", f"a delta is from 1 to 99, not {node.value:f}", node.span,
                       help=("the delta of one option is meant, as in `16 delta`",))  # fmt: skip
        return
    whole = f"{(node.value * 100).normalize():f} delta"
    reading.found.append(
        Diagnostic(
            "T205",
            f"`{node.span.text}` is less than a hundredth of an option's delta",
            node.span,
            notes=("a delta is a number from 1 to 99 here",),
            help=(f"write `{whole}`",),
            fixes=(replace(f"write `{whole}`", node.span, whole),),
        )
    )


@reads(tree.Truth)
def _truth(reading: Reading, node: tree.Truth) -> Expression:
    del reading
    return Constant(float(node.value), Kind.TRUTH, node.span)


@reads(tree.Name)
def _name(reading: Reading, node: tree.Name) -> Expression | None:
    if reading.judging and (result := read_result(node)) is not None:
        return result
    first = node.parts[0]
    if first[0].isupper():
        calendar = is_calendar(reading, first)
        return read_event_value(reading, node) if calendar else _series(reading, node)
    if len(node.parts) == 1 and first in reading.local:
        return reading.local[first]
    if len(node.parts) == 1 and first in reading.names.values:
        reading.names.used.add(first)
        return reading.values.get(first)
    if known := read_date_word(node):
        return known
    return None if refuse_result(reading, node) else read_measure(reading, node)


def _undeclared(name: str, declaration: str, known: list[str]) -> tuple[str, ...]:
    if name.lower() in DATE_NAMES:
        return (f"did you mean `{name.lower()}`?",)
    if name.lower() in known:
        return (f"series are written in capitals, there too: `{declaration} {name}`",)
    near, declared = nearest(name, known), f"declare it: `{declaration} {name}`"
    if near:
        return (f"did you mean `{near}`?", f"if not, {declared}")
    other = meant_by(name)
    return (other, f"if it is a series, {declared}") if other else (declared,)


def _series(reading: Reading, node: tree.Name) -> Expression | None:
    name, *column = node.parts
    if name not in reading.names.series:
        if name not in reading.names.lost:
            declaration = "events" if column and column[0] in VALUES else "needs"
            help = _undeclared(name, declaration, list(reading.names.series))
            reading.report("N102", f"`{name}` is not declared", node.span, help=help)
        return None
    reading.names.used.add(name)
    if len(column) > 1 or (column and column[0] not in COLUMNS):
        shown = ".".join(column)
        reading.found.append(unknown(shown, node.span, f"part of {name}", list(COLUMNS)))
        return None
    return Series(name, column[0] if column else "close", Kind.LEVEL, node.span)
