"""A rule file in plain English, on the terminal or for a program."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from hedgerow.book import check_text, resolved_from_text
from hedgerow.book.explain import Explanation, Sentence, explained, text_from_explanation
from hedgerow.cli import mistakes, screen
from hedgerow.cli.options import Format
from hedgerow.cli.rule_files import RuleFile
from hedgerow.cli.status import Status
from hedgerow.language.from_text import tree_from_text
from hedgerow.text.diagnostic import Diagnostic, has_errors
from hedgerow.text.to_json import json_from_diagnostics

FORMAT_VERSION = "1.0"
_WIDEST = 100  # columns; longer lines are hard to read


def explain_file(file: RuleFile, output: Format) -> Status:
    """The explanation on standard output; or, of a file with errors, what `check` says of it."""
    source = file.read()
    found = check_text(source, file.parents)
    if has_errors(found):
        return _refused(found, output)
    tree, _ = tree_from_text(source)
    told = explained(tree, resolved_from_text(source, file.parents).tree)
    if output is Format.JSON:
        screen.write_for_programs(FORMAT_VERSION, _content(told))
    else:
        screen.write(text_from_explanation(told, min(screen.results().width, _WIDEST)))
    return Status.CLEAN


def _refused(found: Sequence[Diagnostic], output: Format) -> Status:
    if output is Format.JSON:
        screen.write(json_from_diagnostics(found) + "\n")
    else:
        mistakes.show(found, sys.stdout)
        screen.say(f"nothing is explained: {mistakes.counts(found)}")
    return mistakes.status_of(found)


def _content(told: Explanation) -> dict[str, Any]:
    sections = [
        {"title": section.title, "sentences": [_sentence(each) for each in section.sentences]}
        for section in told.sections
    ]
    return {"title": told.title, "sections": sections}


def _sentence(sentence: Sentence) -> dict[str, Any]:
    """`place` is null for what every file implies."""
    return {
        "text": sentence.text,
        "place": sentence.span.place if sentence.span else None,
        "below": [_sentence(each) for each in sentence.below],
    }
