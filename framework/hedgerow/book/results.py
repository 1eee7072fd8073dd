"""Result words of claims: `sharpe`, `baseline.max_drawdown`."""

from __future__ import annotations

from hedgerow.book.expression import Result
from hedgerow.book.reading import Reading
from hedgerow.language import tree
from hedgerow.vocabulary import RESULTS, WORDS
from hedgerow.vocabulary.units import Kind

BASELINE = "baseline"


def read_result(node: tree.Name) -> Result | None:
    """A result of this strategy's run or of the baseline's; None for any other name."""
    before, word = node.parts[:-1], RESULTS.get(node.parts[-1])
    if word is None or before not in ((), (BASELINE,)):
        return None
    assert isinstance(word.result, Kind), "a result has one kind"
    return Result(word.name, bool(before), word.result, node.span)


def refuse_result(reading: Reading, node: tree.Name) -> bool:
    """Whether a name a rule uses is a result, which has been reported."""
    last = node.parts[-1]
    if last not in RESULTS or last in WORDS or len(node.parts) > 2:
        return False
    reading.report(
        "I702", f"`{node.span.text}` is known when a run is over, and a rule sees no further than "
        "its session", node.span,
        help=("say it in a `claim`, or use what is known by then: `drawdown`, `profit`",),
    )  # fmt: skip
    return True
