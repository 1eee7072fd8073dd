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
from hedgerow.account.entries import (
    close_entry,
    deposit_entry,
    open_entry,
    position_account,
    released,
    settle_entry,
)
from hedgerow.account.execution import Frictions, fill
from hedgerow.account.fees import FeeSchedule
from hedgerow.account.ledger import Ledger
from hedgerow.account.margin import Standing, requirement
from hedgerow.account.money import dollars
from hedgerow.account.order import Action, Fill, Order, Refused, Rejection
from hedgerow.account.run import Run
from hedgerow.account.spreads import Conditions
from hedgerow.host.accrual import accrue
from hedgerow.host.record import Record
from hedgerow.host.sessions import Sessions, sessions_of
from hedgerow.host.settlements import settlements
from hedgerow.host.variation import concede, pay_legs, pay_variation
from hedgerow.market.market import Market
from hedgerow.plan.capital import ended, rate_of_everything
from hedgerow.plan.cover import free_shares
from hedgerow.plan.decide import decide
from hedgerow.plan.holding import Holding, change, holding_from_fill
from hedgerow.plan.plan import Plan
from hedgerow.plan.signals import Signals
from hedgerow.plan.view import Flow, View
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
        self.frictions = Frictions(assumptions.spread_fraction, fees)
        shared = signals or Signals(market)
        known: dict[int, str] = {}
        arrays = [shared.array(slot, known).tolist() for slot in plan.slots]
        self.view = View(market, plan.book.shocks, arrays, self.frictions, assumptions.account)
        self.view.memory = [[] for _ in plan.memories]
        self.ledger = Ledger()
        self.record = Record(plan, market, assumptions, fees, self.sessions)
        self._watches = [Watch(step) for step in plan.invariants]
        self._pending: list[Order] = []
        self._settling: set[tuple[int, bool]] = set()  # (session, at the open): legs settle then
        self._peak = assumptions.capital
        first = self.sessions.first
        self.ledger.post(deposit_entry(assumptions.capital, self.sessions.dates[first]))

    # --- a session -----------------------------------------------------------------------------

    def begin(self, session: int) -> None:
        view, sessions = self.view, self.sessions
        at = sessions.dates[session]
        conditions = Conditions(at, sessions.vix[session], sessions.vix_changes[session])
        view.move_to(session, at, conditions)
        if session > sessions.first:
            taken = self.assumptions
            accrue(self.ledger, view.holdings, self.market, sessions, taken, session)
        if (session, True) in self._settling:
            self._settle(session, at_open=True)
        for holding in view.holdings:  # orders have to leave cash for today's margins
            if holding.margin_moves:
                pay_variation(self.ledger, holding, session, at)
                self._require(holding, session)
        if self._pending:
            self._carry_out(session)
        if (session, False) in self._settling:
            self._settle(session, at_open=False)
        self._mark(session)

    def decide(self) -> None:
        """The orders of this close, not carried out yet."""
        decide(self.plan, self.view, self.record.decided)
        self.view.orders = self._pending = self.record.decided.orders

    def look(self, session: int) -> None:
        self.decide()
        if self.assumptions.fill is FillTiming.SAME_CLOSE and self._pending:
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
        for holding in [each for each in self.view.holdings if when in each.settlements]:
            settled, at = holding.settlements[when], self.sessions.dates[session]
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
                self._end(holding, session, None, "settled")

    def _carry_out(self, session: int) -> None:
        waiting, self._pending = self._pending, []
        for order in waiting:
            self._execute(order, session)

    def _execute(self, order: Order, session: int) -> None:
        today = self.view.at
        if not all(leg.contract.trades_at_close_of(today) for leg in order.legs):
            self._reject(order, Refused.EXPIRED, "a contract stopped trading before the fill")
        elif order.action is Action.OPEN:
            self._open(order, session)
        else:
            self._trade_held(order, session)

    def _filled(self, order: Order, mids: list[float]) -> Fill | Refused:
        contracts = [leg.contract for leg in order.legs]
        source = self.market.package_source(contracts, self.view.session)
        spreads = self.market.spreads(contracts, self.view.session)
        return fill(order, mids, self.view.conditions, self.frictions, source, spreads)

    def _open(self, order: Order, session: int) -> None:
        if any(holding.id == order.replaces for holding in self.view.holdings):
            self._reject(order, Refused.NOT_CLOSED, "so nothing was opened in its place")
            return
        contracts = [leg.contract for leg in order.legs]
        marks = self.market.package_marks(contracts, session)
        mids = [float(each[0]) for each in marks]
        filled = self._filled(order, mids)
        if isinstance(filled, Refused):
            self._reject(order, filled, "at the prices of the fill")
            return
        level = self.market.spot(order.legs[0].contract.underlying, session)
        free = free_shares(self.view.holdings, order.legs)
        standing = Standing(filled.at, level, tuple(mids), self.assumptions.account, free)
        needed = requirement(order.legs, order.units, standing)
        if not self._affords(filled, needed):
            return
        self.ledger.post(open_entry(filled))
        self.record.filled(filled)
        holding = holding_from_fill(filled, marks, needed, session)
        holding.settlements = settlements(order.legs, self.market)
        self._settling.update(holding.settlements)
        concede(self.ledger, holding, filled, session)
        self.view.take_in(holding)
        self.view.flows.append(Flow(session, holding.rule, holding.paid))

    def _affords(self, filled: Fill, needed: int) -> bool:
        """Whether cash covers a fill with all requirements, `needed` more; else it is refused."""
        held = sum(holding.requirement for holding in self.view.holdings)
        if self.ledger.cash + filled.cash - filled.fee >= held + needed:
            return True
        reason = Refused.MARGIN if needed else Refused.CASH
        wanted, free = needed - filled.cash + filled.fee, self.ledger.cash - held
        detail = f"needs {dollars(wanted)}, free are {dollars(free)}"
        self._reject(filled.order, reason, detail)
        return False

    def _trade_held(self, order: Order, session: int) -> None:
        """More units of an open position, fewer, or none."""
        holding = next((each for each in self.view.holdings if each.id == order.position), None)
        if holding is None:
            self._reject(order, Refused.EXPIRED, "it settled before the order could fill")
            return
        since = session - holding.opened
        filled = self._filled(order, [marks[since] for marks in holding.marks])
        if isinstance(filled, Refused):
            holding.closing = None
            self._reject(order, filled, "at the prices of the fill")
            return
        match order.action:
            case Action.ADD:
                self._add(holding, filled, session)
            case Action.REDUCE:
                self._reduce(holding, filled, session)
            case _:
                self._close(holding, filled, session)

    def _add(self, holding: Holding, filled: Fill, session: int) -> None:
        units = holding.units + filled.order.units
        needed = self._needed(holding, units, session)
        if not self._affords(filled, needed - holding.requirement):
            return
        pay_variation(self.ledger, holding, session, filled.at)
        concede(self.ledger, holding, filled, session)
        self.ledger.post(open_entry(filled))
        self._change(holding, filled, holding.paid - filled.cash, session)
        holding.need(session, needed)
        self.view.flows.append(Flow(session, holding.rule, -filled.cash))

    def _reduce(self, holding: Holding, filled: Fill, session: int) -> None:
        pay_variation(self.ledger, holding, session, filled.at)
        concede(self.ledger, holding, filled, session)
        units, held = filled.order.units, holding.units
        basis = self.ledger.balance(position_account(holding.id))
        self.ledger.post(close_entry(filled, released(basis, units, held)))
        paid = holding.paid - released(holding.paid, units, held)
        self._change(holding, filled, paid, session)
        self._require(holding, session)

    def _change(self, holding: Holding, filled: Fill, paid: int, session: int) -> None:
        self.record.filled(filled)
        change(holding, filled, paid, session)

    def _close(self, holding: Holding, filled: Fill, session: int) -> None:
        pay_variation(self.ledger, holding, session, filled.at)
        concede(self.ledger, holding, filled, session)
        basis = self.ledger.balance(position_account(holding.id))
        self.ledger.post(close_entry(filled, basis))
        self.record.filled(filled)
        self._end(holding, session, filled, filled.order.because.reason)

    def _end(self, holding: Holding, session: int, closing: Fill | None, reason: str) -> None:
        self.view.let_go(holding)
        self.view.ended.append(ended(holding, closing, self.view))
        self.record.ended(holding, session, closing, reason)

    def _require(self, holding: Holding, session: int) -> None:
        """Margin that moves is set aside anew."""
        holding.need(session, self._needed(holding, holding.units, session))

    def _needed(self, holding: Holding, units: int, session: int) -> int:
        """Cents to set aside for `units` of what is left of a position."""
        held = holding.held_legs()
        legs = [holding.legs[at] for at in held]
        mids = tuple(holding.marks[at][session - holding.opened] for at in held)
        level = self.market.spot(legs[0].contract.underlying, session)
        free = free_shares(self.view.holdings, legs, holding)
        standing = Standing(self.view.at, level, mids, self.assumptions.account, free)
        return requirement(legs, units, standing)

    def _reject(self, order: Order, reason: Refused, detail: str) -> None:
        self.record.rejections.append(Rejection(self.view.at, order.because, reason, detail))

    def _mark(self, session: int) -> None:
        view = self.view
        equity = cash = self.ledger.cash
        margin = 0
        for holding in view.holdings:
            equity += holding.values[session - holding.opened]
            if holding.margin_moves:
                self._require(holding, session)
            margin += holding.requirement
        if equity > self._peak:
            self._peak = equity
        self.record.marked(session, equity, cash, margin)
        view.equity, view.cash, view.margin = equity / 100, cash / 100, margin / 100
        view.drawdown = 1 - equity / self._peak
