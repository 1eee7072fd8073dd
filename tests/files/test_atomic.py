"""Files are written whole or not at all, and what goes wrong comes with a way out."""

import errno
import signal
from pathlib import Path

import pytest
from hedgerow.files.atomic import OutputFault, write_atomically, write_folder

TEXTS = {"equity.csv": "date,equity\n", "ledger.csv": "entry,amount\n", "run.json": "{}\n"}


def test_an_existing_folder_keeps_its_other_files(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "equity.csv").write_text("old")
    write_folder(tmp_path, TEXTS)
    assert {path.name for path in tmp_path.iterdir()} == {*TEXTS, "notes.txt"}
    assert (tmp_path / "equity.csv").read_text() == TEXTS["equity.csv"]


def test_a_folder_is_made_with_its_parents(tmp_path):
    write_folder(tmp_path / "deep" / "er", TEXTS)
    assert {path.name for path in (tmp_path / "deep" / "er").iterdir()} == {*TEXTS}


def test_a_file_where_the_folder_should_be_is_a_fault(tmp_path):
    place = tmp_path / "taken"
    place.write_text("mine")
    with pytest.raises(OutputFault, match="not a folder") as found:
        write_folder(place, TEXTS)
    assert found.value.where == str(place)
    assert found.value.remedy
    assert place.read_text() == "mine"


def test_a_file_in_the_middle_of_the_path_is_a_fault(tmp_path):
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(OutputFault, match="cannot be written"):
        write_folder(tmp_path / "taken" / "out", TEXTS)


@pytest.mark.parametrize(
    ("path", "problem"),
    [("missing/page.html", "no such file"), (".", "not a regular file"), ("x" * 300, "too long")],
)
def test_a_page_that_cannot_be_written_says_what_to_do(tmp_path, path, problem):
    with pytest.raises(OutputFault, match=problem) as found:
        write_atomically(tmp_path / path, "text")
    assert found.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_a_device_is_not_replaced_by_a_file():
    with pytest.raises(OutputFault, match="not a regular file"):
        write_atomically(Path("/dev/null"), "text")


def test_a_full_disk_leaves_the_old_files_and_no_drafts(tmp_path, monkeypatch):
    (tmp_path / "equity.csv").write_text("old")
    write = Path.write_text

    def full(path: Path, text: str, **settings: str) -> int:
        if "ledger" in path.name:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, text, **settings)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OutputFault, match="free some disk space"):
        write_folder(tmp_path, TEXTS)
    assert [path.name for path in tmp_path.iterdir()] == ["equity.csv"]
    assert (tmp_path / "equity.csv").read_text() == "old"


def test_an_interruption_leaves_no_new_folder(tmp_path, monkeypatch):
    def interrupted(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_text", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_folder(tmp_path / "out", TEXTS)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def heard():
    """SIGINT is answered, even where the tests were started in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
def test_an_interruption_between_two_files_waits_for_the_others(tmp_path, monkeypatch):
    replace = Path.replace

    def interrupted(draft: Path, target: Path) -> Path:
        signal.raise_signal(signal.SIGINT)
        return replace(draft, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_folder(tmp_path / "out", TEXTS)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {*TEXTS}


def test_a_link_keeps_pointing_where_it_points(tmp_path):
    (tmp_path / "real.html").write_text("old")
    (tmp_path / "link.html").symlink_to(tmp_path / "real.html")
    write_atomically(tmp_path / "link.html", "new")
    assert (tmp_path / "link.html").is_symlink()
    assert (tmp_path / "real.html").read_text() == "new"
