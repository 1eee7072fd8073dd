"""Parents are found beside a file, and nothing outside of the folder is ever opened."""

import os
from pathlib import Path

import pytest
from hedgerow.text.parents import NoParent, Parent, parents_of
from hedgerow.text.read import LARGEST_FILE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

INSIDE, OUTSIDE = "strategy inside 1.0.0\n", "strategy outside 1.0.0\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`rules/deep` inside, a file beside `rules` outside, links of every kind."""
    top = tmp_path_factory.mktemp("place")
    deep = top / "rules" / "deep"
    deep.mkdir(parents=True)
    (top / "out").mkdir()
    for path in (top / "core.rules", top / "out" / "core.rules"):
        path.write_text(OUTSIDE)
    for path in (deep / "core.rules", top / "rules" / "core.rules"):
        path.write_text(INSIDE)
    (deep / "away").symlink_to(top / "out")
    (deep / "away.rules").symlink_to(top / "core.rules")
    (deep / "near.rules").symlink_to(deep / "core.rules")
    (deep / "loop").symlink_to(deep / "loop")
    (deep / "zero").symlink_to("/dev/zero")
    os.mkfifo(deep / "pipe")
    (deep / "large.rules").write_bytes(b" " * (LARGEST_FILE + 1))
    (deep / "image.rules").write_bytes(b"\x89PNG\x00")
    return top


def found(place: Path, written: str) -> Parent | NoParent:
    deep = place / "rules" / "deep"
    return parents_of(deep / "tight.rules", "deep/tight.rules", place / "rules")(written)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("core.rules", "deep/core.rules"),
        ("./core.rules", "deep/core.rules"),
        ("../core.rules", "core.rules"),
        ("../deep/core.rules", "deep/core.rules"),
        ("near.rules", "deep/near.rules"),
    ],
)
def test_a_parent_is_found_by_a_path_from_the_file(place: Path, written: str, name: str) -> None:
    parent = found(place, written)
    assert isinstance(parent, Parent)
    assert (parent.source.name, parent.source.text) == (name, INSIDE)


@pytest.mark.parametrize(
    "written",
    [
        "../../core.rules", "../../nothing.rules", "away.rules", "away/core.rules", "away/nothing",
        "/etc/passwd", "~/core.rules", "C:core.rules", "..\\core.rules", "zero", "//host/share",
    ],
)  # fmt: skip
def test_whatever_leads_out_is_refused_without_a_look(place: Path, written: str) -> None:
    parent = found(place, written)
    assert isinstance(parent, NoParent)
    assert parent.code == "V401"


@pytest.mark.parametrize(
    "written",
    ["nothing.rules", "loop", "pipe", ".", "..", "large.rules", "image.rules", "", " ",
     "a\x00b", "a" * 100_000, "core.rules/more"],
)  # fmt: skip
def test_what_is_no_rule_file_is_refused(place: Path, written: str) -> None:
    parent = found(place, written)
    assert isinstance(parent, NoParent)
    assert parent.code == "V402"


def test_a_parent_finds_its_own_parent_within_the_same_folder(place: Path) -> None:
    parent = found(place, "../core.rules")
    assert isinstance(parent, Parent)
    grandparent, out = parent.load("deep/core.rules"), parent.load("../core.rules")
    assert isinstance(grandparent, Parent)
    assert grandparent.source.name == "deep/core.rules"
    assert isinstance(out, NoParent)


steps = st.sampled_from(
    [
        "..",
        ".",
        "",
        "rules",
        "deep",
        "out",
        "away",
        "loop",
        "core.rules",
        "away.rules",
        "near.rules",
    ]
)


@given(st.lists(steps, max_size=8).map("/".join) | st.text(max_size=12))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_path_leaves_the_folder(place: Path, written: str) -> None:
    parent = found(place, written)
    assert isinstance(parent, NoParent) or parent.source.text == INSIDE
