"""Falls that happened, as shocks written in the language: what rules may name without saying it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from msgspec import Struct

SHOCKS = "shocks.rules"

_EPISODE = re.compile(r"((?:^# [^\n]*\n)+)^shock (\w+) \{.*?^\}", re.M | re.S)
_STORY = re.compile(r"(\S+) to (\S+): (.+)")


class Episode(Struct, frozen=True):
    """A shock of the library and the fall it was taken from."""

    name: str
    first: date  # of the two closes it moves between
    last: date
    story: str  # a sentence
    remarks: tuple[str, ...]  # the closes, then what else there is to know, a line each
    text: str  # the shock with all that stands above it


@cache
def library() -> str:
    """The text of the shocks that come with the language."""
    return Path(__file__).with_name(SHOCKS).read_text(encoding="utf-8")


@cache
def episodes() -> Mapping[str, Episode]:
    """Every shock of the library by name, the oldest first."""
    return {found[2]: _episode(found) for found in _EPISODE.finditer(library())}


def _episode(found: re.Match[str]) -> Episode:
    first, *remarks = (line.removeprefix("# ") for line in found[1].splitlines())
    story = _STORY.fullmatch(first)
    assert story, f"{found[2]}: the first line says from when to when, and what happened"
    start, end = date.fromisoformat(story[1]), date.fromisoformat(story[2])
    return Episode(found[2], start, end, story[3], tuple(remarks), found[0])
