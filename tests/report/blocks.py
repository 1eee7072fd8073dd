"""Blocks of a document, by what they are."""

from hedgerow.report.document import Table


def of(document, kind):
    return [block for block in document.blocks if isinstance(block, kind)]


def table(document, caption):
    return next(found for found in of(document, Table) if found.caption.startswith(caption))
