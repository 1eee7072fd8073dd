"""Commands as a user starts them: time of the whole process, imports, and peak memory."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.timing import Row, interleaved
from tests.peak import launched

ROOT = Path(__file__).parent.parent.parent
PRESETS = (ROOT / "rules" / "alvh" / "core.rules", ROOT / "rules" / "alvh" / "unhedged.rules")
# Lark loads interegular where it is there; users don't have it.
AS_A_USER = "import sys; sys.modules['interegular'] = None; "
START = "from hedgerow.cli.main import start; sys.argv[0] = 'hedgerow'; start()"
HEDGEROW = ("-c", AS_A_USER + START)
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT / "framework")}
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)  # as a user has it
HEAVY = ("pandas", "backtrader", "scipy.stats", "plotly")


def process_rows(repeats: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        long = Path(folder) / "long.rules"
        long.write_text(two_hundred_lines(), encoding="utf-8")
        return interleaved(
            {
                "python -c 'import lark'": job("-c", AS_A_USER + "import lark"),
                "hedgerow --help": job(*HEDGEROW, "--help"),
                "hedgerow check, 200 lines": job(*HEDGEROW, "check", str(long)),
                "hedgerow compare core.rules unhedged.rules": job(
                    *HEDGEROW, "compare", *map(str, PRESETS)
                ),
            },
            repeats,
        )


def job(*arguments: str) -> Callable[[], object]:
    def run() -> None:
        subprocess.run(
            [sys.executable, *arguments], env=ENVIRONMENT, check=True, capture_output=True
        )

    return run


def facts() -> list[str]:
    """What is loaded by `--help`, and the peak memory of a compare."""
    loaded = f"print(*[name for name in {HEAVY} if name in sys.modules])"
    asked = "import sys; sys.argv = ['hedgerow', '--help']"
    script = (
        f"{asked}\nfrom hedgerow.cli.main import main\n"
        f"import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()): main()\n{loaded}"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], env=ENVIRONMENT, check=True, capture_output=True, text=True
    )
    compared, megabytes = launched(
        [sys.executable, *HEDGEROW, "compare", *map(str, PRESETS)], ENVIRONMENT
    )
    compared.check_returncode()
    return [
        f"loaded by --help, of {', '.join(HEAVY)}: {ran.stdout.strip() or 'none'}",
        f"peak memory of the compare: {megabytes:.0f} MB",
    ]


def two_hundred_lines() -> str:
    """A file of 200 lines: twenty-two entries of nine lines each, under a header."""
    entries = [
        f"""
entry condor_{number} {{
  sell iron_condor(SPX, expiry = {30 + number} days, short = 1.5 sd, wing = 50 points)
  when VIX < {20 + number} and SPX > sma(SPX, {100 + number} sessions)
  size risk 1% of capital
  at most 2 open
  exit when profit >= {40 + number}% of credit "enough is in"
  exit when days_to_expiry <= 7 days "a week before expiry"
}}"""
        for number in range(22)
    ]
    return "strategy long 1.0.0\nneeds SPX, VIX\n" + "\n".join(entries) + "\n"
