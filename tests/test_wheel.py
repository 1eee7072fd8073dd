"""The built wheel, installed far from the checkout, has all that a command needs."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Installed:
    scripts: Path
    elsewhere: Path  # an empty folder to work in

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        return subprocess.run(
            [str(self.scripts / command[0]), *command[1:]],
            cwd=self.elsewhere,
            capture_output=True,
            text=True,
            env={**environment, "XDG_CACHE_HOME": str(self.elsewhere)},
            check=False,
        )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """A fresh virtual environment with the wheel; other packages are those of this one."""
    place = tmp_path_factory.mktemp("wheel")
    call("-m", "build", "--wheel", "--no-isolation", "--outdir", str(place), str(ROOT))
    (wheel,) = place.glob("*.whl")
    home = place / "environment"
    venv.create(home, symlinks=os.name != "nt")
    paths = sysconfig.get_paths("venv", {"base": str(home), "platbase": str(home)})
    # A path of its own, not system site packages: these tests may run in a virtual environment.
    others = sysconfig.get_paths()["purelib"]
    Path(paths["purelib"], "others.pth").write_text(f"{others}\n")
    python = Path(paths["scripts"], Path(sys.executable).name)
    install = ("install", "--no-deps", "--no-index", "--ignore-installed", "--quiet", str(wheel))
    call("-m", "pip", "--python", str(python), *install)
    elsewhere = place / "elsewhere"
    elsewhere.mkdir()
    return Installed(Path(paths["scripts"]), elsewhere)


def call(*arguments: str) -> None:
    ended = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_the_installed_code_is_what_runs(installed: Installed) -> None:
    code = "import hedgerow, pathlib; print(pathlib.Path(hedgerow.__file__).parent)"
    where = Path(installed.run(Path(sys.executable).name, "-c", code).stdout.strip())

    assert where.is_relative_to(installed.scripts.parent)


def test_a_preset_runs_by_name_outside_the_checkout(installed: Installed) -> None:
    ended = installed.run("hedgerow", "run", "alvh/core", "--to", "1995-12-31")

    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("core\n")
    assert "1995-12-29" in ended.stdout


def test_the_pages_of_the_diagnostics_are_there(installed: Installed) -> None:
    ended = installed.run("hedgerow", "explain", "T203")

    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("# T203 unit-mismatch")
