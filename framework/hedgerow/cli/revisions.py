"""`core.rules@HEAD~3`: a rule file as git remembers it, with the parents it had then."""

from __future__ import annotations

import posixpath
import subprocess
from pathlib import Path

from msgspec import Struct

from hedgerow.cli.fault import CommandFault
from hedgerow.text.diagnostic import Refusal
from hedgerow.text.parents import (
    Load,
    NoParent,
    Parent,
    missing,
    name_beside,
    not_relative,
    outside,
)
from hedgerow.text.read import LARGEST_FILE, source_from_bytes
from hedgerow.text.source import Source

MARK = "@"
_PATIENCE = 30  # seconds, for a repository on a slow disk


class PastFile(Struct, frozen=True):
    given: str  # on the command line
    repository: Path  # a folder within it
    commit: str  # the full name
    inside: str  # the path from the root of the repository

    @property
    def name(self) -> str:
        """As its mistakes call it, and its results where names are the same."""
        return self.given

    @property
    def place(self) -> str:
        """The same for the same text, however it was named."""
        return f"{self.commit}:{self.inside}"

    def read(self) -> Source:
        """Raises Refusal where that is no text, CommandFault where there was no such file."""
        data = _blob(self, self.inside)
        if data is None:
            remedy = f"`git log -- {posixpath.basename(self.inside)}` lists where it was"
            raise CommandFault(self.given, "no such file in this revision", remedy)
        return source_from_bytes(self.name, data)

    @property
    def parents(self) -> Load:
        """Finds what a variant named as its parent, in the same revision and folder."""
        return _parents(self, self.inside, self.name)


def past_file(given: str) -> PastFile:
    """The file and the revision that `FILE@REVISION` names. Raises CommandFault."""
    path, _, revision = given.rpartition(MARK)
    folder = Path(path).parent
    if not folder.is_dir():
        raise CommandFault(given, f"there is no folder {folder}", "name a file in a repository")
    prefix = _said(given, folder, "rev-parse", "--show-prefix")
    if prefix is None:
        raise CommandFault(given, "this folder is in no git repository", "name a file that is")
    commit = _said(
        given, folder, "rev-parse", "--verify", "--quiet", "--end-of-options",
        f"{revision}^{{commit}}",
    )  # fmt: skip
    if not commit:
        problem, remedy = f"there is no revision {revision!r}", "`git log --oneline` lists them"
        raise CommandFault(given, problem, remedy)
    return PastFile(given, folder, commit, f"{prefix}{Path(path).name}")


def _parents(file: PastFile, inside: str, name: str) -> Load:
    folder = posixpath.dirname(file.inside)

    def load(written: str) -> Parent | NoParent:
        refused = not_relative(written)
        if refused is not None:
            return refused
        place = posixpath.normpath(posixpath.join(posixpath.dirname(inside), written))
        if not place.startswith(f"{folder}/" if folder else "") or place.startswith("../"):
            return outside(written)
        data = _blob(file, place)
        if data is None:
            return missing(written)
        called = name_beside(name, written)
        try:
            return Parent(source_from_bytes(called, data), _parents(file, place, called))
        except Refusal:
            return missing(written)

    return load


def _blob(file: PastFile, inside: str) -> bytes | None:
    """What stood there, as it was stored; None where there was no file that rules can be."""
    thing = f"{file.commit}:{inside}"
    size = _said(file.given, file.repository, "cat-file", "-s", thing)
    if size is None or int(size) > LARGEST_FILE:
        return None
    return _run(file.given, file.repository, "cat-file", "blob", thing)


def _said(given: str, folder: Path, *question: str) -> str | None:
    """git's answer in a line; None where it has none."""
    answer = _run(given, folder, *question)
    return None if answer is None else answer.decode("utf-8", "replace").strip()


def _run(given: str, folder: Path, *question: str) -> bytes | None:
    try:
        ended = subprocess.run(
            ["git", "-C", folder, *question], capture_output=True, timeout=_PATIENCE, check=False
        )
    except FileNotFoundError:
        raise CommandFault(given, "git is not installed", "install it, or name a file") from None
    except subprocess.TimeoutExpired:
        raise CommandFault(given, "git does not answer", "look after the repository") from None
    return None if ended.returncode else ended.stdout
