"""What was found out beside the runs themselves."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from hedgerow.study.book_on import BookOn
from hedgerow.study.claims import JudgedClaim
from hedgerow.study.stress import Stress


class Findings(Struct, frozen=True):
    claims: tuple[JudgedClaim, ...] = ()
    stress: Mapping[str, Stress] = field(default_factory=dict)  # by the name of the run
    book: BookOn | None = None  # on a day that was asked for

    def of(self, name: str) -> Findings:
        """What concerns one run."""
        claims = tuple(each for each in self.claims if each.strategy == name)
        stress = {name: self.stress[name]} if name in self.stress else {}
        return Findings(claims, stress, self.book)


NOTHING = Findings()
