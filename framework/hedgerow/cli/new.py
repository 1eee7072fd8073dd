"""`hedgerow new`: a strategy to begin with, and the tests it passes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hedgerow.cli.fault import CommandFault
from hedgerow.cli.rule_files import ENDING
from hedgerow.cli.screen import say
from hedgerow.cli.status import Status

TEXT = """\
strategy NAME 0.1.0
"Says in a sentence what it does: a condor at a time, not in a storm"

needs SPX, VIX

entry condor {
  sell iron_condor(SPX, expiry = 45 days, short = 16 delta, wing = 50 points)
  when VIX < 25
  size risk 10% of capital
  exit when profit >= 50% of credit "half the credit is in"
  exit when days_to_expiry <= 21 days "three weeks left"
}

test "a storm: nothing is sold" {
  VIX: 30 x5
  expect no entry condor
}

test "the storm is over: half the credit is in soon" {
  VIX: 24 x2, 12 x5
  expect entry condor on day 1
  expect exit condor on day 3
}

test "a condor under pressure is closed three weeks before its expiry" {
  SPX: 4000 x2, -3%, 3880 x20
  VIX: 15 x2, 20 x21
  expect no exit condor on day 17
  expect exit condor on day 18
}
"""


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Of the strategy and of its file.")],
) -> Status:
    """Write a strategy to begin with, with its tests, into NAME.rules: make it yours.

    Example: hedgerow new my_idea
    """
    from hedgerow.book import check_text
    from hedgerow.files.atomic import write_atomically
    from hedgerow.text.source import Source

    path = Path(name.removesuffix(ENDING) + ENDING)
    called = path.name.removesuffix(ENDING)
    text = TEXT.replace("NAME", called)
    if not called.isidentifier() or check_text(Source(str(path), text)):
        remedy = "take small letters, digits and _, like my_idea"
        raise CommandFault(name, "a strategy can't have this name", remedy)
    if path.exists():
        raise CommandFault(str(path), "is there already", "take another name")
    write_atomically(path, text)
    say(f"wrote {path}; see it with `hedgerow explain {path}` and `hedgerow test {path}`")
    return Status.CLEAN
