"""Fixes carried out: which of them go together, and a text after them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from hedgerow.text.diagnostic import Applicability, Diagnostic, Edit, Fix
from hedgerow.text.source import Source

_CHARACTER = re.compile(r"\r\n|[\s\S]")
_BYTE_ORDER_MARK = "\ufeff"


class Mend(Struct, frozen=True):
    """A safe fix, and the mistake it is for."""

    mistake: Diagnostic
    fix: Fix


def safe_mends(diagnostics: Iterable[Diagnostic], source: Source) -> tuple[Mend, ...]:
    """One safe fix of each mistake of this text; of two that overlap, the first."""
    chosen: list[Mend] = []
    edits: list[Edit] = []
    for mistake in diagnostics:
        for fix in mistake.fixes:
            own = all(edit.span.source.name == source.name for edit in fix.edits)
            if fix.applicability is Applicability.SAFE and own and not _overlap(edits, fix.edits):
                chosen.append(Mend(mistake, fix))
                edits += fix.edits
                break
    return tuple(chosen)


def edited(written: str, edits: Sequence[Edit]) -> str:
    """A text as it stands in its file, after edits that do not overlap.

    The edits count characters as `source_from_bytes` gives them: every line end is one, a byte
    order mark none. What they don't touch stays as it is, and new lines end like the others.
    """
    first = len(_BYTE_ORDER_MARK) if written.startswith(_BYTE_ORDER_MARK) else 0
    starts = [found.start() for found in _CHARACTER.finditer(written, first)] + [len(written)]
    line_end = next((end for end in ("\r\n", "\n", "\r") if end in written), "\n")
    parts, at = [], 0
    for edit in sorted(edits, key=lambda each: (each.span.start, each.span.stop)):
        parts += [written[at : starts[edit.span.start]], edit.text.replace("\n", line_end)]
        at = starts[edit.span.stop]
    return "".join([*parts, written[at:]])


def _overlap(edits: Iterable[Edit], others: Iterable[Edit]) -> bool:
    return any(
        one.span.start <= other.span.stop and other.span.start <= one.span.stop
        for one in edits
        for other in others
    )
