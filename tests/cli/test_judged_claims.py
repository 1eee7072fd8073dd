"""Claims are judged wherever their file runs: against files beside it, presets, and each other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import Here

HOLDER = """strategy {name} 1.0.0
"Holds a part of the capital in the index"

needs {needs}

entry hold {{
  buy shares(SPX)
  size spend {part} of capital
}}
"""
CLAIM = """
claim "{text}" against {baseline} {{
  {promise}
}}
"""
YEAR = ("--from", "2017-01-03", "--to", "2017-12-29", "--host", "direct")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Strategies that hold half of the index and all of it."""
    write(tmp_path, "half", part="50%")
    write(tmp_path, "whole", part="99%")
    return tmp_path


def write(folder: Path, name: str, part: str = "50%", needs: str = "SPX", claim: str = "") -> Path:
    path = folder / f"{name}.rules"
    path.write_text(HOLDER.format(name=name, part=part, needs=needs) + claim)
    return path


def claiming(folder: Path, promise: str, baseline: str = "whole") -> Path:
    claim = CLAIM.format(text="as said", baseline=baseline, promise=promise)
    return write(folder, "claims", claim=claim)


def told(
    hedgerow: Here, *arguments: object, year: tuple[str, ...] = YEAR
) -> tuple[int, dict[str, object]]:
    answer = hedgerow(*arguments, *year, "--format", "json")
    (claim,) = json.loads(answer.out)["claims"]
    return answer.status, claim


@pytest.mark.parametrize("promise, verdict, status", [
    ("volatility < 60% of baseline.volatility", "supported", 0),
    ("volatility > baseline.volatility", "contradicted", 1),
    ("sharpe > baseline.sharpe - 0.001", "undecided", 0),
])  # fmt: skip
def test_a_claim_is_judged_against_the_file_beside_it(
    promise: str, verdict: str, status: int, folder: Path, hedgerow: Here
) -> None:
    found = told(hedgerow, "run", claiming(folder, promise))
    assert (found[0], found[1]["verdict"], found[1]["why"]) == (status, verdict, "")


def test_a_contradicted_claim_is_a_problem_and_said_so(folder: Path, hedgerow: Here) -> None:
    answer = hedgerow("run", claiming(folder, "beta > baseline.beta"), *YEAR)
    assert answer.status == 1
    assert "1 claim contradicted" in answer.err
    assert "the data contradict what claims claims: as said" in " ".join(answer.out.split())


def test_a_baseline_may_be_a_preset(folder: Path, hedgerow: Here) -> None:
    _, found = told(hedgerow, "run", claiming(folder, "beta < 1", "core"))
    assert (found["verdict"], found["why"]) == ("supported", "")


def test_a_baseline_that_is_nowhere_is_named(folder: Path, hedgerow: Here) -> None:
    status, found = told(hedgerow, "run", claiming(folder, "beta < 1", "nobody"))
    assert (status, found["verdict"]) == (0, "not judged")
    assert found["why"].startswith("there is no nobody.rules beside")


def test_a_baseline_with_mistakes_is_not_run(folder: Path, hedgerow: Here) -> None:
    (folder / "whole.rules").write_text("strategy whole 1.0.0\n\nentry x {\n  buy\n}\n")
    status, found = told(hedgerow, "run", claiming(folder, "beta < 1"))
    assert status == 0
    assert found["why"] == "whole has mistakes, which `hedgerow check` shows"


def test_a_baseline_that_reads_more_is_left_to_compare(folder: Path, hedgerow: Here) -> None:
    """Another series would change how options are priced; a calendar that is there would not."""
    path = claiming(folder, "beta < baseline.beta")
    write(folder, "whole", part="99%", needs="SPX\nevents FOMC")
    assert told(hedgerow, "run", path)[1]["verdict"] == "supported"
    write(folder, "whole", part="99%", needs="SPX\nwants VIX3M")
    _, found = told(hedgerow, "run", path)
    assert found["why"] == "whole also reads VIX3M; `hedgerow compare` judges both together"
    _, found = told(hedgerow, "compare", folder / "whole.rules", path)
    assert (found["strategy"], found["verdict"]) == ("claims", "supported")


@pytest.mark.parametrize("preset", ["alvh/core", "alvh/unhedged"])
def test_the_claims_of_a_preset_are_judged(preset: str, hedgerow: Here) -> None:
    stormy = ("--from", "2008-01-02", "--to", "2008-12-31", "--host", "direct")
    _, found = told(hedgerow, "run", preset, year=stormy)
    assert found["verdict"] in ("supported", "undecided", "contradicted")


def test_a_hedge_that_never_opened_says_nothing_of_its_claim(hedgerow: Here) -> None:
    _, found = told(hedgerow, "run", "alvh/core")
    assert found["verdict"] == "not judged"
    assert found["why"] == "the two did the same on all of these sessions"


def test_a_comparison_judges_among_those_compared(folder: Path, hedgerow: Here) -> None:
    path = claiming(folder, "beta < baseline.beta")
    _, found = told(hedgerow, "compare", folder / "half.rules", path)
    assert found["why"] == "whole is not among those compared"


def test_a_baseline_is_known_by_its_file_as_well(folder: Path, hedgerow: Here) -> None:
    path = claiming(folder, "beta < baseline.beta", "other")
    (folder / "whole.rules").rename(folder / "other.rules")
    _, found = told(hedgerow, "compare", folder / "other.rules", path)
    assert found["verdict"] == "supported"


def test_a_link_out_of_the_folder_is_no_baseline(folder: Path, hedgerow: Here) -> None:
    outside = folder / "outside"
    outside.mkdir()
    inside = folder / "inside"
    inside.mkdir()
    (inside / "whole.rules").symlink_to(write(outside, "whole"))
    _, found = told(hedgerow, "run", claiming(inside, "beta < 1"))
    assert found["verdict"] == "not judged"


def test_a_run_is_the_same_with_its_claims_and_without(folder: Path, hedgerow: Here) -> None:
    bare = json.loads(hedgerow("run", folder / "half.rules", *YEAR, "--format", "json").out)
    claim = CLAIM.format(text="as said", baseline="core", promise="beta < 1")
    with_claim = write(folder, "half", claim=claim)
    full = json.loads(hedgerow("run", with_claim, *YEAR, "--format", "json").out)
    assert full["claims"] and not bare["claims"]
    assert full["results"] == bare["results"]
    assert full["fingerprints"]["market"] == bare["fingerprints"]["market"]


def test_the_files_of_each_run_hold_its_own_claims(folder: Path, hedgerow: Here) -> None:
    path, out = claiming(folder, "beta < baseline.beta"), folder / "out"
    hedgerow("compare", folder / "whole.rules", path, *YEAR, "--out", out)
    counts = {
        name: len(json.loads((out / f"{name}.json").read_text())["claims"])
        for name in ("comparison", "whole.run", "claims.run")
    }
    assert counts == {"comparison": 1, "whole.run": 0, "claims.run": 1}
