"""Terms and modelled levels that depend on the kind of a contract and its underlying."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hedgerow.market.contract import Contract, Expiry, Kind, Settlement
from hedgerow.market.pricing import Array, Integers
from hedgerow.market.snapshot import OPEN_LEAD, Snapshots, years_to_settlement
from hedgerow.market.vix_futures import vix_future_prices

MULTIPLIERS = {Kind.OPTION: 100, Kind.SHARES: 1}  # USD a point
FUTURE_MULTIPLIERS = {"SPX": 50, "VIX": 1000}  # USD a point: E-mini, VX


def future_prices(underlying: str, snapshots: Snapshots, rows: Integers, years: Array) -> Array:
    """Points (rows,): of VIX see `vix_future_prices`, of any other underlying its forward."""
    found = vix_future_prices if underlying == "VIX" else Snapshots.forward
    return found(snapshots, rows, years)


def years_to(expiry: Expiry, ordinals: NDArray[np.int64]) -> Array:
    """Years from the closes of days to the moment an expiry settles."""
    return years_to_settlement(ordinals, expiry.date.toordinal(), _lead(expiry))


def years_to_each(expiries: Sequence[Expiry], ordinals: NDArray[np.int64]) -> Array:
    """The same for an expiry a day."""
    days = np.array([each.date.toordinal() for each in expiries])
    return years_to_settlement(ordinals, days, np.array([_lead(each) for each in expiries]))


def _lead(expiry: Expiry) -> float:
    """Days."""
    return OPEN_LEAD if expiry.settlement is Settlement.OPEN else 0.0


def expiry_of(contract: Contract) -> Expiry:
    """ValueError for what never settles."""
    if contract.expiry is None:
        raise ValueError(f"{contract} never settle")
    return contract.expiry
