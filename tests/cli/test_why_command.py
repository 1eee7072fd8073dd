"""`hedgerow why FILE DATE`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.command import Here


def test_a_close_is_told_rule_by_rule(rules: Path, data: Path, hedgerow: Here) -> None:
    answer = hedgerow("why", rules, "1990-02-01", "--data", data)
    assert answer.status == 0
    first, account, *_ = answer.out.splitlines()
    assert first == "steady at the close of 1990-02-01"
    assert account.startswith("  equity $")
    assert "for that: " in answer.out


def test_contracts_stand_below_what_was_ordered_filled_and_held(
    rules: Path, data: Path, hedgerow: Here
) -> None:
    def told(day: str, start: str) -> list[str]:
        lines = hedgerow("why", rules, day, "--data", data).out.splitlines()
        at = next(place for place, line in enumerate(lines) if line.startswith(start))
        return lines[at : at + 5]

    ordered, *legs = told("1990-01-02", "  orders ")
    filled, *traded = told("1990-01-03", "  filled: condor: open ")
    held, *owned = told("1990-01-03", "  holds ")
    assert [leg.split()[0] for leg in legs] == ["short_put", "long_put", "short_call", "long_call"]
    assert legs == traded == owned
    (count,) = set(re.findall(r"(\d+) of these", "".join([ordered, filled, held])))
    assert f"open {count} of these for a credit of " in filled


def test_programs_get_the_same(rules: Path, data: Path, hedgerow: Here) -> None:
    answer = hedgerow("why", rules, "1990-02-01", "--data", data, "--format", "json")
    found = json.loads(answer.out)
    assert (found["format_version"], found["name"], found["at"]) == ("1.0", "steady", "1990-02-01")
    assert found["rules"][0]["held"][0]["asked"][0]["truth"] in ("true", "false")


def test_terms_reach_the_run(rules: Path, data: Path, hedgerow: Here) -> None:
    terms = ["--data", data, "--from", "1990-02-01", "--capital", "250000"]
    assert "equity $250,000.00" in hedgerow("why", rules, "1990-02-01", *terms).out
    early = hedgerow("why", rules, "1990-01-31", *terms)
    assert (early.status, early.out) == (2, "")
    assert "no session on that day; name a session, such as 1990-02-01" in early.err


@pytest.mark.parametrize("asked, said", [
    (["1990-02-03"], "such as 1990-02-02 or 1990-02-05"),
    (["yesterday"], "'yesterday' is not a day; write it like 2008-09-15"),
    ([], "missing argument"),
])  # fmt: skip
def test_what_is_no_session_is_refused(
    asked: list[str], said: str, rules: Path, data: Path, hedgerow: Here
) -> None:
    answer = hedgerow("why", rules, *asked, "--data", data)
    assert (answer.status, answer.out) == (2, "")
    assert said in answer.err


def test_rules_with_mistakes_are_not_looked_at(rules: Path, data: Path, hedgerow: Here) -> None:
    rules.write_text(rules.read_text().replace("size", "sise"))
    answer = hedgerow("why", rules, "1990-02-01", "--data", data)
    assert (answer.status, answer.out) == (1, "")
