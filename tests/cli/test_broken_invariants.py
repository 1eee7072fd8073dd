"""A broken invariant is a problem, wherever a run is shown."""

import json
from pathlib import Path

from tests.cli.command import Here

RULES = """strategy promised 1.0.0
"A share, bought and held"

needs SPX

entry hold {
  buy shares(SPX)
  size spend 50% of capital
}

never hold is open "not a day"
always SPX > 0 "a price"
whenever hold is open then SPX < 1 within 90 sessions
"""
YEAR = ("--from", "2017-01-03", "--to", "2017-03-31", "--host", "direct")


def test_a_broken_invariant_is_shown_with_its_first_day_and_ends_with_1(
    hedgerow: Here, tmp_path: Path
) -> None:
    (tmp_path / "promised.rules").write_text(RULES)
    done = hedgerow("run", str(tmp_path / "promised.rules"), *YEAR)
    assert done.status == 1
    assert "1 invariant broken" in done.err
    told = " ".join(done.out.split())
    assert "broken `not a day: never hold is open`" in told
    assert "first on 2017-01-04: hold is open was true" in told


def test_programs_get_every_invariant_with_its_outcome(hedgerow: Here, tmp_path: Path) -> None:
    (tmp_path / "promised.rules").write_text(RULES)
    done = hedgerow("run", str(tmp_path / "promised.rules"), *YEAR, "--format", "json")
    found = json.loads(done.out)["invariants"]
    assert [each["outcome"] for each in found] == ["broken", "held", "inconclusive"]
    assert found[0]["place"].endswith("promised.rules:11:1")
    assert found[2]["waiting"] == found[2]["occasions"] > 0
