from __future__ import annotations

import numpy as np
from hedgerow.study.regimes import DEFINITIONS, Regime, regimes
from hypothesis import given
from hypothesis import strategies as st

from tests.study.synthetic_runs import market

FLAT = np.full(100, 2000.0)
QUIET = np.full(100, 15.0)


def test_a_flat_index_under_a_quiet_vix_is_sideways():
    assert set(regimes(FLAT, QUIET)) == {Regime.SIDEWAYS}


def test_vix_at_thirty_is_a_spike():
    gauge = QUIET.copy()
    gauge[50] = 30.0
    assert regimes(FLAT, gauge)[50] == Regime.SPIKE


def test_vix_up_a_fifth_over_five_sessions_is_a_spike():
    gauge = QUIET.copy()
    gauge[50:] = 18.0
    assert np.flatnonzero(regimes(FLAT, gauge) == Regime.SPIKE).tolist() == [50, 51, 52, 53, 54]


def test_an_index_seven_percent_up_over_a_quarter_trends():
    index = FLAT.copy()
    index[80:] *= 1.07
    found = regimes(index, QUIET)
    assert set(found[:80]) == {Regime.SIDEWAYS}
    assert set(found[80:]) == {Regime.TREND}


def test_without_a_vix_no_spike_is_seen():
    assert Regime.SPIKE not in set(regimes(FLAT, np.full(100, np.nan)))


@given(st.integers(0, 2**32 - 1), st.integers(1, 400))
def test_every_session_is_in_one_regime_and_the_future_changes_none(seed, cut):
    index, gauge = market(400, seed)
    whole = regimes(index, gauge)
    assert sum((whole == regime).sum() for regime in Regime) == 400
    assert (regimes(index[:cut], gauge[:cut]) == whole[:cut]).all()


def test_each_regime_is_defined_in_words():
    assert set(DEFINITIONS) == set(Regime)
