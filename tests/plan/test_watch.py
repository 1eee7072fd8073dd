"""Invariants session by session: `T` true, `f` false, `?` unknown."""

import math
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hedgerow.account.assumptions import Assumptions
from hedgerow.account.fee_files import schedule
from hedgerow.account.run import Outcome, Seen
from hedgerow.book.book import Invariant, Pattern
from hedgerow.book.expression import Constant
from hedgerow.host.direct import run_direct
from hedgerow.plan.plan import InvariantStep, Observed
from hedgerow.plan.watch import Watch
from hedgerow.text.source import Source, Span
from hedgerow.vocabulary.units import Kind

from tests.running import plan_of, sample_market

TRUTHS = {"T": 1.0, "f": 0.0, "?": math.nan}
FIRST = date(2023, 1, 2)


def told(letters):
    """A letter or a digit a session as the function of a view."""
    values = [TRUTHS[each] if each in TRUTHS else float(each) for each in letters]
    return lambda view: values[view.session]


def kept(pattern, condition, then=None, *, window=0, most=0):
    """What became of an invariant whose parts were these, a letter or a digit a session."""
    span = Span(Source("a.rules", "x"), 0, 1)
    invariant = Invariant(
        pattern, Constant(1.0, Kind.TRUTH, span), "x", "", span, None, window, most
    )

    step = InvariantStep(
        invariant,
        told(condition),
        told(then) if then else None,
        (Observed("day", lambda view: float(view.session), Kind.NUMBER),),
    )
    watch = Watch(step)
    for session in range(len(condition)):
        watch.look(SimpleNamespace(session=session, at=FIRST + timedelta(session)))
    return watch.kept()


def counted(found):
    return found.outcome.value, found.broken, found.unknown, found.waiting


@pytest.mark.parametrize("condition, expected", [
    ("TTT", ("held", 0, 0, 0)),
    ("TfTf", ("broken", 2, 0, 0)),
    ("T?T", ("held", 0, 1, 0)),
    ("???", ("inconclusive", 0, 3, 0)),
    ("f??", ("broken", 1, 2, 0)),
])  # fmt: skip
def test_always_is_broken_only_where_it_is_false(condition, expected):
    assert counted(kept(Pattern.ALWAYS, condition)) == expected


@pytest.mark.parametrize("asked, came, expected", [
    ("Tffff", "Tffff", ("held", 0, 0, 0)),  # the same session counts
    ("Tffff", "ffTff", ("held", 0, 0, 0)),  # the last session of the window counts
    ("Tffff", "fffTf", ("broken", 1, 0, 0)),  # a session too late
    ("TTfff", "fffff", ("broken", 2, 0, 0)),
    ("TTfff", "ffTff", ("held", 0, 0, 0)),  # one answer does for both
    ("fffTf", "fffff", ("inconclusive", 0, 0, 1)),  # the data end first: never a pass
    ("Tffff", "f?fff", ("held", 0, 1, 0)),  # it may have come
    ("?ffff", "fffff", ("held", 0, 1, 0)),  # it may have been set off
    ("?ffff", "Tffff", ("held", 0, 0, 0)),  # and would have been answered
])  # fmt: skip
def test_whenever_waits_for_its_window_and_no_longer(asked, came, expected):
    assert counted(kept(Pattern.WHENEVER, asked, came, window=2)) == expected


@pytest.mark.parametrize("counts, expected", [
    ("01001", ("held", 0, 0, 0)),
    ("01010", ("broken", 1, 0, 0)),
    ("02000", ("broken", 3, 0, 0)),
])  # fmt: skip
def test_at_most_adds_up_the_sessions_of_its_window(counts, expected):
    assert counted(kept(Pattern.AT_MOST, counts, window=3, most=1)) == expected


@pytest.mark.parametrize("asked, came, expected", [
    ("Tffff", "Tffff", ("held", 0, 0, 0)),  # after means later
    ("Tffff", "fTfff", ("broken", 1, 0, 0)),
    ("Tffff", "ffTff", ("broken", 1, 0, 0)),
    ("Tffff", "fffTf", ("held", 0, 0, 0)),  # the time is over
    ("TfTff", "fffff", ("held", 0, 0, 0)),
    ("TfTff", "ffffT", ("broken", 1, 0, 0)),  # counted anew from the last time
    ("Tffff", "f?fff", ("held", 0, 1, 0)),
    ("?ffff", "fTfff", ("held", 0, 1, 0)),
])  # fmt: skip
def test_after_bars_the_sessions_that_follow(asked, came, expected):
    assert counted(kept(Pattern.AFTER, asked, came, window=2)) == expected


def test_the_first_break_is_remembered_with_what_stood_there():
    found = kept(Pattern.ALWAYS, "TTfTf")
    assert (found.first, found.seen) == (FIRST + timedelta(2), (Seen("day", "2.00"),))


def test_what_was_set_off_is_remembered_not_the_deadline():
    assert kept(Pattern.WHENEVER, "fTfff", "fffff", window=2).first == FIRST + timedelta(1)


RULES = """strategy kept 1.0.0
"x"
needs SPX, VIX
entry condor {
  sell iron_condor(SPX, expiry = 45 days, short = 1.5 sd, wing = 50 points)
  when VIX < 30
  size risk 10% of capital
  exit when profit >= 50% of credit
}
always count(condor) <= 1
at most 1 entry condor within 1 session
after exit condor no condor open for 1 session
never condor is open "not a day"
whenever condor is open then VIX > 0 within 1 session
always VIX < 1000
"""


def test_a_run_says_how_its_invariants_were_kept():
    terms = Assumptions(start=date(2017, 1, 3), end=date(2017, 12, 29))
    run = run_direct(plan_of(RULES), sample_market(), terms, schedule("default"))
    assert [each.outcome for each in run.invariants] == [
        Outcome.HELD, Outcome.HELD, Outcome.HELD, Outcome.BROKEN, Outcome.HELD, Outcome.HELD,
    ]  # fmt: skip
    broken = run.invariants[3]
    assert broken.first == run.fills[0].at
    assert broken.seen == (Seen("condor is open", "true"),)
    assert broken.place == "test.rules:13:1"
    exits = [made for made in run.decisions if made.action == "close"]
    assert run.invariants[2].occasions == len(exits) > 0
