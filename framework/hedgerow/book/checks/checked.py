"""What a check may look at: the file and what was read of it."""

from __future__ import annotations

from msgspec import Struct

from hedgerow.book.book import Limit, Rule
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
