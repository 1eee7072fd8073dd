"""What is kept in the cache folder is whole, and leaves nothing behind where it can't be."""

import os
from pathlib import Path

import pytest
from hedgerow.files.kept import cache_folder, keep


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


def test_without_a_home_nothing_is_kept(monkeypatch):
    def nobody():
        raise RuntimeError("could not determine home directory")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr(Path, "home", nobody)
    assert cache_folder() is None
