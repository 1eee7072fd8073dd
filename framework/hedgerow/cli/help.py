"""Commands whose help ends its lines as everything else does."""

from __future__ import annotations

from typer.core import TyperCommand, TyperGroup

from hedgerow.cli.screen import lines_ended


class Command(TyperCommand):
    format_help = lines_ended()(TyperCommand.format_help)


class Group(TyperGroup):
    format_help = lines_ended()(TyperGroup.format_help)
