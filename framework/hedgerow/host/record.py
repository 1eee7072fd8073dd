"""What a run leaves behind, gathered while it goes on."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from itertools import chain

import numpy as np
from msgspec.structs import asdict

from hedgerow import __version__
from hedgerow.account.assumptions import Assumptions
from hedgerow.account.fees import FeeSchedule
from hedgerow.account.ledger import AnyEntry
from hedgerow.account.order import Fill, Rejection
from hedgerow.account.run import Fingerprints, Kept, Run, Trade
from hedgerow.host.layer import Cents, Layer
from hedgerow.host.sessions import Sessions
from hedgerow.market.market import Market
from hedgerow.plan.decide import Decided
from hedgerow.plan.holding import Holding
from hedgerow.plan.plan import Plan


class Record:
    def __init__(
        self,
        plan: Plan,
        market: Market,
        assumptions: Assumptions,
        fees: FeeSchedule,
        sessions: Sessions,
    ) -> None:
        self._plan, self._market, self._assumptions = plan, market, assumptions
        self._fees = fees
        self._sessions = sessions
        self._first = sessions.first
        self.marks: dict[int, tuple[int, int, int]] = {}  # session -> equity, cash, margin
        self.fills: list[Fill] = []
        self.settlement_sources: Counter[str] = Counter()
        self.rejections: list[Rejection] = []  # of fills, and of what the rules wanted
        self.decided = Decided(rejections=self.rejections)
        self.trades: list[Trade] = []
        count = sessions.last - sessions.first + 1
        self._layers = {step.path: Layer(sessions.first, count) for step in plan.steps}

    def filled(self, fill: Fill) -> None:
        self.fills.append(fill)

    def ended(self, holding: Holding, session: int, closing: Fill | None, reason: str) -> None:
        """A position that traded out or settled at `session`."""
        layer = self._layers[holding.rule]
        result = layer.hold(holding, session)
        if closing is not None:
            result += layer.move(session, closing.cash - closing.fee)
        fills = _fills(holding, closing)
        self.trades.append(self._trade(holding, session, reason, result, fills, ended=True))

    def _trade(
        self,
        holding: Holding,
        session: int,
        reason: str,
        result: int,
        fills: list[Fill],
        *,
        ended: bool,
    ) -> Trade:
        opened, at = holding.opening.at, self._sessions.dates[session]
        return Trade(
            holding.id, holding.rule, opened, at if ended else None, reason, holding.legs,
            holding.units, holding.opening.cash, result, sum([fill.fee for fill in fills]),
            sum([fill.slippage for fill in fills]), (at - opened).days, len(holding.changes),
        )  # fmt: skip

    def run(
        self,
        entries: list[AnyEntry],
        open_holdings: list[Holding],
        invariants: tuple[Kept, ...],
        irr: float,
    ) -> Run:
        """The run so far, what is open marked at the last close. Asking changes nothing."""
        count = len(self.marks)
        last = self._first + count - 1
        layers = {path: layer.copy() for path, layer in self._layers.items()}
        equity, cash, margin = _columns(self.marks)
        still_open = [self._still_open(holding, last, layers) for holding in open_holdings]
        part = slice(self._first, last + 1)
        history = self._market.history
        return Run(
            name=self._plan.book.name,
            fingerprints=self._fingerprints(),
            assumptions=self._assumptions,
            sessions=history.sessions[part],
            equity=equity,
            cash=cash,
            margin=margin,
            layers={path: layer.profit()[:count] for path, layer in layers.items()},
            benchmark=self._market.snapshots.spot[part],
            gauge=self._market.snapshots.vix[part],
            entries=tuple(entries),
            trades=(*self.trades, *still_open),
            fills=tuple(self.fills),
            rejections=tuple(self.rejections),
            decisions=tuple(self.decided.decisions),
            unknown=dict(self.decided.unknown),
            settlements=dict(self.settlement_sources),
            notes=history.notes,
            rate=history.rate[part],
            irr=irr if math.isfinite(irr) else None,
            invariants=invariants,
        )

    def _still_open(self, holding: Holding, last: int, layers: dict[str, Layer]) -> Trade:
        """A position at its marks of session `last`, added to what its layer made."""
        made = layers[holding.rule].hold(holding, last + 1) + holding.value(last)
        fills = _fills(holding, None)
        return self._trade(holding, last, "still open", made, fills, ended=False)

    def _fingerprints(self) -> Fingerprints:
        taken = self._assumptions
        text = "\n".join(f"{name}={value}" for name, value in asdict(taken).items())
        text += f"\nfees={self._fees.model_dump_json()}"  # two schedules may share a name
        digest = hashlib.sha256(text.encode()).hexdigest()
        return Fingerprints(self._plan.fingerprint, self._market.fingerprint, digest, __version__)


def _columns(marks: dict[int, tuple[int, int, int]]) -> Cents:
    """Equity, cash and margin, a row each."""
    return np.fromiter(chain.from_iterable(marks.values()), np.int64).reshape(-1, 3).T.copy()


def _fills(holding: Holding, closing: Fill | None) -> list[Fill]:
    """All orders that traded for a position, in order."""
    changes = [fill for _, fill in holding.changes]
    return [holding.opening, *changes, *([closing] if closing is not None else [])]
