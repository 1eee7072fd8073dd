"""One session, written once, for every host.

1. Cash earns its interest, shares their dividends, for the days since the last close.
2. Contracts that settle at the open leave the book at their settlement value.
3. Orders decided at the last close fill at today's close marks, whole or not at all.
4. Contracts that settle at the close do; what is left is marked at the close.
5. The rules look: at this close and nothing later. Their orders wait for the next session.

A host calls `begin` (1 to 4) and then `look` (5), session after session, and asks for the `run`.
"""

from __future__ import annotations

import math

from hedgerow.account.assumptions import Assumptions, FillTiming
from hedgerow.account.entries import (
    close_entry,
    concession_entry,
    deposit_entry,
    dividend_entry,
    interest_entry,
    open_entry,
    position_account,
    settle_entry,
    variation_entry,
)
from hedgerow.account.execution import Frictions, fill
from hedgerow.account.fees import FeeSchedule
from hedgerow.account.ledger import Entry, Ledger
from hedgerow.account.margin import Standing, requirement
from hedgerow.account.money import dollars
from hedgerow.account.order import Action, Fill, Order, Refused, Rejection
from hedgerow.account.run import Run
from hedgerow.account.spreads import Conditions
from hedgerow.host.record import Record
from hedgerow.host.sessions import Sessions, sessions_of
from hedgerow.host.settlements import settlements
from hedgerow.market.contract import Kind
from hedgerow.market.market import Market
from hedgerow.plan.decide import decide
from hedgerow.plan.holding import Holding, holding_from_fill
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
        self._peak = assumptions.capital
        first = self.sessions.first
        self.ledger.post(deposit_entry(assumptions.capital, self.sessions.dates[first]))

    # --- a session -----------------------------------------------------------------------------

    def begin(self, session: int) -> None:
        at = self.sessions.dates[session]
        conditions = Conditions(at, self.sessions.vix[session], self.sessions.vix_changes[session])
        self.view.move_to(session, at, conditions)
        if session > self.sessions.first:
            self._accrue(session)
        self._settle(session, at_open=True)
        waiting, self._pending = self._pending, []
        for order in waiting:
            self._execute(order, session)
        self._settle(session, at_open=False)
        for holding in self.view.holdings:
            self._pay_variation(holding, session)
        self._mark(session)

    def look(self, session: int) -> None:
        decided = decide(self.plan, self.view)
        self.view.orders = decided.orders
        self.record.decided(decided)
        self._pending = decided.orders
        if self.assumptions.fill is FillTiming.SAME_CLOSE and decided.orders:
            waiting, self._pending = self._pending, []
            for order in waiting:
                self._execute(order, session)
            self._mark(session)
        for watch in self._watches:
            watch.look(self.view)

    def run(self) -> Run:
        """Everything so far as a finished run."""
        return self.record.run(
            self.ledger.entries,
            self.view.holdings,
            tuple(watch.kept() for watch in self._watches),
        )

    # --- what happens to money -------------------------------------------------------------------

    def _accrue(self, session: int) -> None:
        sessions, at = self.sessions, self.sessions.dates[session]
        days = (at - sessions.dates[session - 1]).days
        if self.assumptions.interest and self.ledger.cash:
            rate = sessions.rates[session - 1]
            self.ledger.post(interest_entry(self.ledger.cash, rate, days, at))
        if not self.assumptions.dividends:
            return
        for holding in self.view.holdings:
            if holding.legs[0].contract.kind is Kind.SHARES:
                close = holding.marks[0][session - 1 - holding.opened]
                paid = sessions.dividend_yields[session - 1]
                self.ledger.post(dividend_entry(holding.opening, close, paid, days, at))

    def _settle(self, session: int, *, at_open: bool) -> None:
        due = [
            holding for holding in self.view.holdings if (session, at_open) in holding.settlements
        ]
        for holding in due:
            settled = holding.settlements[session, at_open]
            legs = [holding.legs[at] for at in settled]
            value = self.market.settlement(legs[0].contract)
            assert value is not None, "a settlement is due only where the data hold it"
            self._pay_legs(holding, session, dict.fromkeys(settled, value.value))
            holding.settled_legs.update(settled)
            remaining = [holding.legs[at] for at in holding.held_legs()]
            basis = self.ledger.balance(position_account(holding.id))
            at = self.sessions.dates[session]
            entry = settle_entry(holding.opening, legs, value.value, at, remaining, basis)
            self.ledger.post(entry)
            holding.receipts.append((session, entry.postings[0][1]))
            self.record.settlement_sources[value.source] += 1
            if not remaining:
                self._end(holding, session, None, "settled")

    def _execute(self, order: Order, session: int) -> None:
        today = self.view.at
        if not all(leg.contract.trades_at_close_of(today) for leg in order.legs):
            self._reject(order, Refused.EXPIRED, "a contract stopped trading before the fill")
        elif order.action is Action.OPEN:
            self._open(order, session)
        else:
            self._close(order, session)

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
        standing = Standing(filled.at, level, tuple(mids), self.assumptions.account)
        needed = requirement(order.legs, order.units, standing)
        held = sum(holding.requirement for holding in self.view.holdings)
        if self.ledger.cash + filled.cash - filled.fee < held + needed:
            reason = Refused.MARGIN if needed else Refused.CASH
            wanted, free = needed - filled.cash + filled.fee, self.ledger.cash - held
            self._reject(order, reason, f"needs {dollars(wanted)}, free are {dollars(free)}")
            return
        self.ledger.post(open_entry(filled))
        self.record.filled(filled)
        holding = holding_from_fill(filled, marks, needed, session)
        holding.settlements = settlements(order.legs, self.market)
        self._concede(holding, filled, session)
        self.view.holdings.append(holding)
        self.view.flows.append(Flow(session, holding.rule, holding.paid))

    def _close(self, order: Order, session: int) -> None:
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
        self._pay_variation(holding, session)
        self._concede(holding, filled, session)
        basis = self.ledger.balance(position_account(holding.id))
        self.ledger.post(close_entry(filled, basis))
        self.record.filled(filled)
        self._end(holding, session, filled, order.because.reason)

    def _pay_variation(self, holding: Holding, session: int) -> None:
        """The day's gain of futures, from the last close's mids to today's."""
        if holding.is_future and holding.paid_to < session:
            holding.paid_to = session
            today = session - holding.opened
            now = {at: holding.marks[at][today] for at in holding.held_legs()}
            self._pay_legs(holding, session, now)

    def _pay_legs(self, holding: Holding, session: int, now: dict[int, float]) -> None:
        if not holding.is_future:
            return
        before = session - 1 - holding.opened
        for at, level in now.items():
            leg, last = holding.legs[at], holding.marks[at][before]
            entry = variation_entry(holding.opening, leg, last, level, self.view.at)
            self._post_gain(holding, session, entry)

    def _concede(self, holding: Holding, filled: Fill, session: int) -> None:
        """Futures pay what they gave up against the mid at once: no premium carries it."""
        if holding.is_future:
            self._post_gain(holding, session, concession_entry(holding.opening, filled))

    def _post_gain(self, holding: Holding, session: int, entry: Entry) -> None:
        self.ledger.post(entry)
        holding.receipts.append((session, entry.postings[0][1]))

    def _end(self, holding: Holding, session: int, closing: Fill | None, reason: str) -> None:
        self.view.holdings.remove(holding)
        self.record.ended(holding, session, closing, reason)

    def _requirement(self, holding: Holding, session: int) -> int:
        """Cents set aside today: a bounded package's stays, what is uncovered or a future moves."""
        if holding.is_future or holding.settled_legs or math.isinf(holding.max_loss):
            held = holding.held_legs()
            legs = [holding.legs[at] for at in held]
            mids = tuple(holding.marks[at][session - holding.opened] for at in held)
            level = self.market.spot(legs[0].contract.underlying, session)
            standing = Standing(self.view.at, level, mids, self.assumptions.account)
            holding.requirement = requirement(legs, holding.units, standing)
        return holding.requirement

    def _reject(self, order: Order, reason: Refused, detail: str) -> None:
        self.record.rejections.append(Rejection(self.view.at, order.because, reason, detail))

    def _mark(self, session: int) -> None:
        cash = self.ledger.cash
        equity, margin = cash, 0
        for holding in self.view.holdings:
            equity += holding.value(session)
            margin += self._requirement(holding, session)
        self._peak = max(self._peak, equity)
        self.record.marked(session, equity, cash, margin)
        view = self.view
        view.equity, view.cash, view.margin = equity / 100, cash / 100, margin / 100
        view.drawdown = 1 - equity / self._peak
