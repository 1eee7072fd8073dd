"""`hedgerow run`: one strategy on one market."""

from __future__ import annotations

from typing import Annotated

import typer

from hedgerow.cli.fault import CommandFault
from hedgerow.cli.rule_files import named, rule_file
from hedgerow.cli.setting import Setting, with_setting
from hedgerow.cli.shelf import presets
from hedgerow.cli.status import Status


@with_setting
def run(
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE|PRESET", help="A rule file, or a preset such as alvh/core."),
    ] = None,
    plot: Annotated[
        bool, typer.Option("--plot", help="Show Backtrader's own picture as well.")
    ] = False,
    *,
    setting: Setting,
) -> Status:
    """Run one strategy and say what came of it.

    Example: hedgerow run alvh/core --from 2004-01-01 --html core.html
    """
    from hedgerow.cli.progress import Steps
    from hedgerow.cli.runs import entrants, expect_window, finished, kept_status, show_picture
    from hedgerow.report.run_report import run_report
    from hedgerow.report.to_files import run_files

    if file is None:
        raise CommandFault(
            "run", "no rule file given", f"name one, or a preset: {named(presets())}"
        )
    if plot:
        expect_window()
    with Steps("reading the rules", 3) as steps:
        ready = entrants([rule_file(file)])
        (made,) = finished(ready, setting.terms, steps)
    document = run_report(made, ready[0].source)
    setting.outputs.deliver(document, made, lambda: run_files(made))
    if plot:
        show_picture(ready[0], setting.terms)
    return kept_status([made])
