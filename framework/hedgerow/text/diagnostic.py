"""A mistake as a value: what is wrong, where, and what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct

from hedgerow.text.codes import CODES
from hedgerow.text.source import Span


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Applicability(StrEnum):
    SAFE = "safe"  # the meaning the writer had stays
    UNSAFE = "unsafe"  # a guess, to be looked at


class Label(Struct, frozen=True):
    """A second place that explains the mistake."""

    span: Span
    text: str


class Edit(Struct, frozen=True):
    span: Span
    text: str  # what stands there afterwards


class Fix(Struct, frozen=True):
    title: str
    applicability: Applicability
    edits: tuple[Edit, ...]

    @property
    def doubt(self) -> str:
        """What is said behind it to a person; nothing of a safe one."""
        return "" if self.applicability is Applicability.SAFE else " (a guess: look at it)"


class Diagnostic(Struct, frozen=True):
    code: str
    message: str  # the mistake in the writer's own words; stands alone, names no remedy
    span: Span
    labels: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()

    @property
    def name(self) -> str:
        return CODES[self.code].name

    @property
    def severity(self) -> Severity:
        return Severity(CODES[self.code].severity)


class Refusal(Exception):
    """A text was not accepted; `diagnostics` says why, all of it. Raised at the door only."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = in_order(diagnostics)
        super().__init__(
            "; ".join(f"{found.span.place}: {found.message}" for found in self.diagnostics)
        )


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By file, place and code, each once."""
    return tuple(
        sorted(
            dict.fromkeys(diagnostics),
            key=lambda found: (found.span.source.name, found.span.start, found.code),
        )
    )


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(found.severity is Severity.ERROR for found in diagnostics)


def nearest(word: str, candidates: Sequence[str]) -> str | None:
    """The candidate a person most likely meant, or None where nothing is close."""
    return next(iter(near(word, candidates, most=1)), None)


def near(word: str, candidates: Sequence[str], *, most: int) -> list[str]:
    """Candidates a person may have meant, the likeliest first."""
    # Comparing takes long with a name of a hundred thousand letters, or with thousands of names.
    if len(word) > 64 or len(candidates) > 400:
        return []
    plain = {name.lower(): name for name in reversed(candidates)}
    return [plain[each] for each in difflib.get_close_matches(word.lower(), plain, most, 0.6)]


def shortened(text: str, most: int) -> str:
    """As a message shows it, whatever its length."""
    return text if len(text) <= most else f"{text[: most - 3]}..."


def instead(code: str, message: str, span: Span, plain: str, *, safe: bool = True) -> Diagnostic:
    """The commonest mistake: something that is written another way, which one fix carries out."""
    title = f"write `{plain}`"
    fix = replace(title, span, plain, safe=safe)
    return Diagnostic(code, message, span, help=(title,), fixes=(fix,))


def replace(title: str, span: Span, text: str, *, safe: bool = True) -> Fix:
    """The commonest fix: other words in one place."""
    kind = Applicability.SAFE if safe else Applicability.UNSAFE
    return Fix(title, kind, (Edit(span, text),))
