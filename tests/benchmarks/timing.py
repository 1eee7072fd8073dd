"""Interleaved repeats, medians, and ratios to the first row: machines differ, ratios less so.

Times are processor time, of this process and of those it starts and waits for, so that other work
on the machine counts little.
"""

import resource
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median


def processor_seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    seconds: float  # median
    times_first: float  # how many times as quick as the first row
    note: str = ""

    def shared_by(self, count: int) -> "Row":
        """The row of one of the `count` equal parts of a job."""
        return Row(self.what, self.seconds / count, self.times_first * count, self.note)


def interleaved(jobs: Mapping[str, Callable[[], object]], repeats: int) -> list[Row]:
    return rows_of(medians(jobs, repeats, processor_seconds))


def medians(
    jobs: Mapping[str, Callable[[], object]], repeats: int, clock: Callable[[], float]
) -> dict[str, float]:
    """Seconds; each job once a round, so that a busy minute of the machine meets them all."""
    taken: dict[str, list[float]] = {what: [] for what in jobs}
    for _ in range(repeats):
        for what, job in jobs.items():
            start = clock()
            job()
            taken[what].append(clock() - start)
    return {what: median(times) for what, times in taken.items()}


def rows_of(seconds: Mapping[str, float]) -> list[Row]:
    first = next(iter(seconds.values()))
    return [Row(what, each, first / each) for what, each in seconds.items()]


def table(title: str, rows: Sequence[Row]) -> str:
    lines = [title, f"{'':58} {'ms':>9} {'x first':>8} {'a second':>9}"]
    lines += [
        f"{row.what:58} {row.seconds * 1000:9.1f} {row.times_first:8.2f} {1 / row.seconds:9.2f}"
        f"  {row.note}".rstrip()
        for row in rows
    ]
    return "\n".join([*lines, ""])
