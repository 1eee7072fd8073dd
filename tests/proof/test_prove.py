"""Promises of rule files on generated markets, and the laws of every run."""

import pytest
from hedgerow.account.run import Decision
from hedgerow.book import book_from_text
from hedgerow.plan.from_book import plan_from_book
from hedgerow.proof.generated import generated, run_on
from hedgerow.proof.laws import LAWS
from hedgerow.proof.prove import prove
from hedgerow.proof.rehearsal import rehearsed
from hedgerow.text.source import Source
from hypothesis import given, settings
from msgspec.structs import replace

from tests.rule_files import rule_files

RULES = """strategy promised 1.0.0
"A condor, and what it promises"

needs SPX, VIX

entry condor {
  sell iron_condor(SPX, expiry = 30 days, short = 1.5 sd, wing = 50 points)
  size risk 40% of capital
  exit when profit >= 50% of credit
}

"""
KEPT, BROKEN = "never margin > equity\n", 'never drawdown > 2% "shallow"\n'
UNTOLD = "always sma(VIX, 200 sessions) > 0\n"


def book_of(text):
    return book_from_text(Source("promised.rules", RULES + text))


def proved(text, count=4, days=60, seed=2):
    return prove(book_of(text), count, days, seed, lambda: None)


def test_a_promise_that_is_kept_holds_on_every_market():
    kept, *laws = proved(KEPT)
    assert (kept.promise, kept.place) == (KEPT.strip(), "promised.rules:12:1")
    assert (kept.held, kept.broken, kept.inconclusive, kept.test) == (4, 0, 0, "")
    assert [each.promise for each in laws] == list(LAWS)
    assert {(each.held, each.broken) for each in laws} == {(4, 0)}


def test_a_promise_that_nothing_could_break_was_not_tried():
    idle, *_ = proved("at most 1 exit condor within 3 sessions\n", days=2)
    assert (idle.held, idle.tried) == (4, 0)
    kept, *laws = proved(KEPT)
    assert {each.tried for each in (kept, *laws)} == {4}


def test_a_promise_that_breaks_comes_with_a_test_that_shows_it():
    (broken, *_) = proved(BROKEN)
    assert broken.broken >= 1
    assert broken.test.startswith('test "breaks: shallow" {\n  SPX: ')
    book = book_of(BROKEN + "\n" + broken.test)
    done = rehearsed(book, book.tests[0])
    assert not done.passed
    assert done.failures == ()  # what is decided is as written
    assert [each.label for each in done.broken] == ["shallow"]


def test_the_test_is_small():
    (broken, *_) = proved(BROKEN)
    assert book_of(BROKEN + "\n" + broken.test).tests[0].days <= 5


def test_what_no_market_can_tell_is_not_held():
    (untold, *_) = proved(UNTOLD)
    assert (untold.held, untold.inconclusive) == (0, 4)


def test_the_same_seed_gives_the_same_proof():
    assert proved(BROKEN) == proved(BROKEN)


def test_each_market_is_announced():
    begun = []
    prove(book_of(KEPT), 3, 10, 1, lambda: begun.append(1))
    assert len(begun) == 3


# --- laws that can fail --------------------------------------------------------------------------

BOOK = book_of("")
MARKET = next(generated(1, 60, seed=2))
RUN = run_on(plan_from_book(BOOK), BOOK, MARKET)
OTHER = replace(RUN, decisions=(*RUN.decisions, Decision(RUN.sessions[0].item(), "a", "", "", "")))


def again(days):
    return run_on(
        plan_from_book(BOOK), BOOK, replace(MARKET, spx=MARKET.spx[:days], vix=MARKET.vix[:days])
    )


@pytest.mark.parametrize("name", LAWS)
def test_a_run_keeps_the_laws(name):
    assert RUN.trades
    assert LAWS[name](RUN, again)


@pytest.mark.parametrize("name, run", [
    ("the same rules on the same market decide the same", OTHER),
    ("nothing that comes later changes what came before", OTHER),
    ("money is neither made nor lost", replace(RUN, cash=RUN.cash + 1)),
    ("contracts are held by open positions, and by nothing else",
     replace(RUN, entries=RUN.entries[: next(
         at for at, entry in enumerate(RUN.entries, 1) if entry.contracts)],
         trades=tuple(replace(each, closed=each.opened) for each in RUN.trades))),
])  # fmt: skip
def test_a_law_notices_what_breaks_it(name, run):
    assert not LAWS[name](run, again)


@settings(max_examples=15)
@given(rule_files())
def test_generated_books_keep_the_laws_on_generated_markets(text):
    found = prove(book_from_text(Source("t.rules", text)), 1, 60, 5, lambda: None)
    assert {each.broken for each in found if not each.place} == {0}
