"""The shocks that come with the language are falls that happened, of the size that they had."""

from __future__ import annotations

import csv
import gzip
import os
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hedgerow.book.shocks import shipped_shocks
from hedgerow.language.to_text import format_text
from hedgerow.market.sources.sample import sample_history
from hedgerow.text.source import Source
from hedgerow.vocabulary.shocks import SHOCKS, episodes, library

MOST_SESSIONS = 5
EPISODES = list(episodes().values())
IN_SAMPLE = [each for each in EPISODES if 1990 <= each.first.year <= 2022]
VALIDATION = os.environ.get("HEDGEROW_VALIDATION_DATA")


def names(episode):
    return episode.name


def closes(episode):
    """Of SPX and VIX (or what stands in for it), before and after, as the comment says."""
    found = re.fullmatch(r"SPX (\S+) to (\S+), (?:VIX|VXO) (\S+) to (\S+)\.", episode.remarks[0])
    return tuple(float(each) for each in found.groups())


def deepest_fall(sessions, levels, year):
    """Rows of the closes of the deepest fall over at most five sessions that ends in the year."""
    falls = [
        (levels[last] / levels[first] - 1, first, last)
        for last in np.flatnonzero(sessions.astype("M8[Y]") == np.datetime64(str(year)))
        for first in range(max(last - MOST_SESSIONS, 0), last)
    ]
    return min(falls)[1:]


def test_the_library_is_written_in_the_language_and_laid_out_as_any_file():
    text = f"strategy shocks 1.0.0\nneeds SPX, VIX\n\n{library()}"
    assert format_text(Source(SHOCKS, text)) == text


def test_every_shock_has_its_story_and_they_are_in_the_order_of_time():
    assert list(episodes()) == list(shipped_shocks())
    assert all(before.last < after.first for before, after in pairwise(EPISODES))
    assert {each.first.year for each in EPISODES} == {
        1987, 1998, 2001, 2008, 2010, 2011, 2015, 2018, 2020, 2022, 2024,
    }  # fmt: skip
    assert all(each.name.endswith(f"_{each.first.year}") for each in EPISODES)


@pytest.mark.parametrize("episode", EPISODES, ids=names)
def test_a_shock_moves_between_the_closes_it_names(episode):
    spx, vix = shipped_shocks()[episode.name].moves
    before, after, calm, upset = closes(episode)
    assert (spx.series, spx.relative) == ("SPX", True)
    assert spx.amount == pytest.approx(after / before - 1, abs=0.00005)
    assert (vix.series, vix.relative) == ("VIX", False)
    assert vix.amount == pytest.approx(upset - calm, abs=1e-9)


@pytest.mark.parametrize("episode", IN_SAMPLE, ids=names)
def test_it_is_the_deepest_fall_of_its_year_in_the_packaged_sample(episode):
    history = sample_history()
    spx, vix = (history.series[name].close for name in ("SPX", "VIX"))
    first, last = deepest_fall(history.sessions, spx, episode.first.year)
    assert history.sessions[[first, last]].tolist() == [episode.first, episode.last]
    assert (spx[first], spx[last], vix[first], vix[last]) == pytest.approx(closes(episode))


@pytest.mark.skipif(not VALIDATION, reason="HEDGEROW_VALIDATION_DATA names no folder")
def test_black_monday_is_that_of_the_recorded_index():
    with gzip.open(Path(VALIDATION) / "spx_daily" / "spx.csv.gz", "rt") as file:
        spx = {date.fromisoformat(row["date"]): float(row["close"]) for row in csv.DictReader(file)}
    episode = episodes()["crash_1987"]
    assert (spx[episode.first], spx[episode.last]) == pytest.approx(closes(episode)[:2], abs=0.005)
