"""What a study cannot do, said to the person who asked for it."""

from __future__ import annotations


class StudyFault(Exception):
    """Raised at the door; `where` names the thing, `remedy` says what to do instead."""

    def __init__(self, where: str, problem: str, remedy: str) -> None:
        super().__init__(f"{where}: {problem}; {remedy}")
        self.where = where
        self.problem = problem
        self.remedy = remedy
