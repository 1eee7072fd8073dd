"""`hedgerow data download`: public series into a folder."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from hedgerow.cli.fault import CommandFault
from hedgerow.cli.outputs import look_at_folder
from hedgerow.cli.screen import say
from hedgerow.cli.status import Status

_PAUSE = 1.0  # seconds between two requests


def download_data(
    folder: Annotated[Path, typer.Option("--to", metavar="DIR", help="Where the files go.")],
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME...", help="Series to fetch, like VIX; all where none."),
    ] = None,
    mirror: Annotated[
        str | None,
        typer.Option(
            metavar="URL", envvar="HEDGEROW_MIRROR", help="Fetch from URL/HOST/PATH instead."
        ),
    ] = None,
    pause: Annotated[
        float, typer.Option(min=0.0, metavar="SECONDS", help="Between two requests.")
    ] = _PAUSE,
) -> Status:
    """Fetch public series (SPX, VIX and its sisters, the 3-month rate) into a folder; by name also
    VX, settlements of VIX futures; CPI, PPI, JOBS, days on which those are released; and FOMC, days
    on which the Federal Reserve decides.

    Example: hedgerow data download VIX SPX --to quotes
    """
    from hedgerow.market.data_fault import DataFault
    from hedgerow.market.download.downloads import Downloads
    from hedgerow.market.download.registry import chosen, mirror_from

    sources, base = chosen(names or []), mirror_from(mirror)
    if trouble := look_at_folder(folder):
        raise CommandFault(f"--to {folder}", *trouble)
    downloads = Downloads(folder, base, date.today(), pause, time.sleep)
    for source in sources:
        downloads.refuse_foreign(source)
    failed = 0
    for number, source in enumerate(sources):
        if number:
            time.sleep(pause)
        try:
            say(f"{source.name}: {downloads.fetch(source)}")
        except DataFault as fault:
            failed += 1
            say(f"{source.name}: {fault}")
    say(f"{len(sources) - failed} of {len(sources)} series are in {folder}")
    return Status.FAILED if failed else Status.CLEAN
