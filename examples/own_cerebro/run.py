"""A rule file in a Cerebro of your own, watched by Backtrader's own analyzers."""

from datetime import date
from pathlib import Path

import backtrader as bt
import hedgerow
from hedgerow.account.assumptions import Assumptions
from hedgerow.market.market_from_history import market_from_history
from hedgerow.market.sources import load

market = market_from_history(load("sample", needs=["SPX", "VIX"]))
years = Assumptions(capital=100_000_000, start=date(2010, 1, 4), end=date(2012, 12, 31))

cerebro = bt.Cerebro()
hedgerow.prepare(cerebro, market, years)  # the account and the feed that options need
cerebro.addstrategy(hedgerow.compile_strategy(Path(__file__).with_name("condors.rules")))
cerebro.addanalyzer(bt.analyzers.TradeAnalyzer)
cerebro.addanalyzer(bt.analyzers.DrawDown)
cerebro.addanalyzer(bt.analyzers.TimeReturn, timeframe=bt.TimeFrame.Years)
(strategy,) = cerebro.run()

trades = strategy.analyzers.tradeanalyzer.get_analysis()
drawdown = strategy.analyzers.drawdown.get_analysis()
print(f"final value  {cerebro.broker.getvalue():14,.2f}")
print(f"trades       {trades.total.closed:14d}   won {trades.won.total}, lost {trades.lost.total}")
print(f"net profit   {trades.pnl.net.total:14,.2f}")
print(f"max drawdown {drawdown.max.drawdown:14.2f} %")
for year, gain in strategy.analyzers.timereturn.get_analysis().items():
    print(f"{year:%Y}         {gain:14.2%}")
