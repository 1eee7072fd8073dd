"""How far ahead anything is ever listed: numbers only, so that a rule file can be checked without a
calendar. The tests hold them to the listings of `market.practices`."""

from __future__ import annotations

_FURTHEST = {  # calendar days, by underlying and cycle
    "SPX": {None: 372, "monthly": 372, "weekly": 368},
    "VIX": {None: 190, "monthly": 190, "weekly": 42},
    "SPX futures": {None: 462, "monthly": 462, "weekly": 0},
    "equities": {None: 280, "monthly": 280, "weekly": 35},
}


def furthest_expiry(listed: str, cycle: str | None) -> int:
    """Calendar days ahead; `listed` as in `market.practices`, any other underlying is a share. 0
    where nothing of the cycle is."""
    return _FURTHEST.get(listed, _FURTHEST["equities"])[cycle]
