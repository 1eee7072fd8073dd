"""The safe fixes of a rule file carried out, until there is none left."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from hedgerow.book import check_text
from hedgerow.text.codes import OF_THE_TEXT
from hedgerow.text.diagnostic import Diagnostic, Severity
from hedgerow.text.edits import Mend, edited, safe_mends
from hedgerow.text.parents import Load
from hedgerow.text.read import source_from_bytes

MOST_ROUNDS = 20  # a fix may uncover another mistake of its line


class Mended(Struct, frozen=True):
    text: str  # as it stands in the file: with its line ends and its byte order mark
    mends: tuple[Mend, ...]  # their places are those of the text each round began with
    left: tuple[Diagnostic, ...]


def mended(name: str, data: bytes, load: Load) -> Mended:
    """A rule file after its safe fixes; all else stays byte for byte.

    A round that left more lines unreadable than it found is not taken over.
    Raises Refusal where the bytes are no text.
    """
    source = source_from_bytes(name, data)
    text, left = data.decode("utf-8"), check_text(source, load)
    done: tuple[Mend, ...] = ()
    for _ in range(MOST_ROUNDS):
        chosen = safe_mends(left, source)
        edits = [edit for each in chosen for edit in each.fix.edits]
        after = edited(text, edits)
        source = source_from_bytes(name, after.encode("utf-8"))
        found = check_text(source, load)
        if not chosen or unreadable(found) > unreadable(left):
            break
        text, left, done = after, found, (*done, *chosen)
    return Mended(text, done, left)


def unreadable(diagnostics: Iterable[Diagnostic]) -> int:
    """Errors of the text itself; each hides what else is wrong with its line."""
    errors = (found for found in diagnostics if found.severity is Severity.ERROR)
    return sum(found.code in OF_THE_TEXT for found in errors)
