"""The delta of one option, day after day: its whole life is priced when it is first asked for."""

from __future__ import annotations

import numpy as np

from hedgerow.market.contract import Contract, Right
from hedgerow.market.contract_prices import expiry_of
from hedgerow.market.market import Market
from hedgerow.market.pricing import Array


def option_delta(market: Market, option: Contract, i: int) -> float:
    """`Market.deltas` of one option at close `i`."""
    expiry, right, strike = expiry_of(option), option.right, np.array([option.strike])
    assert right is not None, "an option has a right"
    quoted = market.quoted.deltas(option.underlying, i, expiry, right, strike)
    if quoted is not None:
        return float(quoted[0])

    def find() -> Array:
        life = market.slices(option.underlying, expiry, i)
        return life.deltas(strike, np.array([right is Right.CALL]))

    found, at = market.answers.life(("delta", option), i, find)
    return float(found[at])
