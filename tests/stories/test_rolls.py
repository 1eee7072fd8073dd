"""Positions that are replaced by others."""

from hedgerow.account.assumptions import Assumptions

from tests.market_strategies import market, read_notation
from tests.running import run

QUIET = Assumptions(interest=False, dividends=False, costs="none", spread_fraction=0.0)

ROLL = "put_spread(SPX, expiry = monthly 75 days, short = 8%, wing = 100 points)"
ROLLED = f"""strategy rolled 1.0.0
"A put spread whose tested side is rolled"

needs SPX, VIX

entry puts {{
  sell put_spread(SPX, expiry = monthly 45 days, short = 5%, wing = 50 points)
  when VIX < 18 and no puts open
  size 2 contracts
  roll when SPX < short_put.strike + 40 points into {ROLL} at most 1 times "tested"
  exit when days_to_expiry <= 3 days
}}
"""


def rolled(spx, text=ROLLED, vix="15 x3, 25 x100"):
    levels = read_notation(spx)
    past = market(levels, read_notation(vix)[: len(levels)])
    return past, run(text, past, QUIET)


def widths(trade):
    strikes = [leg.contract.strike for leg in trade.legs]
    return max(strikes) - min(strikes)


def test_a_roll_closes_the_position_and_opens_the_other_on_the_same_day():
    past, result = rolled("2000 x5, 1930 x10")
    first, second = result.trades
    assert first.reason == "tested"
    assert second.opened == first.closed == past.sessions[6].item()
    assert (widths(first), widths(second)) == (50, 100)
    assert second.legs[0].contract.expiry.date > first.legs[0].contract.expiry.date
    actions = [each.action for each in result.decisions]
    assert actions == ["open", "roll", "open"]


def test_a_roll_happens_no_more_often_than_allowed():
    _, result = rolled("2000 x5, 1930 x5, 1790 x5")
    assert [trade.reason for trade in result.trades] == ["tested", "still open"]
    _, again = rolled(
        "2000 x5, 1930 x5, 1790 x5", ROLLED.replace("at most 1 times", "at most 2 times")
    )
    assert [trade.reason for trade in again.trades] == ["tested", "tested", "still open"]


def test_a_roll_without_another_structure_opens_the_same_again():
    text = ROLLED.replace(f"into {ROLL} ", "")
    _, result = rolled("2000 x5, 1930 x10", text)
    first, second = result.trades
    assert [widths(first), widths(second)] == [50, 50]
    assert second.legs[0].contract.strike < first.legs[0].contract.strike


def test_an_exit_comes_before_a_roll():
    text = ROLLED.replace("exit when days_to_expiry <= 3 days", 'exit when SPX < 1950 "out"')
    _, result = rolled("2000 x5, 1930 x10", text)
    assert [trade.reason for trade in result.trades] == ["out"]


def test_two_lines_open_as_one_order():
    text = ROLLED.replace(
        "  sell put_spread(SPX, expiry = monthly 45 days, short = 5%, wing = 50 points)\n",
        "  sell put(SPX, expiry = monthly 45 days, strike = 5%)\n"
        "  buy put(SPX, expiry = monthly 45 days, strike = 10%)\n"
        "  buy put(SPX, expiry = monthly 45 days, strike = 12%)\n",
    )
    _, result = rolled("2000 x5", text)
    (opened,) = result.fills
    assert [(leg.name, leg.ratio) for leg in opened.order.legs] == [
        ("short_put", -1), ("long_put", 1), ("long_put_2", 1),
    ]  # fmt: skip


def test_a_structure_of_the_file_is_opened_like_a_built_in_one():
    text = ROLLED.replace("entry puts", """structure wide(U, expiry, short, gap) {
  short_put: sell put(U, expiry = expiry, strike = short)
  long_put: buy 2 x put(U, expiry = expiry, strike = short_put - gap)
}

entry puts""").replace(
        "sell put_spread(SPX, expiry = monthly 45 days, short = 5%, wing = 50 points)",
        "sell wide(SPX, expiry = monthly 45 days, short = 5%, gap = 100 points)",
    )  # fmt: skip
    _, result = rolled("2000 x5", text)
    (opened,) = result.fills
    assert [(leg.contract.strike, leg.ratio) for leg in opened.order.legs] == [
        (1900.0, -1), (1800.0, 2),
    ]  # fmt: skip


def test_a_condition_of_legs_may_have_a_name_of_its_own():
    tested = "let tested = puts.short_put.itm or SPX < puts.short_put.strike + 40 points"
    text = ROLLED.replace("\nentry", f"\n{tested}\n\nentry", 1)
    text = text.replace("SPX < short_put.strike + 40 points into", "tested into")
    _, by_name = rolled("2000 x5, 1930 x10", text)
    _, written_out = rolled("2000 x5, 1930 x10")
    assert by_name.trades[0].reason == "tested"
    assert [fill.cash for fill in by_name.fills] == [fill.cash for fill in written_out.fills]
