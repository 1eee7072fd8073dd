"""Small matters of English: articles, quotes, numbers with their units."""

from __future__ import annotations

from hedgerow.language import tree
from hedgerow.language.units import SINGULAR
from hedgerow.text.in_words import plain

_WRITTEN_OUT = {"sd": "standard deviations", "pp": "percentage points", "x": "times"}
_ONE = {**SINGULAR, "standard deviations": "standard deviation",
        "percentage points": "percentage point", "times": "time"}  # fmt: skip
_SOUNDED_AS_VOWELS = "AEFHILMNORSX"  # letters whose names begin with a vowel
_LONGEST_SPELT = 5  # letters; longer upper-case names are read as words


def with_article(words: str) -> str:
    """`an SPX iron condor`, `a VIX call`: by sound, upper-case names read letter by letter."""
    first = words.split(" ", 1)[0]
    spelt = first.isupper() and len(first) <= _LONGEST_SPELT
    vowels = _SOUNDED_AS_VOWELS if spelt else "AEIOUaeiou"
    return f"{'an' if words[:1] in tuple(vowels) else 'a'} {words}"


def spaced(name: str) -> str:
    """`iron_condor` as two words."""
    return name.replace("_", " ")


def quoted(text: str | None) -> str:
    """The writer's own words, behind a sentence; nothing where there are none."""
    return f' ("{text}")' if text is not None else ""


def number(node: tree.Number) -> str:
    """`45 days`, `1.5 standard deviations`, `$2,500`, `40%`; no digits that say nothing."""
    digits = plain(node.value)
    unit = _WRITTEN_OUT.get(node.unit or "", node.unit)
    if unit is None:
        return digits
    if unit == "$":
        return f"${digits}{'0' if digits[-2:-1] == '.' else ''}"
    if unit == "%":
        return f"{digits}%"
    return f"{digits} {_ONE.get(unit, unit) if node.value == 1 else unit}"
