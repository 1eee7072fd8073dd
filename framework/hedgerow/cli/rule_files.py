"""From what a person calls a rule file to the file: a path, or the name of a preset."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from hedgerow.cli.fault import CommandFault
from hedgerow.cli.revisions import MARK, PastFile, past_file
from hedgerow.cli.shelf import preset_folder, presets
from hedgerow.text.parents import Load, parents_of
from hedgerow.text.read import LARGEST_FILE, read_source
from hedgerow.text.source import Source

ENDING = ".rules"
STANDARD_INPUT, ITS_NAME = "-", "<stdin>"
_MOST_NAMED = 8


class RuleFile(Struct, frozen=True):
    given: str  # on the command line
    name: str  # as its mistakes call it: the path as given, or a preset's name with its ending
    path: Path
    folder: Path  # no parent of a variant is read from outside of it

    def read(self) -> Source:
        """Raises Refusal where there is no text to be had."""
        return Source(self.name, read_source(self.path).text)

    @property
    def place(self) -> str:
        """The same for the same file, however it was named."""
        return str(self.path.resolve())

    @property
    def parents(self) -> Load:
        """Finds what a variant names as its parent."""
        return parents_of(self.path, self.name, self.folder)


RuleText = RuleFile | PastFile


def rule_text(given: str) -> RuleText:
    """As `rule_file`, and `FILE@REVISION` as git remembers it."""
    if MARK in given and not _exists(Path(given)):
        return past_file(given)
    return rule_file(given)


def rule_file(given: str) -> RuleFile:
    """The file at a path, else the preset of that name. Raises CommandFault."""
    if given == STANDARD_INPUT:
        raise CommandFault(given, "no text is taken from standard input here", "name a file")
    path = Path(given)
    if path.is_dir():
        inside = [found.name for found in path.glob(f"*{ENDING}")]
        remedy = f"name one of its files: {named(inside)}" if inside else "name a rule file"
        raise CommandFault(given, "this is a folder", remedy)
    if _exists(path):
        return RuleFile(given, given, path, path.parent)
    known = presets()
    name = given.removesuffix(ENDING)
    if name in known:
        return preset_file(name)
    if path.is_symlink():
        raise CommandFault(given, "this link leads to no file", "name the file itself")
    raise CommandFault(given, "no such rule file or preset", _remedy(given, known))


def preset_file(name: str) -> RuleFile:
    """The preset called by its full name, `alvh/core`."""
    return RuleFile(name, name + ENDING, presets()[name], preset_folder())


def rule_files(given: Iterable[str]) -> list[RuleFile]:
    """As `rule_file`, and every rule file in a folder, in order of name; each once."""
    found: dict[str, RuleFile] = {}
    for each in given:
        folder = Path(each)
        files = _inside(folder) if folder.is_dir() else [rule_file(each)]
        found.update((file.name, file) for file in files)
    return list(found.values())


def is_standard_input(given: Sequence[str]) -> bool:
    """Whether the text comes from there. Raises CommandFault where files are named beside it."""
    if STANDARD_INPUT in given and len(given) > 1:
        raise CommandFault(STANDARD_INPUT, "stands beside other paths", "give it alone")
    return STANDARD_INPUT in given


def standard_input() -> bytes:
    """All of it, as far as a rule file may reach."""
    return sys.stdin.buffer.read(LARGEST_FILE + 1)


def named(names: Iterable[str]) -> str:
    """`a, b, c and 4 more`"""
    ordered = sorted(names)
    more = f" and {len(ordered) - _MOST_NAMED} more" if len(ordered) > _MOST_NAMED else ""
    return ", ".join(ordered[:_MOST_NAMED]) + more


def _inside(folder: Path) -> list[RuleFile]:
    """Hidden folders are left out: what lies there was put there by a tool."""
    found = []
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(place, name) for name in sorted(files) if name.endswith(ENDING)]
    if not found:
        raise CommandFault(str(folder), f"no {ENDING} file in this folder", "name another path")
    return [RuleFile(str(path), str(path), path, folder) for path in found]


def _exists(path: Path) -> bool:
    """Whether anything is there; a path that can't be looked at is left to whoever reads it."""
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
    return True


def _remedy(given: str, known: Iterable[str]) -> str:
    """Names near to the one given, of presets and of files where it should have been."""
    stem = Path(given).stem
    beside = Path(given).parent.glob(f"*{ENDING}")
    candidates = {name.rsplit("/", 1)[-1]: name for name in known} | {name: name for name in known}
    candidates |= {file.stem: str(file) for file in beside}
    near = difflib.get_close_matches(given.removesuffix(ENDING)[:200], candidates, 2, 0.6)
    near += difflib.get_close_matches(stem[:200], candidates, 1, 0.7)
    if near:
        return f"did you mean {' or '.join(dict.fromkeys(candidates[name] for name in near))}?"
    return f"name a file, or a preset: {named(known)}"
