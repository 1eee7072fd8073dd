"""Files become sources, or a refusal that names the file."""

from pathlib import Path

import pytest
from hedgerow.text.diagnostic import Refusal
from hedgerow.text.read import LARGEST_FILE, read_source, source_from_bytes


def refused(path):
    with pytest.raises(Refusal) as caught:
        read_source(path)
    (found,) = caught.value.diagnostics
    assert found.span.source.name == str(path)
    return found


def test_a_file_is_read_with_plain_line_ends_and_without_a_byte_order_mark(tmp_path):
    file = tmp_path / "a.rules"
    file.write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree \xe2\x89\xa5\n")
    assert read_source(file).text == "one\ntwo\nthree ≥\n"


def test_a_missing_file_a_folder_and_an_impossible_name_are_refused(tmp_path):
    assert refused(tmp_path / "no.rules").code == "L001"
    assert refused(tmp_path).code == "L001"
    assert refused("a\x00b").code == "L001"


def test_a_file_that_is_too_large_is_refused_with_its_size(tmp_path):
    file = tmp_path / "large.rules"
    with file.open("wb") as out:
        out.truncate(3 * LARGEST_FILE)
    found = refused(file)
    assert found.code == "L005"
    assert f"{3 * LARGEST_FILE:,} bytes" in found.message


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no endless device here")
def test_of_a_file_without_an_end_no_more_than_the_limit_is_read():
    assert refused(Path("/dev/zero")).code == "L005"


@pytest.mark.parametrize("data, code", [
    (b"strategy \x00", "L003"),
    ("strategy".encode("utf-16"), "L004"),
    (b"# caf\xe9\n", "L004"),
])  # fmt: skip
def test_bytes_that_are_no_text_in_utf_8_are_refused(data, code):
    with pytest.raises(Refusal) as caught:
        source_from_bytes("a.rules", data)
    assert [found.code for found in caught.value.diagnostics] == [code]
