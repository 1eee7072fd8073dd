"""What all options of one expiry share, by underlying: priced once, whatever strikes are asked.

Snapshots are the closes of the underlying: of SPX and VIX the same ones, of another its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from hedgerow.market.contract import Contract, Right
from hedgerow.market.pricing import Array, Integers
from hedgerow.market.snapshot import Snapshots, one_sd
from hedgerow.market.spx_options import SpxSlices, spx_slices
from hedgerow.market.vix_options import VixSlices, vix_one_sd, vix_slices

_CALL = Right.CALL  # looked up once: contracts are priced often, enums are slow
Slices: TypeAlias = SpxSlices | VixSlices


def slices_of(underlying: str, snapshots: Snapshots, rows: Integers, years: Array) -> Slices:
    """At the closes `rows`, for an expiry that settles `years` after each."""
    return (vix_slices if underlying == "VIX" else spx_slices)(snapshots, rows, years)


def one_sd_of(underlying: str, snapshots: Snapshots, years: Array) -> Array:
    """Points of one standard deviation over `years` (1,), at every close."""
    points = vix_one_sd if underlying == "VIX" else one_sd
    return points(snapshots, np.arange(len(snapshots)), years)


def prices_of(contracts: Sequence[Contract], slices: Slices) -> Array:
    """Mids (legs, closes), points, of options of one expiry and underlying."""
    strikes = np.array([[contract.strike] for contract in contracts])
    is_call = np.array([[contract.right is _CALL] for contract in contracts])
    return slices.prices(strikes, is_call)


def option_prices(
    contracts: Sequence[Contract], snapshots: Snapshots, rows: Integers, years: Array
) -> Array:
    """`prices_of` at the closes `rows`."""
    return prices_of(contracts, slices_of(contracts[0].underlying, snapshots, rows, years))
