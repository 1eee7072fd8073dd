"""A document read piece by piece says what the whole file says."""

import pytest
from hedgerow.book import check_text
from hedgerow.editor.document import Document
from hedgerow.editor.pieces import cuts
from hedgerow.language.from_text import tree_from_text
from hedgerow.language.tree import Broken
from hedgerow.text.parents import Parent, no_parents
from hedgerow.text.source import Source
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.editor.typing_texts import CORE, edited, texts


def told(diagnostics):
    return {
        (each.code, each.message, each.span.start, each.span.stop,
         tuple((label.span.start, label.span.stop, label.text) for label in each.labels),
         tuple((edit.span.start, edit.span.stop, edit.text)
               for fix in each.fixes for edit in fix.edits))
        for each in diagnostics
    }  # fmt: skip


def comparable(source, found):
    """Whether the whole file is read by the same lines as its pieces.

    Where its braces don't balance, a piece goes by its own; where nothing of it could be read, the
    pieces still say what is wrong in the rest.
    """
    whole, _ = tree_from_text(source)
    given_up = [type(each) for each in whole.statements] == [Broken]
    return not given_up and not any(each.code in ("S103", "S105", "S126") for each in found)


@settings(max_examples=60)
@given(edited())
def test_a_file_in_pieces_has_the_mistakes_of_the_whole_file(text):
    plain = text.replace("\r\n", " \n").replace("\r", "\n")
    source = Source("file", plain)
    whole = check_text(source)
    if comparable(source, whole):
        assert told(Document("file", text).diagnostics) == told(whole)


@settings(max_examples=40)
@given(st.lists(edited(), min_size=2, max_size=3))
def test_a_state_read_from_the_one_before_is_the_state_read_afresh(states):
    document = None
    for text in states:
        document = Document("file", text, document)
        assert told(document.diagnostics) == told(Document("file", text).diagnostics)


@settings(max_examples=60)
@given(texts)
def test_any_text_can_be_opened(text):
    document = Document("file", text)
    for found in document.diagnostics:
        assert 0 <= found.span.start <= found.span.stop <= len(text)


@given(texts)
def test_pieces_are_the_whole_text(text):
    places = cuts(text)
    assert places[0] == 0
    assert list(places) == sorted(set(places))


def test_one_changed_statement_is_the_only_one_read_again():
    before = Document("file", CORE)
    after = Document("file", CORE.replace("VIX >= 18", "VIX >= 17"), before)
    kept = set(map(id, before.pieces.values())) & set(map(id, after.pieces.values()))
    assert len(before.pieces) == len(after.pieces) > 5
    assert len(kept) == len(before.pieces) - 1


VARIANT = """variant tight 1.0.0 of "core.rules"
"More cover"

set coverage = 60% was 50%
set condors.base.wing = 60 points was 50 points
drop hedge.third
drop tests.a_slow_rise_of_the_vix_arms_one_layer_after_the_other

# the last resort
add exit to condors.base when VIX > 40
add limit margin <= allocated of equity
"""


def core_above(written):
    """Finds the core preset under every name."""
    return Parent(Source(f"folder/{written}", CORE), no_parents)


@settings(max_examples=40)
@given(edited(VARIANT))
def test_a_variant_in_pieces_has_the_mistakes_of_the_whole_file(text):
    plain = text.replace("\r\n", " \n").replace("\r", "\n")
    source = Source("folder/tight.rules", plain)
    found = check_text(source, core_above)
    if not comparable(source, found):
        return
    document = Document(source.name, text, load=core_above)
    assert {each.code for each in document.diagnostics} == {each.code for each in found}
    assert all(document.owns(each.span) for each in document.diagnostics)


def test_a_mistake_of_the_parent_stands_where_the_parent_is_named():
    def broken_above(written):
        return Parent(Source(f"folder/{written}", CORE.replace("15 days", "15")), no_parents)

    (found,) = Document("folder/tight.rules", VARIANT, load=broken_above).diagnostics
    assert found.span.text.startswith("variant tight")
    assert "core.rules" in found.message
    assert found.labels[0].span.text == "15"


def test_an_editor_knows_what_stands_in_the_parent():
    unused = "\nset hedge.first.size = 60% of loss(condors, spike)\nadd let hot = VIX > 30\n"
    text = VARIANT.replace("\nset coverage = 60% was 50%\n", unused)
    left, own = Document("folder/tight.rules", text, load=core_above).diagnostics
    assert left.message == "in `core.rules`: nothing in `tight` uses `coverage` of its parent"
    assert left.help == ("write `drop coverage`, or use it",)
    assert (own.message, own.help) == ("nothing uses `hot`", ("delete it, or use it",))


def test_two_statements_of_the_same_words_are_two():
    text = "strategy a 1.0.0\nneeds SPX\nlet one = 1\nlet one = 1\n"
    found = [each for each in Document("file", text).diagnostics if each.code == "N104"]
    assert [each.span.start for each in found] == [text.rindex("one")]
    assert [each.labels[0].span.start for each in found] == [text.index("one")]


@pytest.mark.parametrize("text, starts", [
    ("let a = 1\nlet b = 2\n", ["let a", "let b"]),
    ("let a = 1\n# of b\n\nlet b = 2\n", ["let a", "# of b"]),
    ("entry a {\n  when x\n}\nlet b = 2\n", ["entry", "let b"]),
    ("let a = f(\nlayer_b\nlet c = 2\n", ["let a", "let c"]),
    ("let a = f(\nb,\n)\nlet b = 2\n", ["let a", "let b"]),
    ("let a = f(\nlet b = 2\n", ["let a", "let b"]),
    ("entry a\n{\n}\n", ["entry a"]),
    ("entry a {\nafter x\nlayers b {\n", ["entry a", "layers b"]),
    ("param a = 1\n}\n{\nlet b = 2\nlayers c {\n}\n", ["param a", "layers c"]),
])  # fmt: skip
def test_a_file_is_cut_where_its_statements_begin(text, starts):
    places = cuts(text)
    assert len(places) == len(starts)
    assert all(text[at:].startswith(each) for at, each in zip(places, starts, strict=True))
