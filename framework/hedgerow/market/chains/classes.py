"""Classes of options that a chain may hold, from the roots and dates that vendors write."""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from functools import lru_cache

from hedgerow.market.calendar import nyse, ordinals
from hedgerow.market.contract import Expiry, Settlement

FOREIGN = 255  # neither on SPX nor on VIX
_LAST_WEEKLY_AT_OPEN = date(2010, 12, 3).toordinal()


class Class(IntEnum):
    """What settles together: an expiry of SPX on one day may be listed twice."""

    SPX_OPEN = 0
    SPX_CLOSE = 1
    VIX_OPEN = 2

    @property
    def underlying(self) -> str:
        return "VIX" if self is Class.VIX_OPEN else "SPX"


_AT_CLOSE = frozenset({"SPXPM", "SPXQ"})
_SPX = frozenset({"SPX", "SPXW", *_AT_CLOSE})
_VIX = frozenset({"VIX", "VIXW"})
_OF_SETTLEMENT = {"am": Class.SPX_OPEN, "open": Class.SPX_OPEN,
                  "pm": Class.SPX_CLOSE, "close": Class.SPX_CLOSE}  # fmt: skip


def class_of_expiry(expiry: Expiry) -> int:
    """Class, or FOREIGN."""
    if expiry.root in _VIX:
        return Class.VIX_OPEN
    if expiry.root not in _SPX:
        return FOREIGN
    return Class.SPX_OPEN if expiry.settlement is Settlement.OPEN else Class.SPX_CLOSE


def class_of(root: str, underlying: str, settlement: str, expiry: int) -> tuple[int, bool]:
    """Class (or FOREIGN) of an expiry as written, a day number, and whether that was assumed.

    Without a root of SPX a standard expiry is taken to settle at the open, any other at the close.
    """
    if root in _VIX or (root not in _SPX and underlying in _VIX):
        return Class.VIX_OPEN, False
    if root not in _SPX and underlying not in _SPX:
        return FOREIGN, False
    stated = _OF_SETTLEMENT.get(settlement.strip().lower())
    if stated is not None:
        return stated, False
    if root in _AT_CLOSE:
        return Class.SPX_CLOSE, False
    if root == "SPXW":
        at_open = expiry <= _LAST_WEEKLY_AT_OPEN
        return (Class.SPX_OPEN if at_open else Class.SPX_CLOSE), False
    if settlement_day(Class.SPX_OPEN, expiry) in _standard(Class.SPX_OPEN):
        return Class.SPX_OPEN, root != "SPX"
    return Class.SPX_CLOSE, False


def settlement_day(kind: int, expiry: int) -> int:
    """The day on which an expiry written as `expiry` settles.

    Until 2015 standard options expired on a Saturday, and some vendors write the last day of
    trading; both are a day away from a standard settlement at the open.
    """
    if kind in (Class.SPX_OPEN, Class.VIX_OPEN) and expiry not in _standard(Class(kind)):
        near = [day for day in (expiry - 1, expiry + 1) if day in _standard(Class(kind))]
        return near[0] if near else expiry
    return expiry


@lru_cache(maxsize=2)
def _standard(kind: Class) -> frozenset[int]:
    """Days on which standard expiries settle at the open."""
    calendar = nyse()
    months = calendar.months()
    rule = calendar.third_fridays if kind is Class.SPX_OPEN else calendar.vix_settlements
    return frozenset(ordinals(rule(months)).tolist())
