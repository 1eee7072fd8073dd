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
    from hedgerow.cli import runs
    from hedgerow.cli.claims import claims_alone
    from hedgerow.cli.progress import Steps
    from hedgerow.report.run_report import run_report
    from hedgerow.report.to_files import run_files
    from hedgerow.report.to_json import to_json

    if file is None:
        raise CommandFault(
            "run", "no rule file given", f"name one, or a preset: {named(presets())}"
        )
    if plot:
        runs.expect_window()
    with Steps("reading the rules", 3) as steps:
        ready = runs.entrants([rule_file(file)])
        venue = runs.venue_of(ready, setting.terms, steps)
        (made,) = runs.finished(ready, venue, steps)
        claims = claims_alone(ready[0], made, venue, setting.seed, steps)
    document = run_report(made, ready[0].source, claims)
    setting.outputs.deliver(
        document, lambda: to_json(made, claims), lambda: run_files(made, claims)
    )
    if plot:
        runs.show_picture(ready[0], setting.terms)
    return runs.kept_status([made], claims)
