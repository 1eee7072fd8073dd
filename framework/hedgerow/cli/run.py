"""`hedgerow run`: one strategy on one market."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from hedgerow.cli.fault import CommandFault
from hedgerow.cli.options import day
from hedgerow.cli.rule_files import named, rule_file
from hedgerow.cli.setting import Setting, with_setting
from hedgerow.cli.shelf import presets
from hedgerow.cli.status import Status
from hedgerow.cli.stress import session_of, shocks_of, stressed

if TYPE_CHECKING:
    from hedgerow.account.run import Run
    from hedgerow.cli.progress import Steps
    from hedgerow.cli.runs import Entrant, Venue
    from hedgerow.report.findings import Findings


@with_setting
def run(
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE|PRESET", help="A rule file, or a preset such as alvh/core."),
    ] = None,
    stress: Annotated[
        date | None,
        typer.Option(
            metavar="DATE",
            parser=day,
            help="Show the book after that close: its sensitivities, what falls that happened "
            "would do to it, and a grid of moves of SPX and VIX.",
        ),
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
    with Steps("reading the rules", 4) as steps:
        (entrant,) = runs.entrants([rule_file(file)])
        venue = runs.venue_of([entrant], setting.terms, steps)
        if stress is not None:
            session_of(stress, venue, f"--stress {stress}")
        (made,) = runs.finished([entrant], venue, steps)
        findings = _found(entrant, made, venue, stress, setting.seed, steps)
    setting.outputs.deliver(
        lambda: run_report(made, entrant.source, findings),
        lambda: to_json(made, findings),
        lambda: run_files(made, findings),
    )
    if plot:
        runs.show_picture(entrant, venue)
    return runs.kept_status([made], findings.claims)


def _found(
    entrant: Entrant, run: Run, venue: Venue, asked: date | None, seed: int, steps: Steps
) -> Findings:
    """What is worked out beside the run: its claims, and what shocks would do to its book."""
    from hedgerow.cli.claims import claims_alone
    from hedgerow.report.findings import Findings
    from hedgerow.study.book_on import book_on

    steps.begin("shocking the book")
    shocks = shocks_of(entrant)
    tried = stressed([run], venue.market, shocks)
    book = None if asked is None else book_on(run, venue.market, asked, shocks)
    return Findings(claims_alone(entrant, run, venue, seed, steps), tried, book)
