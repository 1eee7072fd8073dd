"""Entries and layers: clauses become a rule."""

from __future__ import annotations

from typing import TypeVar

from hedgerow.book.book import Basis, Exit, Rule, Size
from hedgerow.book.expression import Expression, Measure
from hedgerow.book.names import RuleNode
from hedgerow.book.openings import read_opening
from hedgerow.book.reading import Reading
from hedgerow.language import tree
from hedgerow.text.diagnostic import Diagnostic, Label
from hedgerow.text.source import Span
from hedgerow.vocabulary.units import Kind

MOST_OPEN = 1_000
Clause = TypeVar("Clause", bound=tree.Node)


def read_rule(reading: Reading, path: str, node: RuleNode, after: str | None) -> Rule | None:
    """The rule, or None where a needed part was refused or is missing."""
    reading.rule, reading.local = path, {}
    _read_lets(reading, node)
    opening_node = _only(reading, node, tree.Open, "buy or sell", needed=True)
    size_node = _only(reading, node, tree.Size, "size", needed=True)
    when_node = _only(reading, node, tree.When, "when", needed=False)
    most = _only(reading, node, tree.AtMost, "at most", needed=False)
    opening = read_opening(reading, opening_node) if opening_node else None
    when = reading.condition(when_node.condition) if when_node else None
    size = _size(reading, size_node) if size_node else None
    exits = [_exit(reading, each) for each in node.clauses if isinstance(each, tree.Exit)]
    at_most = _count(reading, most.count) if most else 1
    arm, disarm = _thresholds(reading, node)
    _refuse_unsupported(reading, node)
    reading.rule, reading.local = None, {}
    known = tuple(each for each in exits if each is not None)
    if opening is None or size is None or at_most is None or len(known) < len(exits):
        return None
    stack = path.rpartition(".")[0] or None
    return Rule(
        path, stack, opening, when, size, known, at_most, arm, disarm, after, node.name_span
    )


def _read_lets(reading: Reading, node: RuleNode) -> None:
    """Lets of the rule itself, in the order written."""
    for clause in node.clauses:
        if isinstance(clause, tree.Let):
            if clause.name in reading.names.values or clause.name in reading.local:
                reading.report("N104", f"`{clause.name}` is declared a second time",
                               clause.name_span)  # fmt: skip
            reading.local[clause.name] = reading.read(clause.value)


def _only(
    reading: Reading, node: RuleNode, kind: type[Clause], word: str, *, needed: bool
) -> Clause | None:
    found = [clause for clause in node.clauses if isinstance(clause, kind)]
    for extra in found[1:]:
        reading.found.append(Diagnostic(
            "S181", f"`{node.name}` has more than one `{word}`", extra.span,
            (Label(found[0].span, "the first one"),),
            help=("delete one of them",),
        ))  # fmt: skip
    broken = any(isinstance(clause, tree.Broken) for clause in node.clauses)
    if not found and needed and not broken:
        reading.report("S180", f"`{node.name}` has no `{word}`", node.name_span,
                       help=(f"add a line `{word} ...`",))  # fmt: skip
    return found[0] if found else None


def _exit(reading: Reading, node: tree.Exit) -> Exit | None:
    condition = reading.condition(node.condition)
    if condition is None:
        return None
    written = " ".join(node.condition.span.text.split())
    return Exit(condition, node.reason or written, node.span)


def _size(reading: Reading, node: tree.Size) -> Size | None:
    basis = Basis(node.basis)
    match basis:
        case Basis.RISK | Basis.SPEND:
            amount = reading.expect(node.amount, Kind.MONEY, f"a size by {basis}")
            return None if amount is None else Size(basis, amount, None, node.span)
        case Basis.COUNT:
            amount = reading.expect(node.amount, Kind.COUNT, "a size")
            return None if amount is None else Size(basis, amount, None, node.span)
        case Basis.COVER:
            return _cover(reading, node)


def _cover(reading: Reading, node: tree.Size) -> Size | None:
    """`cover PART of MEASURE(BOOK)`: the part and the measure stay apart."""
    written = node.amount
    if not isinstance(written, tree.Of):
        reading.report("T204", "a cover is a part of a measure", node.amount.span,
                       help=("write `size cover 50% of loss(condors, spike)`",))  # fmt: skip
        return None
    part = reading.expect(written.part, Kind.RATIO, "the part to cover")
    covered = reading.read(written.whole)
    if part is None or covered is None:
        return None
    if not isinstance(covered, Measure) or covered.word != "loss":
        reading.report("T201", f"`{written.whole.span.text}` can't be covered",
                       written.whole.span, help=("cover a `loss(book, shock)`",))  # fmt: skip
        return None
    return Size(Basis.COVER, part, covered, node.span)


def _count(reading: Reading, node: tree.Number) -> int | None:
    value = node.value
    if node.unit is None and value == int(value) and 1 <= value <= MOST_OPEN:
        return int(value)
    reading.report("T207", f"`at most` takes a whole number from 1 to {MOST_OPEN}", node.span)
    return None


def _thresholds(reading: Reading, node: RuleNode) -> tuple[Expression | None, Expression | None]:
    if not isinstance(node, tree.Layer):
        return None, None
    arm = reading.condition(node.at) if node.at else None
    disarm = reading.condition(node.until) if node.until else None
    return arm, disarm


_UNSUPPORTED = {tree.Roll: "roll", tree.Rebalance: "rebalance"}


def _refuse_unsupported(reading: Reading, node: RuleNode) -> None:
    for clause in node.clauses:
        word = _UNSUPPORTED.get(type(clause))
        if isinstance(clause, tree.Open) and clause.action == "offset":
            word = "offset"
        if word is not None:
            not_yet(reading, word, clause.span)


def not_yet(reading: Reading, word: str, span: Span) -> None:
    reading.report("S190", f"`{word}` can be written but not run in this version", span)
