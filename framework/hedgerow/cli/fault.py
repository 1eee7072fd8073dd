"""What keeps a command from doing its job, said once and with the way out."""

from __future__ import annotations

from hedgerow.files.refused import REMEDIES

_LONGEST = 80  # characters of a path that are shown


class CommandFault(Exception):
    """The command line asks for what can't be done; `where` names the thing."""

    def __init__(self, where: str, problem: str, remedy: str) -> None:
        super().__init__(f"{where}: {problem}; {remedy}")
        self.where = where
        self.problem = problem
        self.remedy = remedy


def refused_by_system(error: Exception) -> str | None:
    """What the machine refuses, in words with a way out; None for mistakes of our own."""
    if not isinstance(error, OSError) or error.errno not in REMEDIES:
        return None
    where = str(error.filename or "writing")
    shown = where if len(where) <= _LONGEST else f"{where[: _LONGEST - 3]}..."
    return f"{shown}: {(error.strerror or str(error)).lower()}; {REMEDIES[error.errno]}"


def faults() -> tuple[type[Exception], ...]:
    """Every fault of every wing. Called only once something has gone wrong: it imports them all."""
    from hedgerow.account.fee_files import CostsFault
    from hedgerow.files.atomic import OutputFault
    from hedgerow.market.data_fault import DataFault
    from hedgerow.study.fault import StudyFault

    return CommandFault, CostsFault, DataFault, OutputFault, StudyFault
