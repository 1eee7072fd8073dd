"""What keeps a command from doing its job, said once and with the way out."""

from __future__ import annotations

from hedgerow.files.refused import REMEDIES
from hedgerow.text.diagnostic import shortened
from hedgerow.text.fault import Fault

_LONGEST = 80  # characters of a path that are shown


class CommandFault(Fault):
    """The command line asks for what can't be done; `where` names the thing."""


def refused_by_system(error: Exception) -> str | None:
    """What the machine refuses, in words with a way out; None for mistakes of our own."""
    if not isinstance(error, OSError) or error.errno not in REMEDIES:
        return None
    where = shortened(str(error.filename or "writing"), _LONGEST)
    return f"{where}: {(error.strerror or str(error)).lower()}; {REMEDIES[error.errno]}"
