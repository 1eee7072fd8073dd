"""Values in words, as `why` and failed tests show them."""

import pytest
from hedgerow.vocabulary.spelled import spelled
from hedgerow.vocabulary.units import Kind


@pytest.mark.parametrize(("value", "kind", "written"), [
    (0.0052, Kind.RATIO, "0.52%"),  # not 0.5%, the threshold it is above
    (1.0, Kind.DAYS, "1 day"),
    (21.0, Kind.DAYS, "21 days"),
    (1.0, Kind.SESSIONS, "1 session"),
    (1.0, Kind.COUNT, "1 contract"),
    (1500.0, Kind.COUNT, "1,500 contracts"),
    (-3782.4, Kind.MONEY, "-$3,782"),
    (0.16, Kind.DELTA, "16.0 delta"),
    (1.0, Kind.TRUTH, "true"),
    (float("nan"), Kind.MONEY, "unknown"),
    (float("inf"), Kind.MULTIPLE, "without end"),
])  # fmt: skip
def test_a_value_is_written_as_a_trader_would(value, kind, written):
    assert spelled(value, kind) == written
