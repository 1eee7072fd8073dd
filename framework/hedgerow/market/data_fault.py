"""Data that cannot be used, said once and clearly."""

from __future__ import annotations


class DataFault(Exception):
    """What is wrong with the data asked for, where, and the way out; shown to a person as it is."""

    def __init__(self, where: str, problem: str, remedy: str) -> None:
        super().__init__(f"{where}: {problem}; {remedy}")
        self.where = where  # a file with its row, a folder, or `sample`
        self.problem = problem
        self.remedy = remedy


def counted(count: int, noun: str) -> str:
    """`1 row`, `3,000 rows`."""
    return f"{count} {noun}" if count == 1 else f"{count:,} {noun}s"
