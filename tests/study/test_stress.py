"""Books under shocks, on books whose answer can be worked out by hand."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import QuantLib
from hedgerow.account.assumptions import Assumptions
from hedgerow.book.book import Shock, ShockMove
from hedgerow.book.shocks import shipped_shocks
from hedgerow.market.contract import Right
from hedgerow.market.contract_prices import future_prices, years_to
from hedgerow.market.market_from_history import market_from_history
from hedgerow.market.vix_futures import beta_to_vix
from hedgerow.plan.greeks import GREEKS
from hedgerow.study.book_on import SPX_MOVES, VIX_MOVES, book_on
from hedgerow.study.held import Holdings
from hedgerow.study.stress import MOST_SESSIONS, stress

from tests.market_strategies import market, read_notation
from tests.running import run

HEAD = 'strategy stressed 1.0.0\n"A book to be shocked"\n\nneeds SPX, VIX\n\n'
SHARES = HEAD + "entry index {\n  buy shares(SPX)\n  size spend 50% of capital\n}\n"
FUTURE = HEAD + (
    "entry future {\n  buy future(VIX, expiry = monthly 30 days)\n  when no future open\n"
    "  size 3 contracts\n  exit when days_to_expiry <= 2 days\n}\n"
)
CONDOR = HEAD + (
    "entry condor {\n"
    "  sell iron_condor(SPX, expiry = 45 days, short = 16 delta, wing = 50 points)\n"
    "  when no condor open\n  size 4 contracts\n  exit when days_to_expiry <= 7 days\n}\n\n"
    "entry calls {\n  buy call(VIX, expiry = monthly 45 days, strike = 30 delta)\n"
    "  when no calls open\n  size 5 contracts\n  exit when days_to_expiry <= 7 days\n}\n"
)
LIBRARY = [*shipped_shocks().values()]
FALL = Shock("fall", (ShockMove("SPX", -0.2, True), ShockMove("VIX", 20.0, False)))


@pytest.fixture(scope="module")
def known():
    spx = read_notation("2000 x30, 2060 x30, 1980 x30, 2040 x50")
    vix = read_notation("14 x30, 13 x30, 19 x30, 15 x50")
    return market_from_history(market(spx, vix))


def ran(text, known):
    return run(text, known, Assumptions(interest=False, dividends=False))


def whole(book):
    return {change.shock: change.whole for change in book.shocks}


def last(result):
    return result.sessions[-1].item()


def test_shares_lose_what_the_index_loses(known):
    result = ran(SHARES, known)
    (held,) = Holdings(result).at(last(result))
    (change,) = stress(result, known, [FALL]).changes
    worth = held.count * 2040.0
    assert change.last == pytest.approx(-0.2 * worth / (result.equity[-1] / 100))
    book = book_on(result, known, last(result), [FALL])
    assert whole(book)["fall"] == pytest.approx(-0.2 * worth)
    for row in book.grid:
        assert row == pytest.approx([move * worth for move in SPX_MOVES])
    assert (book.whole.greeks.delta, book.whole.greeks.vega) == (
        pytest.approx(held.count),
        pytest.approx(0.0),
    )


def test_a_vix_future_gains_its_part_of_the_move(known):
    result = ran(FUTURE, known)
    book = book_on(result, known, last(result), [FALL])
    (held,) = Holdings(result).at(last(result))
    days = (held.contract.expiry.date - last(result)).days
    part = float(beta_to_vix(np.array((days - 0.27) / 365.0)))
    assert whole(book)["fall"] == pytest.approx(3 * 1000 * 20.0 * part)
    column = [row[SPX_MOVES.index(0.0)] for row in book.grid]
    assert column == pytest.approx([3 * 1000 * move * part for move in VIX_MOVES])


def test_each_cell_of_the_grid_is_the_book_priced_anew(known):
    result = ran(CONDOR, known)
    session = len(result.sessions) - 1
    book = book_on(result, known, last(result), LIBRARY)
    held = Holdings(result).at(last(result))
    contracts = [each.contract for each in held]
    before = known.prices(contracts, session)[:, 0]
    for vix, row in zip(VIX_MOVES, book.grid, strict=True):
        for spx, change in zip(SPX_MOVES, row, strict=True):
            after = known.prices(
                contracts, session, known.shocked(session, 2040 * (1 + spx), 15 + vix)
            )
            gained = sum(
                each.count * 100 * (new - old)
                for each, new, old in zip(held, after[:, 0], before, strict=True)
            )
            assert change == pytest.approx(gained, abs=1e-6)
    assert book.grid[VIX_MOVES.index(0.0)][SPX_MOVES.index(0.0)] == pytest.approx(0.0, abs=1e-6)


def test_a_condor_loses_no_more_than_its_width(known):
    condors = ran(CONDOR.partition("\n\nentry calls")[0] + "\n", known)
    for change in stress(condors, known, LIBRARY).changes:
        assert change.worst >= -4 * 50 * 100 / 1_000_000 - 0.001


def test_the_parts_of_a_book_add_up_to_the_whole(known):
    result = ran(CONDOR, known)
    book = book_on(result, known, last(result), LIBRARY)
    assert [each.name for each in book.by_rule] == ["condor", "calls"]
    assert book.source == "model:B"
    for greek in GREEKS:
        for parts in (book.by_rule, book.by_life):
            added = sum(getattr(each.greeks, greek) for each in parts)
            assert getattr(book.whole.greeks, greek) == pytest.approx(added, rel=1e-9, abs=1e-9)
    assert book.whole.positions == sum(each.positions for each in book.by_rule) == 2
    for change in book.shocks:
        assert sum(change.by_rule) == pytest.approx(change.whole)
    over = stress(result, known, LIBRARY)
    assert over.rules == ("condor", "calls")
    for change in over.changes:
        assert sum(change.by_rule) == pytest.approx(change.mean)
    condor, calls = over.changes[0].by_rule
    assert condor < 0 < calls


def test_rules_stand_in_file_order_whichever_traded_first(known):
    late = CONDOR.replace("when no condor open", "when no condor open and VIX > 16")
    result = ran(late, known)
    assert result.trades[0].rule == "calls"
    at = next(trade.opened for trade in result.trades if trade.rule == "condor")
    book = book_on(result, known, at, LIBRARY)
    assert [each.name for each in book.by_rule] == ["condor", "calls"]
    assert [line.rule for line in book.contracts] == [*["condor"] * 4, "calls"]
    assert stress(result, known, LIBRARY).rules == ("condor", "calls")


def test_the_greeks_of_a_book_are_those_rules_read(known):
    """Contract by contract or all at once: they add up."""
    result = ran(f"{CONDOR}\nnever vega(book) != 0\nnever gamma(book) != 0\n", known)
    for kept in result.invariants:
        (seen,) = (each for each in kept.seen if each.text.endswith("(book)"))
        book = book_on(result, known, kept.first, LIBRARY)
        read = float(seen.value.split()[0].replace("$", "").replace(",", ""))
        assert getattr(book.whole.greeks, seen.text[:-6]) == pytest.approx(read, abs=0.5)


def test_own_volatility_and_vega_are_those_of_quantlib(known):
    result = ran(CONDOR, known)
    at = last(result)
    book = book_on(result, known, at, LIBRARY)
    options = [line for line in book.contracts if line.own_vega is not None]
    assert len(options) == 5
    close = known.snapshots.row(len(result.sessions) - 1)
    for line, held in zip(book.contracts, Holdings(result).at(at), strict=True):
        contract = held.contract
        years = years_to(contract.expiry, close.ordinal)
        forward = float(future_prices(contract.underlying, close, np.array([0]), years)[0])
        discount = float(np.exp(-close.rate * years)[0])
        right = QuantLib.Option.Call if contract.right is Right.CALL else QuantLib.Option.Put
        payoff = QuantLib.PlainVanillaPayoff(right, contract.strike)
        life = float(years[0])
        oracle = QuantLib.BlackCalculator(payoff, forward, line.implied_vol * life**0.5, discount)
        assert line.mark == pytest.approx(oracle.value(), rel=1e-7)
        assert line.own_vega == pytest.approx(oracle.vega(life) * line.count, rel=1e-7)


def test_a_run_is_looked_at_on_sessions_spread_over_it_and_at_its_end(known):
    result = ran(SHARES, known)
    found = stress(result, known, [FALL])
    assert len(result.sessions) > MOST_SESSIONS == found.sessions
    assert 0.9 * MOST_SESSIONS < found.held <= MOST_SESSIONS
    (change,) = found.changes
    assert change.worst <= change.mean < 0
    at = int(result.sessions.searchsorted(np.datetime64(change.worst_at)))
    held = Holdings(result).at(change.worst_at)
    worth = sum(each.count for each in held) * known.spot("SPX", at)
    assert change.worst == pytest.approx(-0.2 * worth / (result.equity[at] / 100))


def test_a_short_run_is_looked_at_whole(known):
    start, end = known.history.sessions[[3, 22]].tolist()
    result = run(SHARES, known, Assumptions(start=start, end=end))
    assert stress(result, known, [FALL]).sessions == 20


def test_a_run_that_holds_nothing_loses_nothing(known):
    idle = SHARES.replace("  size", "  when VIX > 90\n  size")
    result = ran(idle, known)
    assert stress(result, known, LIBRARY).changes == ()
    book = book_on(result, known, last(result), LIBRARY)
    assert book.by_rule == book.by_life == ()
    assert set(whole(book).values()) == {0.0}


def test_the_example_of_the_documentation_runs(known, capsys):
    page = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.S)
    exec(example, {"run": ran(CONDOR, known), "market": known})
    told = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in told] == list(shipped_shocks())


def test_what_is_lost_is_what_a_rule_reads_as_its_loss(known):
    result = ran(f"{CONDOR}\nnever loss(book, yuan_2015) > 0\n", known)
    (kept,) = result.invariants
    (seen,) = (each for each in kept.seen if each.text == "loss(book, yuan_2015)")
    lost = -whole(book_on(result, known, kept.first, LIBRARY))["yuan_2015"]
    assert float(seen.value.strip("$").replace(",", "")) == pytest.approx(lost, abs=0.5)
