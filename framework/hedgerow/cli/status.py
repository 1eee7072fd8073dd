"""What a command tells the shell."""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    CLEAN = 0  # nothing to report
    PROBLEMS = 1  # errors in rules, unformatted files
    FAILED = 2  # the tool could not do its job: bad arguments, missing data, its own mistakes
