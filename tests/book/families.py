"""Variants and their parents as texts, without files."""

from __future__ import annotations

import posixpath

from hedgerow.book import Resolved
from hedgerow.book.variant import resolved
from hedgerow.language.from_text import tree_from_text
from hedgerow.text.diagnostic import Diagnostic
from hedgerow.text.parents import Load, NoParent, Parent
from hedgerow.text.source import Source

CORE = """\
strategy core 1.0.0
"A parent"

needs SPX, VIX

param short_distance = 1.50 sd from 1 sd to 2 sd step 0.25 sd
param coverage = 50% from 40% to 60% locked

let calm = VIX < 20

shock spike {
  VIX + 6 points
  SPX - 3.2%
}

layers condors {
  layer base {
    sell iron_condor(SPX, expiry = 6 weeks, short = short_distance, wing = 50 points)
    when calm
    size risk 40% of capital
    exit when profit >= 50% of credit "half the credit is in"
    exit when profit <= -200% of credit "stop"
    exit when days_to_expiry <= 7 days
  }
}

layers hedge {
  layer first at VIX >= 18 until VIX < 16 {
    buy call(VIX, expiry = 30 days, strike = 30 delta)
    size cover coverage of loss(condors, spike)
    exit when disarmed
  }
  layer second at VIX >= 24 until VIX < 20 {
    buy call(VIX, expiry = 30 days, strike = 20 delta)
    size 2 contracts
    exit when disarmed
  }
}
"""


def beside(**texts: str) -> Load:
    """A folder of rule files that is not there: `core` is found as `core.rules`."""

    def load(written: str) -> Parent | NoParent:
        text = texts.get(posixpath.normpath(written).removesuffix(".rules"))
        if text is None:
            return NoParent("V402", f"there is no file `{written}`", "is the name right?")
        return Parent(Source(written, text), load)

    return load


def whole(text: str, **texts: str) -> tuple[Resolved, tuple[Diagnostic, ...]]:
    """A text with its parents, and everything wrong in putting them together."""
    file, found = tree_from_text(Source("example.rules", text))
    together, more = resolved(file, beside(**texts))
    return together, (*found, *more)


def variant(*lines: str, of: str = "core.rules", name: str = "core", version: str = "1.0.0") -> str:
    return "\n".join([f'variant {name} {version} of "{of}"', "", *lines, ""])


def codes(found: tuple[Diagnostic, ...]) -> list[str]:
    return [each.code for each in found]
