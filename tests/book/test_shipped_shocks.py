"""Shocks that come with the language: named without being declared, and kept from being others."""

import pytest
from hedgerow.account.assumptions import Assumptions
from hedgerow.book import book_from_text, check_text
from hedgerow.book.shocks import shipped_shocks
from hedgerow.text.source import Source
from hedgerow.vocabulary.shocks import episodes

from tests.market_strategies import market, read_notation
from tests.running import run

RULES = """strategy stressed 1.0.0
"Condors, closed when a fall would cost too much"

needs SPX, VIX

OWN
entry condor {
  sell iron_condor(SPX, expiry = 45 days, short = 16 delta, wing = 50 points)
  size 2 contracts
  exit when loss(condor, SHOCK) > $1000 "a fall would cost too much"
}
"""


def source(shock, own=""):
    return Source("stressed.rules", RULES.replace("SHOCK", shock).replace("OWN\n", own))


def written(name, called):
    """The shock of the library, as a file would declare it under another name."""
    head, _, body = episodes()[name].text.partition(f"shock {name}")
    assert head.startswith("#")
    return f"shock {called}{body}\n\n"


def test_a_shock_of_the_library_needs_no_declaration():
    book = book_from_text(source("crash_1987"))
    assert book.shocks == (shipped_shocks()["crash_1987"],)


def test_a_book_holds_no_shock_of_the_library_that_it_does_not_name():
    own = "shock mild {\n  SPX - 1%\n}\n\n"
    assert [each.name for each in book_from_text(source("mild", own)).shocks] == ["mild"]


def test_its_name_is_taken():
    own = "shock yen_2024 {\n  SPX - 1%\n}\n\n"
    (found,) = check_text(source("yen_2024", own))
    assert found.code == "N104"
    assert found.message == "`yen_2024` is a shock that comes with the language"
    assert found.span.text == "yen_2024"


@pytest.mark.parametrize("name, help", [
    ("crash_1978", "did you mean `crash_1987`?"),
    ("pandemic", "did you mean `pandemic_2020`?"),
    ("zzz", "`hedgerow words` lists those that come with the language"),
])  # fmt: skip
def test_an_unknown_shock_is_answered_with_the_nearest(name, help):
    (found,) = check_text(source(name))
    assert (found.code, found.help) == ("N101", (help,))


@pytest.mark.parametrize("name", shipped_shocks())
def test_it_is_worth_what_the_same_moves_are_worth_in_a_file(name):
    past = market(read_notation("2000 x8"), read_notation("16 x8"))
    made = [
        run(text, past, Assumptions(interest=False))
        for text in (source(name).text, source("same", written(name, "same")).text)
    ]
    shipped, own = ([each.reason for each in result.decisions] for result in made)
    assert shipped and shipped == own
    assert made[0].equity.tolist() == made[1].equity.tolist()


def test_a_sold_condor_is_closed_because_of_black_monday_at_once():
    past = market(read_notation("2000 x8"), read_notation("16 x8"))
    closed = [
        each for each in run(source("crash_1987").text, past).decisions if each.action == "close"
    ]
    assert closed[0].reason == "a fall would cost too much"


def test_moves_of_one_series_follow_one_another():
    past = market(read_notation("2000 x8"), read_notation("16 x8"))
    twice = "shock fall {\n  SPX - 10%\n  VIX + 8 points\n  SPX - 100 points\n}\n\n"
    once = "shock fall {\n  SPX - 300 points\n  VIX + 8 points\n}\n\n"
    made = [run(source("fall", own).text, past) for own in (twice, once)]
    assert made[0].equity.tolist() == made[1].equity.tolist()


@pytest.mark.parametrize("moves, message", [
    ("SPX - 100%", "nothing would be left of `SPX`"),
    ("VIX3M + 4 points", "a shock moves `SPX` and `VIX`, not `VIX3M`"),
])  # fmt: skip
def test_a_shock_that_cannot_be_carried_out_is_refused(moves, message):
    own = f"shock own {{\n  {moves}\n}}\n\n"
    text = source("own", own).text.replace("SPX, VIX\n", "SPX, VIX, VIX3M\n", 1)
    assert message in [each.message for each in check_text(Source("stressed.rules", text))]
