"""What can't work in a Cerebro is refused with the way out, not ignored."""

import gc
from datetime import date

import backtrader as bt
import pytest
from hedgerow.account.assumptions import Assumptions
from hedgerow.host.backtrader import (
    BacktraderFault,
    LedgerBroker,
    compile_strategy,
    market_feed,
)
from hedgerow.market.data_fault import DataFault
from msgspec.structs import replace

from tests.host.runs import CORE, UNHEDGED, own_cerebro, sample

WEEKS = Assumptions(start=date(2012, 1, 3), end=date(2012, 3, 30))


def fault_of(cerebro, **options):
    with pytest.raises(BacktraderFault) as raised:
        cerebro.run(**options)
    return str(raised.value)


@pytest.mark.parametrize("ask", [
    lambda strategy: strategy.buy(),
    lambda strategy: strategy.sell(size=1),
    lambda strategy: strategy.close(),
    lambda strategy: strategy.order_target_size(target=1),
    lambda strategy: strategy.order_target_percent(target=0.5),
    lambda strategy: strategy.order_target_value(target=100),
    lambda strategy: strategy.buy_bracket(price=1.0),
    lambda strategy: strategy.cancel(None),
    lambda strategy: strategy.broker.submit(None),
])  # fmt: skip
def test_orders_of_a_subclass_are_refused(ask):
    class Meddler(compile_strategy(CORE)):
        def next(self):
            super().next()
            ask(self)

    cerebro, _ = own_cerebro(Meddler, WEEKS)
    assert "write the trade as a rule" in fault_of(cerebro).lower()


def test_another_strategy_beside_the_rules_may_watch_but_not_trade():
    class Watcher(bt.Strategy):
        def next(self):
            if len(self) == 30:
                self.buy()

    cerebro, _ = own_cerebro(CORE, WEEKS)
    cerebro.addstrategy(Watcher)
    assert "`buy()` is not possible here" in fault_of(cerebro)


@pytest.mark.parametrize("strategy", [
    compile_strategy(CORE),
    type("Silent", (compile_strategy(CORE),), {
        "__init__": lambda _: None, "start": lambda _: None, "next": lambda _: None,
    }),
])  # fmt: skip
def test_a_forgotten_broker_is_named(strategy):
    cerebro = bt.Cerebro()
    cerebro.adddata(market_feed(sample()))
    cerebro.addstrategy(strategy)
    assert "hedgerow.prepare(cerebro, market)" in fault_of(cerebro)


@pytest.mark.parametrize("feeds", [0, 2])
def test_a_forgotten_or_a_second_market_feed_is_named(feeds):
    cerebro = bt.Cerebro()
    cerebro.setbroker(LedgerBroker(sample(), WEEKS))
    cerebro.adddata(bt.feeds.PandasData(dataname=closes()))
    for _ in range(feeds):
        cerebro.adddata(market_feed(sample()))
    cerebro.addstrategy(compile_strategy(CORE))
    assert "hedgerow.prepare(cerebro, market)" in fault_of(cerebro)


def closes():
    import pandas as pd

    days = pd.date_range("2012-01-02", "2012-03-30", freq="B")
    return pd.DataFrame(dict.fromkeys(("open", "high", "low", "close"), 100.0), index=days)


def test_two_compiled_strategies_do_not_share_an_account():
    cerebro, _ = own_cerebro(CORE, WEEKS)
    cerebro.addstrategy(compile_strategy(UNHEDGED))
    assert "found: Core, Unhedged" in fault_of(cerebro)


def test_a_subclass_that_forgets_super_is_told():
    class Forgetful(compile_strategy(CORE)):
        def next(self):
            pass

    cerebro, _ = own_cerebro(Forgetful, WEEKS)
    assert "call super().next()" in fault_of(cerebro).lower()


@pytest.mark.parametrize("ask, way_out", [
    (lambda broker: broker.setcash(1000), "Assumptions(capital=...)"),
    (lambda broker: broker.set_cash(1000), "Assumptions(capital=...)"),
    (lambda broker: broker.setcommission(commission=0.1), "Assumptions(costs=...)"),
    (lambda broker: broker.run(), "cerebro.run()"),
])  # fmt: skip
def test_money_is_set_by_the_assumptions(ask, way_out):
    _, broker = own_cerebro(CORE, WEEKS)
    with pytest.raises(BacktraderFault, match=r".*") as raised:
        ask(broker)
    assert way_out in str(raised.value)


def test_a_filter_that_drops_sessions_is_refused():
    cerebro, _ = own_cerebro(CORE, WEEKS)
    cerebro.datas[0].addfilter_simple(lambda data: data.datetime.date(0).day == 17)
    assert "a session was left out" in fault_of(cerebro)


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # Backtrader leaves its pool open
def test_several_processes_are_refused():
    cerebro, _ = own_cerebro(CORE, WEEKS)
    cerebro.strats.clear()
    cerebro.optstrategy(compile_strategy(CORE), signals=[True, False])
    assert "Call cerebro.run(maxcpus=1)" in fault_of(cerebro, maxcpus=2)
    gc.collect()


def test_dates_without_a_session_are_refused_when_preparing():
    with pytest.raises(DataFault, match="no session lies between"):
        own_cerebro(CORE, replace(WEEKS, start=date(2012, 1, 7), end=date(2012, 1, 8)))
