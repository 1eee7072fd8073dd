"""The words that start a line, by the block the line stands in; grammar.lark says the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct

_GRAMMAR = Path(__file__).with_name("grammar.lark")

ENTRY_WORDS = (
    "buy", "sell", "offset", "when", "size", "exit", "roll", "at most", "rebalance", "let",
)  # fmt: skip
FILE_WORDS = (
    "strategy", "variant", "needs", "wants", "events", "param", "let", "sd", "structure", "shock",
    "entry", "layers", "limit", "always", "never", "whenever", "at most", "after", "claim", "test",
    "set", "drop", "add",
)  # fmt: skip

# Words that start a line and never stand inside parentheses: a line that starts with one shows
# that a parenthesis before it was left open.
LINE_STARTS = frozenset(
    {*ENTRY_WORDS, *FILE_WORDS, "layer", "expect"} - {"sd", "at most", "after", "entry"}
)
# Words that start a line of the file only: they show that a brace before them was left open.
FILE_ONLY = frozenset({*FILE_WORDS} - {*ENTRY_WORDS, "sd", "after"})


class Kind(Struct, frozen=True):
    """A kind of block: the rule for a line of it, and the words such a line starts with."""

    name: str
    start: str  # a start symbol of the grammar
    words: tuple[str, ...] = ()  # () where a line starts with a name or a condition


FILE = Kind("file", "file", FILE_WORDS)
RULES = Kind("rules", "clause", ENTRY_WORDS)
LAYERS = Kind("layers", "layer", ("layer",))
CONDITIONS = Kind("conditions", "condition")
MOVES = Kind("moves", "move")
LEGS = Kind("legs", "leg")
SCENES = Kind("scenes", "series", ("expect",))

BLOCKS = {
    "entry": RULES,
    "layer": RULES,
    "layers": LAYERS,
    "shock": MOVES,
    "structure": LEGS,
    "claim": CONDITIONS,
    "test": SCENES,
    "all": CONDITIONS,
    "any": CONDITIONS,
}


def opens_block(words: list[str]) -> bool:
    """Whether the words of a line call for a brace at its end."""
    return block_word(words) in BLOCKS


def block_word(words: Sequence[str]) -> str:
    """Of the words before a brace the one that says what its lines are, if `BLOCKS` has it."""
    if words and words[-1] in ("all", "any"):
        return words[-1]
    return next(iter(words[1:] if words[:1] == ["add"] else words), "")


@cache
def reserved() -> Mapping[str, str]:
    """The words that can't be names, each with its terminal, as the grammar lists them."""
    found = re.findall(r"^([A-Z]+)\.1: /(?:\(\?:)?([a-z|]+)", _GRAMMAR.read_text("utf-8"), re.M)
    return {word: terminal for terminal, words in found for word in words.split("|")}


def keywords() -> frozenset[str]:
    return frozenset(reserved())
