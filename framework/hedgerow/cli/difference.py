"""What would change, or has changed, in a file."""

from __future__ import annotations

import difflib
from collections.abc import Iterator


def difference(name: str, before: str, after: str, how: str) -> str:
    """A unified diff; a last line without a line end is said, as `diff` says it."""
    return "".join(_lines(name, before, after, how))


def _lines(name: str, before: str, after: str, how: str) -> Iterator[str]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for line in difflib.unified_diff(old, new, name, f"{name} ({how})"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
