"""Files that are written whole or not at all."""

from __future__ import annotations

import errno
import secrets
import shutil
import signal
import stat
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from hedgerow.files.refused import REMEDIES
from hedgerow.text.fault import Fault

_REMEDIES = REMEDIES | {
    errno.ENOENT: "make its folder first, or name another",
    errno.ENOTDIR: "a part of the path is a file; name another folder",
}
_MAY_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


class OutputFault(Fault):
    """A place that cannot be written; `where` it is."""


def write_atomically(path: Path, text: str) -> None:
    """`text` as UTF-8 in `path`; whatever goes wrong, the file is the old one or the new one.

    Raises `OutputFault` where the path cannot be written.
    """
    with _faults(path):
        if path.exists() and not path.is_file():
            raise OutputFault(str(path), "not a regular file", "name a file to write")
        target = path.resolve()  # a link keeps pointing where it points
        if target.exists() and not target.stat().st_mode & _MAY_WRITE:
            raise OutputFault(str(path), "is read-only", "let it be written (chmod u+w) first")
        _write_all({target: text})


def write_folder(folder: Path, texts: Mapping[str, str]) -> None:
    """The named files in `folder`, which is made where missing; other files in it stay. A name may
    have a folder in front.

    All texts are on the disk before the first takes its place: a full disk leaves the old files.
    Raises `OutputFault` where the folder cannot be made or written.
    """
    with _faults(folder):
        if folder.exists() and not folder.is_dir():
            raise OutputFault(str(folder), "not a folder", "name a folder for the files")
        new = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        for name in texts:
            (folder / name).parent.mkdir(exist_ok=True)
        try:
            _write_all({folder.resolve() / name: text for name, text in texts.items()})
        finally:
            if new and not any(folder.iterdir()):
                folder.rmdir()


def _write_all(texts: Mapping[Path, str]) -> None:
    """Drafts beside their places first, then each into its place; no draft is left behind."""
    drafts = {target: _beside(target) for target in texts}
    try:
        for target, text in texts.items():
            drafts[target].write_text(text, encoding="utf-8", newline="\n")
            if target.exists():
                shutil.copymode(target, drafts[target])
        with _uninterrupted():
            for target, draft in drafts.items():
                draft.replace(target)
    finally:
        for draft in drafts.values():
            # Where the folder is missing or a file, there is no draft either.
            with suppress(OSError):
                draft.unlink()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C waits until it is done: files that belong together are all old or all new."""
    if threading.current_thread() is not threading.main_thread():
        yield  # no other thread is ever interrupted
        return
    struck: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: struck.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if struck:
        signal.raise_signal(signal.SIGINT)


def _beside(target: Path) -> Path:
    """A name nobody uses, in the same folder, so that taking the place is one step."""
    return target.with_name(f".{target.name[:80]}.{secrets.token_hex(8)}.draft")


@contextmanager
def _faults(asked: Path) -> Iterator[None]:
    """What the system says about a path, as an `OutputFault` with a way out."""
    try:
        yield
    except OSError as error:
        problem = (error.strerror or str(error)).lower()
        remedy = _REMEDIES.get(error.errno or 0, "name another place")
        raise OutputFault(str(asked), f"cannot be written: {problem}", remedy) from error
