"""Carries out the orders of a run: what fills and at what price, what is refused, what it costs."""

from __future__ import annotations

from hedgerow.account.entries import close_entry, open_entry, position_account, released
from hedgerow.account.execution import fill
from hedgerow.account.ledger import Ledger
from hedgerow.account.money import dollars
from hedgerow.account.order import Action, Fill, Order, Refused, Rejection
from hedgerow.account.package import Package
from hedgerow.host.record import Record
from hedgerow.host.variation import concede, pay_variation
from hedgerow.plan.capital import ended
from hedgerow.plan.cover import lacks_shares, margin
from hedgerow.plan.holding import Holding, change, holding_from_fill
from hedgerow.plan.life import life_on, package_on
from hedgerow.plan.quotes import quote_today
from hedgerow.plan.view import Flow, View


class Dealer:
    """Trades at the closes a `View` shows, and posts and records what comes of it."""

    def __init__(self, view: View, ledger: Ledger, record: Record) -> None:
        self._view, self._market, self._ledger, self._record = view, view.market, ledger, record
        self.settling: set[tuple[int, bool]] = set()  # (session, at the open): legs settle then

    def trade(self, order: Order, session: int) -> None:
        """Trades the order at today's close, or records why it could not be."""
        package = package_on(self._market, order.legs)
        if not package.trades_at_close_of(self._view.at):
            self._reject(order, Refused.EXPIRED, "a contract stopped trading before the fill")
        elif order.action is Action.OPEN:
            self._open(order, package, session)
        else:
            self._trade_held(order, package, session)

    def _filled(self, order: Order, package: Package, mids: list[float]) -> Fill | None:
        """The fill, unless it is refused."""
        view = self._view
        quote = quote_today(package, mids, order.action, view)
        if isinstance(quote, Refused):
            self._reject(order, quote, "at the prices of the fill")
            return None
        return fill(order, quote, view.at, view.frictions.charges)

    def _open(self, order: Order, package: Package, session: int) -> None:
        view, replaced = self._view, order.replaces
        if replaced is not None and any(holding.id == replaced for holding in view.holdings):
            self._reject(order, Refused.NOT_CLOSED, "so nothing was opened in its place")
            return
        if self._lacks_shares(order, package, order.units):
            return
        life = life_on(self._market, order.legs, session)
        mids = life.mids(0)
        filled = self._filled(order, package, mids)
        if filled is None:
            return
        needed = margin(package, order.units, mids, view, view.holdings)
        if not self._affords(filled, needed):
            return
        self._ledger.post(open_entry(filled))
        self._record.filled(filled)
        holding = holding_from_fill(filled, life, needed, session)
        self.settling.update(life.settlements)
        concede(self._ledger, holding, filled, session)
        view.take_in(holding)
        view.flows.append(Flow(session, holding.rule, holding.paid))

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

    def _lacks_shares(self, order: Order, package: Package, more: int) -> bool:
        """Whether a cash account refuses so many units more, or fewer, for want of shares."""
        view = self._view
        lacking = lacks_shares(package, more, view.holdings, view.account)
        if lacking:
            self._reject(order, Refused.ACCOUNT, lacking)
        return lacking is not None

    def _trade_held(self, order: Order, package: Package, session: int) -> None:
        """More units of an open position, fewer, or none."""
        holding = next((each for each in self._view.holdings if each.id == order.position), None)
        if holding is None:
            self._reject(order, Refused.EXPIRED, "it settled before the order could fill")
            return
        more = order.units if order.action is Action.ADD else -order.units
        lacking = self._lacks_shares(order, package, more)
        filled = None if lacking else self._filled(order, package, holding.mids(session))
        if filled is None:
            holding.closing = None
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
        view, held, package = self._view, holding.held_legs(), holding.life.package
        if holding.settled_legs:
            package = package_on(self._market, tuple([holding.legs[at] for at in held]))
        mids = [holding.mark(at, session) for at in held]
        return margin(package, units, mids, view, view.holdings, holding)

    def _reject(self, order: Order, reason: Refused, detail: str) -> None:
        self._record.rejections.append(Rejection(self._view.at, order.because, reason, detail))
