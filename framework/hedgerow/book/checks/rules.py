"""Rules as a trader would question them."""

from __future__ import annotations

from collections.abc import Iterator

from hedgerow.book.checks.checked import Checked
from hedgerow.language import tree
from hedgerow.text.diagnostic import Diagnostic


def rules_without_exit(checked: Checked) -> Iterator[Diagnostic]:
    """An opening whose end nobody wrote down: it is held to expiry."""
    for rule in checked.rules:
        clauses = checked.names.rules[rule.path].clauses
        unread = any(isinstance(each, tree.Broken) for each in clauses)
        if not rule.exits and not unread:  # a line that could not be read may be one
            expires = any(leg.expiry is not None for leg in rule.opening.legs)
            end = "it is held to expiry and settled" if expires else "it is held to the end"
            yield Diagnostic(
                "R503",
                f"`{rule.path}` has no exit: {end}",
                rule.span,
                help=("add `exit when ...` if that is not meant",),
            )
