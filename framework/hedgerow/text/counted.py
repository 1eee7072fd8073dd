"""How many of something there are, in words."""


def counted(count: int, noun: str) -> str:
    """`1 row`, `3,000 rows`."""
    return f"{count} {noun}" if count == 1 else f"{count:,} {noun}s"
