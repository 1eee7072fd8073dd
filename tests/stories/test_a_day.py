"""The order of a day, told by what the ledger says."""

from datetime import date

from hedgerow.account.assumptions import AccountType, Assumptions, FillTiming
from msgspec.structs import replace

from tests.market_strategies import market, read_notation
from tests.running import run

QUIET = Assumptions(interest=False, dividends=False, costs="none", spread_fraction=0.0)

DIP = """strategy dip 1.0.0
"Buys a dip"

needs SPX, VIX

entry dip {
  buy shares(SPX)
  when SPX < 1950
  size 10 contracts
  exit when SPX > 2050 "recovered"
}
"""

CONDOR = """strategy condor 1.0.0
"One condor"

needs SPX, VIX

entry condor {
  sell iron_condor(SPX, expiry = monthly 30 days, short = 5%, wing = 50 points)
  when VIX < 18
  size 1 contracts
}
"""


def history(spx, vix="15 x200", **rest):
    closes = read_notation(spx)
    return market(closes, read_notation(vix)[: len(closes)], **rest)


def days(history, *indices):
    return [history.sessions[index].item() for index in indices]


def test_what_is_decided_at_a_close_fills_at_the_next_one():
    past = history("2000 x3, 1900, 1910, 2100, 2060, 2000 x3")
    result = run(DIP, past, QUIET)
    bought, sold = result.fills
    decided, filled, left, gone = days(past, 3, 4, 5, 6)
    assert (bought.order.decided, bought.at, bought.price) == (decided, filled, 1910.0)
    assert (sold.order.decided, sold.at, sold.price) == (left, gone, -2060.0)
    (trade,) = result.trades
    assert trade.result == (2060 - 1910) * 10 * 100
    assert trade.reason == "recovered"
    assert result.equity[-1] == QUIET.capital + trade.result


def test_filling_at_the_same_close_is_possible_and_says_so():
    past = history("2000 x3, 1900, 1910, 2100, 2060, 2000 x3")
    taken = Assumptions(
        interest=False, dividends=False, costs="none", spread_fraction=0.0,
        fill=FillTiming.SAME_CLOSE,
    )  # fmt: skip
    bought, sold = run(DIP, past, taken).fills
    assert [bought.at, sold.at] == days(past, 3, 5)
    assert (bought.price, sold.price) == (1900.0, -2100.0)


def test_an_order_decided_on_the_last_day_of_the_data_never_fills():
    past = history("2000 x5, 1900")
    result = run(DIP, past, QUIET)
    assert result.fills == ()
    assert [(each.at, each.action) for each in result.decisions] == [(days(past, 5)[0], "open")]


def test_cash_earns_the_bill_rate_for_every_calendar_day():
    past = history("2000 x6")
    result = run(DIP, past, Assumptions())
    friday, tuesday = date(2018, 1, 5), date(2018, 1, 2)
    weekend = next(each for each in result.entries if each.at == date(2018, 1, 8))
    assert past.sessions[0].item() == tuesday
    before = next(
        cash for at, cash in zip(result.sessions, result.cash, strict=True) if at.item() == friday
    )
    assert dict(weekend.postings)["cash"] == round(before * 0.02 * 3 / 365)
    assert weekend.because == "3 days at 2.00%"


def test_shares_of_the_index_are_paid_its_dividend_yield():
    past = history("2000, 1900, 1900 x8")
    result = run(DIP, past, Assumptions(interest=False, costs="none", spread_fraction=0.0))
    paid = [each for each in result.entries if each.kind == "dividend"]
    assert dict(paid[0].postings)["cash"] == round(1900 * 10 * 100 * 0.015 * 1 / 365)


def test_an_option_settled_at_the_open_does_not_see_that_day_s_close():
    # Half-way opens: the third Friday opens at 2050 and closes at 2100, deep in the short call.
    past = history("2000 x42, 2100 x10", start=date(2018, 1, 2))
    text = CONDOR.replace("short = 5%", "put_short = 5%, call_short = 2%").replace(
        "monthly 30 days", "monthly 45 days"
    )
    result = run(text, past, QUIET)
    settled = next(each for each in result.entries if each.kind == "settle")
    assert settled.at == date(2018, 2, 16)
    assert settled.because == "settled at 2000.00"
    (trade, *_) = [each for each in result.trades if each.reason == "settled"]
    assert trade.result == trade.opening  # the whole credit is kept


def test_settlement_takes_the_value_of_the_open_not_of_the_close():
    # 2018-02-16 is session 32: the index opens half-way between 2000 and 2100.
    past = history("2000 x32, 2100 x10", start=date(2018, 1, 2), opens=True)
    assert past.sessions[32].item() == date(2018, 2, 16)
    text = CONDOR.replace("short = 5%", "put_short = 5%, call_short = 2%").replace(
        "monthly 30 days", "monthly 45 days"
    )
    settled = next(each for each in run(text, past, QUIET).entries if each.kind == "settle")
    assert settled.because == "settled at 2050.00"
    short_call, long_call = (
        contract.strike for contract, _ in settled.contracts if contract.right == "call"
    )
    assert (short_call, long_call) == (2040.0, 2090.0)
    assert dict(settled.postings)["cash"] == -(2050 - 2040) * 100 * 100


def test_without_an_open_the_close_before_stands_in_and_the_run_says_so():
    past = history("2000 x32, 2100 x10", start=date(2018, 1, 2), opens=False)
    text = CONDOR.replace("monthly 30 days", "monthly 45 days")
    result = run(text, past, QUIET)
    settled = next(each for each in result.entries if each.kind == "settle")
    assert settled.because == "settled at 2000.00"
    assert result.settlements == {"previous close": 1}


def test_a_position_that_cannot_be_afforded_is_refused_and_written_down():
    past = history("2000 x30")
    text = CONDOR.replace("size 1 contracts", "size 1000 contracts")
    result = run(text, past, QUIET)
    assert result.fills == ()
    refused = result.rejections[0]
    assert refused.reason == "not enough margin free"
    assert refused.detail.startswith("needs $4,")
    assert refused.detail.endswith("free are $1,000,000.00")


def sold(what, units, account):
    """A short option of 5% out, on a quiet market, by the type of the account."""
    condor = "iron_condor(SPX, expiry = monthly 30 days, short = 5%, wing = 50 points)"
    text = CONDOR.replace(condor, f"{what}(SPX, expiry = monthly 30 days, strike = 5%)")
    text = text.replace("size 1 contracts", f"size {units} contracts")
    text = text.replace("when VIX < 18", "when no condor open")
    return run(text, history("2000 x6"), replace(QUIET, account=account))


def test_a_cash_account_secures_a_sold_put_by_its_whole_strike():
    made = sold("put", 5, AccountType.CASH)
    assert made.fills[0].order.units == 5
    assert made.margin[-1] == 5 * 1900 * 100 * 100
    assert 0 < sold("put", 5, AccountType.REG_T).margin[-1] < made.margin[-1] / 4


def test_what_an_account_can_not_carry_is_refused_with_its_reason():
    refused = sold("put", 6, AccountType.CASH).rejections[0]
    assert (refused.reason, refused.detail[:9]) == ("not enough margin free", "needs $1,")
    refused = sold("call", 1, AccountType.CASH).rejections[0]
    assert refused.reason == "not in this type of account"
    assert refused.detail == "100 shares too few behind the calls it has sold"
    assert sold("call", 1, AccountType.REG_T).fills


def test_a_size_too_small_for_one_contract_is_refused_not_silently_nothing():
    past = history("2000 x10")
    text = CONDOR.replace("size 1 contracts", "size risk 0.1% of capital")
    result = run(text, past, QUIET)
    assert {each.reason for each in result.rejections} == {"too small for one contract"}
    assert {each.action for each in result.decisions} == {"refuse"}


def test_an_order_may_spend_only_what_the_margins_of_its_day_leave():
    text = """strategy short_calls 1.0.0
"Sold calls, whose margin grows as the index rises, and shares"

needs SPX, VIX

entry calls {
  sell call(SPX, expiry = monthly 45 days, strike = 2%)
  when no calls open
  size 10 contracts
  exit when VIX > 40
}

entry index {
  buy shares(SPX)
  when VIX > 18
  size spend 65% of capital
  exit when VIX > 40
}
"""
    vix = "15 x3, 20 x3"
    quiet = run(text, history("2000 x6", vix), QUIET)
    assert [fill.order.because.rule for fill in quiet.fills] == ["calls", "index"]
    risen = run(text, history("2000 x4, 2200, 2200", vix), QUIET)
    assert [fill.order.because.rule for fill in risen.fills] == ["calls"]
    assert risen.rejections[0].reason == "not enough cash"


def test_a_strike_that_depends_on_what_is_unknown_is_refused_and_says_so():
    wish = "short = if sma(VIX, 50 sessions) > 20 then 5% else 4%"
    result = run(CONDOR.replace("short = 5%", wish), history("2000 x10"), QUIET)
    assert {each.reason for each in result.rejections} == {"unknown today"}
    assert {each.detail for each in result.rejections} == {"the strike of short_put"}
