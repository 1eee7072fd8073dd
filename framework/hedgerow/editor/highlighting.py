"""The words of the language by how they are coloured, from the grammar's own list of them."""

from __future__ import annotations

from msgspec import Struct

from hedgerow.language.units import SINGULAR, UNITS
from hedgerow.language.vocabulary import ENTRY_WORDS, FILE_WORDS, keywords

_LOGIC = frozenset(
    {"and", "or", "not", "all", "any", "if", "then", "else", "otherwise", "is", "no", "of"}
)
_TRUTHS = frozenset({"true", "false"})
# Two words that belong together; the second is no keyword anywhere else.
PAIRS = (
    ("at", ("most",)),
    ("size", ("risk", "spend", "cover")),
    ("crosses", ("above", "below")),
    ("is", ("armed", "disarmed")),
)


class Words(Struct, frozen=True):
    """Every word the grammar keeps for itself, each in one group, sorted."""

    statements: tuple[str, ...]  # begin a line
    logic: tuple[str, ...]
    truths: tuple[str, ...]
    others: tuple[str, ...]
    units: tuple[str, ...]  # behind a number; `%` is left out, being no word


def words() -> Words:
    kept = keywords()
    starts = {*(each.split()[0] for each in (*ENTRY_WORDS, *FILE_WORDS)), "layer", "expect"} & kept
    return Words(
        tuple(sorted(starts)),
        tuple(sorted(_LOGIC & kept)),
        tuple(sorted(_TRUTHS & kept)),
        tuple(sorted(kept - starts - _LOGIC - _TRUTHS)),
        tuple(sorted({*UNITS, *SINGULAR.values()} - {"%"})),
    )
