"""Claims: what a strategy promises of its results, against a baseline's."""

from __future__ import annotations

from hedgerow.book.book import Claim, Promise
from hedgerow.book.expression import Apply, Constant, Expression, Result, bottom_up
from hedgerow.book.reading import Reading
from hedgerow.language import tree
from hedgerow.text.diagnostic import Label
from hedgerow.vocabulary.units import COMPARISONS

_LOGIC = ("and", "or", "not")
_JUDGED = {*COMPARISONS, *_LOGIC, "between", "+", "-", "*", "/", "of", "negative"}


def read_claim(reading: Reading, node: tree.Claim) -> Claim | None:
    """The claim, or None where a part of it was refused."""
    reading.judging = True
    try:
        promises = [
            _promise(reading, each) for each in node.conditions if not isinstance(each, tree.Broken)
        ]
    finally:
        reading.judging = False
    baseline = node.baseline.dotted
    if baseline == reading.names.strategy:
        reading.report(
            "I704", f"`{baseline}` is this strategy itself", node.baseline.span,
            help=("name another strategy: a file beside this one, such as one without the hedge",),
        )  # fmt: skip
        return None
    known = tuple(each for each in promises if each is not None)
    return Claim(node.text, baseline, known, node.span) if len(known) == len(promises) else None


def _promise(reading: Reading, node: tree.Expression) -> Promise | None:
    condition = reading.condition(node)
    if condition is None:
        return None
    strange = next((each for each in bottom_up(condition) if not _is_judged(each)), None)
    results = any(isinstance(each, Result) for each in bottom_up(condition))
    if strange is None and results:
        return Promise(condition, node.span.flat, node.span)
    labels = (Label(strange.span, "this is no result"),) if strange is not None else ()
    reading.report(
        "I703", "a claim compares results of whole runs, and nothing else", node.span,
        labels=labels, help=("write it with results: `max_drawdown <= 67% of "
                             "baseline.max_drawdown`",),
    )  # fmt: skip
    return None


def _is_judged(node: Expression) -> bool:
    if isinstance(node, Apply):
        return node.operator in _JUDGED
    return isinstance(node, Constant | Result)
