"""What can be done about a mistake with one click."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hedgerow.editor.document import Document
from hedgerow.text.diagnostic import Applicability, Diagnostic, Edit, Fix


@dataclass(frozen=True, slots=True)
class Offer:
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
        Offer(_title(mistake, fix), mistake, fix)
        for mistake in document.diagnostics
        if mistake.span.start <= stop and start <= mistake.span.stop
        for fix in mistake.fixes
    ]
    return tuple(sorted(found, key=lambda each: not each.safe))


def safe_edits(document: Document) -> tuple[Edit, ...]:
    """Those of every safe fix of the file; of two that overlap, the first."""
    edits: list[Edit] = []
    for mistake in document.diagnostics:
        for fix in mistake.fixes:
            if fix.applicability is Applicability.SAFE and not _overlap(edits, fix.edits):
                edits += fix.edits
                break
    return tuple(edits)


def _title(mistake: Diagnostic, fix: Fix) -> str:
    sure = "" if fix.applicability is Applicability.SAFE else " (a guess: look at it)"
    return f"{mistake.code}: {fix.title}{sure}"


def _overlap(edits: Iterable[Edit], others: Iterable[Edit]) -> bool:
    return any(
        one.span.start <= other.span.stop and other.span.start <= one.span.stop
        for one in edits
        for other in others
    )
