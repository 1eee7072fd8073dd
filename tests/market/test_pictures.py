"""The pictures of the pages: every axis and curve is named, and nothing lies outside."""

import re
from itertools import pairwise

import pytest

from tests.validation.pictures import FOLDER
from tests.validation.svg import HEIGHT, WIDTH, Axis, Curve, bars, curves, steps

PAGES = FOLDER.parent


def drawn() -> str:
    return curves(
        "Errors & such",
        Axis("days to expiry", 0.0, 30.0, [(0.0, "0"), (30.0, "30")]),
        steps("points", [-0.5, 2.5], 1.0, "{:.0f}"),
        [Curve("modelled", 0, [0.0, 30.0], [-0.5, 2.5]), Curve("quoted", 1, [15.0], [1.0], "dots")],
    )


def test_a_picture_says_what_it_shows() -> None:
    text = drawn()
    assert "<title>Errors &amp; such</title>" in text
    for word in ("days to expiry", "points", "modelled", "quoted", ">-1<", ">3<", ">30<"):
        assert word in text
    assert "prefers-color-scheme:dark" in text


def test_a_value_lies_where_its_axes_say() -> None:
    assert '<circle cx="401.0" cy="159.0" r="3" class="f1"/>' in drawn(), "the middle"
    assert "M58.0 252.8L744.0 65.2" in drawn()


def test_bars_of_a_year_stand_side_by_side_on_the_zero_line() -> None:
    text = bars("t", "return", {"a": {2020: 5.0, 2021: 1.0}, "b": {2020: -5.0}}, 5.0)
    found = re.findall(r'y="([\d.]+)" width="[\d.]+" height="([\d.]+)" class', text)
    (top, tall), (below, deep) = ((float(at), float(size)) for at, size in found[:2])
    assert top + tall == pytest.approx(below, abs=0.2)
    assert deep == pytest.approx(tall, abs=0.2), "a year that not all have is left out"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.svg")), ids=lambda path: path.stem)
def test_a_committed_picture_stays_in_its_frame_and_is_shown_with_a_text(path) -> None:
    text = path.read_text("utf-8")
    numbers = [float(each) for each in re.findall(r'c?x="([\d.]+)"', text)]
    assert numbers and max(numbers) <= WIDTH
    assert max(float(each) for each in re.findall(r'cy="([\d.]+)"', text) or ["0"]) <= HEIGHT
    legend = re.findall(r'<text x="(\d+)" y="18">([^<]*)</text>', text)
    for (left, name), (right, _) in pairwise([*legend, (WIDTH, "")]):
        assert int(left) + 6.3 * len(name) < int(right), f"{name} runs into its neighbour"
    shown = [page.read_text("utf-8") for page in PAGES.glob("*.md")]
    texts = [re.search(rf"!\[([^\]]+)\]\(pictures/{path.name}\)", page) for page in shown]
    assert any(texts)
