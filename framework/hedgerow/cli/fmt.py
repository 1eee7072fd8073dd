"""`hedgerow fmt`: the one canonical layout."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from hedgerow.cli.difference import difference
from hedgerow.cli.rule_files import (
    ITS_NAME,
    RuleFile,
    is_standard_input,
    rule_files,
    standard_input,
)
from hedgerow.cli.status import Status
from hedgerow.text.diagnostic import Refusal
from hedgerow.text.source import Source


class Mode(StrEnum):
    """What happens to a file whose layout is another."""

    WRITE = "write"
    CHECK = "check"
    DIFF = "diff"


def fmt(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...", help="Rule files and folders of them; - is standard input."
        ),
    ],
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; status 1 where a file would change.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Write nothing; show what would change, status 1 if any.")
    ] = False,
) -> Status:
    """Write rule files in the one canonical layout; the meaning and every comment stay.

    Example: hedgerow fmt rules --check
    """
    mode = Mode.DIFF if diff else Mode.CHECK if check else Mode.WRITE
    if is_standard_input(paths):
        return _standard_input(mode)
    return max(_file(file, mode) for file in rule_files(paths))


def _standard_input(mode: Mode) -> Status:
    from hedgerow.cli import screen
    from hedgerow.text.read import source_from_bytes

    source = source_from_bytes(ITS_NAME, standard_input())
    text = _formatted(source)
    if mode is Mode.WRITE:
        screen.write(text)
        return Status.CLEAN
    return _differs(source, text, mode)


def _file(file: RuleFile, mode: Mode) -> Status:
    """One file; what keeps it from being formatted keeps no other from it."""
    from hedgerow.cli import mistakes, screen
    from hedgerow.files.atomic import write_atomically

    try:
        source = file.read()
        text = _formatted(source)
    except Refusal as refusal:
        mistakes.show(refusal.diagnostics, sys.stderr)
        return mistakes.status_of(refusal.diagnostics)
    if text == source.text:
        return Status.CLEAN
    if mode is not Mode.WRITE:
        return _differs(source, text, mode)
    write_atomically(file.path, text)
    screen.say(f"{file.name}: written anew")
    return Status.CLEAN


def _differs(source: Source, text: str, mode: Mode) -> Status:
    from hedgerow.cli import screen

    if text == source.text:
        return Status.CLEAN
    if mode is Mode.DIFF:
        screen.write(difference(source.name, source.text, text, "formatted"))
    else:
        screen.write(f"{source.name}: not in the canonical layout\n")
    return Status.PROBLEMS


def _formatted(source: Source) -> str:
    from hedgerow.language.to_text import format_text

    return format_text(source)
