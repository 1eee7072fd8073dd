"""The exchange's VIX formula on the modelled strip gives the VIX that went in."""

from collections.abc import Iterator

import numpy as np
import pytest
from hedgerow.market.pricing import Array, black
from hedgerow.market.snapshot import Snapshots
from hedgerow.market.spx_options import spx_option_prices
from modelled import ROW, close_of, index_of, strip_variance

NEAR, FOLLOWING = 24.0, 31.0  # days


def modelled_index(close: Snapshots, furthest: float = 2.0, least_bid: float = 0.05) -> float:
    """From strikes up to `furthest` times the spot; a price under `least_bid` has no bid."""
    near, following = (
        modelled_strip(close, days, furthest, least_bid) for days in (NEAR, FOLLOWING)
    )
    return index_of(near, NEAR, following, FOLLOWING)


def modelled_strip(close: Snapshots, days: float, furthest: float, least_bid: float) -> float:
    """Strikes 5 points apart near the money and 25 elsewhere."""
    spot = close.spot[0]
    near = np.arange(np.ceil(0.75 * spot / 5), 1.15 * spot / 5) * 5.0
    far = np.arange(1.0, furthest * spot / 25) * 25.0
    strikes = np.union1d(near, far[(far < near[0]) | (far > near[-1])])
    years = np.array([days / 365.0])
    calls, puts = (
        bid_or_nothing(spx_option_prices(close, ROW, strikes, np.array(is_call), years), least_bid)
        for is_call in (True, False)
    )
    return strip_variance(strikes, calls, puts, years[0], close.rate[0])


def bid_or_nothing(prices: Array, least_bid: float = 0.05) -> Array:
    return np.where(prices < least_bid, 0.0, prices)


def drawn_closes() -> Iterator[tuple[float, Snapshots]]:
    rng = np.random.default_rng(20261121)
    for vix in np.exp(rng.uniform(np.log(9.5), np.log(80.0), 100)):
        spot = rng.uniform(400.0, 6000.0)
        slow, fast = vix * np.exp(rng.normal(0.0, [0.25, 0.12]))
        yield float(vix), close_of(vix, slow, fast, spot)


def test_the_formula_joins_expiries_as_in_the_white_paper() -> None:
    """35,924 and 46,394 minutes; variances 0.0184629 and 0.0188210; VIX 13.69."""
    days = np.array([35_924.0, 46_394.0]) / 1440.0
    assert index_of(0.0184629, days[0], 0.0188210, days[1]) == pytest.approx(13.6858, abs=1e-4)


def test_the_formula_reads_a_flat_volatility_off_its_own_prices() -> None:
    strikes = np.arange(1000.0, 9000.0, 5.0)
    terms = (np.array(4003.0), strikes, np.array(0.2 * np.sqrt(30.0 / 365.0)))
    calls, puts = (bid_or_nothing(black(*terms, np.array(sign))) for sign in (1.0, -1.0))
    variance = strip_variance(strikes, calls, puts, 30.0 / 365.0, 0.0)
    assert np.sqrt(variance) == pytest.approx(0.2, abs=2e-4)


def test_a_hundred_days_give_back_their_vix() -> None:
    """Strikes are points apart and the cheapest have no bid, so the formula loses a little, as it
    does on real quotes: where SPX is above 2500, 0.10 points with VIX below 45 and 0.25 above;
    elsewhere 1.5 % of VIX."""
    for vix, close in drawn_closes():
        miss = abs(modelled_index(close) - vix)
        fine = 0.10 if vix < 45.0 else 0.25
        assert miss <= (fine if close.spot[0] > 2500.0 else 0.015 * vix)


def test_what_a_wild_day_loses_are_the_strikes_without_a_bid() -> None:
    """At a VIX of 80 the prices under 0.05 are worth 0.2 points of it. With every strike that has
    a price the miss is 0.05 points, whatever the VIX."""
    for vix, close in drawn_closes():
        if close.spot[0] > 2500.0:
            assert abs(modelled_index(close, 6.0, 0.0) - vix) <= 0.05
    wild = close_of(80.0, 19.0)
    with_bids, whole = (modelled_index(wild, 6.0, bid) - 80.0 for bid in (0.05, 0.0))
    assert with_bids == pytest.approx(-0.24, abs=0.01)
    assert whole == pytest.approx(-0.05, abs=0.01)
    assert modelled_index(wild, 2.0) == pytest.approx(80.0 + with_bids, abs=0.001)
