"""Laws about whole runs, tried on generated rule files and markets."""

import pickle

import numpy as np
from hedgerow.account.assumptions import Assumptions
from hedgerow.account.fee_files import schedule
from hedgerow.account.ledger import holdings
from hedgerow.host.direct import run_direct
from hedgerow.market.contract import Kind
from hedgerow.market.market_from_history import market_from_history
from hedgerow.study.statistics import summary
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.host.runs import assert_same
from tests.market_strategies import histories, market
from tests.rule_files import HEADER, market_conditions, position_conditions, rule_files
from tests.running import plan_of, run

EXAMPLES = 25
OTHER = "QQQ"  # on which some of the rules trade
ENTRY = "entry dip {\n  buy shares(SPX)\n  size 1 contracts\n}\n"


@settings(max_examples=EXAMPLES)
@given(rule_files(OTHER), histories(other=OTHER), st.data())
def test_what_happens_after_a_session_changes_nothing_up_to_it(text, history, data):
    cut = data.draw(st.integers(5, len(history) - 1), label="cut after session")
    whole, part = run(text, history), run(text, history.until(cut))
    last = part.sessions[-1].item()

    def until(records):
        return tuple(record for record in records if record.at <= last)

    assert until(whole.entries) == part.entries
    assert until(whole.fills) == part.fills
    assert until(whole.decisions) == part.decisions
    assert until(whole.rejections) == part.rejections
    np.testing.assert_array_equal(whole.equity[: cut + 1], part.equity)
    np.testing.assert_array_equal(whole.margin[: cut + 1], part.margin)


def realised(entries, positions):
    """Cents that parts given back of these positions have made: already among the results."""
    return -sum(
        cents
        for entry in entries
        if entry.kind == "reduce" and entry.position in positions
        for account, cents in entry.postings
        if account.startswith("result:")
    )


@settings(max_examples=EXAMPLES)
@given(rule_files(OTHER), histories(other=OTHER))
def test_money_is_neither_made_nor_lost(text, history):
    result = run(text, history)
    balances: dict[str, int] = {}
    for entry in result.entries:
        assert sum(cents for _, cents in entry.postings) == 0
        for account, cents in entry.postings:
            balances[account] = balances.get(account, 0) + cents
    assert balances["cash"] == result.cash[-1]
    made = -sum(
        cents for account, cents in balances.items()
        if account.startswith("result:") or account in ("interest", "dividends")
    )  # fmt: skip
    still_open = [trade for trade in result.trades if trade.closed is None]
    marked = sum(trade.result + trade.fees for trade in still_open)
    marked -= realised(result.entries, {trade.position for trade in still_open})
    capital = result.assumptions.capital
    assert result.equity[-1] == capital + made - balances.get("fees", 0) + marked
    told = summary(result)
    assert told.final_equity == capital + told.made.by_trades + told.made.interest_and_dividends


@settings(max_examples=EXAMPLES)
@given(rule_files(OTHER), histories(other=OTHER))
def test_every_cent_of_profit_has_a_rule(text, history):
    result = run(text, history, Assumptions(interest=False, dividends=False))
    layers = sum(result.layers.values())
    np.testing.assert_array_equal(result.assumptions.capital + layers, result.equity)
    for path, layer in result.layers.items():
        trades = sum(trade.result for trade in result.trades if trade.rule == path)
        assert layer[-1] == trades


@settings(max_examples=EXAMPLES)
@given(rule_files(OTHER), histories(other=OTHER))
def test_contracts_of_the_ledger_are_those_of_the_open_positions(text, history):
    result = run(text, history)
    held = {
        (trade.position, leg.contract): leg.ratio * trade.units
        for trade in result.trades
        if trade.closed is None
        for leg in trade.legs
    }
    assert holdings(result.entries) == held


@settings(max_examples=EXAMPLES)
@given(rule_files(OTHER), histories(other=OTHER), st.one_of(market_conditions, position_conditions))
def test_never_is_always_not_and_a_session_breaks_an_invariant_once(text, history, condition):
    both = f"{text}\nnever {condition}\nalways not ({condition})\n"
    kept = run(both, history).invariants
    for each in kept:
        assert 0 <= each.broken + each.unknown <= each.sessions == len(history)
        assert (each.first is None) == (each.broken == 0)
    never, always = kept[-2:]
    assert (never.broken, never.unknown, never.first) == (
        always.broken, always.unknown, always.first,
    )  # fmt: skip


@settings(max_examples=EXAMPLES)
@given(rule_files(OTHER), histories(other=OTHER))
def test_the_same_run_twice_is_the_same(text, history):
    market = market_from_history(history)
    first, second = run(text, market), run(text, market)
    assert first.entries == second.entries
    assert first.decisions == second.decisions
    assert first.fingerprints == second.fingerprints


@settings(max_examples=EXAMPLES)
@given(rule_files(OTHER), histories(other=OTHER))
def test_a_market_sent_to_another_process_gives_the_same_run(text, history):
    here = market_from_history(history)
    before = run(text, here)
    there = pickle.loads(pickle.dumps(here))
    assert there.fingerprint == here.fingerprint
    assert_same(run(text, there), before)


def test_a_market_travels_without_what_it_was_asked():
    known = market_from_history(market([2000.0] * 60, [15.0] * 60))
    size = len(pickle.dumps(known))
    run(HEADER + ENTRY.replace("shares(SPX)", "put(SPX, expiry = 30 days, strike = atm)"), known)
    assert len(pickle.dumps(known)) == size


@settings(max_examples=EXAMPLES)
@given(rule_files(OTHER), histories(other=OTHER))
def test_no_position_loses_more_than_its_payoff_can(text, history):
    result = run(text, history)
    for trade in result.trades:
        if trade.closed is None or any(leg.contract.kind is Kind.SHARES for leg in trade.legs):
            continue
        if trade.reason == "settled" and trade.rule == "condors.base":
            strikes = sorted(leg.contract.strike for leg in trade.legs)
            widest = max(b - a for a, b in zip(strikes[::2], strikes[1::2], strict=True))
            worst = round(widest * 100 * 100) * trade.units - trade.opening
            assert -(trade.result + trade.fees) <= worst


@settings(max_examples=EXAMPLES)
@given(rule_files(OTHER), histories(other=OTHER))
def test_what_is_set_aside_is_never_more_than_the_cash_when_a_position_opens(text, history):
    result = run(text, history)
    opened = {fill.at for fill in result.fills if fill.order.action == "open"}
    for at, cash, margin in zip(result.sessions, result.cash, result.margin, strict=True):
        if at.item() in opened:
            assert margin <= cash


@settings(max_examples=EXAMPLES)
@given(rule_files(OTHER), histories(other=OTHER), st.integers(2, 5))
def test_the_first_order_by_risk_grows_with_the_capital(text, history, times):
    small = Assumptions(interest=False)
    large = replace(small, capital=small.capital * times)
    one, many = (next(iter(run(text, history, taken).fills), None) for taken in (small, large))
    if one is None or many is None or one.at != many.at:
        return  # one of them was too small to begin
    if one.order.because.rule == many.order.because.rule == "condors.base":
        # A fraction of a contract is rounded away once, before or after the growth.
        assert times * one.order.units <= many.order.units <= times * (one.order.units + 1)


def test_other_fees_of_the_same_name_give_another_fingerprint():
    plan, known = plan_of(HEADER + ENTRY), market_from_history(market([2000.0] * 5, [15.0] * 5))
    fees = schedule("default")
    dearer = fees.model_copy(update={"other": fees.other + 1})
    one, same, other = (
        run_direct(plan, known, Assumptions(), each).fingerprints.assumptions
        for each in (fees, fees, dearer)
    )
    assert one == same != other
