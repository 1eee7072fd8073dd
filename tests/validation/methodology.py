"""Compares the presets that answer the methodology's open questions, and writes what the sample
shows below the table of docs/methodology.md.

PYTHONPATH=framework python -m tests.validation.methodology

Needs nothing but the package; `hedgerow compare` prints the same figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hedgerow.account.assumptions import Assumptions
from hedgerow.account.fee_files import schedule
from hedgerow.account.run import Run
from hedgerow.book import book_from_text
from hedgerow.host.direct import run_direct
from hedgerow.plan.from_book import plan_from_book
from hedgerow.study.compare import Comparison, Difference, compare
from hedgerow.text.parents import parents_of
from hedgerow.text.read import read_source
from msgspec import Struct
from msgspec.structs import replace

from tests.running import sample_market

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "methodology.md"
HEADING = "## Answers of the sample\n"


class Question(Struct, frozen=True):
    asks: str
    presets: tuple[str, ...]  # the one the others are held against first


QUESTIONS = (
    Question("Short strikes at 1.5 or at 2 standard deviations? (M1)", ("alvh/core", "alvh/wide")),
    Question(
        "Taken at half the credit, held to the end, or rolled at half? (M2, M7)",
        ("alvh/unhedged", "alvh/held", "alvh/rolled"),
    ),
    Question(
        "Left alone, tended every day, or hedged by delta? (M3, M4, M29)",
        ("alvh/unhedged", "baselines/managed", "baselines/delta_hedged"),
    ),
    Question("Two layers in time, or one with the same risk? (M5)",
             ("alvh/unhedged", "alvh/one_layer")),
    Question(
        "Does tighter mean nearer or further, while the VIX climbs? (M8)",
        ("alvh/unhedged", "alvh/nearer", "alvh/further"),
    ),
    Question("With the hedge, or without? (M10)", ("alvh/unhedged", "alvh/core")),
    Question("More cover, sooner? (M12)", ("alvh/core", "alvh/tight")),
    Question("Covering a loss, or vega? (M12)", ("alvh/core", "alvh/vega_cover")),
    Question(
        "More cover where the variance premium is thin, or where it is fat? (M15)",
        ("alvh/core", "alvh/thin_premium", "alvh/fat_premium"),
    ),
    Question("Armed by the VIX of today, or by the term structure? (M16)",
             ("alvh/core", "alvh/forward")),
    Question("A second condor by age alone, or when the RSIs part? (M18)",
             ("alvh/core", "alvh/parted")),
    Question("Shifted in time when tested, or left? (M19)",
             ("alvh/three_layer", "alvh/unshifted")),
    Question("New risk before decisions of the Federal Reserve, or none? (M20)",
             ("alvh/core", "alvh/quiet_fomc")),
    Question("Any time, or only where the volatility cone leaves room? (M21)",
             ("alvh/unhedged", "alvh/roomy")),
    Question("Any time, or only into a high and narrow market? (M23)",
             ("alvh/core", "alvh/big_top")),
    Question("With the second engine, or without? (M14)",
             ("alvh/three_layer", "alvh/two_engines")),
    Question("The later layers of other instruments, or more calls? (M10)",
             ("alvh/core", "alvh/three_layer")),
)  # fmt: skip


def run_of(preset: str) -> Run:
    path = ROOT / "rules" / f"{preset}.rules"
    book = book_from_text(read_source(path), parents_of(path, path.name, ROOT / "rules"))
    taken = Assumptions()
    made = run_direct(plan_from_book(book), sample_market(), taken, schedule(taken.costs))
    return replace(made, name=preset.rpartition("/")[2])


def answer(question: Question, runs: Sequence[Run]) -> str:
    """The question with its command and its table."""
    found = compare(runs)
    lines = [
        f"### {question.asks}",
        "",
        f"`hedgerow compare {' '.join(question.presets)}`",
        "",
        "| | return a year | deepest fall | Sharpe ratio | against the first, a year | verdict |",
        "| --- | --- | --- | --- | --- | --- |",
        *(_row(found, place) for place in range(len(runs))),
    ]
    return "\n".join(lines) + "\n"


def _row(found: Comparison, place: int) -> str:
    made = found.summaries[place]
    fall = f"{made.drawdown.ratio:.1%}" if made.drawdown else "none"
    sharpe = "none" if made.sharpe is None else f"{made.sharpe:.2f}"
    told = f"| {made.name} | {made.annual_return:.2%} | {fall} | {sharpe} |"
    return f"{told} {_against(found.pairs[place - 1].annual_return) if place else ' | '}|"


def _against(difference: Difference) -> str:
    assert difference.interval is not None
    low, high = difference.interval.low, difference.interval.high
    return (
        f"{100 * difference.value:+.2f} pp ({100 * low:+.2f} to {100 * high:+.2f}) "
        f"| {difference.verdict} "
    )


def results() -> str:
    presets = dict.fromkeys(each for question in QUESTIONS for each in question.presets)
    runs = {preset: run_of(preset) for preset in presets}
    told = (answer(each, [runs[preset] for preset in each.presets]) for each in QUESTIONS)
    return "\n".join([HEADING, *told])


if __name__ == "__main__":
    head = PAGE.read_text("utf-8").partition(HEADING)[0]
    PAGE.write_text(head + results(), "utf-8")
    print(f"wrote {PAGE.name}")
