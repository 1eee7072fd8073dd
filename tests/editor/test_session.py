"""A session as an editor drives it, over the pipes of a real server."""

from pathlib import Path

import pytest

from tests.editor.client import Client, Failed
from tests.editor.typing_texts import CORE

COMMENT = "# \U0001f600 a comment with an emoji, before the place: "


class Editor:
    """A client with one file open, and places found by what stands there."""

    def __init__(self, client, file):
        self.client, self.uri, self.text, self.version = client, file.as_uri(), "", 0

    def open(self, text):
        self.text, self.version = text, 1
        document = {"uri": self.uri, "languageId": "hedgerow", "version": 1, "text": text}
        self.client.tell("textDocument/didOpen", {"textDocument": document})
        return self.client.diagnostics()["diagnostics"]

    def write(self, text):
        self.text, self.version = text, self.version + 1
        document = {"uri": self.uri, "version": self.version}
        change = {"textDocument": document, "contentChanges": [{"text": text}]}
        self.client.tell("textDocument/didChange", change)
        published = self.client.diagnostics()
        assert published["version"] == self.version
        return published["diagnostics"]

    def position(self, marked):
        """Of the `|` in a piece of the text, in UTF-16."""
        at = self.text.index(marked.replace("|", "")) + marked.index("|")
        line = self.text.count("\n", 0, at)
        before = self.text[self.text.rfind("\n", 0, at) + 1 : at]
        return {"line": line, "character": len(before.encode("utf-16-le")) // 2}

    def ask(self, question, marked, **more):
        document = {"uri": self.uri}
        place = {} if marked is None else {"position": self.position(marked)}
        return self.client.ask(f"textDocument/{question}",
                               {"textDocument": document, **place, **more})  # fmt: skip

    def edited(self, edits):
        """The text after edits of the server, applied as an editor applies them."""
        lines = self.text.encode("utf-16-le").split("\n".encode("utf-16-le"))
        starts = [sum(len(line) + 2 for line in lines[:count]) for count in range(len(lines))]
        data = self.text.encode("utf-16-le")
        for edit in sorted(edits, key=lambda each: str(each["range"]["start"]), reverse=True):
            start, stop = (
                starts[edit["range"][end]["line"]] + 2 * edit["range"][end]["character"]
                for end in ("start", "end")
            )
            data = data[:start] + edit["newText"].encode("utf-16-le") + data[stop:]
        return data.decode("utf-16-le")


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    client = Client(tmp_path_factory.mktemp("rules"))
    yield client
    assert client.leave() == 0
    assert "Traceback" not in client.complaints


@pytest.fixture
def editor(client, tmp_path):
    return Editor(client, tmp_path / "strategy.rules")


def codes(diagnostics):
    return [each["code"] for each in diagnostics]


def test_the_server_says_what_it_can_do(client):
    can = client.capabilities
    assert can["positionEncoding"] == "utf-16"
    assert can["hoverProvider"] and can["definitionProvider"] and can["documentFormattingProvider"]
    assert can["renameProvider"]["prepareProvider"]
    assert "." in can["completionProvider"]["triggerCharacters"]


def test_mistakes_follow_the_typing_of_a_line(editor):
    assert editor.open(CORE) == []
    before = CORE.replace("    when base.age >= 15 days\n", "    when base.age >= \n")
    assert codes(editor.write(before)) == ["S101"]
    (found,) = editor.write(CORE.replace("15 days", "15"))
    assert found["code"] == "T202"
    assert found["range"]["start"]["line"] == CORE.split("15 days")[0].count("\n")
    assert "15 days" in found["message"]
    assert found["relatedInformation"][0]["location"]["uri"] == editor.uri
    assert editor.write(CORE) == []


def test_what_nothing_uses_is_tagged_as_unnecessary(editor):
    (found,) = editor.open(CORE.replace("size cover coverage of", "size cover 30% of"))
    assert found["code"] == "R504"
    assert found["tags"] == [1]
    assert found["severity"] == 2


def test_a_half_written_line_is_completed(editor):
    editor.open(CORE)
    editor.write(CORE.replace("when base.age >= 15 days", "when base."))
    found = editor.ask("completion", "when base.|\n    size risk 25%")["items"]
    assert {"age", "profit", "short_put"} <= {each["label"] for each in found}
    editor.write(CORE.replace("expiry = 30 days, short", "expiry = 30, short"))
    found = editor.ask("completion", "expiry = 30|, short")["items"]
    assert [each["label"] for each in found] == ["days", "weeks", "months"]
    assert found[0]["textEdit"]["newText"] == " days"


def test_a_completed_clause_has_gaps_to_fill_in(editor):
    editor.open(CORE.replace("    exit when disarmed\n", "    \n", 1))
    found = editor.ask("completion", 'four times over"\n    |\n')["items"]
    (leave,) = [each for each in found if each["label"] == "exit"]
    assert leave["insertTextFormat"] == 2
    assert leave["textEdit"]["newText"].startswith("exit when ${1:")


def test_hover_tells_a_value_with_its_unit(editor):
    editor.open(CORE)
    found = editor.ask("hover", "allocat|ed of capital")
    assert "a ratio, 0.25" in found["contents"]["value"]
    assert found["range"]["end"]["character"] - found["range"]["start"]["character"] == 9
    assert editor.ask("hover", "under a three-lay|er hedge") is None


def test_positions_behind_an_emoji_are_in_utf_16(editor):
    text = CORE.replace(
        "(SPX, expiry = 45 days, short = short_distance, wing = 50 points)",
        f"( {COMMENT}\n    SPX, expiry = 45 days, short = short_distance, wing = 50 points)",
    ).replace('"half the credit is in"', '"\U0001f600\U0001f600" && VIX', 1)
    found = editor.open(text)
    assert found
    start = found[0]["range"]["start"]
    line = text.split("\n")[start["line"]].encode("utf-16-le")
    assert line[2 * start["character"] :].decode("utf-16-le").startswith(("&&", "&"))


def test_a_name_leads_to_its_declaration(editor):
    editor.open(CORE)
    found = editor.ask("definition", "loss(condors, sp|ike)")
    assert found["uri"] == editor.uri
    assert found["range"]["start"] == editor.position("shock |spike")


def test_a_built_in_structure_opens_a_copy_nobody_can_write_to(editor):
    editor.open(CORE)
    found = editor.ask("definition", "iron_con|dor(SPX, expiry = 45")
    copy = Path(found["uri"].removeprefix("file://"))
    line = copy.read_text(encoding="utf-8").split("\n")[found["range"]["start"]["line"]]
    assert line.startswith("structure iron_condor(")
    assert copy.stat().st_mode & 0o222 == 0


VARIANT = """variant tight 1.0.0 of "core.rules"

set coverage = 60% was 50%
drop hedge.third
drop tests.a_slow_rise_of_the_vix_arms_one_layer_after_the_other
add limit margin <= allocated of equity
"""


@pytest.fixture
def variant(client, tmp_path_factory):
    """A variant and its parent in the folder the editor has opened."""
    folder = Path(tmp_path_factory.getbasetemp()) / "rules0"
    (folder / "core.rules").write_text(CORE, encoding="utf-8")
    return Editor(client, folder / "tight.rules")


@pytest.mark.parametrize("place, line", [
    ("set cover|age", "param coverage"),
    ("<= alloc|ated of", "param allocated"),
    ("drop hedge.th|ird", "  layer third"),
])  # fmt: skip
def test_a_name_of_the_parent_leads_into_its_file(variant, place, line):
    variant.open(VARIANT)
    found = variant.ask("definition", place)
    assert found["uri"].endswith("/core.rules")
    assert CORE.split("\n")[found["range"]["start"]["line"]].startswith(line)


def test_what_a_variant_inherits_is_known_to_it(variant):
    found = variant.open(VARIANT.replace("was 50%", "was 55%"))
    assert any("55%" in each["message"] for each in found)
    assert "0.25" in variant.ask("hover", "<= alloc|ated of")["contents"]["value"]
    labels = {each["label"] for each in variant.ask("completion", "<= |allocated")["items"]}
    assert {"coverage", "allocated", "condors"} <= labels
    with pytest.raises(Failed, match="not declared in this file"):
        variant.ask("rename", "<= alloc|ated of", newName="part")


def test_a_layer_is_renamed_wherever_it_is_meant(editor):
    editor.open(CORE)
    place = editor.ask("prepareRename", "layer ba|se")
    assert place["start"] == editor.position("layer |base")
    edits = editor.ask("rename", "layer ba|se", newName="first_one")["changes"][editor.uri]
    text = editor.edited(edits)
    renamed = CORE.replace("layer base", "layer first_one")
    assert text == renamed.replace("base.age", "first_one.age").replace(
        "condors.base", "condors.first_one"
    )
    assert editor.write(text) == []


@pytest.mark.parametrize("name, why", [("when", "a word of the language"), ("second", "taken")])
def test_a_name_that_can_not_be_had_is_refused_with_the_reason(editor, name, why):
    editor.open(CORE)
    with pytest.raises(Failed, match=why):
        editor.ask("rename", "layer ba|se", newName=name)


def test_a_fix_is_offered_as_an_action_and_mends_the_file(editor):
    (found,) = editor.open(CORE.replace("strike = 30 delta", "strike = 0.30 delta"))
    actions = editor.ask("codeAction", None, range=found["range"],
                         context={"diagnostics": [found]})  # fmt: skip
    quick = next(each for each in actions if each["kind"] == "quickfix")
    assert quick["isPreferred"]
    assert editor.edited(quick["edit"]["changes"][editor.uri]) == CORE
    every = next(each for each in actions if each["kind"] == "source.fixAll")
    assert editor.edited(every["edit"]["changes"][editor.uri]) == CORE


def test_a_guess_is_marked_as_one(editor):
    (found,) = editor.open(CORE.replace("VIX >= 18", "VIX >= 1,800"))[:1]
    actions = editor.ask("codeAction", None, range=found["range"],
                         context={"diagnostics": [found]})  # fmt: skip
    assert any("a guess" in each["title"] and not each["isPreferred"] for each in actions)


def test_a_whole_file_is_formatted(editor):
    options = {"tabSize": 4, "insertSpaces": True}
    editor.open(CORE.replace("    size", "      size   "))
    (edit,) = editor.ask("formatting", None, options=options)
    assert editor.edited([edit]) == CORE
    editor.write(CORE)
    assert editor.ask("formatting", None, options=options) is None


def test_the_outline_lists_what_is_named(editor):
    editor.open(CORE)
    found = {each["name"]: each["children"] for each in editor.ask("documentSymbol", None)}
    assert [each["name"] for each in found["hedge"]] == ["first", "second", "third"]


def test_a_closed_file_has_no_mistakes_left_in_the_list(editor):
    editor.open(CORE + "when")
    editor.client.tell("textDocument/didClose", {"textDocument": {"uri": editor.uri}})
    assert editor.client.diagnostics()["diagnostics"] == []


def test_an_editor_that_counts_in_utf_8_is_answered_in_utf_8(tmp_path):
    client = Client(tmp_path, encodings=["utf-8", "utf-16"])
    assert client.capabilities["positionEncoding"] == "utf-8"
    assert client.leave() == 0
