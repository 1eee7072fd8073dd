"""From the path a variant names to the text of its parent, and never out of its folder."""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from hedgerow.text.diagnostic import Refusal, shortened
from hedgerow.text.read import LARGEST_FILE, source_from_bytes
from hedgerow.text.source import Source

LONGEST_PATH = 400  # characters
# Links are not followed and a device is not waited for, on systems that have either.
_FLAGS = ("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")


class Parent(Struct, frozen=True):
    source: Source
    load: Load  # for the parent of this one


class NoParent(Struct, frozen=True):
    """Why there is none to be had: what a diagnostic needs but its place."""

    code: str
    message: str
    help: str


Load = Callable[[str], Parent | NoParent]


def no_parents(written: str) -> NoParent:
    """For a text that stands in no folder."""
    return NoParent("V402", f"there is no folder to look for `{_short(written)}` in", "name a file")


def parents_of(file: Path, name: str, folder: Path) -> Load:
    """Reads what `file` names as its parent, as a path relative to the file.

    `name` is how a person calls the file. Symbolic links are followed before a path is judged;
    whatever then lies outside `folder` is not opened, nor is anything but a plain file.
    """

    def load(written: str) -> Parent | NoParent:
        refused = not_relative(written)
        if refused is not None:
            return refused
        path, called = file.parent / written, name_beside(name, written)
        try:
            root, real = folder.resolve(strict=True), path.resolve(strict=True)
        except (OSError, ValueError, RuntimeError):  # RuntimeError: links in a circle
            return _outside_or_missing(path, folder, written)
        if not real.is_relative_to(root):
            return outside(written)
        found = _text(real, called, written)
        if isinstance(found, NoParent):
            return found
        return Parent(found, parents_of(path, called, folder))

    return load


def not_relative(written: str) -> NoParent | None:
    """What is no relative path on one of the systems people work on."""
    drive = len(written) > 1 and written[1] == ":"
    if written.startswith(("/", "~")) or "\\" in written or drive:
        return NoParent(
            "V401",
            f"`{_short(written)}` is not a path relative to this file",
            'write it from here, with `/`: `of "core.rules"`',
        )
    if not written.strip() or len(written) > LONGEST_PATH or not written.isprintable():
        message = f"`{_short(written)}` can't be the name of a file"
        return NoParent("V402", message, 'name the file of the parent: `of "core.rules"`')
    return None


def _outside_or_missing(path: Path, folder: Path, written: str) -> NoParent:
    """Says of a place outside the folder that it is outside, and not what is there."""
    there, root = os.path.realpath(path), os.path.realpath(folder)
    if os.path.commonpath([there, root]) != root:
        return outside(written)
    return missing(written)


def missing(written: str) -> NoParent:
    message = f"there is no file `{_short(written)}` beside this one"
    if written.endswith(".rules"):
        return NoParent("V402", message, "is the name right?")
    copy = f"hedgerow show {_short(written)} > {posixpath.basename(_short(written))}.rules"
    return NoParent("V402", message, f"write the name whole; a preset is copied first: `{copy}`")


def outside(written: str) -> NoParent:
    return NoParent(
        "V401",
        f"`{_short(written)}` leads out of the folder of the rule files",
        "keep a variant and its parent in one folder, or name the folder that holds both",
    )


def _text(real: Path, called: str, written: str) -> Source | NoParent:
    """Opened without following links or waiting for a device, and never read without end."""
    try:
        handle = os.open(real, sum(getattr(os, flag, 0) for flag in _FLAGS))
        with os.fdopen(handle, "rb") as stream:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return _unreadable(written, "it is not a plain file")
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        return _unreadable(written, error.strerror or "it can't be opened")
    if len(data) > LARGEST_FILE:
        return _unreadable(written, "it is far larger than any rule file")
    try:
        return source_from_bytes(called, data)
    except Refusal as refusal:
        return _unreadable(written, refusal.diagnostics[0].message)


def _unreadable(written: str, why: str) -> NoParent:
    message = f"`{_short(written)}` can't be read: {why[:1].lower()}{why[1:]}"
    return NoParent("V402", message, "name a rule file")


def name_beside(name: str, written: str) -> str:
    """`rules/tight.rules` and `core.rules` make `rules/core.rules`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), written))


def _short(written: str) -> str:
    return shortened(written, 60)
