"""A compiled rule file in a Backtrader user's own Cerebro: stock tools tell the ledger's truth."""

from datetime import date, timedelta

import backtrader as bt
import numpy as np
import pytest
from hedgerow.account.assumptions import Assumptions, FillTiming
from hedgerow.account.fee_files import schedule
from hedgerow.account.order import Action
from hedgerow.host.backtrader import compile_strategy
from hedgerow.host.direct import run_direct
from msgspec.structs import replace

from tests.host.runs import CORE, assert_same, own_cerebro, sample

YEARS = Assumptions(start=date(2011, 3, 1), end=date(2012, 6, 29))
FEES = schedule("default")


@pytest.fixture(scope="module")
def direct():
    return run_direct(compile_strategy(CORE).plan, sample(), YEARS, FEES)


def run_with(*analyzers, **options):
    cerebro, broker = own_cerebro(CORE, YEARS, *analyzers, **options)
    (strategy,) = cerebro.run()
    return strategy, broker


@pytest.mark.parametrize("options", [
    {},
    {"runonce": False},
    {"preload": False, "runonce": False},
    {"exactbars": 1},
    {"exactbars": -1},
    {"oldsync": True},
    {"cheat_on_open": True},
    {"quicknotify": True},
    {"stdstats": False, "tradehistory": True},
    {"lookahead": 5},
], ids=str)  # fmt: skip
def test_every_way_to_run_cerebro_gives_the_same_run(options, direct):
    strategy, broker = run_with(bt.analyzers.TradeAnalyzer, **options)
    assert_same(broker.run(), direct)
    won = strategy.analyzers.tradeanalyzer.get_analysis().pnl.net.total
    assert round(won * 100) == sum(trade.result for trade in direct.trades if trade.closed)


def test_the_trade_analyzer_counts_the_trades_of_the_ledger(direct):
    strategy, _ = run_with(bt.analyzers.TradeAnalyzer)
    found = strategy.analyzers.tradeanalyzer.get_analysis()
    closed = [trade for trade in direct.trades if trade.closed]
    assert (found.total.closed, found.total.open) == (len(closed), len(direct.trades) - len(closed))
    assert found.won.total == sum(trade.result >= 0 for trade in closed)
    assert round(found.pnl.gross.total * 100) == sum(each.result + each.fees for each in closed)
    assert round(found.lost.pnl.max * 100) == min(trade.result for trade in closed)


@pytest.mark.parametrize("fill", list(FillTiming))
def test_returns_and_drawdowns_are_those_of_the_equity(fill):
    taken = replace(YEARS, fill=fill)
    analyzers = bt.analyzers
    cerebro, broker = own_cerebro(
        CORE, taken, analyzers.TimeReturn, analyzers.DrawDown, analyzers.Returns
    )
    (strategy,) = cerebro.run()
    equity = broker.run().equity
    growth = equity / np.concatenate([[taken.capital], equity[:-1]]) - 1
    returns = strategy.analyzers.timereturn.get_analysis()
    assert [day.date() for day in returns] == broker.run().sessions.tolist()
    assert list(returns.values()) == pytest.approx(growth, abs=1e-12)
    peaks = np.maximum.accumulate(equity)
    fall = strategy.analyzers.drawdown.get_analysis().max
    assert fall.drawdown == pytest.approx(100 * np.max(1 - equity / peaks))
    assert round(fall.moneydown * 100) == np.max(peaks - equity)
    assert strategy.analyzers.returns.get_analysis()["rtot"] == pytest.approx(
        np.log(equity[-1] / taken.capital)
    )


def test_sharpe_ratio_is_that_of_the_yearly_returns(direct):
    strategy, _ = run_with(bt.analyzers.SharpeRatio)
    years = direct.sessions.astype("M8[Y]")
    ends = [direct.equity[years == year][-1] for year in np.unique(years)]
    growth = np.array(ends) / [YEARS.capital, *ends[:-1]] - 1
    ratio = (growth.mean() - 0.01) / growth.std()
    found = strategy.analyzers.sharperatio.get_analysis()["sharperatio"]
    assert found == pytest.approx(ratio)


def bars(line):
    """The values of a line up to now: its array may be longer."""
    return line.get(size=len(line))


def test_observers_show_cash_and_value_of_every_session(direct):
    strategy, _ = run_with()
    shown = strategy.observers.broker
    assert np.array_equal(np.rint(np.array(bars(shown.value)) * 100), direct.equity)
    assert np.array_equal(np.rint(np.array(bars(shown.cash)) * 100), direct.cash)
    shown = strategy.observers.trades
    dots = [*bars(shown.pnlplus), *bars(shown.pnlminus)]
    results = {trade.result for trade in direct.trades if trade.closed}
    assert {round(dot * 100) for dot in dots if dot == dot} <= results


def test_transactions_name_every_session_with_a_fill(direct):
    strategy, _ = run_with(bt.analyzers.Transactions)
    found = strategy.analyzers.transactions.get_analysis()
    by_day = {}
    for fill in direct.fills:
        by_day.setdefault(fill.at, []).append(fill)
    alone = {day: fills[0] for day, fills in by_day.items() if len(fills) == 1}
    settled = {trade.closed for trade in direct.trades if trade.reason == "settled"}
    checked = 0
    for day, fill in alone.items():
        if day in settled:
            continue
        ((size, price, *_),) = next(rows for at, rows in found.items() if at.date() == day)
        assert round(-size * price * 100 * 100) == fill.cash
        checked += 1
    assert checked > 20


def test_pyfolio_gets_the_returns_and_positions_of_the_ledger(direct):
    strategy, _ = run_with(bt.analyzers.PyFolio)
    found = strategy.analyzers.pyfolio.get_analysis()
    assert np.prod([1 + each for each in found["returns"].values()]) == pytest.approx(
        direct.equity[-1] / YEARS.capital
    )
    held = dict(found["positions"])
    held.pop("Datetime")
    worth, cash = list(held.values())[-1]
    assert round(cash * 100) == direct.cash[-1]
    assert round((worth + cash) * 100) == direct.equity[-1]


class Notebook(compile_strategy(CORE)):
    """A user's subclass that writes down what it is told."""

    def __init__(self):
        self.orders, self.closed = [], []

    def notify_order(self, order):
        self.orders.append((order, bt.num2date(order.executed.dt).date()))

    def notify_trade(self, trade):
        if trade.isclosed:
            self.closed.append(trade)


def test_every_fill_is_told_as_a_completed_order_of_its_own_position(direct):
    cerebro, _ = own_cerebro(Notebook, YEARS)
    (book,) = cerebro.run()
    assert all(order.status == order.Completed for order, _ in book.orders)
    told = {(order.tradeid, day): order for order, day in book.orders}
    for fill in direct.fills:
        order = told[fill.order.position, fill.at]
        assert order.executed.comm == fill.fee / 100
        assert abs(order.executed.size) == fill.order.units
        assert order.info.rule == fill.order.because.rule
        cash = -order.executed.size * order.executed.price * order.comminfo.p.mult
        assert round(cash * 100) == fill.cash
        if fill.order.action is Action.OPEN:
            assert order.executed.price == pytest.approx(abs(fill.price), abs=1e-9)
            assert order.isbuy() == (fill.price > 0)


def test_every_trade_is_told_with_the_result_of_the_ledger(direct):
    cerebro, _ = own_cerebro(Notebook, YEARS)
    (book,) = cerebro.run()
    ledger = {trade.position: trade for trade in direct.trades if trade.closed}
    assert {trade.tradeid for trade in book.closed} == set(ledger)
    for trade in book.closed:
        assert round(trade.pnlcomm * 100) == ledger[trade.tradeid].result
        assert round(trade.commission * 100) == ledger[trade.tradeid].fees
        assert trade.close_datetime().date() == ledger[trade.tradeid].closed


def test_the_same_cerebro_can_run_again(direct):
    cerebro, broker = own_cerebro(CORE, YEARS)
    cerebro.run()
    cerebro.run()
    assert_same(broker.run(), direct)


def test_a_feed_with_other_dates_changes_nothing(direct):
    cerebro, broker = own_cerebro(CORE, YEARS)
    cerebro.adddata(EveryDay(name="coin"))
    cerebro.run()
    assert_same(broker.run(), direct)


class EveryDay(bt.feed.DataBase):
    """A price on all days, weekends too, that starts half a year late and ends two years late."""

    def start(self):
        super().start()
        self.day = date(2011, 9, 3)

    def _load(self):
        if self.day == date(2015, 1, 1):
            return False
        self.lines.datetime[0] = self.day.toordinal()
        for line in (self.lines.open, self.lines.high, self.lines.low, self.lines.close):
            line[0] = 100.0
        self.day += timedelta(days=1)
        return True


def test_a_shorter_market_feed_is_a_shorter_run():
    taken = replace(YEARS, start=date(2011, 5, 2), end=date(2011, 9, 30))
    cerebro, broker = own_cerebro(CORE, YEARS)
    (feed,) = cerebro.datas
    feed.p.fromdate, feed.p.todate = date(2011, 5, 2), date(2011, 9, 30)
    cerebro.run()
    plan = compile_strategy(CORE).plan
    assert_same(broker.run(), run_direct(plan, sample(), taken, FEES))


class Impatient(compile_strategy(CORE)):
    def next(self):
        super().next()
        if len(self) == 100:
            self.env.runstop()


def test_a_run_that_is_stopped_keeps_what_it_did(direct):
    cerebro, broker = own_cerebro(Impatient, YEARS)
    cerebro.run()
    stopped = broker.run()
    assert np.array_equal(stopped.equity, direct.equity[:100])
    assert stopped.entries == direct.entries[: len(stopped.entries)]


def test_asking_for_the_run_changes_nothing(direct):
    _, broker = run_with()
    assert any(trade.closed is None for trade in direct.trades)
    assert_same(broker.run(), direct)
    assert_same(broker.run(), direct)


def test_signals_are_lines_with_the_words_of_the_rules():
    strategy, _ = run_with()
    assert strategy.rules.lines.getlinealiases()[0] == "vix_ge_18"
    known = np.array(strategy.rules.lines.vix_ge_18.array)
    assert np.array_equal(known, np.array(strategy.data.vix.array) >= 18)


def test_signals_are_the_same_in_steps():
    at_once, _ = run_with()
    in_steps, _ = run_with(runonce=False)
    for one, other in zip(at_once.rules.lines.lines, in_steps.rules.lines.lines, strict=True):
        assert one.array == other.array


def test_a_run_can_be_optimized_in_one_process():
    cerebro, _ = own_cerebro(CORE, YEARS)
    cerebro.strats.clear()
    cerebro.optstrategy(compile_strategy(CORE), signals=[True, False])
    assert len(cerebro.run(maxcpus=1)) == 2
