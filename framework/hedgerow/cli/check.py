"""`hedgerow check`: every mistake of rule files in one run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from hedgerow.cli.fault import CommandFault
from hedgerow.cli.rule_files import (
    ITS_NAME,
    RuleFile,
    is_standard_input,
    rule_files,
    standard_input,
)
from hedgerow.cli.status import Status
from hedgerow.text.diagnostic import Diagnostic, Refusal, Severity
from hedgerow.text.in_words import counted


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
        typer.Argument(
            metavar="PATH...",
            help="Rule files, folders of them, names of presets; - is standard input.",
        ),
    ],
    drawing: Annotated[
        Drawing, typer.Option("--format", help="For people, programs, or a code host.")
    ] = Drawing.HUMAN,
    fix: Annotated[
        bool, typer.Option("--fix", help="Write the safe fixes into the files first.")
    ] = False,
    deny: Annotated[
        Denied | None, typer.Option(help="Let warnings count as problems too (status 1).")
    ] = None,
) -> Status:
    """Report every mistake in rule files, all of them in one run.

    Example: hedgerow check rules/alvh --deny warnings
    """
    if is_standard_input(paths):
        found = (
            _fixed_input(drawing) if fix else _show(_mistakes_of_input(), drawing, "1 text checked")
        )
    else:
        files = rule_files(paths)
        fixed = _fixed(files) if fix else 0
        # A mistake in the parent of several variants is one mistake.
        every = list(dict.fromkeys(each for file in files for each in _mistakes_of(file)))
        checked = counted(len(files), "file")
        found = _show(every, drawing, f"{checked} checked{f', {fixed} fixed' if fixed else ''}")
    return _status(found, deny)


def _mistakes_of(file: RuleFile) -> Sequence[Diagnostic]:
    from hedgerow.book import check_text

    try:
        return check_text(file.read(), file.parents)
    except Refusal as refusal:
        return refusal.diagnostics


def _mistakes_of_input() -> Sequence[Diagnostic]:
    from hedgerow.book import check_text
    from hedgerow.text.read import source_from_bytes

    try:
        return check_text(source_from_bytes(ITS_NAME, standard_input()))
    except Refusal as refusal:
        return refusal.diagnostics


def _fixed(files: Sequence[RuleFile]) -> int:
    from hedgerow.cli.fixing import fix_files

    return fix_files(files)


def _fixed_input(drawing: Drawing) -> Sequence[Diagnostic]:
    """The fixed text goes to standard output, what is left of its mistakes to standard error."""
    from hedgerow.cli import mistakes, screen
    from hedgerow.cli.fixing import fixed_text

    if drawing is not Drawing.HUMAN:
        remedy = "leave out --format, or fix a file"
        raise CommandFault("--fix -", "standard output gets the fixed text", remedy)
    text, left = fixed_text(ITS_NAME, standard_input())
    screen.write(text)
    mistakes.show(left, sys.stderr)
    return left


def _show(found: Sequence[Diagnostic], drawing: Drawing, checked: str) -> Sequence[Diagnostic]:
    from hedgerow.cli import mistakes, screen

    if drawing is Drawing.HUMAN:
        mistakes.show(found, sys.stdout)
        screen.say(f"{checked}: {mistakes.counts(found) or 'nothing to report'}")
    else:
        screen.write(_drawn(found, drawing))
    return found


def _status(found: Sequence[Diagnostic], deny: Denied | None) -> Status:
    from hedgerow.cli import mistakes

    status = mistakes.status_of(found)
    denied = deny and any(each.severity is Severity.WARNING for each in found)
    return Status.PROBLEMS if status is Status.CLEAN and denied else status


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
