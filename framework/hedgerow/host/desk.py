"""One session, written once, for every host.

1. Cash earns its interest, shares their dividends, for the days since the last close.
2. Contracts that settle at the open leave the book at their settlement value.
3. Futures pay the day's gain. Orders decided at the last close fill at today's close marks, whole
   or not at all, where cash covers them beside today's margins.
4. Contracts that settle at the close do; what is left is marked at the close.
5. The rules look: at this close and nothing later. Their orders wait for the next session.

A host calls `begin` (1 to 4) and then `look` (5), session after session, and asks for the `run`.
"""

from __future__ import annotations

from hedgerow.account.assumptions import Assumptions, FillTiming
from hedgerow.account.entries import deposit_entry, position_account, settle_entry
from hedgerow.account.execution import Frictions
from hedgerow.account.fees import Charges, FeeSchedule
from hedgerow.account.ledger import Ledger
from hedgerow.account.order import Order
from hedgerow.account.run import Run
from hedgerow.host.accrual import accrue
from hedgerow.host.dealer import Dealer
from hedgerow.host.record import Record
from hedgerow.host.sessions import Sessions, sessions_of
from hedgerow.host.variation import pay_legs, pay_variation
from hedgerow.market.market import Market
from hedgerow.plan.capital import rate_of_everything
from hedgerow.plan.decide import decide
from hedgerow.plan.plan import Plan
from hedgerow.plan.signals import Signals
from hedgerow.plan.view import View
from hedgerow.plan.watch import Watch


class Desk:
    """The account of one run, moved from session to session by its host."""

    def __init__(
        self,
        plan: Plan,
        market: Market,
        assumptions: Assumptions,
        fees: FeeSchedule,
        signals: Signals | None = None,
    ) -> None:
        """`signals` may be shared between runs on the same market."""
        self.plan, self.market, self.assumptions = plan, market, assumptions
        self.sessions: Sessions = sessions_of(market, assumptions)
        frictions = Frictions(assumptions.spread_fraction, Charges(fees))
        shared = signals or Signals(market)
        known: dict[int, str] = {}
        arrays = [shared.array(slot, known).tolist() for slot in plan.slots]
        self.view = View(market, plan.book.shocks, arrays, frictions, assumptions.account)
        self.view.memory = [[] for _ in plan.memories]
        self.ledger = Ledger()
        self.record = Record(plan, market, assumptions, fees, self.sessions)
        self.dealer = Dealer(self.view, self.ledger, self.record)
        self._watches = [Watch(step) for step in plan.invariants]
        self._pending: list[Order] = []
        self._peak = assumptions.capital
        first = self.sessions.first
        self.ledger.post(deposit_entry(assumptions.capital, self.sessions.dates[first]))

    # --- a session -----------------------------------------------------------------------------

    def begin(self, session: int) -> None:
        view, sessions, settling = self.view, self.sessions, self.dealer.settling
        at = sessions.dates[session]
        view.move_to(session, at)
        if session > sessions.first:
            taken = self.assumptions
            accrue(self.ledger, view.holdings, self.market, sessions, taken, session)
        if (session, True) in settling:
            self._settle(session, at_open=True)
        for holding in view.holdings:  # orders have to leave cash for today's margins
            if holding.margin_moves:
                pay_variation(self.ledger, holding, session, at)
                self.dealer.require(holding, session)
        if self._pending:
            self._carry_out(session)
        if (session, False) in settling:
            self._settle(session, at_open=False)
        self._mark(session)

    def decide(self) -> None:
        """The orders of this close, not carried out yet."""
        decide(self.plan, self.view, self.record.decided)
        self.view.orders = self._pending = self.record.decided.orders

    def look(self, session: int) -> None:
        self.decide()
        if self._pending and self.assumptions.fill is FillTiming.SAME_CLOSE:
            self._carry_out(session)
            self._mark(session)
        for watch in self._watches:
            watch.look(self.view)

    def run(self) -> Run:
        """Everything so far as a finished run."""
        return self.record.run(
            self.ledger.entries,
            self.view.holdings,
            tuple(watch.kept() for watch in self._watches),
            rate_of_everything(self.view),
        )

    # --- what happens to money -------------------------------------------------------------------

    def _settle(self, session: int, *, at_open: bool) -> None:
        when = session, at_open
        for holding in [each for each in self.view.holdings if when in each.life.settlements]:
            settled, at = holding.life.settlements[when], self.sessions.dates[session]
            legs = [holding.legs[each] for each in settled]
            value = self.market.settlement(legs[0].contract)
            assert value is not None, "a settlement is due only where the data hold it"
            pay_legs(self.ledger, holding, session, at, dict.fromkeys(settled, value.value))
            holding.settled_legs.update(settled)
            holding.margin_moves = True
            remaining = [holding.legs[each] for each in holding.held_legs()]
            basis = self.ledger.balance(position_account(holding.id))
            units, level = holding.units, value.value
            entry = settle_entry(holding.opening, units, legs, level, at, remaining, basis)
            self.ledger.post(entry)
            holding.receipts.append((session, entry.postings[0][1]))
            self.record.settlement_sources[value.source] += 1
            if not remaining:
                self.dealer.end(holding, session, None, "settled")

    def _carry_out(self, session: int) -> None:
        waiting, self._pending = self._pending, []
        for order in waiting:
            self.dealer.trade(order, session)

    def _mark(self, session: int) -> None:
        view = self.view
        equity = cash = self.ledger.cash
        margin = 0
        for holding in view.holdings:
            equity += holding.values[session - holding.opened]
            if holding.margin_moves:
                self.dealer.require(holding, session)
            margin += holding.requirement
        if equity > self._peak:
            self._peak = equity
        self.record.marks[session] = equity, cash, margin
        view.equity, view.cash, view.margin = equity / 100, cash / 100, margin / 100
        view.drawdown = 1 - equity / self._peak
