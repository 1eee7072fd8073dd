"""`hedgerow sweep`."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.command import Here, command, environment, listen_to_interrupts
from tests.cli.test_ctrl_c import PATIENCE, SAID

RANGES = (
    "param width = 25 points from 25 points to 75 points step 25 points\n"
    "param share = 10% from 5% to 15% step 5%\n"
)


@pytest.fixture
def ranged(rules: Path) -> Path:
    """The steady condor with two numbers that have a range: nine versions."""
    text = (
        rules.read_text().replace("wing = 25 points", "wing = width").replace("10% of", "share of")
    )
    rules.write_text(text.replace("\nentry", f"\n{RANGES}\nentry"))
    return rules


def test_every_version_is_ranked_and_each_number_told(
    ranged: Path, data: Path, hedgerow: Here
) -> None:
    answer = hedgerow("sweep", ranged, "--data", data)

    assert (answer.status, answer.err) == (0, "")
    assert answer.out.startswith("steady in 9 versions\nWhich version is best?")
    assert "width: Sharpe ratio of the versions with each number" in answer.out
    assert "25 points (as written)" in answer.out
    assert "at modelled prices" in answer.out, "modelled prices are always labelled"


def test_the_param_to_vary_and_the_result_to_rank_by_can_be_named(
    ranged: Path, data: Path, hedgerow: Here
) -> None:
    answer = hedgerow(
        "sweep", ranged, "--data", data, "--over", "share", "--by", "max_drawdown",
        "--format", "json",
    )  # fmt: skip

    content = json.loads(answer.out)
    assert content["params"] == ["share"]
    assert [each["settings"] for each in content["versions"]] == [
        {"share": "5%"}, {"share": "10%"}, {"share": "15%"},
    ]  # fmt: skip
    falls = [each["results"]["max_drawdown"] for each in content["versions"]]
    by_rank = sorted(content["versions"], key=lambda each: each["rank"])
    assert [each["value"] for each in by_rank] == sorted(falls)


def test_the_version_as_written_makes_what_run_makes(
    ranged: Path, data: Path, hedgerow: Here
) -> None:
    swept = json.loads(hedgerow("sweep", ranged, "--data", data, "--format", "json").out)
    alone = json.loads(hedgerow("run", ranged, "--data", data, "--format", "json").out)

    own = swept["versions"][swept["as_written"]]
    assert own["settings"] == {"width": "25 points", "share": "10%"}
    for name in ("final_equity", "sharpe", "trades", "costs"):
        assert own["results"][name] == alone["results"][name]
    assert swept["fingerprints"] == alone["fingerprints"]


def test_another_version_makes_what_a_file_with_its_numbers_makes(
    ranged: Path, data: Path, hedgerow: Here
) -> None:
    swept = json.loads(hedgerow("sweep", ranged, "--data", data, "--format", "json").out)
    wanted = {"width": "75 points", "share": "5%"}
    (found,) = [each for each in swept["versions"] if each["settings"] == wanted]
    variant = ranged.with_name("other.rules")
    variant.write_text(
        'variant other 1.0.0 of "steady.rules"\n"Wider and smaller"\n\n'
        "set width = 75 points\nset share = 5%\n"
    )
    alone = json.loads(hedgerow("run", variant, "--data", data, "--format", "json").out)

    assert found["results"]["final_equity"] == alone["results"]["final_equity"]
    assert found["results"]["trades"] == alone["results"]["trades"]


def test_a_variant_is_swept_over_the_ranges_of_its_parent(
    ranged: Path, data: Path, hedgerow: Here
) -> None:
    variant = ranged.with_name("other.rules")
    variant.write_text('variant other 1.0.0 of "steady.rules"\n"Wider"\n\nset width = 75 points\n')

    answer = hedgerow("sweep", variant, "--data", data, "--over", "width")

    assert answer.out.startswith("other in 3 versions")
    assert "75 points (as written)" in answer.out


def test_a_number_may_be_written_with_zeros_at_its_end(
    ranged: Path, data: Path, hedgerow: Here
) -> None:
    ranged.write_text(ranged.read_text().replace("share = 10%", "share = 10.00%"))

    answer = hedgerow("sweep", ranged, "--data", data, "--over", "share")

    assert (answer.status, answer.err) == (0, "")
    assert "10% (as written)" in answer.out


def test_processes_change_nothing(ranged: Path, data: Path, hedgerow: Here) -> None:
    arguments = ("sweep", ranged, "--data", data, "--format", "json", "--workers")
    assert hedgerow(*arguments, 1).out == hedgerow(*arguments, 3).out


def test_the_page_and_the_tables_have_every_version(
    ranged: Path, data: Path, tmp_path: Path, hedgerow: Here
) -> None:
    page, folder = tmp_path / "sweep.html", tmp_path / "out"
    answer = hedgerow("sweep", ranged, "--data", data, "--html", page, "--out", folder)

    assert answer.status == 0
    assert page.read_text().count("<h1") == 1
    rows = list(csv.DictReader((folder / "versions.csv").read_text().splitlines()))
    assert [row["rank"] for row in rows] == [str(rank) for rank in range(1, 10)]
    assert {(row["width"], row["share"]) for row in rows} == {
        (f"{width} points", f"{share}%") for width in (25, 50, 75) for share in (5, 10, 15)
    }
    assert json.loads((folder / "sweep.json").read_text())["kind"] == "sweep"


def test_versions_that_the_checks_refuse_are_told_and_left_out(
    ranged: Path, data: Path, hedgerow: Here
) -> None:
    layer = (
        "  layer {} at VIX >= {} {{\n    buy call(VIX, expiry = 30 days, strike = 30 delta)\n"
        "    size spend 1% of capital\n    exit when disarmed\n  }}\n"
    )
    layers = layer.format("one", "armed") + layer.format("two", "30")
    armed = "param armed = 20 from 20 to 40 step 10"
    ranged.write_text(f"{ranged.read_text()}\n{armed}\n\nlayers hedge {{\n{layers}}}\n")
    answer = hedgerow("sweep", ranged, "--data", data, "--over", "armed")

    assert answer.status == 0
    assert answer.out.startswith("steady in 1 version\n")
    told = " ".join(answer.out.split())
    assert "2 versions were not run, since the checks refuse the rules: with armed = 30," in told


@pytest.mark.parametrize(
    "arguments, problem, remedy",
    [
        (("--over", "wing"), "no param of that name has a range", "choose from share, width"),
        (("--by", "luck"), "no such result", "choose from annual_return, calmar, cvar"),
        (("--workers", "0"), "0 is not from 1 to 64", "see `hedgerow sweep --help`"),
        (("--workers", "many"), "'many' is no whole number", "see `hedgerow sweep --help`"),
        (("--host", "direct"), "no such option: --host", "see `hedgerow sweep --help`"),
    ],
)
def test_a_wrong_wish_is_told_with_the_way_out(
    arguments: tuple[str, str], problem: str, remedy: str, ranged: Path, hedgerow: Here
) -> None:
    answer = hedgerow("sweep", ranged, *arguments)

    assert (answer.status, answer.out) == (2, "")
    assert problem in answer.err
    assert remedy in answer.err


def test_rules_without_a_range_have_no_versions(rules: Path, hedgerow: Here) -> None:
    answer = hedgerow("sweep", rules)

    assert answer.status == 2
    assert "no param of it has a range to vary in" in answer.err
    assert "write one, as in `param short = 1.5 sd from 1 sd to 2 sd step 0.25 sd`" in answer.err


def test_too_many_versions_are_counted_and_not_made(ranged: Path, hedgerow: Here) -> None:
    text = ranged.read_text().replace("step 5%", "step 0.00001%")
    ranged.write_text(text)
    answer = hedgerow("sweep", ranged)

    assert answer.status == 2
    assert "its ranges span 3,000,003 versions, more than 2,000" in answer.err
    assert "--over" in answer.err


@pytest.mark.parametrize("by", ["sharpe", "cvar", "calmar"])
def test_one_session_is_too_few_and_two_give_a_report(
    by: str, ranged: Path, data: Path, hedgerow: Here
) -> None:
    arguments = ("sweep", ranged, "--data", data, "--by", by, "--from", "1990-01-03", "--to")
    one, two = (hedgerow(*arguments, day) for day in ("1990-01-03", "1990-01-04"))

    assert (one.status, one.out) == (2, "")
    assert "one session is too few for a sweep; run it on more of them" in one.err
    assert (two.status, two.err) == (0, "")


def test_mistakes_in_the_rules_are_told_and_nothing_runs(ranged: Path, hedgerow: Here) -> None:
    ranged.write_text(ranged.read_text().replace("step 5%", "step 0%"))
    answer = hedgerow("sweep", ranged)

    assert answer.status == 1
    assert "a step of `0%` leads nowhere" in answer.err


def _children(process: int) -> list[str]:
    return Path(f"/proc/{process}/task/{process}/children").read_text().split()


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")
def test_an_interrupted_sweep_says_so_and_leaves_no_process(ranged: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    running = subprocess.Popen(
        command("sweep", ranged, "--workers", 2, "--html", page),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        preexec_fn=listen_to_interrupts,
        start_new_session=True,
    )
    deadline, begun = time.monotonic() + PATIENCE, []
    while len(begun) < 2:
        assert time.monotonic() < deadline, "the sweep never shared out its work"
        time.sleep(0.02)
        begun = _children(running.pid)
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=PATIENCE)

    assert (running.returncode, out, err.decode()) == (2, b"", SAID)
    assert not page.exists()
    while any(Path(f"/proc/{each}").exists() for each in begun):
        assert time.monotonic() < deadline, "a process outlives the sweep"
        time.sleep(0.02)
