"""What the book of a run would gain or lose at once under shocks, priced anew at the mid.

Over a run: on sessions spread evenly over it, because a shock costs as much as a session does. On
one day: with the sensitivities of the book, and over a grid of moves of SPX and VIX.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
from msgspec import Struct

from hedgerow.account.run import Run
from hedgerow.book.book import Shock
from hedgerow.market.market import Market
from hedgerow.market.pricing import Array
from hedgerow.market.snapshot import Snapshots
from hedgerow.plan.greeks import GREEKS
from hedgerow.plan.shocks import levels_after
from hedgerow.study.held import Held, Holdings
from hedgerow.study.statistics import day

MOST_SESSIONS = 100  # looked at in a run
SPX_MOVES = (-0.20, -0.15, -0.10, -0.07, -0.05, -0.03, 0.0, 0.03, 0.05)  # of the level
VIX_MOVES = (-5.0, 0.0, 3.0, 6.0, 10.0, 20.0, 40.0)  # points
LIVES = (30, 60, 120)  # days to expiry that part the book


class ShockChange(Struct, frozen=True):
    """Changes as parts of the equity of their session, < 0 where it would be lost."""

    shock: str
    mean: float
    worst: float
    worst_at: date
    last: float  # at the last session looked at
    by_rule: tuple[float, ...]  # the mean of each of `Stress.rules`; together `mean`


class Stress(Struct, frozen=True):
    sessions: int  # looked at
    held: int  # of these, with a position
    rules: tuple[str, ...]  # that held something, in the order of their first fills
    changes: tuple[ShockChange, ...]


class Sensitivity(Struct, frozen=True):
    """Of a part of the book, dollars; see `plan.greeks`."""

    part: str
    positions: int
    delta: float
    gamma: float
    vega: float
    theta: float


class DayChange(Struct, frozen=True):
    """Dollars, < 0 where they would be lost."""

    shock: str
    whole: float
    by_rule: tuple[float, ...]  # in the order of `BookOn.by_rule`


class BookOn(Struct, frozen=True):
    """The book at one close. Changes in dollars, < 0 where they would be lost."""

    at: date
    spot: float  # SPX points
    vix: float
    equity: int  # cents
    source: str  # of the prices, as a fill's; empty where nothing was held
    whole: Sensitivity
    by_rule: tuple[Sensitivity, ...]
    by_life: tuple[Sensitivity, ...]  # by days to expiry
    shocks: tuple[DayChange, ...]
    spx_moves: tuple[float, ...]  # of the level
    vix_moves: tuple[float, ...]  # points
    grid: tuple[tuple[float, ...], ...]  # a row a move of VIX, a column a move of SPX


def stress(run: Run, market: Market, shocks: Sequence[Shock]) -> Stress:
    """Under each shock on at most `MOST_SESSIONS` sessions spread over the run, the last included.

    Sessions on which nothing is held count, with a change of nothing.
    """
    holdings = Holdings(run)
    count = len(run.sessions)
    rows = np.unique(np.linspace(count - 1, 0, min(count, MOST_SESSIONS)).round().astype(int))
    rows = rows[run.equity[rows] > 0]
    by_rule = {fill.order.because.rule: np.zeros((len(rows), len(shocks))) for fill in run.fills}
    held = 0
    for at, row in enumerate(rows):
        book = holdings.at(day(run.sessions[row]))
        if book:
            session = _session(market, run.sessions[row])
            parts = _under(shocks, book, market, session) / (run.equity[row] / 100)
            for each, part in zip(book, parts, strict=True):
                by_rule[each.rule][at] += part
            held += 1
    if not held:
        return Stress(len(rows), 0, (), ())
    days = [day(each) for each in run.sessions[rows]]
    changes = tuple(
        _over_sessions(shock.name, days, [each[:, at] for each in by_rule.values()])
        for at, shock in enumerate(shocks)
    )
    return Stress(len(rows), held, tuple(by_rule), changes)


def _over_sessions(shock: str, days: Sequence[date], by_rule: Sequence[Array]) -> ShockChange:
    """From the change of each rule on each day."""
    whole = sum(by_rule, np.zeros(len(days)))
    worst = int(whole.argmin())
    means = tuple(float(each.mean()) for each in by_rule)
    return ShockChange(
        shock, float(whole.mean()), float(whole[worst]), days[worst], float(whole[-1]), means
    )


def book_on(run: Run, market: Market, at: date, shocks: Sequence[Shock]) -> BookOn:
    """The book after the close of `at`, which has to be a session of the run."""
    book = Holdings(run).at(at)
    moment = np.datetime64(at)
    close = _Close(market, _session(market, moment))
    spot, vix = (market.spot(name, close.session) for name in ("SPX", "VIX"))
    spots = np.tile(spot * (1.0 + np.array(SPX_MOVES)), len(VIX_MOVES))
    levels = np.repeat(vix + np.array(VIX_MOVES), len(SPX_MOVES))
    grid = _changes(book, close, spots, levels).sum(axis=0)
    by_rule = _parts(book, close, lambda each: each.rule)
    contracts = [each.contract for each in book]
    under = _under(shocks, book, market, close.session)
    return BookOn(
        at,
        spot,
        vix,
        int(run.equity[run.sessions.searchsorted(moment)]),
        market.package_source(contracts, close.session) if book else "",
        _sensitivity("whole book", book, close),
        by_rule,
        _parts(sorted(book, key=_expiry), close, lambda each: _life(each, at)),
        tuple(
            _on_a_day(shock.name, book, under[:, at], [each.part for each in by_rule])
            for at, shock in enumerate(shocks)
        ),
        SPX_MOVES,
        VIX_MOVES,
        tuple(map(tuple, grid.reshape(len(VIX_MOVES), len(SPX_MOVES)).tolist())),
    )


def _on_a_day(shock: str, book: Sequence[Held], changes: Array, rules: Sequence[str]) -> DayChange:
    """From the change of each contract."""
    by_rule = (
        sum(float(change) for each, change in zip(book, changes, strict=True) if each.rule == rule)
        for rule in rules
    )
    return DayChange(shock, float(changes.sum()), tuple(by_rule))


class _Close:
    """A close as greeks look at it, each move of it solved once."""

    def __init__(self, market: Market, session: int) -> None:
        self.market, self.session = market, session
        self._moved: dict[tuple[float | None, float | None], Snapshots] = {}

    def moved(self, spot: float | None, vix: float | None) -> Snapshots:
        levels = spot, vix
        if levels not in self._moved:
            self._moved[levels] = self.market.shocked(self.session, spot, vix)
        return self._moved[levels]


def _session(market: Market, at: np.datetime64) -> int:
    return int(market.history.sessions.searchsorted(at))


def _under(shocks: Sequence[Shock], book: Sequence[Held], market: Market, session: int) -> Array:
    """(held, shocks) dollars."""
    now = {name: market.spot(name, session) for name in ("SPX", "VIX")}
    levels = [now | levels_after(shock, market, session) for shock in shocks]
    spots, vixes = (np.array([each[name] for each in levels]) for name in ("SPX", "VIX"))
    return _changes(book, _Close(market, session), spots, vixes)


def _changes(book: Sequence[Held], close: _Close, spots: Array, levels: Array) -> Array:
    """(held, levels) dollars, all of them priced at once beside the close as it was."""
    if not book:
        return np.zeros((0, len(spots)))
    market, session = close.market, close.session
    spot, vix = (market.spot(name, session) for name in ("SPX", "VIX"))
    closes = market.shocked(session, np.array([spot, *spots]), np.array([vix, *levels]))
    prices = market.prices([each.contract for each in book], closes)
    dollars = np.array([each.count * each.contract.multiplier for each in book], dtype=np.float64)
    changes: Array = dollars[:, None] * (prices[:, 1:] - prices[:, :1])
    return changes


def _parts(
    book: Sequence[Held], close: _Close, part: Callable[[Held], str]
) -> tuple[Sensitivity, ...]:
    names = dict.fromkeys(part(each) for each in book)
    return tuple(
        _sensitivity(name, [each for each in book if part(each) == name], close) for name in names
    )


def _sensitivity(part: str, book: Sequence[Held], close: _Close) -> Sensitivity:
    bundle = [(each.contract, each.count) for each in book]
    positions = len({each.position for each in book})
    greeks = (GREEKS[name](bundle, close) for name in ("delta", "gamma", "vega", "theta"))
    return Sensitivity(part, positions, *greeks)


def _expiry(held: Held) -> date:
    """Shares come last."""
    expiry = held.contract.expiry
    return date.max if expiry is None else expiry.date


def _life(held: Held, at: date) -> str:
    expiry = held.contract.expiry
    if expiry is None:
        return "no expiry"
    days = (expiry.date - at).days
    last = next((each for each in LIVES if days <= each), None)
    return f"more than {LIVES[-1]} days" if last is None else f"up to {last} days"
