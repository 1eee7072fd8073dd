"""How a return is told: by the year, or in all where less than a year is no ground for a rate."""

from __future__ import annotations

from enum import StrEnum

from hedgerow.study.compare import Difference
from hedgerow.study.other_fills import OtherFill
from hedgerow.study.resampling import Interval
from hedgerow.study.returns import SESSIONS_A_YEAR
from hedgerow.study.statistics import Summary

_YEAR = 365  # days; what was made in fewer is no rate a year (GIPS 2020)


class Term(StrEnum):
    A_YEAR = "a year"
    IN_ALL = "in all"

    def made(self, found: Summary | OtherFill) -> float:
        """A compound return, as a ratio."""
        return found.growth if self is Term.IN_ALL else found.annual_return

    def told(self, mean: float, sessions: int) -> float:
        """A mean daily return times 252, as it is; in all the sum of those days."""
        return mean * sessions / SESSIONS_A_YEAR if self is Term.IN_ALL else mean

    def told_difference(self, found: Difference) -> Difference:
        """A difference of such means, with its interval."""
        ends, count = found.interval, found.sessions
        told = Interval(self.told(ends.low, count), self.told(ends.high, count)) if ends else None
        return Difference(self.told(found.value, count), told, count)

    @property
    def rate(self) -> str:
        """What follows a number that is a part of a year's."""
        return "" if self is Term.IN_ALL else f" {self}"

    @property
    def total(self) -> str:
        """What follows a number that is none."""
        return f" {self}" if self is Term.IN_ALL else ""

    @property
    def from_days(self) -> str:
        """How it comes from daily returns."""
        return "sum of daily returns" if self is Term.IN_ALL else "mean daily return times 252"


def term_of(found: Summary) -> Term:
    """Runs that are compared have the same one: they are cut to their common sessions."""
    return Term.IN_ALL if (found.last - found.first).days < _YEAR else Term.A_YEAR
