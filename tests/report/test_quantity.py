from __future__ import annotations

from datetime import date

import pytest
from hedgerow.report.quantity import Quantity, Range, Sign, Unit, Word, written, written_cell


@pytest.mark.parametrize(
    ("value", "unit", "sign", "text"),
    [
        (123_456_78, Unit.MONEY, Sign.MINUS_ONLY, "$123,457"),
        (-123_456_78, Unit.MONEY, Sign.MINUS_ONLY, "-$123,457"),
        (-49, Unit.MONEY, Sign.MINUS_ONLY, "$0"),
        (0.0845, Unit.RATIO, Sign.MINUS_ONLY, "8.45%"),
        (-0.000004, Unit.RATIO, Sign.BOTH, "0.00%"),
        (0.0125, Unit.POINTS, Sign.BOTH, "+1.25 pp"),
        (1.005, Unit.NUMBER, Sign.BOTH, "+1.00"),
        (1234, Unit.COUNT, Sign.MINUS_ONLY, "1,234"),
        (23.44, Unit.DAYS, Sign.MINUS_ONLY, "23.4"),
        (None, Unit.RATIO, Sign.BOTH, "n/a"),
    ],
)
def test_quantities_are_written_the_same_way_everywhere(value, unit, sign, text):
    assert written(Quantity(value, unit, sign)) == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Range(-0.02, 0.0124, Unit.POINTS), "-2.00 to +1.24 pp"),
        (Range(-0.5, 0.25, Unit.NUMBER), "-0.50 to +0.25"),
        (Word("better", "good"), "better"),
        (date(2020, 3, 9), "2020-03-09"),
        (12.0, "12.00"),
        ("words", "words"),
        (None, "n/a"),
    ],
)
def test_a_cell_writes_what_it_holds(cell, text):
    assert written_cell(cell, Unit.NUMBER) == text
