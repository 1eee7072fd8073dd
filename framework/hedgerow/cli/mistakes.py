"""Diagnostics on a stream, and what they mean for the shell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from hedgerow.cli.screen import has_colour
from hedgerow.cli.status import Status
from hedgerow.text.diagnostic import Diagnostic, Severity
from hedgerow.text.in_words import counted
from hedgerow.text.to_human import Colour, draw

_UNREADABLE = "L001"  # there was no file to find mistakes in


def show(found: Sequence[Diagnostic], stream: TextIO) -> None:
    """Every diagnostic as `check` draws it, colour only where it is wanted."""
    stream.write(draw(found, colour=Colour.ON if has_colour(stream) else Colour.OFF))
    stream.flush()


def status_of(found: Sequence[Diagnostic]) -> Status:
    """Errors are problems; a file that can't be read is a job not done."""
    if any(each.code == _UNREADABLE for each in found):
        return Status.FAILED
    errors = any(each.severity is Severity.ERROR for each in found)
    return Status.PROBLEMS if errors else Status.CLEAN


def counts(found: Sequence[Diagnostic]) -> str:
    """`2 errors, 1 warning`"""
    of_kind = ((kind, sum(each.severity is kind for each in found)) for kind in Severity)
    return ", ".join(counted(count, kind.value) for kind, count in of_kind if count)
