"""Checks over a whole file, each a function that yields what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hedgerow.book.checks.checked import Checked
from hedgerow.book.checks.names import unused_names
from hedgerow.book.checks.rules import rules_without_exit
from hedgerow.book.checks.stacks import thresholds_out_of_order
from hedgerow.text.diagnostic import Diagnostic

Check = Callable[[Checked], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (unused_names, rules_without_exit, thresholds_out_of_order)

__all__ = ["CHECKS", "Check", "Checked"]
