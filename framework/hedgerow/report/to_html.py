"""A document as one page that needs nothing else: no network, no other file."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import count

from hedgerow import __version__
from hedgerow.report.document import (
    Answers,
    Block,
    Chart,
    Document,
    Heading,
    Note,
    Prose,
    Rules,
    Table,
    Weight,
)
from hedgerow.report.markup import Markup, tag, together
from hedgerow.report.page_charts import chart_data, chart_markup
from hedgerow.report.page_rules import rules_markup
from hedgerow.report.page_tables import table_markup, unbroken


def to_html(document: Document) -> str:
    """The whole page. What comes from rule files is escaped, and nothing but the page's own
    scripts may run (content security policy by hash).
    """
    charts = [block for block in document.blocks if isinstance(block, Chart)]
    drawing = [_plotly(), _resource("page.js")] if charts else [_resource("page.js")]
    opening, sections = _split(document.blocks)
    numbers = count()
    body = (
        tag("a", "Skip to the results", href="#results", class_="skip"),
        tag("header", tag("h1", document.title), *_blocks(opening, numbers)),
        _contents(heading for heading, _ in sections),
        tag("main", *(_section(*section, numbers) for section in sections), id="results"),
        tag("footer", tag("p", f"Written by Hedgerow {__version__}. This page works offline.")),
        chart_data(charts),
        *(_script(script) for script in drawing),
    )
    page = tag("html", _head(document.title, drawing), tag("body", *body), lang="en")
    return f"<!doctype html>\n{page}\n"


def _head(title: str, scripts: Iterable[str]) -> Markup:
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    policy = (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        Markup(f"<style>{_resource('page.css')}</style>"),
    )


def _split(blocks: tuple[Block, ...]) -> tuple[list[Block], list[tuple[Heading, list[Block]]]]:
    """What stands before the first heading, and a list for each heading."""
    opening: list[Block] = []
    sections: list[tuple[Heading, list[Block]]] = []
    for block in blocks:
        if isinstance(block, Heading):
            sections.append((block, []))
        else:
            (sections[-1][1] if sections else opening).append(block)
    return opening, sections


def _contents(headings: Iterable[Heading]) -> Markup:
    items = (tag("li", tag("a", one.text, href=f"#{_anchor(one.text)}")) for one in headings)
    return tag("nav", tag("ul", *items), aria_label="Contents")


def _section(heading: Heading, blocks: list[Block], numbers: Iterator[int]) -> Markup:
    anchor = _anchor(heading.text)
    title = tag("h2", heading.text, id=anchor)
    return tag("section", title, *_blocks(blocks, numbers), aria_labelledby=anchor)


def _blocks(blocks: Iterable[Block], numbers: Iterator[int]) -> Iterator[Markup]:
    for block in blocks:
        match block:
            case Prose():
                yield tag("p", unbroken(block.text))
            case Answers():
                yield _answers(block)
            case Note():
                yield _note(block)
            case Table():
                yield table_markup(block)
            case Chart():
                yield chart_markup(block, next(numbers))
            case Rules():
                yield rules_markup(block)
            case Heading():
                raise ValueError("a heading begins a section, it does not stand in one")


def _answers(answers: Answers) -> Markup:
    rows = (
        together([tag("dt", question), *(tag("dd", unbroken(sentence)) for sentence in said)])
        for question, said in answers.rows
    )
    return tag("dl", *rows, class_="answers")


def _note(note: Note) -> Markup:
    label = "Warning" if note.weight is Weight.WARNING else "Note"
    text: list[Markup | str] = [tag("strong", f"{label}: "), unbroken(note.text)]
    if note.see:
        text += [" More under ", tag("a", note.see, href=f"#{_anchor(note.see)}"), "."]
    return tag("p", *text, class_=f"note {note.weight.value}", role="note")


def _anchor(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _script(text: str) -> Markup:
    return Markup(f"<script>{text}</script>")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _resource(name: str) -> str:
    """A file of the page, as it lies in the package."""
    return (files("hedgerow.report") / "page" / name).read_text(encoding="utf-8")


@cache
def _plotly() -> str:
    """The chart library, whole; line ends as a browser hashes them."""
    from plotly.offline import get_plotlyjs

    return str(get_plotlyjs()).replace("\r\n", "\n").replace("\r", "\n")
