"""Data that cannot be used, said once and clearly."""

from __future__ import annotations

from hedgerow.text.fault import Fault


class DataFault(Fault):
    """What is wrong with the data asked for; `where` is a file with its row, a folder, `sample`."""


def counted(count: int, noun: str) -> str:
    """`1 row`, `3,000 rows`."""
    return f"{count} {noun}" if count == 1 else f"{count:,} {noun}s"
