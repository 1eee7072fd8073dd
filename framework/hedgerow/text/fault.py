"""What keeps a wish from being carried out, said to the person who had it."""

from __future__ import annotations


class Fault(Exception):
    """`where` names the thing, `problem` what is wrong with it, `remedy` what to do instead."""

    def __init__(self, where: str, problem: str, remedy: str) -> None:
        super().__init__(f"{where}: {problem}; {remedy}")
        self.where = where
        self.problem = problem
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[Fault], tuple[str, str, str]]:
        """It may have to come over from another process."""
        return type(self), (self.where, self.problem, self.remedy)
