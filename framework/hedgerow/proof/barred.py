"""What keeps a rule from opening, whatever its conditions say."""

from __future__ import annotations

from collections.abc import Iterator

from hedgerow.book.book import Rule
from hedgerow.plan.view import View


def barred(rule: Rule, view: View) -> Iterator[str]:
    """At the close of the view, in words."""
    if rule.arm is not None and rule.path not in view.armed:
        yield f"{rule.path} is not armed"
        if rule.after is not None and rule.after not in view.armed:
            yield f"{rule.after} before it is not armed"
    count = sum(each.rule == rule.path for each in view.holdings)
    if count >= rule.at_most:
        yield f"{count} of {rule.path} open already"
