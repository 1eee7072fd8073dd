"""What a check may look at: the file and what was read of it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from hedgerow.book.book import Limit, Opening, Rule
from hedgerow.book.checks.facts import Facts
from hedgerow.book.names import Names
from hedgerow.language.tree import Tree


class Checked(Struct, frozen=True):
    file: Tree
    names: Names
    rules: tuple[Rule, ...]  # those that could be read
    limits: tuple[Limit, ...]
    facts: Facts
    complete: bool  # everything in the file could be read

    def openings(self) -> Iterator[Opening]:
        """All that rules open, and roll into."""
        for rule in self.rules:
            yield rule.opening
            yield from (roll.into for roll in rule.rolls if roll.into is not None)
