"""The book of one close: each contract with its sensitivities, and what shocks would do to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
from msgspec import Struct

from hedgerow.account.run import Run
from hedgerow.book.book import Shock
from hedgerow.market.contract import Contract, Kind, Right
from hedgerow.market.contract_prices import future_prices, years_to
from hedgerow.market.market import Market
from hedgerow.market.pricing import Array, black_vega, implied_total_vol
from hedgerow.market.snapshot import Snapshots
from hedgerow.plan.greeks import GREEKS
from hedgerow.study.held import Held, Holdings
from hedgerow.study.shocked import changes_at, changes_under, unmoved

SPX_MOVES = (-0.20, -0.15, -0.10, -0.07, -0.05, -0.03, 0.0, 0.03, 0.05)  # of the level
VIX_MOVES = (-5.0, 0.0, 3.0, 6.0, 10.0, 20.0, 40.0)  # points
LIVES = (30, 60, 120)  # days to expiry that part the book


class Greeks(Struct, frozen=True):
    """Dollars; see `plan.greeks`."""

    delta: float
    gamma: float
    vega: float
    theta: float


class HeldContract(Struct, frozen=True):
    """Contracts of one kind in one position."""

    rule: str
    position: int
    contract: str
    expiry: date | None
    count: int  # + held, - sold
    mark: float  # points
    greeks: Greeks  # of all `count`
    implied_vol: float | None  # of an option at its mark, a year; None where it says nothing
    own_vega: float | None  # dollars for a point of that volatility: what a platform shows


class PartOfBook(Struct, frozen=True):
    name: str
    positions: int
    greeks: Greeks


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
    unmoved: tuple[str, ...]  # series held that a shock says nothing of
    contracts: tuple[HeldContract, ...]
    whole: PartOfBook
    by_rule: tuple[PartOfBook, ...]
    by_life: tuple[PartOfBook, ...]  # by days to expiry
    shocks: tuple[DayChange, ...]
    spx_moves: tuple[float, ...]  # of the level
    vix_moves: tuple[float, ...]  # points
    grid: tuple[tuple[float, ...], ...]  # a row a move of VIX, a column a move of SPX


def book_on(run: Run, market: Market, at: date, shocks: Sequence[Shock]) -> BookOn:
    """The book after the close of `at`, which has to be a session of the run."""
    rules = list(run.layers)  # in file order
    held = sorted(Holdings(run).at(at), key=lambda each: rules.index(each.rule))
    moment = np.datetime64(at)
    close = _Close(market, int(market.history.sessions.searchsorted(moment)))
    lines = [_line(each, close) for each in held]
    by_rule = _parts(lines, lambda line: line.rule)
    under = changes_under(shocks, held, market, close.session)
    by_expiry = sorted(lines, key=lambda line: line.expiry or date.max)
    return BookOn(
        at,
        market.spot("SPX", close.session),
        market.spot("VIX", close.session),
        int(run.equity[run.sessions.searchsorted(moment)]),
        market.package_source([each.contract for each in held], close.session) if held else "",
        unmoved(held),
        tuple(lines),
        _part("whole book", lines),
        by_rule,
        _parts(by_expiry, lambda line: _life(line, at)),
        tuple(
            _change(shock.name, held, under[:, place], [each.name for each in by_rule])
            for place, shock in enumerate(shocks)
        ),
        SPX_MOVES,
        VIX_MOVES,
        _grid(held, market, close.session),
    )


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


def _line(held: Held, close: _Close) -> HeldContract:
    contract, count = held.contract, held.count
    mark = close.market.mark(contract, close.session)
    names = ("delta", "gamma", "vega", "theta")
    greeks = Greeks(*(GREEKS[name]([(contract, count)], close) for name in names))
    closes = close.market.closes(contract.underlying)
    vol, vega = _own(contract, mark, closes.row(close.session))
    expiry = contract.expiry.date if contract.expiry else None
    dollars = None if vega is None else vega * count * contract.multiplier
    return HeldContract(
        held.rule, held.position, str(contract), expiry, count, mark, greeks, vol, dollars
    )


def _own(contract: Contract, mark: float, close: Snapshots) -> tuple[float | None, float | None]:
    """An option's implied volatility a year, and points for a point of it, on the model's forward.

    None at its intrinsic value, where volatility is worth nothing.
    """
    if contract.kind is not Kind.OPTION or contract.expiry is None:
        return None, None
    years = years_to(contract.expiry, close.ordinal)
    forward = future_prices(contract.underlying, close, np.zeros(1, dtype=np.intp), years)
    discount = np.exp(-close.rate * years)
    strike = np.array([contract.strike])
    sign = np.array([1.0 if contract.right is Right.CALL else -1.0])
    total = implied_total_vol(forward, strike, mark / discount, sign)
    if total[0] <= 0.0:
        return None, None
    vega = discount * black_vega(forward, strike, total) * np.sqrt(years) / 100
    return float((total / np.sqrt(years))[0]), float(vega[0])


def _parts(
    lines: Sequence[HeldContract], name: Callable[[HeldContract], str]
) -> tuple[PartOfBook, ...]:
    names = dict.fromkeys(name(line) for line in lines)
    return tuple(_part(each, [line for line in lines if name(line) == each]) for each in names)


def _part(name: str, lines: Sequence[HeldContract]) -> PartOfBook:
    sums = (
        sum(getattr(line.greeks, greek) for line in lines) for greek in Greeks.__struct_fields__
    )
    return PartOfBook(name, len({line.position for line in lines}), Greeks(*sums))


def _life(line: HeldContract, at: date) -> str:
    if line.expiry is None:
        return "no expiry"
    days = (line.expiry - at).days
    last = next((each for each in LIVES if days <= each), None)
    return f"more than {LIVES[-1]} days" if last is None else f"up to {last} days"


def _change(shock: str, held: Sequence[Held], changes: Array, rules: Sequence[str]) -> DayChange:
    """From the change of each contract."""
    by_rule = (
        sum(float(change) for each, change in zip(held, changes, strict=True) if each.rule == rule)
        for rule in rules
    )
    return DayChange(shock, float(changes.sum()), tuple(by_rule))


def _grid(held: Sequence[Held], market: Market, session: int) -> tuple[tuple[float, ...], ...]:
    spots = market.spot("SPX", session) * (1.0 + np.array(SPX_MOVES))
    levels = market.spot("VIX", session) + np.array(VIX_MOVES)
    every = np.tile(spots, len(levels)), np.repeat(levels, len(spots))
    changes = changes_at(*every, held, market, session).sum(axis=0)
    return tuple(map(tuple, changes.reshape(len(levels), len(spots)).tolist()))
