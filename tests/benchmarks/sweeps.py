"""A sweep as a user starts it, beside the same versions one by one.

`python -m tests.benchmarks.sweeps [repeats]`, by the clock, since processes share the work. One
version by hand and one `hedgerow run` are timed, and counted as often as there are versions; the
start of Python is in all rows but the first.
"""

import sys
import time
from collections.abc import Callable

from hedgerow.book import resolved_from_text
from hedgerow.book.versions import ranges_of, versions_of
from hedgerow.market.market_from_history import market_from_history
from hedgerow.market.sources import load
from hedgerow.text.parents import parents_of
from hedgerow.text.read import read_source

from tests.benchmarks.hosts import RULES, by_hand
from tests.benchmarks.processes import HEDGEROW, job
from tests.benchmarks.timing import Row, medians, rows_of, table


def sweep_rows(repeats: int) -> list[Row]:
    market = market_from_history(load("sample", ["SPX", "VIX"]))
    count = versions_in_file()
    sweep = (*HEDGEROW, "sweep", str(RULES))
    jobs: dict[str, tuple[int, Callable[[], object]]] = {
        f"{count} versions by hand, in one process": (count, lambda: by_hand(market)),
        f"{count} times `hedgerow run --host direct`": (
            count,
            job(*HEDGEROW, "run", str(RULES), "--host", "direct"),
        ),
        "`hedgerow sweep --workers 1`": (1, job(*sweep, "--workers", "1")),
        "`hedgerow sweep --workers 2`": (1, job(*sweep, "--workers", "2")),
    }
    once = {what: run for what, (_, run) in jobs.items()}
    taken = medians(once, repeats, time.perf_counter)
    return rows_of({what: taken[what] * times for what, (times, _) in jobs.items()})


def versions_in_file() -> int:
    parents = parents_of(RULES, RULES.name, RULES.parent)
    whole = resolved_from_text(read_source(RULES), parents).tree
    return len(versions_of(whole, ranges_of(whole)))


if __name__ == "__main__":
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    print(table("A sweep of unhedged.rules, by the clock", sweep_rows(repeats)))
