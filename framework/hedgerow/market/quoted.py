"""Options priced from the quotes of a close, and by the model's shape beyond them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from hedgerow.market.chains.chains import Slice
from hedgerow.market.contract import Contract, Right
from hedgerow.market.pricing import Array, black, black_delta
from hedgerow.market.snapshot import Snapshots
from hedgerow.market.spx_options import spx_total_vol
from hedgerow.market.vix_futures import vix_future_prices
from hedgerow.market.vix_options import vix_total_vol

ModelVol = Callable[[Array], Array]  # ln(strike / forward) -> total vol

_REACH = (-20.0, 10.0)  # at-the-money deviations, beyond which options are worth nothing
_STRIKES = 601  # one at the money among them


def quoted_prices(contracts: Sequence[Contract], quotes: Slice, model: ModelVol) -> Array:
    """Discounted mids (contracts,), points, of options of one expiry.

    Calls and puts of a strike keep parity with the forward of the quotes exactly; at a strike of
    the curve the out-of-the-money side is worth its quoted mid.
    """
    strikes, sign = _terms(contracts)
    vol = quoted_total_vol(quotes, strikes, model)
    forward = np.full(len(strikes), quotes.forward)
    prices: Array = quotes.discount * np.maximum(black(forward, strikes, vol, sign), 0.0)
    return prices


def quoted_deltas(
    quotes: Slice, strikes: Array, right: Right, carried: float, model: ModelVol
) -> Array:
    """Black-Scholes deltas at the option's own implied volatility; `carried` is what one point of
    the underlying now is of the forward, discounted."""
    vol = quoted_total_vol(quotes, strikes, model)
    sign = np.full(len(strikes), 1.0 if right is Right.CALL else -1.0)
    deltas: Array = carried * black_delta(np.full(len(strikes), quotes.forward), strikes, vol, sign)
    return deltas


def quoted_log_deviation(quotes: Slice, model: ModelVol) -> float:
    """One standard deviation of the logarithm to the expiry, as a variance swap is worth: the log
    contract put together from out-of-the-money options at every strike."""
    middle = float(quotes.total_vol(np.zeros(1))[0])
    distance = middle * np.linspace(*_REACH, _STRIKES)
    strike = np.exp(distance)  # in forwards
    vol = quoted_total_vol(quotes, quotes.forward * strike, model)
    price = black(np.ones(_STRIKES), strike, vol, np.where(distance < 0.0, -1.0, 1.0))
    return float(np.sqrt(2.0 * np.trapezoid(price / strike, distance)))


def quoted_total_vol(quotes: Slice, strikes: Array, model: ModelVol) -> Array:
    """The curve through the quotes; beyond its ends the model's smile, moved in level to meet it.

    The level moves by a factor, so that no volatility falls below zero.
    """
    distance = quotes.distance(strikes)
    vol = quotes.total_vol(distance)
    beyond = ~quotes.within(distance)
    if beyond.any():
        ends = np.where(distance[beyond] < quotes.knots[0], quotes.knots[0], quotes.knots[-1])
        shape = model(np.concatenate((distance[beyond], ends)))
        at_strike, at_end = shape[: len(ends)], shape[len(ends) :]
        # the model gives strikes no value that real quotes still do: level from there on
        modelled = at_end > 0.0
        vol[beyond] *= np.where(modelled, at_strike / np.where(modelled, at_end, 1.0), 1.0)
    return vol


def model_vol(underlying: str, snapshots: Snapshots, row: int, years: float) -> ModelVol:
    """The modelled smile of one close and life, as a function of ln(strike / forward)."""
    rows, life = np.array([row]), np.array([years])
    if underlying == "VIX":
        future = vix_future_prices(snapshots, rows, life)
        return lambda distance: vix_total_vol(
            future, future * np.exp(distance), snapshots.vvix[rows], life, snapshots.wings.vix_call
        )
    forward = snapshots.forward(rows, life)
    return lambda distance: spx_total_vol(
        snapshots, rows, (forward * np.exp(distance))[:, None], life
    )[:, 0]


def _terms(contracts: Sequence[Contract]) -> tuple[Array, Array]:
    strikes = np.array([contract.strike for contract in contracts])
    sign = np.array([1.0 if contract.right is Right.CALL else -1.0 for contract in contracts])
    return strikes, sign
