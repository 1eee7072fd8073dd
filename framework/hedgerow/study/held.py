"""What a run held at a close, told from its record alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from hedgerow.account.order import Action, Fill
from hedgerow.account.run import Run
from hedgerow.market.contract import Contract


class Held(Struct, frozen=True):
    """Contracts of one kind in one position: `count` + held, - sold."""

    rule: str
    position: int
    contract: Contract
    count: int


class Holdings:
    """The positions of a run by day."""

    def __init__(self, run: Run) -> None:
        fills: dict[int, list[Fill]] = {}
        for fill in run.fills:
            fills.setdefault(fill.order.position, []).append(fill)
        self._lives = [(each[0].at, _gone(each), each) for each in fills.values()]

    def at(self, day: date) -> tuple[Held, ...]:
        """Everything held after the close of `day`; what settles on it is gone."""
        alive = [fills for first, gone, fills in self._lives if first <= day < gone]
        return tuple(held for fills in alive for held in _held(fills, day))


def _gone(fills: Sequence[Fill]) -> date:
    """The first day after whose close nothing of a position is held."""
    last = fills[-1]
    if last.order.action is Action.CLOSE:
        return last.at
    expiries = [leg.contract.expiry for leg in last.order.legs]
    return max(date.max if each is None else each.date for each in expiries)


def _held(fills: Sequence[Fill], day: date) -> Iterable[Held]:
    opening = fills[0].order
    units = _units(fills, day)
    for leg in opening.legs:
        expiry = leg.contract.expiry
        if expiry is None or day < expiry.date:
            yield Held(opening.because.rule, opening.position, leg.contract, leg.ratio * units)


def _units(fills: Sequence[Fill], day: date) -> int:
    """Of a position that is not closed."""
    orders = [fill.order for fill in fills if fill.at <= day]
    return sum(each.units if each.action.takes_on else -each.units for each in orders)
