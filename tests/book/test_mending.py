"""Safe fixes: each removes its mistake, makes no other, and touches nothing else."""

from collections import Counter
from pathlib import Path

import pytest
from hedgerow.book import check_text
from hedgerow.book.mending import mended, unreadable
from hedgerow.text.codes import CODES, OF_THE_TEXT
from hedgerow.text.diagnostic import Edit, Severity
from hedgerow.text.edits import edited, safe_mends
from hedgerow.text.parents import no_parents, parents_of
from hedgerow.text.read import source_from_bytes
from hedgerow.text.source import Source, Span
from hypothesis import given
from hypothesis import strategies as st

from tests.text.test_diagnostic_pages import page

BAD = sorted((Path(__file__).parents[1] / "cases" / "bad").glob("*.rules"))
PAGES = [code for code in CODES if page(code).bad.kind == "rules"]
MENDED = {"L007", "S107", "S108", "S109", "S110", "S112", "S113", "S124", "S125", "S126"}


def errors(found):
    return Counter(
        (item.code, item.message) for item in found if item.severity is Severity.ERROR
    )  # fmt: skip


def each_fix_mends(text, load=no_parents):
    """The law, for each safe fix alone; the codes it was tried on."""
    source = Source("example.rules", text)
    before = check_text(source, load)
    for mend in safe_mends(before, source):
        found, after = mend.mistake, edited(text, mend.fix.edits)
        left = check_text(Source("example.rules", after), load)
        same = [item for item in left if (item.code, item.message) == (found.code, found.message)]
        had = [item for item in before if (item.code, item.message) == (found.code, found.message)]
        assert len(same) < len(had), f"{found.code} stays in\n{after}"
        assert unreadable(left) <= unreadable(before), f"{found.code} makes worse\n{after}"
        if found.code not in OF_THE_TEXT:  # a line that could not be read may hold other mistakes
            assert not errors(left) - errors(before), f"{found.code} makes worse\n{after}"
        yield found.code


def after_all_fixes(text, load=no_parents):
    after = mended("example.rules", text.encode(), load)
    assert safe_mends(after.left, Source("example.rules", after.text)) == ()
    return after


@pytest.mark.parametrize("code", PAGES)
def test_a_safe_fix_removes_the_mistake_of_its_page(code, tmp_path):
    shown = page(code)
    folder = shown.laid_out(tmp_path)
    load = parents_of(folder / "example.rules", "example.rules", folder)
    list(each_fix_mends(shown.bad.text, load))
    after_all_fixes(shown.bad.text, load)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_safe_fix_removes_the_mistake_of_a_case(path):
    text = path.read_text(encoding="utf-8")
    list(each_fix_mends(text))
    after_all_fixes(text)


def test_the_law_is_tried_on_every_code_with_a_safe_fix():
    texts = [page(code).bad.text for code in PAGES] + [path.read_text() for path in BAD]
    assert {code for text in texts for code in each_fix_mends(text)} >= MENDED | {"T205"}


def test_a_fix_uncovers_the_next_mistake_of_its_line():
    head = 'strategy a 1.0.0\n"A"\n\nneeds SPX, VIX\n\n'
    after = after_all_fixes(head + "let b = VIX < 20 && VIX <> 3 || SPX = 5;  # sure\n")
    assert after.text == head + "let b = (VIX < 20 and VIX != 3) or SPX == 5  # sure\n"
    assert {each.mistake.code for each in after.mends} == {"S107", "S109", "S110", "S113"}


@given(
    st.lists(st.sampled_from(["ab", "\r\n", "\n", "é", "😀", ""])).map("".join),
    st.booleans(),
    st.data(),
)
def test_what_is_not_edited_stays_byte_for_byte(text, mark, data):
    written = "\ufeff" + text if mark else text
    source = source_from_bytes("a.rules", written.encode())
    start, stop = sorted(data.draw(st.tuples(*[st.integers(0, len(source.text))] * 2)))
    span = Span(source, start, stop)
    after = edited(written, [Edit(span, "<>")])
    before, behind = after.split("<>")
    assert written.startswith(before)
    assert written.endswith(behind)
    again = source_from_bytes("a.rules", (before + behind).encode()).text
    assert again == source.text[:start] + source.text[stop:]


def test_a_new_line_ends_like_the_others():
    source = source_from_bytes("a.rules", b"a\r\nb")
    assert edited("a\r\nb", [Edit(Span(source, 2, 2), "c\n")]) == "a\r\nc\r\nb"
