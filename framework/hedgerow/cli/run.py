"""`hedgerow run`: one strategy on one market."""

from __future__ import annotations

from typing import Annotated

import typer

from hedgerow.cli import options
from hedgerow.cli.fault import CommandFault
from hedgerow.cli.outputs import Outputs
from hedgerow.cli.rule_files import named, rule_file
from hedgerow.cli.shelf import presets
from hedgerow.cli.status import Status


def run(
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE|PRESET", help="A rule file, or a preset such as alvh/core."),
    ] = None,
    data: options.Data = "sample",
    start: options.Start = None,
    end: options.End = None,
    capital: options.Capital = None,
    costs: options.Costs = options.DEFAULTS.costs,
    fill: options.Fill = options.DEFAULTS.fill,
    spread: options.Spread = options.DEFAULTS.spread_fraction,
    seed: options.Seed = 1,  # noqa: ARG001 accepted like everywhere; one run draws nothing
    host: options.Through = options.Host.BACKTRADER,
    html: options.Page = None,
    out: options.Folder = None,
    output: options.Output = options.Format.HUMAN,
    plot: Annotated[
        bool, typer.Option("--plot", help="Show Backtrader's own picture as well.")
    ] = False,
) -> Status:
    """Run one strategy and say what came of it.

    Example: hedgerow run alvh/core --from 2004-01-01 --html core.html
    """
    from hedgerow.cli.progress import Steps
    from hedgerow.cli.runs import Terms, entrants, expect_window, finished, show_picture
    from hedgerow.report.run_report import run_report
    from hedgerow.report.to_files import run_files

    if file is None:
        raise CommandFault(
            "run", "no rule file given", f"name one, or a preset: {named(presets())}"
        )
    terms = Terms(data, options.assumptions(start, end, capital, costs, fill, spread), host)
    outputs = Outputs(html, out, output)
    outputs.expect()
    if plot:
        expect_window()
    with Steps("reading the rules", 3) as steps:
        ready = entrants([rule_file(file)])
        (made,) = finished(ready, terms, steps)
    document = run_report(made, ready[0].source)
    outputs.deliver(document, made, run_files(made) if out else {})
    if plot:
        show_picture(ready[0], terms)
    return Status.CLEAN
