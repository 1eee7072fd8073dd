"""`hedgerow data`: what data is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from hedgerow.cli.data_check import check_data
from hedgerow.cli.data_download import download_data
from hedgerow.cli.help import Command, Group
from hedgerow.cli.options import Data, Format, ForWhom
from hedgerow.cli.screen import write, write_for_programs
from hedgerow.cli.status import Status

if TYPE_CHECKING:
    from hedgerow.market.inventory import Item

FORMAT_VERSION = "1.0"

data = typer.Typer(
    name="data",
    cls=Group,
    help="List what data is there; check a folder of your own; download public series.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
data.command("check", cls=Command)(check_data)
data.command("download", cls=Command)(download_data)


@data.callback(invoke_without_command=True)
def _data(
    context: typer.Context,
    data: Data = "sample",
    output: ForWhom = Format.HUMAN,
) -> Status:
    """List what data is there: series, calendars, futures, recorded chains.

    Example: hedgerow data --data quotes
    """
    if context.invoked_subcommand is not None:
        return Status.CLEAN
    from msgspec import to_builtins

    from hedgerow.market.inventory import inventory

    found = inventory(data)
    if output is Format.JSON:
        write_for_programs(FORMAT_VERSION, {"data": data, "items": to_builtins(found)})
        return Status.CLEAN
    write(_told(found))
    return Status.CLEAN


def _told(found: Sequence[Item]) -> str:
    """A line a thing, in columns."""
    rows = [("kind", "name", "from", "to", "values", "missing", "source")]
    for each in found:
        size = f"{each.values / 1e6:,.1f} MB" if each.kind == "chains" else f"{each.values:,}"
        days = (str(each.first or ""), str(each.last or ""))
        rows.append((each.kind, each.name, *days, size, f"{each.missing or ''}", each.source))
    kind, name, value = (max(len(row[at]) for row in rows) for at in (0, 1, 4))
    return "".join(
        f"{row[0]:{kind}}  {row[1]:{name}}  {row[2]:10}  {row[3]:10}  {row[4]:>{value}}  "
        f"{row[5]:>7}  {row[6]}\n"
        for row in rows
    )
