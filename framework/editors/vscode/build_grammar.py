"""Writes syntaxes/rules.tmLanguage.json from the words of the language's own grammar.

Run with the package importable: python framework/editors/vscode/build_grammar.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hedgerow.editor.highlighting import PAIRS, words

FILE = Path(__file__).parent / "syntaxes" / "rules.tmLanguage.json"


def grammar_text() -> str:
    return json.dumps(_grammar(), indent=2, ensure_ascii=False) + "\n"


def _grammar() -> dict[str, Any]:
    return {
        "comment": "Written by build_grammar.py; not edited by hand.",
        "name": "Hedgerow rules",
        "scopeName": "source.hedgerow",
        "patterns": _patterns(),
    }


def _patterns() -> list[dict[str, Any]]:
    known = words()
    pairs = "|".join(f"{first}[ \\t]+(?:{'|'.join(then)})" for first, then in PAIRS)
    units = "|".join(known.units)
    names = "param|let|shock|structure|entry|layers|layer|strategy|variant"
    return [
        {"name": "comment.line.number-sign.hedgerow", "match": "#.*$"},
        {"name": "string.quoted.double.hedgerow", "match": '"[^"\\n]*"'},
        {"match": rf"(?<![.\w])({names})[ \t]+([A-Za-z][A-Za-z0-9_]*)",
         "captures": {"1": {"name": "keyword.control.hedgerow"},
                      "2": {"name": "entity.name.type.hedgerow"}}},
        {"name": "keyword.control.hedgerow", "match": rf"(?<![.\w])(?:{pairs})\b"},
        _words("keyword.control.hedgerow", known.statements),
        _words("keyword.operator.word.hedgerow", known.logic),
        _words("constant.language.hedgerow", known.truths),
        _words("keyword.other.hedgerow", known.others),
        {"name": "constant.numeric.version.hedgerow",
         "match": r"\b[0-9]+\.[0-9]+\.[0-9]+(?![0-9.])"},
        {"name": "constant.numeric.money.hedgerow", "match": r"\$[0-9][0-9,]*(?:\.[0-9]+)?"},
        {"match": rf"\b([0-9][0-9,]*(?:\.[0-9]+)?)[ \t]*(?:((?:{units})\b|%))?",
         "captures": {"1": {"name": "constant.numeric.hedgerow"},
                      "2": {"name": "keyword.other.unit.hedgerow"}}},
        {"name": "variable.other.constant.series.hedgerow",
         "match": r"(?<![.\w])[A-Z][A-Z0-9_]*\b"},
        {"name": "entity.name.function.hedgerow", "match": r"\b[A-Za-z_]\w*(?=\()"},
        {"name": "variable.parameter.hedgerow", "match": r"\b[a-z_]\w*(?=[ \t]*=(?!=))"},
        {"name": "variable.other.hedgerow", "match": r"\b[A-Za-z_]\w*\b"},
        {"name": "keyword.operator.hedgerow", "match": "[<>!=]=?|[-+*/≤≥≠]"},
    ]  # fmt: skip


def _words(scope: str, found: tuple[str, ...]) -> dict[str, Any]:
    return {"name": scope, "match": rf"(?<![.\w])(?:{'|'.join(found)})\b"}


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(grammar_text(), encoding="utf-8", newline="\n")
