"""`hedgerow lsp`: what editors ask while a rule file is being written."""

from __future__ import annotations

from hedgerow.cli.fault import CommandFault
from hedgerow.cli.status import Status


def lsp() -> Status:
    """Answer an editor over standard input and output; editors start this themselves.

    Example: hedgerow lsp   (docs/editors.md says how an editor is told of it)
    """
    try:
        from hedgerow.editor.server import serve
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.split(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise CommandFault(
            "lsp", f"editor support needs {missing.name}", 'install "hedgerow[editor]"'
        ) from None
    serve()
    return Status.CLEAN
