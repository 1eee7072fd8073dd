"""`hedgerow diff`: what two strategies mean differently."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hedgerow.cli.options import Format, ForWhom
from hedgerow.cli.rule_files import RuleText, rule_text
from hedgerow.cli.status import Status
from hedgerow.text.diagnostic import Refusal
from hedgerow.text.in_words import counted

if TYPE_CHECKING:
    from hedgerow.book import Resolved
    from hedgerow.book.difference import Difference
    from hedgerow.text.source import Span

FORMAT_VERSION = "1.0"


def diff(
    before: Annotated[
        str, typer.Argument(metavar="A", help="A rule file, a preset, or FILE@REVISION from git.")
    ],
    after: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    output: ForWhom = Format.HUMAN,
) -> Status:
    """Say what two strategies mean differently, path by path; variants count as the whole.

    Status 0: nothing differs, 1: something does, 2: they can't be compared.

    Example: hedgerow diff alvh/core alvh/tight
    """
    from hedgerow.book import resolved_from_text
    from hedgerow.book.difference import differences
    from hedgerow.cli import mistakes, screen

    files = [rule_text(before), rule_text(after)]
    wholes: list[Resolved] = []
    for file in files:
        try:
            wholes.append(resolved_from_text(file.read(), file.parents))
        except Refusal as refusal:
            mistakes.show(refusal.diagnostics, sys.stderr)
    if len(wholes) < len(files):
        screen.say("hedgerow: nothing was compared")
        return Status.FAILED
    found = differences(wholes[0].tree, wholes[1].tree)
    if output is Format.JSON:
        screen.write_for_programs(FORMAT_VERSION, _content(files, found))
    else:
        screen.write("".join(f"{_told(each)}\n" for each in found))
        screen.say(_counted(files, found))
    return Status.PROBLEMS if found else Status.CLEAN


def _told(found: Difference) -> str:
    """`condors.base.short: 1.5 sd -> 2 sd`"""
    match found.before, found.after:
        case str(before), str(after):
            order = "order " if found.kind.value == "reordered" else ""
            return f"{found.path}: {order}{before} -> {after}"
        case None, after:
            return f"{found.path}: added {_named(after)}"
        case before, _:
            return f"{found.path}: dropped {_named(before)}"


def _named(text: str | None) -> str:
    """A test as a whole by its name, anything else in its words."""
    assert text is not None
    return text.partition(" {")[0] if text.startswith("test ") else text


def _counted(files: Sequence[RuleText], found: Sequence[Difference]) -> str:
    names = f"{files[0].name} and {files[1].name}"
    if not found:
        return f"{names} mean the same"
    return f"{names} differ in {counted(len(found), 'thing')}"


def _content(files: Sequence[RuleText], found: Sequence[Difference]) -> dict[str, Any]:
    return {
        "a": files[0].name,
        "b": files[1].name,
        "differences": [
            {
                "path": each.path,
                "kind": each.kind.value,
                "before": each.before,
                "after": each.after,
                "before_place": _place(each.before_span),
                "after_place": _place(each.after_span),
            }
            for each in found
        ],
    }


def _place(span: Span | None) -> object:
    from hedgerow.text.to_json import place_from_span

    return place_from_span(span) if span is not None else None
