"""`hedgerow sweep`: the versions of one strategy that the ranges of its params span."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from hedgerow.cli.fault import CommandFault
from hedgerow.cli.rule_files import named, rule_text
from hedgerow.cli.setting import Setting, with_direct_setting
from hedgerow.cli.status import Status

if TYPE_CHECKING:
    from hedgerow.account.run import Run
    from hedgerow.book.versions import Range, Version
    from hedgerow.cli.progress import Steps
    from hedgerow.cli.runs import Entrant, Venue
    from hedgerow.language.tree import Tree
    from hedgerow.study.goals import Goal
    from hedgerow.study.sweep import Extract, Sweep

MOST_VERSIONS = 2_000
MOST_WORKERS = 64
_FEW = 8  # versions that are run sooner than other processes have begun


@with_direct_setting
def sweep(
    file: Annotated[
        str, typer.Argument(metavar="FILE|PRESET", help="A rule file whose params have ranges.")
    ],
    over: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PARAM", help="A param to vary; may stand several times. Else all with a range."
        ),
    ] = None,
    by: Annotated[
        str,
        typer.Option(
            metavar="RESULT",
            help="What ranks: sharpe, sortino, calmar, annual_return, max_drawdown or cvar.",
        ),
    ] = "sharpe",
    workers: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            max=MOST_WORKERS,
            help="Processes that share the work.",
            show_default="all processors",
        ),
    ] = None,
    *,
    setting: Setting,
) -> Status:
    """Run every version that the ranges of params span, and say which numbers matter.

    Example: hedgerow sweep alvh/unhedged --over short_distance --over allocated
    """
    from hedgerow.book.versions import versions_of
    from hedgerow.cli.runs import entrants
    from hedgerow.report.sweep_report import sweep_report
    from hedgerow.report.sweep_texts import sweep_csv, sweep_json
    from hedgerow.study.goals import GOALS

    if by not in GOALS:
        raise CommandFault(f"--by {by}", "no such result", f"choose from {named(GOALS)}")
    (entrant,) = entrants([rule_text(file)])
    ranges = _ranges(entrant.whole.tree, over or (), file)
    versions = versions_of(entrant.whole.tree, ranges)
    found, run = _swept(entrant, ranges, versions, GOALS[by], workers, setting)
    refused = [_refused(ranges, each) for each in versions if each.book is None]
    setting.outputs.deliver(
        lambda: sweep_report(found, run, entrant.source, refused),
        lambda: sweep_json(found, run, refused),
        lambda: {"sweep.json": sweep_json(found, run, refused), "versions.csv": sweep_csv(found)},
    )
    return Status.CLEAN


def _swept(
    entrant: Entrant,
    ranges: Sequence[Range],
    versions: Sequence[Version],
    goal: Goal,
    workers: int | None,
    setting: Setting,
) -> tuple[Sweep, Run]:
    """What all versions made, and the run of the one that is written."""
    from hedgerow.book.spelling import text_from_node
    from hedgerow.cli.progress import Steps
    from hedgerow.cli.runs import venue_of
    from hedgerow.study.sweep import sweep as study

    usable = [each for each in versions if each.book is not None]
    processes = _processes(workers, len(usable) - 1)
    with Steps("reading the market", len(usable) + 2) as steps:
        venue = venue_of([entrant], setting.terms, steps)
        steps.begin(f"running {entrant.name}")
        run = venue.run(entrant.book, entrant.name)
        own = _place(usable, ranges)
        made = _made(usable, own, run, venue, processes, steps)
        settings = [tuple(map(text_from_node, each.settings)) for each in usable]
        names = [each.name for each in ranges]
        return study(names, settings, made, own, run, goal, seed=setting.seed), run


def _refused(ranges: Sequence[Range], version: Version) -> str:
    from hedgerow.book.spelling import text_from_node

    pairs = zip(ranges, version.settings, strict=True)
    told = ", ".join(f"{each.name} = {text_from_node(number)}" for each, number in pairs)
    return f"with {told}, {version.mistake}"


def _ranges(whole: Tree, over: Sequence[str], given: str) -> list[Range]:
    """Of the params named, or of all that have one. CommandFault where that is too many or none."""
    from hedgerow.book.versions import ranges_of

    known = {each.name: each for each in ranges_of(whole)}
    if not known:
        remedy = "write one, as in `param short = 1.5 sd from 1 sd to 2 sd step 0.25 sd`"
        raise CommandFault(given, "no param of it has a range to vary in", remedy)
    for name in over:
        if name not in known:
            remedy = f"choose from {named(known)}"
            raise CommandFault(f"--over {name}", "no param of that name has a range", remedy)
    chosen = [known[name] for name in dict.fromkeys(over)] or list(known.values())
    count = math.prod(each.count for each in chosen)
    if count > MOST_VERSIONS:
        remedy = f"vary fewer params with --over ({named(known)}), or widen their steps"
        problem = f"its ranges span {count:,} versions, more than {MOST_VERSIONS:,}"
        raise CommandFault(given, problem, remedy)
    return chosen


def _place(usable: Sequence[Version], ranges: Sequence[Range]) -> int:
    """Of the version that is the file itself."""
    written = [each.written.value for each in ranges]
    return [[number.value for number in each.settings] for each in usable].index(written)


def _made(
    usable: Sequence[Version],
    own: int,
    run: Run,
    venue: Venue,
    processes: int,
    steps: Steps,
) -> list[Extract]:
    """What each version made, in their order; that of the file is not run a second time."""
    from hedgerow.study.sweep import extract_of
    from hedgerow.study.workers import Bench, made_of

    found: dict[int, Extract] = {own: extract_of(run)}
    others = [place for place in range(len(usable)) if place != own]
    books = [book for place in others if (book := usable[place].book) is not None]
    bench = Bench(venue.market, venue.assumptions, venue.fees)
    for at, made in made_of(books, bench, processes):
        found[others[at]] = made
        steps.begin(f"{len(found)} of {len(usable)} versions")
    return [found[place] for place in range(len(usable))]


def _processes(wanted: int | None, versions: int) -> int:
    """To run so many versions beside the one that runs anyway."""
    if wanted is not None:
        return max(min(wanted, versions), 1)
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return 1 if versions < _FEW else min(available or 1, MOST_WORKERS)
