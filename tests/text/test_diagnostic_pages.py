"""Every code has a page, and the examples on it are what they say."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from hedgerow.book import check_text
from hedgerow.text.codes import CODES
from hedgerow.text.diagnostic import Diagnostic, Refusal, Severity
from hedgerow.text.parents import parents_of
from hedgerow.text.read import read_source, source_from_bytes
from hedgerow.text.source import Source

PAGES = Path(__file__).parents[2] / "docs" / "diagnostics"
REPEATED = re.compile(r"rules repeated ([0-9]+) times( on one line)?")


@dataclass(frozen=True)
class Example:
    """A fenced block of a page; its info string says how the text is to be had."""

    kind: str
    text: str

    def found(self, folder: Path) -> tuple[Diagnostic, ...]:
        """The mistakes of the text in a folder that holds its parents."""
        load = parents_of(folder / "example.rules", "example.rules", folder)
        try:
            return check_text(self.source(), load)
        except Refusal as refused:
            return refused.diagnostics

    def source(self) -> Source:
        if self.kind == "path":
            return read_source(self.text.strip())
        if self.kind == "bytes":
            data = self.text.encode().decode("unicode_escape").encode("latin-1")
            return source_from_bytes("example.rules", data)
        repeated = REPEATED.fullmatch(self.kind)
        if repeated is None:
            assert self.kind == "rules"
            return Source("example.rules", self.text)
        text = self.text.replace("\n", " ") if repeated[2] else self.text
        return Source("example.rules", text * int(repeated[1]))


@dataclass(frozen=True)
class Page:
    title: str
    parents: dict[str, str]  # text by name of file
    bad: Example
    good: Example

    def laid_out(self, folder: Path) -> Path:
        """The folder, with the files that stand beside both examples and the bad one itself."""
        for name, text in {**self.parents, "example.rules": self.bad.text}.items():
            (folder / name).write_text(text, encoding="utf-8")
        return folder


def page(code: str) -> Page:
    text = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    found = re.fullmatch(
        r"# (?P<title>.+)\n\n(?P<why>(?:[^#`\n].*\n|`.*\n)+)\n"
        r"(?:## Parents\n\n(?P<parents>(?:```rules \S+\n(?s:.*?)```\n\n)+))?"
        r"## Bad\n\n```(?P<bad_kind>.*)\n(?P<bad>(?s:.*?))```\n\n"
        r"## Good\n\n```(?P<good_kind>.*)\n(?P<good>(?s:.*?))```\n",
        text,
    )
    assert found, (
        f"{code}.md: a title, one paragraph, ## Parents if there are any, then ## Bad and ## Good, "
        "each with a fenced block"
    )
    return Page(
        found["title"],
        dict(re.findall(r"```rules (\S+)\n(.*?)```\n", found["parents"] or "", re.S)),
        Example(found["bad_kind"], found["bad"]),
        Example(found["good_kind"], found["good"]),
    )


@pytest.mark.parametrize("code", CODES)
def test_a_page_has_the_title_of_its_code(code):
    assert page(code).title == f"{code} {CODES[code].name}"


@pytest.mark.parametrize("code", CODES)
def test_the_bad_example_of_a_page_shows_its_code_and_no_other_error(code, tmp_path):
    shown = page(code)
    found = shown.bad.found(shown.laid_out(tmp_path))
    errors = {item.code for item in found if item.severity is Severity.ERROR}
    assert code in {item.code for item in found}
    assert errors <= {code}


@pytest.mark.parametrize("code", CODES)
def test_the_good_example_of_a_page_is_clean(code, tmp_path):
    shown = page(code)
    found = shown.good.found(shown.laid_out(tmp_path))
    assert [item for item in found if item.severity is not Severity.NOTE] == []


def test_no_page_is_left_over():
    assert {path.stem for path in PAGES.glob("*.md")} <= {*CODES, "README"}
