"""The page's colours can be told apart: WCAG 2.2, contrast of text and of what is drawn."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import product

import pytest

STYLE = (files("hedgerow.report") / "page" / "page.css").read_text(encoding="utf-8")
GROUNDS = ("paper", "panel", "warn-paper", "added", "removed")
TEXT = ("ink", "quiet", "link", "good", "bad", "warn")
DRAWN = ("baseline", "reference", *(f"series-{place}" for place in range(6)))
EDGES = ("rule",)  # lines between rows: nothing is lost without them
FOR_TEXT, FOR_DRAWINGS = 4.5, 3.0  # success criteria 1.4.3 and 1.4.11


def themes() -> dict[str, dict[str, str]]:
    """The colours as declared: first for light, then what darkness and paper change."""
    light, dark, paper = (
        dict(re.findall(r"--([\w-]+): (#\w+)", block))
        for block in re.findall(r":root \{(.*?)\}", STYLE, re.S)
    )
    return {"light": light, "dark": light | dark, "paper": light | paper}


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` or `#rgb` (WCAG 2.2, definitions)."""
    digits = colour.removeprefix("#")
    width = len(digits) // 3
    shares = [
        int(digits[at : at + width] * (2 // width), 16) / 255 for at in range(0, len(digits), width)
    ]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_published():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777", "#fff") == pytest.approx(4.48, abs=0.005)  # the known near miss


@pytest.mark.parametrize("theme", ["light", "dark", "paper"])
def test_text_can_be_read_on_every_ground(theme):
    colours = themes()[theme]
    for ink, ground in product(TEXT, GROUNDS):
        assert contrast(colours[ink], colours[ground]) >= FOR_TEXT, (ink, ground)


@pytest.mark.parametrize("theme", ["light", "dark", "paper"])
def test_lines_and_bars_can_be_seen_on_the_page(theme):
    colours = themes()[theme]
    for line in DRAWN:
        assert contrast(colours[line], colours["paper"]) >= FOR_DRAWINGS, line


def test_every_colour_of_the_page_is_one_of_these():
    assert set(themes()["light"]) == {*GROUNDS, *TEXT, *DRAWN, *EDGES}
    rules = re.sub(r":root \{.*?\}", "", STYLE, flags=re.S)
    assert "#" not in rules.replace("#fff", "") and "rgb" not in rules
    inks = set(re.findall(r"(?<![\w-])color: var\(--([\w-]+)\)", rules))
    assert inks <= {*TEXT, "paper"}  # paper on ink: the button that is pressed


def test_what_has_the_focus_is_outlined():
    assert re.search(r":focus-visible \{ outline: 3px solid var\(--link\)", STYLE)
    assert "outline: 0" not in STYLE and "outline: none" not in STYLE
