"""The page as a browser and a screen reader get it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hedgerow.report.comparison_report import comparison_report
from hedgerow.report.document import Document, Prose
from hedgerow.report.run_report import run_report
from hedgerow.report.to_html import to_html
from hedgerow.study.compare import compare
from hedgerow.text.source import Source
from msgspec.structs import replace

from tests.study.synthetic_runs import core, sources, unhedged

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"
VOID = {"meta", "line", "col", "wbr"}


class Page(HTMLParser):
    """Elements with attributes and their text, and a check that they nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[int, str] = {}
        self._open: list[tuple[str, int]] = []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, name, attributes):
        self.elements.append((name, {key: value or "" for key, value in attributes}))
        if name not in VOID or name == "line":
            self._open.append((name, len(self.elements) - 1))

    def handle_endtag(self, name):
        assert self._open.pop()[0] == name

    def handle_data(self, data):
        for _, at in self._open:
            self.texts[at] = self.texts.get(at, "") + data

    def all(self, name: str) -> list[dict[str, str]]:
        return [attributes for found, attributes in self.elements if found == name]

    def text_of(self, name: str) -> list[str]:
        return [
            self.texts.get(at, "") for at, (found, _) in enumerate(self.elements) if found == name
        ]


@pytest.fixture(scope="module")
def comparison():
    return compare([unhedged(700), core(700)], repetitions=50)


@pytest.fixture(scope="module")
def text(comparison):
    return to_html(comparison_report(comparison, sources()))


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def test_nothing_is_loaded_from_anywhere(page):
    for _, attributes in page.elements:
        for name in ("src", "srcset", "data", "action", "background", "poster"):
            assert name not in attributes
        assert attributes.get("href", "#").startswith("#")
    assert not page.all("link") and not page.all("iframe") and not page.all("base")
    styles = "".join(page.text_of("style"))
    assert "url(" not in styles and "@import" not in styles


def test_only_the_own_scripts_may_run_and_nothing_may_be_fetched(page):
    policy = next(
        attributes["content"]
        for attributes in page.all("meta")
        if attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'")
    for kind, script in zip(page.all("script"), page.text_of("script"), strict=True):
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert kind.get("type") == "application/json" or f"'sha256-{digest}'" in policy


def test_the_chart_library_is_there_once(page):
    scripts = page.text_of("script")
    assert sum("plotly.js v" in script for script in scripts) == 1
    assert len(scripts) == 3


def test_a_page_without_charts_carries_no_chart_library():
    assert len(to_html(Document("small", (Prose("words"),)))) < 40_000


def test_names_and_reasons_from_files_are_escaped():
    evil = replace(core(300), name=EVIL, notes=(EVIL,), unknown={EVIL: 3})
    trades = tuple(replace(trade, rule=EVIL, reason=EVIL) for trade in evil.trades)
    layers = {EVIL: evil.layers["condors.base"]}
    evil = replace(evil, trades=trades, layers=layers)
    written = to_html(run_report(evil, Source(EVIL, EVIL)))
    page = Page(written)
    assert len(page.all("script")) == 3
    assert not page.all("img")
    assert not [name for _, found in page.elements for name in found if name.startswith("on")]
    assert "<script>alert" not in written
    assert EVIL in page.text_of("h1")


def test_landmarks_and_headings_are_in_order(page):
    counted = Counter(name for name, _ in page.elements)
    assert (counted["main"], counted["header"], counted["nav"], counted["h1"]) == (1, 1, 1, 1)
    levels = [int(name[1]) for name, _ in page.elements if name in {"h1", "h2", "h3"}]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.all("html")[0]["lang"] == "en"
    assert page.all("a")[0]["href"] == "#results"


def test_every_link_and_label_points_to_something_once(page):
    places = Counter(attributes["id"] for _, attributes in page.elements if "id" in attributes)
    assert set(places.values()) == {1}
    for attributes in page.all("a"):
        assert attributes["href"][1:] in places
    for attributes in page.all("section"):
        assert attributes["aria-labelledby"] in places


def test_every_table_has_a_caption_and_scoped_headers(page):
    assert len(page.all("caption")) == len(page.all("table")) > 8
    assert all(attributes["scope"] in {"col", "row"} for attributes in page.all("th"))


def test_every_chart_has_words_and_numbers_beside_it(page):
    figures = len(page.all("figure"))
    assert figures == 5
    assert len(page.all("figcaption")) == len(page.all("details")) == figures
    assert all(words.strip() for words in page.text_of("figcaption"))
    charts = [a for a in page.all("div") if a.get("class", "").startswith("chart ")]
    assert len(charts) == figures
    assert all(attributes["aria-hidden"] == "true" for attributes in charts)


def test_charts_draw_the_runs_in_dollars(page, comparison):
    data = json.loads(page.text_of("script")[0])
    equity = data["figures"][0]
    assert [series["role"] for series in equity["series"]] == [
        "baseline",
        "variant",
        "reference",
        "reference",
    ]
    assert equity["series"][1]["y"][-1] == round(comparison.runs[1].equity[-1] / 100)
    assert data["axes"][equity["axis"]][0] == "2007-01-02"


def test_both_rule_files_stand_there_whole(page):
    codes = page.text_of("code")
    for source in sources():
        for line in source.text.splitlines():
            assert line in codes


def test_what_scrolls_can_be_reached_by_keyboard(page):
    boxes = [found for _, found in page.elements if "scroll" in found.get("class", "").split()]
    assert len(boxes) == len(page.all("table"))
    assert all(found["tabindex"] == "0" and found["aria-label"] for found in boxes)


def test_the_same_study_gives_the_same_page(comparison, text):
    assert to_html(comparison_report(comparison, sources())) == text


def test_colours_follow_the_reader_and_the_printer(page):
    style = page.text_of("style")[0]
    for said in ("prefers-color-scheme: dark", "@media print", "tabular-nums", "max-width: 44rem"):
        assert said in style


def test_a_wide_table_does_not_make_the_page_wider(page):
    """Words that are only spoken are placed by themselves, in the box of their table."""
    (box,) = re.findall(r"^\.scroll \{(.*?)^\}", page.text_of("style")[0], re.M | re.S)
    assert "overflow: auto" in box and "position: relative" in box and "max-width: 100%" in box
