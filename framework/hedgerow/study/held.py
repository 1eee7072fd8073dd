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
        self._fills: dict[int, list[Fill]] = {}
        for fill in run.fills:
            self._fills.setdefault(fill.order.position, []).append(fill)

    def at(self, day: date) -> tuple[Held, ...]:
        """Everything held after the close of `day`; what settles on it is gone."""
        return tuple(held for fills in self._fills.values() for held in _held(fills, day))


def _held(fills: Sequence[Fill], day: date) -> Iterable[Held]:
    opening = fills[0].order
    units = _units(fills, day)
    for leg in opening.legs if units else ():
        expiry = leg.contract.expiry
        if expiry is None or day < expiry.date:
            yield Held(opening.because.rule, opening.position, leg.contract, leg.ratio * units)


def _units(fills: Sequence[Fill], day: date) -> int:
    units = 0
    for fill in fills:
        if fill.at > day:
            break
        more = fill.order.units if fill.order.action.takes_on else -fill.order.units
        units = 0 if fill.order.action is Action.CLOSE else units + more
    return units
