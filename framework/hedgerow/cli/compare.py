"""`hedgerow compare`: variants side by side, paired on the same sessions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from hedgerow.cli.fault import CommandFault
from hedgerow.cli.rule_files import RuleText, named, rule_text
from hedgerow.cli.setting import Setting, with_setting
from hedgerow.cli.status import Status

if TYPE_CHECKING:
    from hedgerow.cli.runs import Entrant
    from hedgerow.report.findings import Findings
    from hedgerow.study.compare import Comparison


@with_setting
def compare(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE FILE...",
            help="Rule files, presets, or FILE@REVISION from git; the first is the baseline.",
        ),
    ],
    baseline: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Another baseline: a strategy's name, or its file."),
    ] = None,
    *,
    setting: Setting,
) -> Status:
    """Run strategies on the same market and say whether their difference is real.

    Example: hedgerow compare alvh/unhedged alvh/core --html hedge.html
    """
    from hedgerow.cli.claims import claims_among
    from hedgerow.cli.progress import Steps
    from hedgerow.cli.runs import entrants, finished, kept_status, venue_of
    from hedgerow.cli.stress import stressed
    from hedgerow.report.comparison_report import comparison_report
    from hedgerow.report.findings import Findings
    from hedgerow.report.to_json import to_json
    from hedgerow.study import compare as study

    chosen = _several(files)
    with Steps("reading the rules", len(chosen) + 3) as steps:
        ready = _baseline_first(_told_apart(entrants(chosen)), baseline)
        venue = venue_of(ready, setting.terms, steps)
        runs = finished(ready, venue, steps)
        steps.begin("comparing")
        comparison = study.compare(runs, seed=setting.seed)
        claims = claims_among(ready, runs, setting.seed)
        findings = Findings(claims, stressed(runs, venue.market))
    setting.outputs.deliver(
        lambda: comparison_report(comparison, [each.source for each in ready], findings),
        lambda: to_json(comparison, findings),
        lambda: _texts(comparison, findings),
    )
    return kept_status(comparison.runs, findings.claims)


def _several(given: Sequence[str]) -> list[RuleText]:
    """Two or more different files."""
    files = [rule_text(each) for each in given]
    if len(files) < 2:
        raise CommandFault(given[0], "one file is nothing to compare", "name a second one")
    [(place, count)] = Counter(file.place for file in files).most_common(1)
    if count > 1:
        name = next(file.given for file in files if file.place == place)
        raise CommandFault(name, "given more than once", "name different files")
    return files


def _told_apart(ready: Sequence[Entrant]) -> list[Entrant]:
    """Strategies of one name are called by their files."""
    names = Counter(each.name for each in ready)
    return [replace(each, name=each.file.name) if names[each.name] > 1 else each for each in ready]


def _baseline_first(ready: Sequence[Entrant], wanted: str | None) -> list[Entrant]:
    if wanted is None:
        return list(ready)
    found = [each for each in ready if wanted in (each.name, each.file.name, each.file.given)]
    if len(found) != 1:
        choice = f"choose from {named(each.name for each in ready)}"
        raise CommandFault(f"--baseline {wanted}", "none of these strategies has this name", choice)
    return [*found, *(each for each in ready if each is not found[0])]


def _texts(comparison: Comparison, findings: Findings) -> dict[str, str]:
    """The files of every run, its name before theirs, and the comparison itself."""
    from hedgerow.report.to_files import run_files
    from hedgerow.report.to_json import to_json

    names = [re.sub(r"[^A-Za-z0-9_]+", "-", run.name).strip("-") for run in comparison.runs]
    if len(set(names)) < len(names):
        names = [f"{place}-{name}" for place, name in enumerate(names, 1)]
    return {"comparison.json": to_json(comparison, findings)} | {
        f"{name}.{file}": text
        for name, run in zip(names, comparison.runs, strict=True)
        for file, text in run_files(run, findings.of(run.name)).items()
    }
