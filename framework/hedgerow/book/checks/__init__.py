"""Checks over a whole file, each a function that yields what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hedgerow.book.checks.bounds import losses_without_end
from hedgerow.book.checks.checked import Checked
from hedgerow.book.checks.conditions import never_or_always, windows_of_one
from hedgerow.book.checks.expiries import beyond_the_listing
from hedgerow.book.checks.fractions import more_than_everything
from hedgerow.book.checks.names import unused_names
from hedgerow.book.checks.openings import never_opens, waits_for_itself
from hedgerow.book.checks.reach import beyond_the_credit
from hedgerow.book.checks.rules import rules_without_exit
from hedgerow.book.checks.stacks import thresholds_out_of_order
from hedgerow.book.checks.strikes import puts_in_the_money
from hedgerow.book.checks.wings import wings_inside
from hedgerow.text.diagnostic import Diagnostic

Check = Callable[[Checked], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    unused_names,
    rules_without_exit,
    thresholds_out_of_order,
    never_or_always,
    windows_of_one,
    beyond_the_credit,
    beyond_the_listing,
    wings_inside,
    losses_without_end,
    puts_in_the_money,
    never_opens,
    waits_for_itself,
    more_than_everything,
)

__all__ = ["CHECKS", "Check", "Checked"]
