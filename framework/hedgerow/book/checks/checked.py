"""What a check may look at: the file and what was read of it."""

from __future__ import annotations

from dataclasses import dataclass

from hedgerow.book.book import Limit, Rule
from hedgerow.book.checks.facts import Facts
from hedgerow.book.names import Names
from hedgerow.language.tree import Tree


@dataclass(frozen=True, slots=True)
class Checked:
    file: Tree
    names: Names
    rules: tuple[Rule, ...]  # those that could be read
    limits: tuple[Limit, ...]
    facts: Facts
    complete: bool  # everything in the file could be read
