"""What keeps a command from doing its job, said once and with the way out."""

from __future__ import annotations


class CommandFault(Exception):
    """The command line asks for what can't be done; `where` names the thing."""

    def __init__(self, where: str, problem: str, remedy: str) -> None:
        super().__init__(f"{where}: {problem}; {remedy}")
        self.where = where
        self.problem = problem
        self.remedy = remedy


def faults() -> tuple[type[Exception], ...]:
    """Every fault of every wing. Called only once something has gone wrong: it imports them all."""
    from hedgerow.account.fee_files import CostsFault
    from hedgerow.market.data_fault import DataFault
    from hedgerow.report.atomic import OutputFault
    from hedgerow.study.fault import StudyFault

    return CommandFault, CostsFault, DataFault, OutputFault, StudyFault
