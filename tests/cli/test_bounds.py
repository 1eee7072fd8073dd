"""The worst files that the limits let pass: 5 s of processor time and 500 MB, whatever they hold.

Time is a resource limit of the process, three times the promise, so that a slow machine passes and
a file whose time grows with its square does not.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hedgerow.language.characters import MOST_CHARACTERS, MOST_LINES

from tests.cli.command import command, environment
from tests.peak import launched

SECONDS = 15  # of the processor
MEGABYTES = 500
HEAD = "strategy big 1.0.0\nneeds SPX, VIX\n"
ENTRY = "entry e {\n  buy shares(SPX)\n  when VIX > 1\n  size spend 10% of capital\n}\n"


def full(line: Callable[[int], str], end: str = ENTRY) -> str:
    """As many lines as a file may have, in lines or in characters."""
    lines, left = [HEAD], MOST_CHARACTERS - len(HEAD) - len(end)
    for number in range(MOST_LINES - HEAD.count("\n") - end.count("\n") - 1):
        text = line(number)
        left -= len(text)
        if left < 0:
            break
        lines.append(text)
    return "".join([*lines, end])


TEXTS = {
    "operators": full(lambda at: f"let a{at} = {' + '.join(['VIX'] * 100)}\n"),
    "a chain of lets": full(
        lambda at: f"let a{at} = a{at - 1} + a{at - 1}\n" if at else "let a0 = VIX\n"
    ),
    "a circle of lets": full(lambda at: f"let a{at} = a{(at + 1) % 4000} + 1\n"),
    "params": full(lambda at: f"param p{at} = {at} from 0 to {at + 1} step 1\n"),
    "entries": full(lambda at: ENTRY.replace(" e ", f" e{at} ") if at % 5 == 0 else ""),
    "invariants": full(lambda at: f"always VIX > {at}\n"),
    "names nobody knows": full(lambda at: f"let a{at} = unknown{at}\n"),
    "legs": full(
        lambda at: f"  l{at}: sell put(a, expiry = 30 days, strike = 10 delta)\n", "}\n" + ENTRY
    ).replace(HEAD, f"{HEAD}structure s(a) {{\n"),
    "one name": full(lambda at: "let a = 1\n"),
    "misspelt words": full(lambda at: "lte a = 1\n"),
    "open blocks": full(lambda at: "entry e {\n"),
    "closing braces": full(lambda at: "}\n"),
    "open texts": full(lambda at: '"\n'),
    "comments that allow": full(lambda at: "# allow R503: it is meant so\n"),
    "merge conflicts": full(lambda at: "<<<<<<< a\n" if at % 2 else ">>>>>>> b\n"),
    "pasted characters": full(lambda at: "let a\u00a0=\u00a01\n"),
    "every block of Unicode": full(lambda at: f'let a = "{chr(0xA1 + 11 * at)}"\n'),
    "a layer a line": full(lambda at: f"  layer x{at} {{ buy shares(SPX)\n }}\n", "}\n").replace(
        HEAD, f"{HEAD}layers l {{\n"
    ),
    "brackets": HEAD + "let a = " + "(" * 4_000 + "1" + ")" * 4_000 + "\n",
    "a chain of ifs": HEAD + "let a = " + "if VIX > 1 then 1 else " * 400 + "2\n" + ENTRY,
    "a name without an end": HEAD + "let " + "a" * 9_000 + " = 1\n",
    "a text without an end": HEAD + 'entry "' + "a" * 99_000,
    "100,000 lets": HEAD + "".join(f"let a{at} = VIX + {at}\n" for at in range(100_000)),
    "a megabyte": HEAD + "let a = 1\n" * 100_000,
}
OFTEN = ("operators", "legs", "open blocks", "comments that allow", "100,000 lets")


def held(*arguments: object) -> str:
    """What a command says within its bounds."""
    ended, megabytes = launched(command(*arguments), environment(), SECONDS)
    said = ended.stdout + ended.stderr
    assert ended.returncode in (0, 1, 2), f"{ended.returncode}: {said[-400:]}"
    assert megabytes < MEGABYTES
    assert "Traceback" not in said
    return said


@pytest.mark.parametrize("kind", OFTEN)
def test_a_check_stays_within_its_bounds(kind: str, tmp_path: Path) -> None:
    held("check", written(TEXTS[kind], tmp_path))


@pytest.mark.campaign
@pytest.mark.parametrize("asked", ["check", "fmt --check", "explain", "show --resolved", "diff"])
@pytest.mark.parametrize("kind", TEXTS)
def test_whatever_is_asked_stays_within_its_bounds(kind: str, asked: str, tmp_path: Path) -> None:
    path = written(TEXTS[kind], tmp_path)

    held(*asked.split(), path, *([path] if asked == "diff" else []))


def test_files_of_one_strategy_are_held_to_the_length_of_one(tmp_path: Path) -> None:
    lines = "".join(f"let a{at} = VIX + {at}\n" for at in range(3_000))
    (tmp_path / "parent.rules").write_text(HEAD + lines + ENTRY)
    child = tmp_path / "child.rules"
    changes = "".join(f"set a{at} = VIX + 1 was VIX + {at}\n" for at in range(1_500))
    child.write_text(f'variant child 1.0.0 of "parent.rules"\n{changes}')

    assert "V402" in held("check", child)


def written(text: str, folder: Path) -> Path:
    path = folder / "big.rules"
    path.write_text(text, encoding="utf-8")
    return path
