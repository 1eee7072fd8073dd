"""A finished study on standard output."""

from __future__ import annotations

from hedgerow.account.run import Run
from hedgerow.cli.options import Format
from hedgerow.cli.screen import results, write
from hedgerow.report.document import Document
from hedgerow.study.compare import Comparison


def show(document: Document, subject: Run | Comparison, output: Format) -> None:
    """For people the document, for programs the numbers behind it."""
    if output is Format.JSON:
        from hedgerow.report.to_json import to_json

        write(to_json(subject))
    else:
        from hedgerow.report.to_terminal import to_terminal

        to_terminal(document, results())
