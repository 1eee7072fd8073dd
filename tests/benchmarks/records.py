"""What a kind of record costs to define and to fill: `python -m tests.benchmarks.records`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from timeit import repeat

from msgspec import Struct


def by_dataclass() -> type:
    @dataclass(frozen=True, slots=True)
    class Record:
        """Three fields, as most have."""

        name: str
        count: int
        price: float = 1.0

    return Record


def by_msgspec() -> type:
    class Record(Struct, frozen=True):
        """Three fields, as most have."""

        name: str
        count: int
        price: float = 1.0

    return Record


def microseconds(job: Callable[[], object], times: int) -> float:
    return min(repeat(job, number=times, repeat=5)) / times * 1e6


def main() -> None:
    for kind in (by_dataclass, by_msgspec):
        record = kind()
        defined, made = microseconds(kind, 100), microseconds(partial(record, "a", 1), 100_000)
        print(f"{kind.__name__:14} define {defined:7.1f} us   make {made:5.2f} us")


if __name__ == "__main__":
    main()
