"""A file cut where its top-level statements begin, so that a keystroke costs one of them.

A cut never changes what the parser finds: it stands only before a line that begins a statement of
the file in its first column, and only where all brackets are closed. Where they don't balance, a
word that stands nowhere but at the start of such a line shows that everything before it is over.
"""

from __future__ import annotations

import re

from hedgerow.language.vocabulary import FILE_ONLY, LINE_STARTS

_PIECES = re.compile(
    r"""(?P<skip>\#[^\n]*|"[^"\n]*"?|'[^'\n]*')
    |(?P<open>[({])
    |(?P<close>[)}])
    |\n(?P<word>(?:[A-Za-z]\w*)?)""",
    re.VERBOSE,
)


def cuts(text: str) -> tuple[int, ...]:
    """Where pieces begin, the first at 0; the comments above a statement belong to it."""
    places = _by_brackets(text)
    if places is None:
        places = [at for at, word in _line_starts(text) if word in FILE_ONLY]
    return (0, *dict.fromkeys(_above(text, at) for at in places[1:]))


def _by_brackets(text: str) -> list[int] | None:
    """Lines that begin a statement; None where braces don't balance."""
    places = [0] if text[:1].isalpha() else []
    depth = parentheses = 0
    for found in _PIECES.finditer(text):
        match found.lastgroup:
            case "open":
                if found[0] == "{":
                    depth, parentheses = depth + 1, 0
                else:
                    parentheses += 1
            case "close":
                if found[0] == "}":
                    depth, parentheses = depth - 1, 0
                else:
                    parentheses = max(0, parentheses - 1)
            case "word":
                if found["word"] in LINE_STARTS:
                    parentheses = 0
                if found["word"] and depth == parentheses == 0:
                    places.append(found.start("word"))
        if depth < 0:
            return None
    return places if depth == 0 else None


def _line_starts(text: str) -> list[tuple[int, str]]:
    first = re.match(r"[A-Za-z]\w*", text)
    found = [(0, first[0])] if first else []
    lines = (each for each in _PIECES.finditer(text) if each.lastgroup == "word")
    return found + [(each.start("word"), each["word"]) for each in lines]


def _above(text: str, at: int) -> int:
    """Where the blank lines and comments right above a line begin."""
    while at:
        line = text.rfind("\n", 0, at - 1) + 1
        written = text[line : at - 1].strip()
        if written and not written.startswith("#"):
            return at
        at = line
    return at
