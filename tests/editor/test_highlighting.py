"""Rule files in colour: the lexer, the committed grammar, and where both get their words."""

import json
import runpy
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from hedgerow.editor.highlighting import words
from hedgerow.editor.pygments_lexer import RulesLexer
from hedgerow.language.vocabulary import keywords
from pygments import token

from tests.editor.typing_texts import RULES

EXTENSION = Path(__file__).parents[2] / "framework" / "editors" / "vscode"


def coloured(text):
    return [(kind, word) for kind, word in RulesLexer().get_tokens(text) if word.strip()]


def test_every_word_of_the_grammar_has_one_colour():
    known = words()
    groups = (known.statements, known.logic, known.truths, known.others)
    assert sorted(word for group in groups for word in group) == sorted(keywords())


def test_the_committed_grammar_is_the_one_of_the_language():
    built = runpy.run_path(str(EXTENSION / "build_grammar.py"))
    committed = (EXTENSION / "syntaxes" / "rules.tmLanguage.json").read_text(encoding="utf-8")
    assert committed == built["grammar_text"](), "run framework/editors/vscode/build_grammar.py"


def test_what_the_extension_names_is_there():
    manifest = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    contributed = manifest["contributes"]
    paths = [manifest["main"], *(each["path"] for each in contributed["grammars"])]
    paths += [each["configuration"] for each in contributed["languages"]]
    assert all((EXTENSION / path).is_file() for path in paths)
    json.loads((EXTENSION / "language-configuration.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", sorted(RULES.rglob("*.rules")), ids=lambda file: file.name)
def test_the_lexer_knows_every_character_of_a_preset(file):
    text = file.read_text(encoding="utf-8")
    found = coloured(text)
    assert not [word for kind, word in found if kind is token.Error]
    assert "".join(word for _, word in RulesLexer(stripnl=False).get_tokens(text)) == text


@pytest.mark.parametrize("line, kind, word", [
    ("sell put(SPX)", token.Keyword, "sell"),
    ("sell put(SPX)", token.Name.Function, "put"),
    ("sell put(SPX)", token.Name.Constant, "SPX"),
    ("expiry = 45 days", token.Keyword.Type, "days"),
    ("when SPX.open > 5", token.Name, "open"),
    ("size risk 40% of capital", token.Keyword, "risk"),
    ("let risk = 4", token.Name, "risk"),
    ("A crosses above B", token.Keyword, "above"),
    ("not base.open", token.Operator.Word, "not"),
    ("# when", token.Comment.Single, "# when"),
])  # fmt: skip
def test_a_word_is_coloured_by_what_it_is_there(line, kind, word):
    assert (kind, word) in coloured(line)


def test_the_package_offers_the_lexer_to_pygments():
    project = tomllib.loads((EXTENSION.parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    group = "pygments.lexers"
    offered = project["project"]["entry-points"][group]["hedgerow"]
    assert EntryPoint("hedgerow", offered, group).load() is RulesLexer
    assert "hedgerow" in RulesLexer.aliases
