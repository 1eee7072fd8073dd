"""The grammar: free of conflicts, its words in one list, its tables kept safely."""

import json
import re
import subprocess
import sys

import pytest
from hedgerow.language import grammar, vocabulary
from hedgerow.language.from_text import tree_from_text
from hedgerow.text.source import Source

TEXT = grammar.GRAMMAR_FILE.read_text(encoding="utf-8")


def test_the_grammar_has_no_conflict_and_its_terminals_do_not_collide():
    assert grammar.build_parser(TEXT, strict=True).parse("strategy a 1.0.0\n", start="file")


def test_each_word_of_the_language_has_the_terminal_that_reads_it():
    terminals = {each.name: each for each in grammar.parser().terminals if each.priority == 1}
    apart = {"THOUSANDS", "WITHIN_LAST"}  # no word, and a second reading of `within`
    assert {*vocabulary.reserved().values()} == {*terminals} - apart
    for word, name in vocabulary.reserved().items():
        assert re.match(terminals[name].pattern.to_regexp(), word)


@pytest.mark.parametrize("word", sorted(vocabulary.keywords()))
def test_a_word_of_the_language_is_a_name_after_a_dot_or_with_more_letters_only(word):
    def found(line):
        return tree_from_text(Source("file.rules", f"strategy a 1.0.0\n{line}\n"))[1]

    assert found(f"let {word} = 1")
    assert found(f"let a = SPX.{word}") == ()
    assert found(f"let {word}s1 = 1") == ()


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    grammar.parser.cache_clear()
    yield tmp_path / "hedgerow"
    grammar.parser.cache_clear()


def parses():
    return grammar.parser().parse("strategy a 1.0.0\nlet b = 1 < 2\n", start="file").pretty()


def test_kept_tables_parse_as_new_ones(cache):
    fresh = parses()
    (kept,) = cache.iterdir()
    assert json.loads(kept.read_text())
    grammar.parser.cache_clear()
    assert parses() == fresh


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"data": {}, "memo": {}}', "\xff\xfe"])
def test_damaged_tables_are_built_again(cache, damage):
    fresh = parses()
    (kept,) = cache.iterdir()
    kept.write_text(damage, encoding="latin-1")
    grammar.parser.cache_clear()
    assert parses() == fresh
    assert json.loads(kept.read_text())


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(cache):
    cache.parent.joinpath("hedgerow").write_text("a file stands where the folder would be")
    assert parses()


def test_reading_a_file_loads_nothing_heavy():
    code = (
        "import sys; from hedgerow.language.from_text import tree_from_text;"
        "from hedgerow.text.source import Source; tree_from_text(Source('a', 'strategy a 1.0.0'));"
        "print([name for name in ('numpy', 'pandas', 'rich', 'pydantic')"
        " if name in sys.modules])"
    )
    parses()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
