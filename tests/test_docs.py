"""Rule files shown in the documentation are accepted, and its links lead somewhere."""

import re
from pathlib import Path

import pytest
from hedgerow.book import check_text
from hedgerow.text.source import Source

DOCS = Path(__file__).parent.parent / "docs"
PAGES = [*DOCS.glob("*.md"), *(DOCS / "decisions").glob("*.md"), DOCS.parent / "README.md"]
SHOWN = [
    (f"{page.name} {number}", block)
    for page in PAGES
    for number, block in enumerate(re.findall(r"```rules\n(.*?)```", page.read_text(), re.S), 1)
    if block.startswith("strategy")
]


def test_the_documentation_shows_rule_files():
    assert len(SHOWN) >= 2


@pytest.mark.parametrize("name, text", SHOWN, ids=[name for name, _ in SHOWN])
def test_a_rule_file_that_is_shown_is_accepted(name, text):
    assert check_text(Source(name, text)) == ()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_to_files_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text()):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_code_that_is_named_is_there(page):
    """`study/compare.py` lies in the package, `tests/running.py` in the checkout."""
    root = DOCS.parent
    for named in re.findall(r"`([\w/]+/[\w/]*\w\.(?:py|js|yaml|rules))`", page.read_text()):
        places = (root, root / "framework" / "hedgerow", root / "framework", root / "tests")
        assert any((place / named).exists() for place in places), named


def test_every_command_is_named_where_a_newcomer_looks():
    """In the README, but for those that editors and checkers start by themselves."""
    from hedgerow.cli.app import COMMANDS

    shown = set(re.findall(r"hedgerow (\w+)", (DOCS.parent / "README.md").read_text()))
    assert set(COMMANDS) - shown <= {"lsp"}
