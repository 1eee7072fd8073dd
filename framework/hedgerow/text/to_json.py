"""Diagnostics for programs: stable keys, lines and columns from 1, ends exclusive."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TypedDict

from hedgerow.text.diagnostic import Diagnostic, Fix
from hedgerow.text.source import Source, Span

FORMAT_VERSION = "1.0"


class Position(TypedDict):
    line: int  # from 1
    column: int  # from 1, in Unicode characters


class Place(TypedDict):
    file: str
    start: Position
    end: Position  # the first character that no longer belongs to it


def json_from_diagnostics(diagnostics: Sequence[Diagnostic]) -> str:
    """One JSON document for all of them; the keys are those of cli.md, `format_version` 1.0."""
    found = [_diagnostic(item) for item in diagnostics]
    return json.dumps(
        {"format_version": FORMAT_VERSION, "diagnostics": found}, ensure_ascii=False, indent=2
    )


def place_from_span(span: Span) -> Place:
    return {
        "file": span.source.name,
        "start": _position(span.source, span.start),
        "end": _position(span.source, span.stop),
    }


def _position(source: Source, offset: int) -> Position:
    line, column = source.position(offset)
    return {"line": line, "column": column}


def _diagnostic(found: Diagnostic) -> dict[str, object]:
    return {
        "code": found.code,
        "name": found.name,
        "severity": found.severity.value,
        "message": found.message,
        "primary": place_from_span(found.span),
        "labels": [{**place_from_span(item.span), "text": item.text} for item in found.labels],
        "notes": list(found.notes),
        "help": list(found.help),
        "fixes": [_fix(item) for item in found.fixes],
    }


def _fix(fix: Fix) -> dict[str, object]:
    return {
        "title": fix.title,
        "applicability": fix.applicability.value,
        "edits": [{**place_from_span(edit.span), "text": edit.text} for edit in fix.edits],
    }
