"""Diagnostics as SARIF 2.1.0, which code hosts and editors read: one run, fixes included."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from hedgerow.text.codes import CODES
from hedgerow.text.diagnostic import Diagnostic, Edit, Fix, Label
from hedgerow.text.source import Source, Span

VERSION = "2.1.0"
_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

Json = dict[str, object]


def sarif_from_diagnostics(
    diagnostics: Sequence[Diagnostic], pages: Mapping[str, str], tool_version: str
) -> str:
    """One SARIF document; `pages` are the texts of the codes' pages, in Markdown, by code.

    Lines and columns count from 1, in Unicode characters; an end is the first character left out.
    """
    codes = sorted({found.code for found in diagnostics})
    driver = {
        "name": "hedgerow",
        "semanticVersion": tool_version,
        "rules": [_rule(code, pages[code]) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(found, codes.index(found.code)) for found in diagnostics],
    }
    document = {"$schema": _SCHEMA, "version": VERSION, "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2)


def _rule(code: str, page: str) -> Json:
    """A page is a title, a paragraph, then its examples."""
    _, paragraph, _ = page.split("\n\n", 2)
    row = CODES[code]
    return {
        "id": code,
        "name": row.name,
        "shortDescription": {"text": row.name.replace("-", " ")},
        "fullDescription": {"text": " ".join(paragraph.split())},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": row.severity},
    }


def _result(found: Diagnostic, rule: int) -> Json:
    result: Json = {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": found.severity.value,
        "message": {"text": "\n".join((found.message, *found.notes, *found.help))},
        "locations": [_location(found.span)],
    }
    if found.labels:
        result["relatedLocations"] = [_labelled(each) for each in found.labels]
    if found.fixes:
        result["fixes"] = [_fix(each) for each in found.fixes]
    return result


def _labelled(label: Label) -> Json:
    return {**_location(label.span), "message": {"text": label.text}}


def _location(span: Span) -> Json:
    place: Json = {"artifactLocation": _artifact(span.source)}
    if span.source.text:  # a file that can't be read has no lines
        place["region"] = _region(span)
    return {"physicalLocation": place}


def _region(span: Span) -> Json:
    line, column = span.source.position(span.start)
    last, end = span.source.position(span.stop)
    return {"startLine": line, "startColumn": column, "endLine": last, "endColumn": end}


def _artifact(source: Source) -> Json:
    path = Path(source.name)
    return {"uri": path.as_uri() if path.is_absolute() else quote(path.as_posix())}


def _fix(fix: Fix) -> Json:
    by_file: dict[Source, list[Edit]] = {}
    for edit in fix.edits:
        by_file.setdefault(edit.span.source, []).append(edit)
    return {
        "description": {"text": fix.title + fix.doubt},
        "artifactChanges": [
            {"artifactLocation": _artifact(source), "replacements": [*map(_replacement, edits)]}
            for source, edits in by_file.items()
        ],
    }


def _replacement(edit: Edit) -> Json:
    return {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
