"""`hedgerow show`: a rule file in full."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from hedgerow.cli.fault import CommandFault
from hedgerow.cli.rule_files import rule_file
from hedgerow.cli.status import Status

if TYPE_CHECKING:
    from hedgerow.book import Resolved
    from hedgerow.book.origins import Line
    from hedgerow.text.source import Span

_WIDEST = 84  # column after which notes are no longer aligned


def show(
    file: Annotated[str, typer.Argument(metavar="FILE|PRESET", help="A rule file, or a preset.")],
    resolved: Annotated[
        bool,
        typer.Option("--resolved", help="The whole strategy, with the origin of every line."),
    ] = False,
    paths: Annotated[
        bool, typer.Option("--paths", help="Every path a variant of it can set or drop.")
    ] = False,
) -> Status:
    """Show a rule file in the canonical layout, a variant with all it takes from its parents.

    Example: hedgerow show alvh/tight --resolved
    """
    from hedgerow.book import resolved_from_text
    from hedgerow.cli.screen import write
    from hedgerow.language.to_text import format_text

    if resolved and paths:
        raise CommandFault("--resolved --paths", "they show different things", "give one of them")
    chosen = rule_file(file)
    source = chosen.read()
    if resolved:
        lines = _annotated(resolved_from_text(source, chosen.parents))
    elif paths:
        lines = _paths(resolved_from_text(source, chosen.parents))
    else:
        write(format_text(source))
        return Status.CLEAN
    write("".join(f"{line}\n" for line in lines))
    return Status.CLEAN


def _annotated(whole: Resolved) -> Iterator[str]:
    """Rule text still, for the notes are comments; a strategy without a parent needs none."""
    from hedgerow.book.origins import lines_of

    lines = lines_of(whole)
    width = max((len(line.text) for line in lines if len(line.text) <= _WIDEST), default=0)
    for line in lines:
        note = _note(line) if whole.tree.parents else ""
        yield f"{line.text:<{width}}  # {note}" if note else line.text
    yield from _dropped(whole)


def _note(line: Line) -> str:
    """`core.rules:8; 50% -> 60% (tight.rules:4)`"""
    parts = [_place(line.origin)] if line.origin is not None else []
    parts += [f"{step.before} -> {step.after} ({_place(step.span)})" for step in line.steps]
    return "; ".join(parts)


def _dropped(whole: Resolved) -> Iterator[str]:
    gone = [each for each in whole.changes if each.after is None and each.before is not None]
    again = {each.path for each in whole.changes if each.after is not None}
    lost = [each for each in gone if each.path not in again]
    if lost:
        yield ""
    for each in lost:
        assert each.before is not None
        yield f"# dropped: {each.path} of {_place(each.before.span)} ({_place(each.span)})"


def _paths(whole: Resolved) -> Iterator[str]:
    from hedgerow.book.places import places_of
    from hedgerow.book.spelling import text_from_node

    for place in places_of(whole.tree):
        if place.at is None and place.whole is None:
            continue
        told = f" = {text_from_node(place.value)}" if place.at and place.value else ""
        also = f"  # or {', '.join(place.aliases)}" if place.aliases else ""
        absent = "  # not said" if place.value is None and place.at is not None else ""
        locked = "  # locked" if place.lock is not None else ""
        yield f"{place.path}{told}{also}{absent}{locked}"


def _place(span: Span) -> str:
    return span.place.rpartition(":")[0]
