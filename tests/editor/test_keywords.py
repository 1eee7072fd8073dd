"""What is proposed for a keyword is a line of the language."""

import re

import pytest
from hedgerow.editor.keywords import KEYWORDS
from hedgerow.language.grammar import STARTS, parse_text
from hedgerow.language.vocabulary import BLOCKS, FILE, RULES, keywords
from lark import UnexpectedToken


def parses(line, start):
    try:
        parse_text(line, start)
    except UnexpectedToken:
        return False
    return True


@pytest.mark.parametrize("word", [word for word, known in KEYWORDS.items() if known.line])
def test_a_proposed_line_filled_in_as_it_stands_can_be_read(word):
    line = KEYWORDS[word].line
    filled = re.sub(r"\$\{[0-9]:([^}]*)\}", r"\1", line).replace("$0", "")
    assert filled.startswith(word)
    assert any(parses(filled, start) for start in STARTS), filled


def test_every_word_that_starts_a_line_is_explained():
    starts = {*FILE.words, *RULES.words, *(word for kind in BLOCKS.values() for word in kind.words)}
    assert starts <= set(KEYWORDS)


def test_only_words_of_the_language_are_explained():
    elsewhere = {"sd", "risk", "spend", "cover", "at most"}
    assert set(KEYWORDS) - elsewhere <= keywords()
