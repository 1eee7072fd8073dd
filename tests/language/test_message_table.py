"""Whatever a writer gets wrong, the message says it in words of its own or shows what to write."""

import re

import pytest
from hedgerow.book import check_text
from hedgerow.language.forms import LINES, OPENINGS, PIECES
from hedgerow.language.grammar import STARTS, parse_text, parser
from hedgerow.text.source import Source
from lark import UnexpectedToken

from tests.language.message_table import cells


def test_every_cell_of_the_parser_has_a_message_that_shows_what_to_write():
    every = cells()
    assert len(every) > 2_500
    assert [cell.text for cell in every if not cell.found] == []
    assert [cell.text for cell in every if cell.plainly] == []
    terminals = {each.name for each in parser().terminals}
    for cell in every:
        told = " ".join((cell.found[0].message, *cell.found[0].help))
        assert not terminals & {*re.findall(r"[A-Z_]{2,}", told)}, told
        assert not cell.found[0].span.start > len(cell.text)


@pytest.mark.parametrize("form", [*LINES.values(), *PIECES.values()])
def test_a_form_that_a_message_shows_can_be_read(form):
    def reads(start):
        try:
            return bool(parse_text(form, start))
        except UnexpectedToken:
            return False

    into = form.startswith("into ")
    assert parse_text(f"roll when VIX > 20 {form}", "clause") if into else any(map(reads, STARTS))


@pytest.mark.parametrize("opening", OPENINGS.values())
def test_an_order_that_a_message_shows_is_one(opening):
    rule = f"entry base {{\n  buy {opening}\n  size 2 contracts\n  exit when VIX > 30\n}}\n"
    text = f'strategy mine 1.0.0\n"Mine"\n\nneeds SPX, VIX\n\n{rule}'
    assert check_text(Source("mine.rules", text)) == ()
