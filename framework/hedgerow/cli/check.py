"""`hedgerow check`: every mistake of rule files in one run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from hedgerow.cli.rule_files import RuleFile, rule_files
from hedgerow.cli.status import Status
from hedgerow.text.diagnostic import Diagnostic, Refusal, Severity


class Drawing(StrEnum):
    HUMAN = "human"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


class Denied(StrEnum):
    WARNINGS = "warnings"


def check(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Rule files, folders of them, names of presets."),
    ],
    drawing: Annotated[
        Drawing, typer.Option("--format", help="For people, programs, or a code host.")
    ] = Drawing.HUMAN,
    deny: Annotated[
        Denied | None, typer.Option(help="Let warnings count as problems too (status 1).")
    ] = None,
) -> Status:
    """Report every mistake in rule files, all of them in one run.

    Example: hedgerow check rules/alvh --deny warnings
    """
    from hedgerow.cli import mistakes, screen

    files = rule_files(paths)
    # A mistake in the parent of several variants is one mistake.
    found = list(dict.fromkeys(each for file in files for each in _mistakes_of(file)))
    if drawing is Drawing.HUMAN:
        mistakes.show(found, sys.stdout)
        checked = "1 file" if len(files) == 1 else f"{len(files)} files"
        screen.say(f"{checked} checked: {mistakes.counts(found) or 'nothing to report'}")
    else:
        screen.write(_drawn(found, drawing))
    status = mistakes.status_of(found)
    if status is Status.CLEAN and deny and _has_warnings(found):
        return Status.PROBLEMS
    return status


def _mistakes_of(file: RuleFile) -> Sequence[Diagnostic]:
    from hedgerow.book import check_text

    try:
        return check_text(file.read(), file.parents)
    except Refusal as refusal:
        return refusal.diagnostics


def _drawn(found: Sequence[Diagnostic], drawing: Drawing) -> str:
    """All of them, for a program; people get the first twenty."""
    if drawing is Drawing.GITHUB:
        from hedgerow.text.to_github import github_from_diagnostics

        return github_from_diagnostics(found)
    if drawing is Drawing.SARIF:
        from hedgerow import __version__
        from hedgerow.cli.shelf import pages
        from hedgerow.text.to_sarif import sarif_from_diagnostics

        shelf = pages()
        texts = {each.code: shelf[each.code].read_text(encoding="utf-8") for each in found}
        return sarif_from_diagnostics(found, texts, __version__) + "\n"
    from hedgerow.text.to_json import json_from_diagnostics

    return json_from_diagnostics(found) + "\n"


def _has_warnings(found: Sequence[Diagnostic]) -> bool:
    return any(each.severity is Severity.WARNING for each in found)
