"""Carries out the orders of a run: what fills and at what price, what is refused, what it costs."""

from __future__ import annotations

from hedgerow.account.entries import close_entry, open_entry, position_account, released
from hedgerow.account.execution import fill
from hedgerow.account.ledger import Ledger
from hedgerow.account.margin import Standing, requirement
from hedgerow.account.money import dollars
from hedgerow.account.order import Action, Fill, Order, Refused, Rejection
from hedgerow.host.record import Record
from hedgerow.host.settlements import settlements
from hedgerow.host.variation import concede, pay_variation
from hedgerow.plan.capital import ended
from hedgerow.plan.cover import free_shares
from hedgerow.plan.holding import Holding, change, holding_from_fill
from hedgerow.plan.view import Flow, View


class Dealer:
    """Trades at the closes a `View` shows, and posts and records what comes of it."""

    def __init__(self, view: View, ledger: Ledger, record: Record) -> None:
        self._view, self._market, self._ledger, self._record = view, view.market, ledger, record
        self.settling: set[tuple[int, bool]] = set()  # (session, at the open): legs settle then

    def trade(self, order: Order, session: int) -> None:
        """Trades the order at today's close, or records why it could not be."""
        today = self._view.at
        if not all(leg.contract.trades_at_close_of(today) for leg in order.legs):
            self._reject(order, Refused.EXPIRED, "a contract stopped trading before the fill")
        elif order.action is Action.OPEN:
            self._open(order, session)
        else:
            self._trade_held(order, session)

    def _filled(self, order: Order, mids: list[float]) -> Fill | Refused:
        contracts = [leg.contract for leg in order.legs]
        source = self._market.package_source(contracts, self._view.session)
        spreads = self._market.spreads(contracts, self._view.session)
        return fill(order, mids, self._view.conditions, self._view.frictions, source, spreads)

    def _open(self, order: Order, session: int) -> None:
        if any(holding.id == order.replaces for holding in self._view.holdings):
            self._reject(order, Refused.NOT_CLOSED, "so nothing was opened in its place")
            return
        contracts = [leg.contract for leg in order.legs]
        marks = self._market.package_marks(contracts, session)
        mids = [float(each[0]) for each in marks]
        filled = self._filled(order, mids)
        if isinstance(filled, Refused):
            self._reject(order, filled, "at the prices of the fill")
            return
        level = self._market.spot(order.legs[0].contract.underlying, session)
        free = free_shares(self._view.holdings, order.legs)
        standing = Standing(filled.at, level, tuple(mids), self._view.account, free)
        needed = requirement(order.legs, order.units, standing)
        if not self._affords(filled, needed):
            return
        self._ledger.post(open_entry(filled))
        self._record.filled(filled)
        holding = holding_from_fill(filled, marks, needed, session)
        holding.settlements = settlements(order.legs, self._market)
        self.settling.update(holding.settlements)
        concede(self._ledger, holding, filled, session)
        self._view.take_in(holding)
        self._view.flows.append(Flow(session, holding.rule, holding.paid))

    def _affords(self, filled: Fill, needed: int) -> bool:
        """Whether cash covers a fill with all requirements, `needed` more; else it is refused."""
        held = sum(holding.requirement for holding in self._view.holdings)
        if self._ledger.cash + filled.cash - filled.fee >= held + needed:
            return True
        reason = Refused.MARGIN if needed else Refused.CASH
        wanted, free = needed - filled.cash + filled.fee, self._ledger.cash - held
        detail = f"needs {dollars(wanted)}, free are {dollars(free)}"
        self._reject(filled.order, reason, detail)
        return False

    def _trade_held(self, order: Order, session: int) -> None:
        """More units of an open position, fewer, or none."""
        holding = next((each for each in self._view.holdings if each.id == order.position), None)
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
        pay_variation(self._ledger, holding, session, filled.at)
        concede(self._ledger, holding, filled, session)
        self._ledger.post(open_entry(filled))
        self._change(holding, filled, holding.paid - filled.cash, session)
        holding.need(session, needed)
        self._view.flows.append(Flow(session, holding.rule, -filled.cash))

    def _reduce(self, holding: Holding, filled: Fill, session: int) -> None:
        pay_variation(self._ledger, holding, session, filled.at)
        concede(self._ledger, holding, filled, session)
        units, held = filled.order.units, holding.units
        basis = self._ledger.balance(position_account(holding.id))
        self._ledger.post(close_entry(filled, released(basis, units, held)))
        paid = holding.paid - released(holding.paid, units, held)
        self._change(holding, filled, paid, session)
        self.require(holding, session)

    def _change(self, holding: Holding, filled: Fill, paid: int, session: int) -> None:
        self._record.filled(filled)
        change(holding, filled, paid, session)

    def _close(self, holding: Holding, filled: Fill, session: int) -> None:
        pay_variation(self._ledger, holding, session, filled.at)
        concede(self._ledger, holding, filled, session)
        basis = self._ledger.balance(position_account(holding.id))
        self._ledger.post(close_entry(filled, basis))
        self._record.filled(filled)
        self.end(holding, session, filled, filled.order.because.reason)

    def end(self, holding: Holding, session: int, closing: Fill | None, reason: str) -> None:
        self._view.let_go(holding)
        self._view.ended.append(ended(holding, closing, self._view))
        self._record.ended(holding, session, closing, reason)

    def require(self, holding: Holding, session: int) -> None:
        """Margin that moves is set aside anew."""
        holding.need(session, self._needed(holding, holding.units, session))

    def _needed(self, holding: Holding, units: int, session: int) -> int:
        """Cents to set aside for `units` of what is left of a position."""
        held = holding.held_legs()
        legs = [holding.legs[at] for at in held]
        mids = tuple(holding.marks[at][session - holding.opened] for at in held)
        level = self._market.spot(legs[0].contract.underlying, session)
        free = free_shares(self._view.holdings, legs, holding)
        standing = Standing(self._view.at, level, mids, self._view.account, free)
        return requirement(legs, units, standing)

    def _reject(self, order: Order, reason: Refused, detail: str) -> None:
        self._record.rejections.append(Rejection(self._view.at, order.because, reason, detail))
