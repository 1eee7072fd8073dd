"""Shares of a series of the user's own: its closes are their prices, and nothing is made up."""

from math import nan

import numpy as np
import pytest
from hedgerow.account.assumptions import Assumptions
from hedgerow.account.order import Refused
from hedgerow.book import check_text
from hedgerow.book.shocks import shipped_shocks
from hedgerow.market.calendar import nyse
from hedgerow.market.history import Series, history_of
from hedgerow.market.market_from_history import market_from_history
from hedgerow.study.book_on import book_on
from hedgerow.text.source import Source

from tests.running import run

RULES = """strategy own 1.0.0
"Holds a series of the user's own"

needs SPX, VIX, QQQ

entry own {
  buy shares(QQQ)
  when no own open
  size spend 50% of capital
  exit when QQQ > 250
}
"""
FREE = Assumptions(interest=False, costs="none", spread_fraction=0.0)


def ran(closes, text=RULES, assumptions=FREE):
    first = int(np.searchsorted(nyse().sessions, np.datetime64("2018-01-02")))
    sessions = nyse().sessions[first : first + len(closes)]
    levels = {"SPX": np.full(len(closes), 4000.0), "VIX": np.full(len(closes), 15.0)}
    levels["QQQ"] = np.array(closes, dtype=float)
    known = market_from_history(
        history_of(sessions, {name: Series(values) for name, values in levels.items()})
    )
    return known, run(text, known, assumptions)


def test_they_trade_and_are_marked_at_their_own_closes():
    known, result = ran([200, 200, 210, 260, 240, 240])
    bought, sold, *_ = result.fills
    assert (bought.price, bought.order.units) == (200.0, 2500)
    assert sold.price == -240.0
    assert bought.source == "series close"
    assert result.equity.tolist() == [100_000_000, 100_000_000, *(
        100_000_000 + 2500 * (close - 200) * 100 for close in (210, 260, 240, 240)
    )]  # fmt: skip
    assert known.spot("QQQ", 3) == 260.0


def test_they_pay_none_of_the_index_s_dividends():
    _, result = ran([200.0] * 6)
    assert {entry.kind for entry in result.entries} == {"deposit", "open"}


def test_the_last_close_stands_in_for_a_missing_one():
    known, result = ran([200, 200, nan, 220, 0.0, 220])
    assert [known.spot("QQQ", at) for at in range(6)] == [200, 200, 200, 220, 220, 220]
    assert result.equity[2] == 100_000_000


def test_before_the_first_close_nothing_is_bought():
    _, result = ran([nan, nan, 200, 200, 200])
    assert {each.reason for each in result.rejections} == {Refused.NO_PRICE}
    assert [fill.at for fill in result.fills] == [result.sessions[3].item()]


def test_a_fall_of_spx_does_not_say_what_becomes_of_them():
    known, result = ran([200.0] * 6)
    book = book_on(result, known, result.sessions[-1].item(), [*shipped_shocks().values()])
    assert {change.whole for change in book.shocks} == {0.0}
    assert book.unmoved == ("QQQ",)


@pytest.mark.parametrize("line", ["buy shares(VIX)", "sell shares(VIX)"])
def test_vix_itself_cannot_be_held(line):
    (found,) = check_text(Source("own.rules", RULES.replace("buy shares(QQQ)", line)))
    assert (found.code, found.message) == (
        "N107", "VIX can't be held, only options and futures on it",
    )  # fmt: skip
