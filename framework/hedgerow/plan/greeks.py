"""Sensitivities of a bundle of contracts, in dollars, at a close.

Vega, gamma and theta come from pricing everything anew, surface and VIX curve included, so that
SPX and VIX options answer to the same move; delta is the sum of the options' own deltas, as a
platform shows it. Source: the surface's response to VIX of `market.snapshot.shocked`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from hedgerow.market.contract import Contract, Kind
from hedgerow.market.option_delta import option_delta
from hedgerow.market.underlyings import tracks_spx
from hedgerow.plan.holding import Holding
from hedgerow.plan.moved import Close, moved_mids

Bundle = Sequence[tuple[Contract, int]]  # contracts, + held, - sold


Greek = Callable[[Bundle, Close], float]

VIX_STEP = 0.5  # points up and down
SPX_STEP = 0.001  # of the level, up and down


def bundle_of(holdings: Sequence[Holding]) -> Bundle:
    """All contracts still held in these positions."""
    return [
        (leg.contract, leg.ratio * holding.units)
        for holding in holdings
        for at, leg in enumerate(holding.legs)
        if at not in holding.settled_legs
    ]


def delta(bundle: Bundle, close: Close) -> float:
    """Dollars for one SPX point: of SPX, and of what tracks it."""
    total = 0.0
    spot = close.market.spot("SPX", close.session)
    for contract, count in bundle:
        if tracks_spx(contract.underlying):
            alike = close.market.spot(contract.underlying, close.session) / spot
            is_option = contract.kind is Kind.OPTION
            own = option_delta(close.market, contract, close.session) if is_option else 1.0
            total += alike * count * contract.multiplier * own
    return total


def gamma(bundle: Bundle, close: Close) -> float:
    """Dollars of delta for one SPX point."""
    spot = close.market.spot("SPX", close.session)
    step = spot * SPX_STEP
    up, down = (_value(bundle, close, spot=spot + side * step) for side in (1, -1))
    return (up - 2 * _value(bundle, close) + down) / step**2


def vega(bundle: Bundle, close: Close) -> float:
    """Dollars for one VIX point."""
    level = close.market.spot("VIX", close.session)
    up, down = (_value(bundle, close, vix=level + side * VIX_STEP) for side in (1, -1))
    return (up - down) / (2 * VIX_STEP)


def theta(bundle: Bundle, close: Close) -> float:
    """Dollars by a calendar day later, everything else as it is."""
    today = close.moved(None, None)
    tomorrow = replace(today, ordinal=today.ordinal + 1)
    mids = close.market.prices(_contracts(bundle), close.session, tomorrow)[:, 0].tolist()
    return _worth(bundle, mids) - _value(bundle, close)


def _value(
    bundle: Bundle, close: Close, spot: float | None = None, vix: float | None = None
) -> float:
    """Dollars the bundle is worth with SPX and VIX at these levels, or where they are."""
    return _worth(bundle, moved_mids(_contracts(bundle), close, spot, vix)) if bundle else 0.0


def _contracts(bundle: Bundle) -> list[Contract]:
    return [contract for contract, _ in bundle]


def _worth(bundle: Bundle, mids: Sequence[float]) -> float:
    return sum(
        count * contract.multiplier * mid
        for (contract, count), mid in zip(bundle, mids, strict=True)
    )


GREEKS: dict[str, Greek] = {"delta": delta, "gamma": gamma, "vega": vega, "theta": theta}
