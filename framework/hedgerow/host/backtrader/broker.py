"""A broker that owns no money: it moves the desk, and answers Backtrader from its ledger.

Backtrader calls `broker.next` before `strategy.next`. So the broker begins a session (settlements,
fills, marks) and the strategy looks. Observers and analyzers read the value in between.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any, NoReturn

import backtrader as bt
from msgspec.structs import replace

from hedgerow.account.assumptions import Assumptions, FillTiming
from hedgerow.account.fee_files import schedule
from hedgerow.account.fees import FeeSchedule
from hedgerow.account.order import Action
from hedgerow.account.payoff import multiplier
from hedgerow.account.run import Run
from hedgerow.host.backtrader.fault import refuse, refuse_order
from hedgerow.host.backtrader.feed import MarketFeed
from hedgerow.host.backtrader.orders import Notices, side
from hedgerow.host.desk import Desk
from hedgerow.host.sessions import sessions_of
from hedgerow.market.market import Market
from hedgerow.plan.plan import Plan
from hedgerow.plan.signals import Signals


class LedgerBroker(bt.BrokerBase):
    """One account for one compiled strategy. Money is in dollars here, as Backtrader has it."""

    def __init__(
        self,
        market: Market,
        assumptions: Assumptions | None = None,
        fees: FeeSchedule | None = None,
        signals: Signals | None = None,
    ) -> None:
        """Without `fees` the schedule is the one the assumptions name."""
        super().__init__()
        self.market = market
        self.assumptions = assumptions or Assumptions()
        self.fees = fees or schedule(self.assumptions.costs)
        self.signals = signals or Signals(market)
        self.startingcash = self.assumptions.capital / 100
        self._close()

    def start(self) -> None:
        super().start()
        self._close()

    def _close(self) -> None:
        """No desk: nothing has run yet."""
        self._desk: Desk | None = None
        self._feed: MarketFeed | None = None
        self._orders: Notices | None = None
        self._notices: deque[bt.Order] = deque()
        self._bars = self._fills = self._trades = 0
        self._session = -1
        self._looked = True

    def run(self) -> Run:
        """Everything so far as the run that the direct host would give."""
        if self._desk is None:
            refuse("`broker.run()` has nothing to tell", "no session has run", "call cerebro.run()")
        return self._desk.run()

    # --- a session -----------------------------------------------------------------------------

    def next(self) -> None:
        if self._desk is None:
            self._open()
        feed, desk = self._feed, self._desk
        assert feed is not None and desk is not None
        if len(feed) == self._bars:
            return  # another feed has a bar today, the market has none
        self._bars = len(feed)
        session = feed.session_at(feed.datetime[0])
        if not desk.sessions.first <= session <= desk.sessions.last:
            return
        self._check_order(session, desk)
        self._session, self._looked = session, False
        desk.begin(session)
        if desk.assumptions.fill is FillTiming.SAME_CLOSE:
            self.look()  # its fills belong to this session's value, which is read before `next`
        self._tell(desk)

    def look(self) -> None:
        """The rules decide, once a session."""
        if self._desk is not None and not self._looked:
            self._looked = True
            self._desk.look(self._session)

    def _check_order(self, session: int, desk: Desk) -> None:
        if not self._looked:
            refuse(
                "the rules did not look at the last session",
                "a subclass of the compiled strategy overrides `next` or `prenext`",
                "call super().next(), or super().prenext(), in it",
            )
        if session != max(self._session + 1, desk.sessions.first):
            refuse(
                "a session was left out",
                "filters of the market feed drop bars, and settlements would be missed",
                "add the market feed without filters",
            )

    def _open(self) -> None:
        strategy, feed = self._strategy(), market_feed_of(self.cerebro, self.market)
        sessions, taken = sessions_of(self.market, self.assumptions), self.assumptions
        first = feed.session_at(feed.datetime.array[0] if feed.buflen() else feed.datetime[0])
        if first > sessions.first:
            taken = replace(taken, start=sessions.dates[first])
        if feed.last < sessions.last:
            taken = replace(taken, end=sessions.dates[feed.last])
        self._feed = feed
        self._desk = Desk(strategy.plan, self.market, taken, self.fees, self.signals)
        self._orders = Notices(strategy, feed) if listens(strategy) else None

    def _strategy(self) -> Any:
        compiled = [each for each in self.cerebro.runningstrats if has_plan(each)]
        if len(compiled) != 1:
            found = ", ".join(type(each).__name__ for each in compiled) or "none"
            refuse(
                f"one account is for one compiled strategy (found: {found})",
                "two would spend the same money",
                "give each a Cerebro of its own, or compare the rule files in one study",
            )
        return compiled[0]

    # --- what Backtrader hears -------------------------------------------------------------------

    def _tell(self, desk: Desk) -> None:
        if self._orders is None:
            return
        record = desk.record
        for fill in record.fills[self._fills :]:
            if fill.order.action is not Action.CLOSE:
                self._notices.append(self._orders.traded(fill))
        for trade in record.trades[self._trades :]:
            self._notices.append(self._orders.ended(trade))
        self._fills, self._trades = len(record.fills), len(record.trades)

    def get_notification(self) -> bt.Order | None:
        return self._notices.popleft() if self._notices else None

    def getcash(self) -> float:
        return self.startingcash if self._desk is None else self._desk.ledger.cash / 100

    def getvalue(self, datas: Sequence[Any] | None = None) -> float:
        """The account at the last marks; for feeds, what the positions on them are worth."""
        equity = self.startingcash if self._desk is None else self._desk.view.equity
        if datas is None:
            return equity
        return equity - self.getcash() if self._feed in datas else 0.0

    # Observers and analyzers use either name, and BrokerBase does not join them.
    get_cash, get_value = getcash, getvalue

    def getposition(self, data: Any) -> bt.Position:
        """Open packages on the market feed, sold ones negative, at their mean price in points."""
        if self._desk is None or data is not self._feed:
            return bt.Position()
        size, points = 0, 0.0
        for held in self._desk.view.holdings:
            size += held.units * side(held.opening.cash)
            points += held.paid / 100 / multiplier(held.legs)
        return bt.Position(size, points / size if size else 0.0)

    # --- what it refuses --------------------------------------------------------------------------

    def buy(self, *_: Any, **__: Any) -> NoReturn:
        refuse_order("buy()")

    def sell(self, *_: Any, **__: Any) -> NoReturn:
        refuse_order("sell()")

    def submit(self, order: bt.Order) -> NoReturn:  # noqa: ARG002
        refuse_order("submit()")

    def cancel(self, order: bt.Order) -> NoReturn:  # noqa: ARG002
        refuse_order("cancel()")

    def setcash(self, *_: Any) -> NoReturn:
        refuse("`setcash()` is not possible here", "capital is part of the assumptions",
               "prepare the Cerebro with Assumptions(capital=...), in cents")  # fmt: skip

    set_cash = add_cash = setcash

    def setcommission(self, *_: Any, **__: Any) -> NoReturn:
        refuse("`setcommission()` is not possible here", "fees come from a fee schedule",
               "prepare the Cerebro with Assumptions(costs=...) or with fees")  # fmt: skip

    addcommissioninfo = setcommission


def has_plan(strategy: Any) -> bool:
    return isinstance(getattr(strategy, "plan", None), Plan)


def listens(strategy: bt.Strategy) -> bool:
    """Whether anybody hears of orders: to make them for nobody would take a tenth of a run."""
    kind, deaf = type(strategy), bt.Strategy
    return bool(
        len(strategy.analyzers)
        or len(strategy.observers)
        or kind.notify_order is not deaf.notify_order
        or kind.notify_trade is not deaf.notify_trade
    )


def market_feed_of(cerebro: bt.Cerebro, market: Market) -> MarketFeed:
    """The one feed that carries this market."""
    found = [each for each in cerebro.datas if isinstance(each, MarketFeed)]
    if len(found) != 1 or found[0].p.market is not market:
        refuse(
            "the Cerebro has no feed of the broker's market" if not found
            else "the Cerebro has market feeds that the broker does not know",
            "the rules trade on the sessions of one market",
            "call hedgerow.prepare(cerebro, market), which sets the broker and adds its feed",
        )  # fmt: skip
    feed: MarketFeed = found[0]
    return feed
