"""Seeded runs that look like a condor book with and without a hedge; the ledger adds up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from hedgerow.account.assumptions import Assumptions
from hedgerow.account.ledger import Entry
from hedgerow.account.order import Action, Because, Fill, Leg, Order, Refused, Rejection
from hedgerow.account.run import Decision, Fingerprints, Run, Trade
from hedgerow.market.contract import Contract, Expiry, Kind, Right, Settlement
from hedgerow.text.source import Source

Market = tuple[np.ndarray, np.ndarray]  # closes of SPX and VIX

CAPITAL = 100_000_000
FEE = 520  # cents a unit and side
MONTHLY = Settlement.CLOSE


@dataclass(frozen=True)
class Layer:
    rule: str
    days: int  # sessions held
    every: int  # sessions between openings
    opening: int  # cents a unit; + credit
    units: int
    calls: bool = False  # a VIX call instead of a condor


CONDORS = (
    Layer("condors.base", 22, 31, 320_00, 80),
    Layer("condors.second", 14, 31, 210_00, 60),
)
HEDGE = (
    Layer("hedge.first", 15, 40, -180_00, 30, calls=True),
    Layer("hedge.second", 15, 95, -140_00, 45, calls=True),
)

UNHEDGED_TEXT = """\
strategy unhedged 1.0.0
"Two condor layers in time, without a hedge"

needs SPX, VIX

param short_distance = 1.5 sd from 1.5 sd to 2 sd step 0.25 sd

layers condors {
  layer base {
    sell iron_condor(SPX, expiry = 45 days, short = short_distance, wing = 50 points)
    when no base open
    size risk 40% of capital
    exit when profit >= 50% of credit "half the credit is in"
    exit when days_to_expiry <= 7 days
  }
  layer second {
    sell iron_condor(SPX, expiry = 30 days, short = short_distance, wing = 75 points)
    when base.age between 15 days and 20 days
    size risk 25% of capital
    exit when profit >= 50% of credit
  }
}
"""

CORE_TEXT = (
    UNHEDGED_TEXT.replace("strategy unhedged", "strategy core")
    .replace("without a hedge", "under a two-layer VIX hedge")
    .replace("size risk 40% of capital", "size risk 38% of capital")
    + """
shock spike {
  VIX + 6 points
  SPX - 3.2%
}

layers hedge {
  layer first at VIX >= 18 until VIX < 16 {
    buy call(VIX, expiry = 30 days, strike = 30 delta)
    size cover 50% of loss(condors, spike)
    exit when profit >= 300% of cost
    exit when disarmed
  }
}
"""
)


def unhedged(sessions: int = 2_000, seed: int = 7) -> Run:
    return synthetic_run("alvh/unhedged", CONDORS, sessions, seed)


def core(sessions: int = 2_000, seed: int = 7) -> Run:
    return synthetic_run("alvh/core", CONDORS + HEDGE, sessions, seed)


def sources() -> tuple[Source, Source]:
    return Source("unhedged.rules", UNHEDGED_TEXT), Source("core.rules", CORE_TEXT)


def synthetic_run(name: str, layers: tuple[Layer, ...], sessions: int, seed: int) -> Run:
    days = weekdays(sessions)
    index, gauge = market(sessions, seed)
    books = [
        _book(layer, place * 10_000 + 1, days, (index, gauge)) for place, layer in enumerate(layers)
    ]
    interest = np.where(np.arange(sessions) % 21 == 20, 1_650_00, 0)
    profit = {layer.rule: book.profit for layer, book in zip(layers, books, strict=True)}
    equity = CAPITAL + sum(profit.values()) + np.cumsum(interest)
    entries = _in_order(_entries(books, days, interest))
    return Run(
        name=name,
        fingerprints=Fingerprints("a3f1" * 16, "77c0" * 16, "19be" * 16, "0.1.0"),
        assumptions=Assumptions(),
        sessions=days,
        equity=equity.astype(np.int64),
        cash=_cash(entries, days),
        margin=sum(book.margin for book in books).astype(np.int64),
        layers=profit,
        benchmark=index,
        gauge=gauge,
        entries=entries,
        trades=tuple(sorted((t for b in books for t in b.trades), key=lambda t: t.opened)),
        fills=tuple(sorted((f for b in books for f in b.fills), key=lambda f: f.at)),
        rejections=_rejections(days),
        decisions=_decisions(books),
        unknown={"hedge.first": 20} if len(layers) > 2 else {},
        settlements={"index open": 3, "previous close": 1},
        notes=("The opening value of SPX stands in for its special opening quotation.",),
        rate=np.full(sessions, 0.02),
    )


def weekdays(count: int) -> np.ndarray:
    return np.busday_offset(np.datetime64("2007-01-02"), np.arange(count), roll="forward")


def market(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """SPX and VIX closes with leverage: VIX rises where SPX falls."""
    rng = np.random.default_rng(seed)
    level, closes, gauge = np.log(17.0), [1400.0], [17.0]
    for _ in range(count - 1):
        shock = rng.standard_t(5) * 0.77
        move = 0.0003 + np.exp(level) / 100 / 16 * 0.8 * shock
        level += 0.03 * (np.log(17.0) - level) - 0.05 * shock + 0.03 * rng.standard_normal()
        closes.append(closes[-1] * np.exp(move))
        gauge.append(float(np.clip(np.exp(level), 9, 85)))
    return np.array(closes), np.array(gauge)


@dataclass(frozen=True)
class Book:
    layer: Layer
    trades: list[Trade]
    fills: list[Fill]
    profit: np.ndarray
    margin: np.ndarray


def _book(layer: Layer, first: int, days: np.ndarray, market: Market) -> Book:
    profit, margin = np.zeros(len(days), np.int64), np.zeros(len(days), np.int64)
    trades: list[Trade] = []
    fills: list[Fill] = []
    for number, start in enumerate(range(5, len(days) - 1, layer.every)):
        stop = min(start + layer.days, len(days) - 1)
        marks = _marks(layer, market, start, stop)
        trade = _trade(layer, first + number, days[[start, stop]], market[0][start], marks[-1])
        trades.append(trade)
        fills += _fills(trade, stop == len(days) - 1)
        profit[start:stop] += marks[:-1]
        profit[stop:] += marks[-1]
        margin[start:stop] += 0 if layer.calls else layer.units * 5_000_00
    return Book(layer, trades, fills, profit, margin)


def _marks(layer: Layer, market: Market, start: int, stop: int) -> np.ndarray:
    """Profit since the opening, in cents, at each close: decay against the move of the market."""
    index, gauge = (series[start : stop + 1] for series in market)
    age = np.arange(len(index)) / layer.days
    if layer.calls:
        share = np.maximum(-1, -age + 3 * np.maximum(gauge / gauge[0] - 1.1, 0))
    else:
        moved = np.abs(np.log(index / index[0])) / (gauge[0] / 100 * np.sqrt(layer.days / 252))
        share = 0.5 * age - 1.6 * np.maximum(moved - 1, 0)
    return np.round(share * abs(layer.opening) * layer.units).astype(np.int64)


def _trade(layer: Layer, position: int, held: np.ndarray, level: float, made: int) -> Trade:
    return Trade(
        position=position,
        rule=layer.rule,
        opened=held[0].item(),
        closed=held[1].item(),
        reason="half the credit is in" if made > 0 else "days_to_expiry <= 7 days",
        legs=_calls(held[0]) if layer.calls else _condor(held[0], level),
        units=layer.units,
        opening=layer.opening * layer.units,
        result=int(made),
        fees=2 * FEE * layer.units,
        slippage=2 * 1000 * layer.units,
        days=(held[1] - held[0]).astype(int).item(),
    )


def _condor(opened: np.datetime64, level: float) -> tuple[Leg, ...]:
    expiry = Expiry("SPXW", opened.item() + timedelta(days=45), MONTHLY, monthly=False)
    near = round(level / 5) * 5
    terms = (
        ("long_put", 0.88, Right.PUT, 1),
        ("short_put", 0.91, Right.PUT, -1),
        ("short_call", 1.05, Right.CALL, -1),
        ("long_call", 1.08, Right.CALL, 1),
    )
    return tuple(
        Leg(
            name,
            Contract("SPX", Kind.OPTION, 100, expiry, right, round(near * part / 5) * 5.0),
            ratio,
        )
        for name, part, right, ratio in terms
    )


def _calls(opened: np.datetime64) -> tuple[Leg, ...]:
    expiry = Expiry("VIX", opened.item() + timedelta(days=30), Settlement.OPEN, monthly=True)
    return (Leg("call", Contract("VIX", Kind.OPTION, 100, expiry, Right.CALL, 25.0), 1),)


def _fills(trade: Trade, at_the_end: bool) -> Iterator[Fill]:
    """What the trade did: opening, and closing so that the result comes out."""
    closing = trade.result + trade.fees - trade.opening
    because = Because(trade.rule, "core.rules:12:3", trade.reason)
    sides = [(Action.OPEN, trade.opened, trade.opening), (Action.CLOSE, trade.closed, closing)]
    for side, (action, at, cash) in enumerate(sides):
        order = Order(
            trade.position * 2 + side,
            trade.position,
            action,
            trade.legs,
            trade.units,
            at - timedelta(days=1),
            because,
        )
        price = -cash / trade.units / 10_000
        source = "chain" if at_the_end and side else "model:B"
        mids, spreads = _quotes(order, price - 0.1)
        yield Fill(order, at, price, price - 0.1, cash, trade.fees // 2, source, mids, spreads)


def _quotes(order: Order, net: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Mids of the legs that cost `net` together, quoted so that half of half spreads is 0.1."""
    sign = 1 if order.action is Action.OPEN else -1
    first, *others = order.legs
    mids = (
        (sign * net - sum(10.0 * leg.ratio for leg in others)) / first.ratio,
        *[10.0] * len(others),
    )
    return mids, (0.4 / len(order.legs),) * len(order.legs)


def _entries(books: list[Book], days: np.ndarray, interest: np.ndarray) -> Iterator[Entry]:
    yield Entry(days[0].item(), "deposit", "capital", (("cash", CAPITAL), ("capital", -CAPITAL)))
    for at, amount in zip(days, interest, strict=True):
        if amount:
            yield Entry(
                at.item(),
                "interest",
                "3-month rate",
                (("cash", int(amount)), ("interest", -int(amount))),
            )
    for book in books:
        for trade, opened, closed in zip(
            book.trades, book.fills[::2], book.fills[1::2], strict=True
        ):
            yield _opening(trade, opened)
            yield _closing(trade, opened, closed)


def _opening(trade: Trade, fill: Fill) -> Entry:
    postings = (
        ("cash", fill.cash - fill.fee),
        ("fees", fill.fee),
        (f"position:{trade.position}", -fill.cash),
    )
    held = tuple((leg.contract, leg.ratio * trade.units) for leg in trade.legs)
    return Entry(fill.at, "open", trade.reason, postings, trade.position, held)


def _closing(trade: Trade, opened: Fill, closed: Fill) -> Entry:
    postings = (
        ("cash", closed.cash - closed.fee),
        ("fees", closed.fee),
        (f"position:{trade.position}", opened.cash),
        (f"result:{trade.rule}", -opened.cash - closed.cash),
    )
    given = tuple((leg.contract, -leg.ratio * trade.units) for leg in trade.legs)
    return Entry(closed.at, "close", trade.reason, postings, trade.position, given)


def _in_order(entries: Iterator[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: entry.at))


def _cash(entries: tuple[Entry, ...], days: np.ndarray) -> np.ndarray:
    moved = np.zeros(len(days), np.int64)
    for entry in entries:
        amount = sum(cents for account, cents in entry.postings if account == "cash")
        moved[np.searchsorted(days, np.datetime64(entry.at))] += amount
    return moved.cumsum()


def _rejections(days: np.ndarray) -> tuple[Rejection, ...]:
    because = Because("condors.second", "core.rules:18:3", "base.age between 15 days and 20 days")
    detail = "needs $31,000, free $12,400"
    return tuple(
        Rejection(at.item(), because, reason, detail)
        for at, reason in (
            (days[40], Refused.MARGIN),
            (days[41], Refused.MARGIN),
            (days[42], Refused.NO_EXPIRY),
        )
    )


def _decisions(books: list[Book]) -> tuple[Decision, ...]:
    made = [
        Decision(
            fill.order.decided,
            fill.order.because.rule,
            fill.order.action.value,
            fill.order.because.reason,
            fill.order.because.place,
        )
        for book in books
        for fill in book.fills
    ]
    return tuple(sorted(made, key=lambda decision: decision.at))
