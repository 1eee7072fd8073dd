"""The exchange's VIX formula on the modelled strip gives the VIX that went in."""

from collections.abc import Iterator

import numpy as np
import pytest
from hedgerow.market.pricing import black
from hedgerow.market.snapshot import Snapshots
from modelled import Strip, bid_or_nothing, close_of, index_of, modelled_strip

NEAR, FOLLOWING = 24.0, 31.0  # days


def modelled_index(close: Snapshots, furthest: float = 2.0, least_bid: float = 0.05) -> float:
    """From strikes up to `furthest` times the spot; a price under `least_bid` has no bid."""
    near, following = (
        modelled_strip(close, days, furthest, least_bid).variance for days in (NEAR, FOLLOWING)
    )
    return index_of(near, NEAR, following, FOLLOWING)


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
    strip = Strip(strikes, calls, puts, 30.0 / 365.0, 0.0)
    assert np.sqrt(strip.variance) == pytest.approx(0.2, abs=2e-4)
    assert strip.skew == pytest.approx(100.0, abs=0.05), "the logarithm is normal"


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


@pytest.mark.parametrize(("vix", "skew"), [
    (10.0, 135.0), (12.0, 135.5), (18.0, 137.0), (22.0, 133.0), (28.0, 129.0), (36.0, 126.0),
    (48.0, 124.0), (70.0, 123.0),
])  # fmt: skip
def test_the_modelled_tail_has_the_skew_of_the_reference(vix: float, skew: float) -> None:
    """The prototype's values; docs/fidelity.md holds the model against the published index."""
    assert modelled_strip(close_of(vix), 30.0).skew == pytest.approx(skew, abs=1.0)
