"""Modes B, A and S against a scalar reference that shares no line with the framework."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest
from hedgerow.market.pricing import black
from hedgerow.market.spx_options import spx_slices, spx_total_vol
from modelled import ROW, close_of
from reference_surface import Quotes, assert_uncut, price, slice_at

NOTHING = float("nan")
CLOSES = {
    "B": Quotes(20.0, log(19.0), log(20.0)),
    "B, calm": Quotes(12.0, log(14.0), log(12.5)),
    "B, wild": Quotes(45.0, log(24.0), log(38.0)),
    "A": Quotes(20.0, log(19.0), log(20.0), 18.5, 21.6, 22.9),
    "A, inverted": Quotes(34.0, log(21.0), log(29.0), 36.0, 33.0, 31.5),
    "A, one tenor": Quotes(16.0, log(17.0), log(16.5), None, 18.4, None),
    "S": Quotes(20.0, log(19.0), log(20.0), 18.5, 21.6, 22.9, 135.0),
    "S, steep": Quotes(14.0, log(16.0), log(14.5), 12.6, 16.2, 18.0, 152.0),
}
STRIKES = np.array([2800.0, 3200.0, 3500.0, 3700.0, 3900.0, 4000.0, 4100.0, 4250.0, 4500.0])


def close_from(quotes):
    listed = tuple(
        NOTHING if level is None else level for level in (quotes.vix9d, quotes.vix3m, quotes.vix6m)
    )
    skew = NOTHING if quotes.skew is None else quotes.skew
    return close_of(quotes.vix, exp(quotes.slow), exp(quotes.fast), listed=listed, skew=skew)


@pytest.mark.parametrize("days", [9.0, 30.0, 45.0, 50.0, 120.0])
@pytest.mark.parametrize("mode", CLOSES)
def test_prices_and_vols_are_those_of_the_reference(mode, days):
    """S1 for every mode: prices within a hundredth of a cent per point, vols within 1e-4."""
    quotes = CLOSES[mode]
    assert_uncut(quotes)
    close, years = close_from(quotes), np.array([days / 365.0])
    forward, discount = float(close.forward(ROW, years)[0]), exp(-0.02 * days / 365.0)
    is_call = forward < STRIKES
    expected = np.array([
        price(quotes, log(strike / forward), 1 if call else -1, days)
        for strike, call in zip(STRIKES, is_call, strict=True)
    ])  # fmt: skip
    priced = spx_slices(close, ROW, years).prices(STRIKES, is_call)
    assert priced == pytest.approx(forward * discount * expected, rel=2e-4, abs=1e-4)
    total_vol = spx_total_vol(close, ROW, STRIKES, years)
    signs = np.where(is_call, 1.0, -1.0)
    again = black(np.array(forward), STRIKES, total_vol, signs) / forward
    assert again == pytest.approx(expected, rel=2e-4, abs=1e-8)


def test_the_reference_is_that_of_the_published_golden_case():
    found = slice_at(CLOSES["B"], 45.0)
    assert found.theta == pytest.approx(0.003284763, rel=1e-5)
    assert found.put_wing == pytest.approx(0.063830259, rel=1e-5)
    assert found.call_wing == pytest.approx(0.011334647, rel=1e-5)


def test_the_modes_are_worth_different_prices():
    put = log(3400.0 / 4002.46651)
    plain, tenors, skewed = (price(CLOSES[mode], put, -1, 45.0) for mode in ("B", "A", "S"))
    assert len({round(value, 6) for value in (plain, tenors, skewed)}) == 3
