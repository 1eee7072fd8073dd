"""`hedgerow data check`: what is wrong with a folder of data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hedgerow.cli.options import Format, ForWhom
from hedgerow.cli.screen import write, write_for_programs
from hedgerow.cli.status import Status
from hedgerow.text.in_words import counted

if TYPE_CHECKING:
    from hedgerow.market.audit.finding import Finding

FORMAT_VERSION = "1.0"


def check_data(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder as --data takes it.")],
    output: ForWhom = Format.HUMAN,
) -> Status:
    """Find what is wrong with data: gaps, doubles, outliers, stale opens, units, quotes.

    Example: hedgerow data check quotes
    """
    from hedgerow.market.audit.folder import findings_of

    findings = findings_of(folder, date.today())
    wrong = sum(not each.kind.is_remark for each in findings)
    if output is Format.JSON:
        items = [
            {
                "file": each.where,
                "kind": each.kind.value,
                "severity": "remark" if each.kind.is_remark else "problem",
                "count": each.count,
                "places": each.places,
                "message": each.text,
            }
            for each in findings
        ]
        write_for_programs(FORMAT_VERSION, {"findings": items})
    else:
        write(_told(folder, findings, wrong))
    return Status.PROBLEMS if wrong else Status.CLEAN


def _told(folder: Path, findings: Sequence[Finding], wrong: int) -> str:
    """The findings as a person reads them, under the file they are of."""
    lines = []
    where = ""
    for each in findings:
        if each.where != where:
            where = each.where
            lines.append(where)
        mark = "note " if each.kind.is_remark else ""
        lines.append(f"  {mark}{each.kind.value}: {each.text}")
    problems = "nothing wrong" if not wrong else counted(wrong, "problem")
    return "\n".join([*lines, f"{folder}: {problems} found", ""])
