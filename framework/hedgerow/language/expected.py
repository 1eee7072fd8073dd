"""What may stand next in a line that is still being written."""

from __future__ import annotations

import re
from functools import cache

from lark import UnexpectedToken

from hedgerow.language.grammar import parse_text, parser

_NOTHING_WE_KNOW = " \x01"  # no terminal but the grammar's last resort takes this character
_WORD = re.compile(r"([a-z]+)(\?)?\\b")
_CHOICE = re.compile(r"\(\?:([a-z|]+)\)\\b$")

NAME = "NAME"  # the terminal of names


def expected_after(text: str, start: str) -> frozenset[str] | None:
    """The terminals that may follow the beginning of a `statement`, `clause`, `condition`, ...

    None where the text is no such beginning.
    """
    try:
        parse_text(text + _NOTHING_WE_KNOW, start)
    except UnexpectedToken as unexpected:
        if unexpected.token.type == "BAD" and unexpected.token.start_pos == len(text) + 1:
            return frozenset(unexpected.accepts or ())
    return None


@cache
def words_of(terminal: str) -> tuple[str, ...]:
    """The words a terminal stands for: `monthly`, `weekly` of CYCLE; none for names and signs."""
    pattern = next((each.pattern.value for each in parser().terminals if each.name == terminal), "")
    choice = _CHOICE.match(pattern)
    if choice is not None:
        return tuple(choice[1].split("|"))
    word = _WORD.match(pattern)
    return (word[1],) if word else ()
