"""The exchange's VIX formula on the modelled strip gives the VIX that went in."""

import numpy as np
import pytest
from hedgerow.market.pricing import Array, black
from hedgerow.market.snapshot import Snapshots
from hedgerow.market.spx_options import spx_option_prices
from modelled import ROW, close_of, index_of, strip_variance

NEAR, FOLLOWING = 24.0, 31.0  # days


def modelled_index(close: Snapshots) -> float:
    return index_of(modelled_strip(close, NEAR), NEAR, modelled_strip(close, FOLLOWING), FOLLOWING)


def modelled_strip(close: Snapshots, days: float) -> float:
    """Strikes 5 points apart near the money and 25 elsewhere; prices under 0.05 have no bid."""
    spot = close.spot[0]
    near = np.arange(np.ceil(0.75 * spot / 5), 1.15 * spot / 5) * 5.0
    far = np.arange(1.0, 2.0 * spot / 25) * 25.0
    strikes = np.union1d(near, far[(far < near[0]) | (far > near[-1])])
    years = np.array([days / 365.0])
    calls, puts = (
        bid_or_nothing(spx_option_prices(close, ROW, strikes, np.array(is_call), years))
        for is_call in (True, False)
    )
    return strip_variance(strikes, calls, puts, years[0], close.rate[0])


def bid_or_nothing(prices: Array) -> Array:
    return np.where(prices < 0.05, 0.0, prices)


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
    """Strikes end and are points apart, so the formula loses a little, as it does on real quotes:
    0.10 points where SPX is above 2500 and VIX below 45, 1.5 % of VIX elsewhere."""
    rng = np.random.default_rng(20261121)
    for vix in np.exp(rng.uniform(np.log(9.5), np.log(80.0), 100)):
        spot = rng.uniform(400.0, 6000.0)
        slow, fast = vix * np.exp(rng.normal(0.0, [0.25, 0.12]))
        miss = abs(modelled_index(close_of(vix, slow, fast, spot)) - vix)
        assert miss <= (0.10 if spot > 2500.0 and vix < 45.0 else 0.015 * vix)
