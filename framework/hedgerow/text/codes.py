"""The append-only list of codes: a code is never removed and never means something else.

L reading, S syntax, N names, T units and types, X time, V variants, R logic, K tests,
I invariants, D data.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    code: str
    name: str  # kebab-case; also the title of docs/diagnostics/<code>.md
    severity: str = "error"


_ROWS = (Code("L001", "unreadable-file"),)

CODES: dict[str, Code] = {row.code: row for row in _ROWS}
