"""What is kept in the cache folder is whole, and leaves nothing behind where it can't be."""

import os

import pytest
from hedgerow.text.kept import cache_folder, keep


def test_a_file_is_kept_whole_for_its_owner_alone(tmp_path):
    file = tmp_path / "new" / "kept.json"
    keep(file, b"whole")
    keep(file, b"anew")
    assert file.read_bytes() == b"anew"
    assert [each.name for each in file.parent.iterdir()] == ["kept.json"]
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_cannot_take_its_place_leaves_no_draft(tmp_path):
    (tmp_path / "kept.json").mkdir()
    with pytest.raises(OSError, match=r"kept\.json"):
        keep(tmp_path / "kept.json", b"whole")
    assert [each.name for each in tmp_path.iterdir()] == ["kept.json"]


def test_a_relative_folder_keeps_nothing(monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    assert cache_folder() is None
