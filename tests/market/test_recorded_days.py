"""Real quotes and settlements: skipped where HEDGEROW_VALIDATION_DATA names no folder of them."""

from pathlib import Path

import numpy as np
import pytest

from tests.validation import chain_errors, vx_errors
from tests.validation.__main__ import PAGE, page
from tests.validation.material import VARIABLE, folder, history, quoted_market
from tests.validation.pictures import FOLDER, pictures


@pytest.fixture(scope="module")
def data() -> Path:
    found = folder()
    if found is None:
        pytest.skip(f"{VARIABLE} names no folder of validation data")
    return found


def test_a_week_of_2011_and_a_day_of_2022_are_cleaned_as_counted_by_hand(data: Path) -> None:
    with quoted_market(data, history(data, False)) as market:
        report = market.recorded.chains.report
    assert report.read == 69_650
    assert report.dropped == {
        "a date that is no session of SPX": 37_492,  # two days of 2023, after the series end
        "an expiry on the date of the quote: it settles that day": 1_874,
        "no ask": 13,
    }
    assert (report.days, report.expiries) == (6, 121)


def test_real_quotes_price_back_to_their_mids(data: Path) -> None:
    for day in chain_errors.days(data, False):
        marks = chain_errors.repriced(day)
        assert marks.worst < 1e-8
        assert marks.inside > 0.85


def test_modelled_vix_futures_miss_settlements_by_what_the_page_says(data: Path) -> None:
    years, days, modelled, settled = vx_errors.errors(data, True)
    month = (years >= "2013") & (days > 21) & (days <= 45)
    assert np.sqrt(np.mean((modelled - settled)[month] ** 2)) == pytest.approx(0.60, abs=0.01)


def test_the_page_and_its_pictures_are_what_the_command_makes(data: Path) -> None:
    assert page(data) == PAGE.read_text("utf-8")
    for name, picture in pictures(data).items():
        assert picture == (FOLDER / name).read_text("utf-8"), name
