"""What can be done about a mistake with one click."""

from __future__ import annotations

from msgspec import Struct

from hedgerow.editor.document import Document
from hedgerow.text.diagnostic import Applicability, Diagnostic, Edit, Fix
from hedgerow.text.edits import safe_mends


class Offer(Struct, frozen=True):
    """One fix of one mistake; a guess says so in its title."""

    title: str
    mistake: Diagnostic
    fix: Fix

    @property
    def safe(self) -> bool:
        return self.fix.applicability is Applicability.SAFE


def offers(document: Document, start: int, stop: int) -> tuple[Offer, ...]:
    """The fixes of every mistake that touches these characters, safe ones first."""
    found = [
        Offer(f"{mistake.code}: {fix.title}{fix.doubt}", mistake, fix)
        for mistake in document.diagnostics
        if mistake.span.start <= stop and start <= mistake.span.stop
        for fix in mistake.fixes
    ]
    return tuple(sorted(found, key=lambda each: not each.safe))


def safe_edits(document: Document) -> tuple[Edit, ...]:
    """Those of every safe fix of the file; of two that overlap, the first."""
    chosen = safe_mends(document.diagnostics, document.source)
    return tuple(edit for each in chosen for edit in each.fix.edits)
