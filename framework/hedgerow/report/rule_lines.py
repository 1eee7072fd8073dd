"""Two rule texts line beside line."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from enum import StrEnum
from itertools import zip_longest

from msgspec import Struct


class Change(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"


class Line(Struct, frozen=True):
    number: int  # from 1
    text: str


class LinePair(Struct, frozen=True):
    """A line before and after; None where there is none on that side."""

    change: Change
    before: Line | None
    after: Line | None


def line_pairs(before: str, after: str) -> tuple[LinePair, ...]:
    """Every line of both texts once, in order."""
    return tuple(_pairs(before.splitlines(), after.splitlines()))


def _pairs(before: list[str], after: list[str]) -> Iterator[LinePair]:
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, left, left_end, right, right_end in matcher.get_opcodes():
        olds = [Line(at + 1, before[at]) for at in range(left, left_end)]
        news = [Line(at + 1, after[at]) for at in range(right, right_end)]
        for old, new in zip_longest(olds, news):
            yield LinePair(_change(tag, old, new), old, new)


def _change(tag: str, old: Line | None, new: Line | None) -> Change:
    if tag == "equal":
        return Change.SAME
    if old is None:
        return Change.ADDED
    return Change.REMOVED if new is None else Change.CHANGED
