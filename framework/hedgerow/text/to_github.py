"""Diagnostics as workflow commands: printed in a GitHub action, they annotate the lines."""

from __future__ import annotations

from collections.abc import Sequence

from hedgerow.text.diagnostic import Diagnostic, Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


def github_from_diagnostics(diagnostics: Sequence[Diagnostic]) -> str:
    """A line each; lines and columns count from 1, the last column is part of the place."""
    return "".join(f"{_annotation(found)}\n" for found in diagnostics)


def _annotation(found: Diagnostic) -> str:
    properties = {
        "file": found.span.source.name,
        **_place(found),
        "title": f"{found.code} {found.name}",
    }
    written = ",".join(
        f"{name}={str(value).translate(_IN_PROPERTY)}" for name, value in properties.items()
    )
    text = "\n".join((found.message, *found.notes, *found.help))
    return f"::{_COMMANDS[found.severity]} {written}::{text.translate(_IN_MESSAGE)}"


def _place(found: Diagnostic) -> dict[str, int]:
    """Columns are understood only where a place lies on one line."""
    source = found.span.source
    line, column = source.position(found.span.start)
    last, end = source.position(max(found.span.start, found.span.stop - 1))
    if last != line:
        return {"line": line, "endLine": last}
    return {"line": line, "endLine": last, "col": column, "endColumn": end}
