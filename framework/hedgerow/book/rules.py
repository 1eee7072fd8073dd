"""Entries and layers: clauses become a rule."""

from __future__ import annotations

from typing import TypeVar

from msgspec.structs import replace as with_other

from hedgerow.book.book import Basis, Exit, Opening, Rebalance, Roll, Rule, Size
from hedgerow.book.expression import Constant, Measure
from hedgerow.book.names import RuleNode
from hedgerow.book.openings import read_opening, read_openings
from hedgerow.book.reading import Reading
from hedgerow.book.structures import opening_action
from hedgerow.language import tree
from hedgerow.language.forms import LINES
from hedgerow.text.diagnostic import Diagnostic, Label
from hedgerow.vocabulary.units import Kind

MOST_OPEN = 1_000
COVERABLE = ("loss", "vega", "delta", "gamma")
Clause = TypeVar("Clause", bound=tree.Node)


def read_rule(reading: Reading, path: str, node: RuleNode, after: str | None) -> Rule | None:
    """The rule, or None where a needed part was refused or is missing."""
    reading.rule, reading.local = path, {}
    try:
        _read_lets(reading, node)
        return _rule(reading, path, node, after)
    finally:
        reading.rule, reading.local = None, {}


def _rule(reading: Reading, path: str, node: RuleNode, after: str | None) -> Rule | None:
    opening, size = _opening(reading, node), _size(reading, node)
    written = _conditions(reading, node)
    when, arm, disarm = (reading.condition(each) if each else None for each in written)
    exits = [_exit(reading, each) for each in node.clauses if isinstance(each, tree.Exit)]
    rolls = [_roll(reading, each, node) for each in node.clauses if isinstance(each, tree.Roll)]
    most = _only(reading, node, tree.AtMost, "at most")
    at_most = _count(reading, most.count) if most else 1
    rebalances = [_rebalance(reading, each) for each in _rebalancing(node)]
    refused = [when, arm, disarm].count(None) > written.count(None)
    if opening is None or size is None or at_most is None or refused:
        return None
    if None in (*exits, *rolls, *rebalances):
        return None
    _check_offset(reading, node, opening, size)
    _check_rebalance(reading, node, size, at_most)
    return Rule(
        path=path,
        stack=path.rpartition(".")[0] or None,
        opening=opening,
        when=when,
        size=size,
        exits=tuple(each for each in exits if each is not None),
        rolls=tuple(each for each in rolls if each is not None),
        rebalances=tuple(each for each in rebalances if each is not None),
        at_most=at_most,
        arm=arm,
        disarm=disarm,
        after=after,
        span=node.name_span,
    )


def _conditions(reading: Reading, node: RuleNode) -> list[tree.Expression | None]:
    """Of `when`, `at` and `until`; None where it is not written."""
    when = _only(reading, node, tree.When, "when")
    thresholds = [node.at, node.until] if isinstance(node, tree.Layer) else [None, None]
    return [when.condition if when else None, *thresholds]


def _opening(reading: Reading, node: RuleNode) -> Opening | None:
    lines = [each for each in node.clauses if isinstance(each, tree.Open)]
    if not lines:
        _missing(reading, node, "buy` or `sell")
        return None
    return read_openings(reading, lines)


def _read_lets(reading: Reading, node: RuleNode) -> None:
    """Lets of the rule itself, in the order written."""
    for clause in node.clauses:
        if isinstance(clause, tree.Let):
            if clause.name in reading.names.values or clause.name in reading.local:
                reading.report("N104", f"`{clause.name}` is declared a second time",
                               clause.name_span)  # fmt: skip
            reading.local[clause.name] = reading.read(clause.value)


_ONE_CONDITION = "join them by `and`, or write them below each other in `when all { }`"


def _only(reading: Reading, node: RuleNode, kind: type[Clause], word: str) -> Clause | None:
    """The one clause of its kind; more than one is reported."""
    found = [clause for clause in node.clauses if isinstance(clause, kind)]
    for extra in found[1:]:
        reading.found.append(Diagnostic(
            "S181", f"`{node.name}` has more than one `{word}`", extra.span,
            (Label(found[0].span, "the first one"),),
            help=(_ONE_CONDITION if kind is tree.When else "delete one of them",),
        ))  # fmt: skip
    return found[0] if found else None


def _missing(reading: Reading, node: RuleNode, word: str) -> None:
    if not any(isinstance(clause, tree.Broken) for clause in node.clauses):
        help = (f"add a line such as `{LINES.get(word, LINES['sell'])}`",)
        reading.report("S180", f"`{node.name}` has no `{word}`", node.name_span, help=help)


def _exit(reading: Reading, node: tree.Exit) -> Exit | None:
    condition = reading.condition(node.condition)
    if condition is None:
        return None
    return Exit(condition, node.reason or node.condition.span.flat, node.span)


def _roll(reading: Reading, node: tree.Roll, rule: RuleNode) -> Roll | None:
    condition = reading.condition(node.condition)
    action = opening_action(rule.clauses)
    into = read_opening(reading, node.into, action, node.into.span) if node.into else None
    times = _count(reading, node.times) if node.times else None
    if condition is None or (node.into and into is None) or (node.times and times is None):
        return None
    return Roll(condition, into, times, node.reason or node.condition.span.flat, node.span)


def _size(reading: Reading, node: RuleNode) -> Size | None:
    size = _only(reading, node, tree.Size, "size")
    if size is None:
        _missing(reading, node, "size")
        return None
    basis = Basis(size.basis)
    if basis is Basis.COVER:
        return _cover(reading, size)
    kind = Kind.COUNT if basis is Basis.COUNT else Kind.MONEY
    what = "a size" if basis is Basis.COUNT else f"a size by {basis}"
    amount = reading.expect(size.amount, kind, what)
    if amount is None and basis is Basis.COUNT:
        _say_basis(reading, size)
    return None if amount is None else Size(basis, amount, None, size.span)


def _say_basis(reading: Reading, size: tree.Size) -> None:
    """An amount without a word before it: what it measures has to be said."""
    last = reading.found[-1] if reading.found else None
    if last is not None and last.code == "T201" and last.span == size.amount.span:
        written = size.amount.span.text
        hint = f"say what is measured: `size risk {written}` or `size spend {written}`"
        reading.found[-1] = with_other(last, help=(hint,))


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
    if not isinstance(covered, Measure) or covered.word not in COVERABLE:
        reading.report(
            "T201", f"`{written.whole.span.text}` can't be covered", written.whole.span,
            help=("cover a `loss(book, shock)`, or the vega, delta or gamma of a book",),
        )  # fmt: skip
        return None
    return Size(Basis.COVER, part, covered, node.span)


def _count(reading: Reading, node: tree.Number) -> int | None:
    """A whole number after `at most`."""
    value = node.value
    if node.unit is None and value == int(value) and 1 <= value <= MOST_OPEN:
        return int(value)
    reading.report("T207", f"`at most` takes a whole number from 1 to {MOST_OPEN}", node.span)
    return None


def _rebalancing(node: RuleNode) -> list[tree.Rebalance]:
    return [each for each in node.clauses if isinstance(each, tree.Rebalance)]


def _rebalance(reading: Reading, node: tree.Rebalance) -> Rebalance | None:
    condition = reading.condition(node.condition)
    if condition is None:
        return None
    return Rebalance(condition, node.condition.span.flat, node.span)


def _check_offset(reading: Reading, node: RuleNode, opening: Opening, size: Size) -> None:
    if opening.offsets and size.basis is not Basis.COVER:
        reading.report(
            "S182", f"`{node.name}` offsets, and its size does not say what", size.span,
            labels=(Label(opening.span, "bought or sold as a cover needs"),),
            help=("write `size cover 100% of delta(NAME)`, or `buy` or `sell`",),
        )  # fmt: skip


def _check_rebalance(reading: Reading, node: RuleNode, size: Size, at_most: int) -> None:
    """A rebalance needs a size that can differ tomorrow, and one position to bring to it."""
    for each in _rebalancing(node)[:1]:
        if size.basis is Basis.COUNT and isinstance(size.amount, Constant):
            reading.report(
                "S183", f"`{node.name}` always wants the same number of contracts", each.span,
                labels=(Label(size.span, "the size never changes"),),
                help=("size it by `cover`, `risk` or `spend`, or leave `rebalance` out",),
            )  # fmt: skip
        if at_most > 1:
            reading.report(
                "S183", f"`{node.name}` may hold {at_most} positions, each of its whole size",
                each.span, help=("leave out `at most`: what is rebalanced is one position",),
            )  # fmt: skip
