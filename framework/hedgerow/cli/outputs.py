"""Where results go: files are looked at before the work and written after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from hedgerow.cli.fault import CommandFault
from hedgerow.cli.options import Format
from hedgerow.cli.screen import results, say, write

if TYPE_CHECKING:
    from hedgerow.report.document import Document


class Outputs(Struct, frozen=True):
    """The page, the folder of the tables (None where none is asked for), standard output."""

    page: Path | None
    folder: Path | None
    output: Format

    def expect(self) -> None:
        """Says before the work what could not be written after it. Raises CommandFault."""
        for option, place, look in (
            ("--html", self.page, _look_at_page),
            ("--out", self.folder, look_at_folder),
        ):
            if place is not None:
                try:
                    trouble = look(place)
                except OSError as error:
                    trouble = (error.strerror or str(error)).lower(), "name another place"
                if trouble:
                    raise CommandFault(f"{option} {place}", *trouble)

    def deliver(
        self,
        document: Callable[[], Document],
        in_json: Callable[[], str],
        files: Callable[[], Mapping[str, str]],
    ) -> None:
        """Files first, then standard output, which a pipe may close early.

        `in_json` says for programs what `document` says for people, `files` makes the texts of the
        folder; each is made where it is asked for. Raises OutputFault where a file can't be
        written; the result has been shown by then.
        """
        from hedgerow.files.atomic import OutputFault

        once = cache(document)
        try:
            self._write(once, files)
        except OutputFault:
            self._show(once, in_json)
            raise
        self._show(once, in_json)

    def _write(
        self, document: Callable[[], Document], files: Callable[[], Mapping[str, str]]
    ) -> None:
        """Each file whole or not at all."""
        from hedgerow.files.atomic import write_atomically, write_folder

        if self.page is not None:
            from hedgerow.report.to_html import to_html

            write_atomically(self.page, to_html(document()))
            say(f"wrote {self.page}")
        if self.folder is not None:
            texts = files()
            write_folder(self.folder, texts)
            say(f"wrote {len(texts)} files to {self.folder}")

    def _show(self, document: Callable[[], Document], in_json: Callable[[], str]) -> None:
        """For people the document, for programs the numbers behind it."""
        if self.output is Format.JSON:
            write(in_json())
        else:
            from hedgerow.report.to_terminal import to_terminal

            to_terminal(document(), results())


def _look_at_page(page: Path) -> tuple[str, str] | None:
    """A problem and its remedy, where there is one to be seen."""
    if page.is_dir():
        return "this is a folder", "name a file in it"
    if not page.parent.is_dir():
        return f"there is no folder {page.parent}", "make it, or name another place"
    return None


def look_at_folder(folder: Path) -> tuple[str, str] | None:
    """A problem and its remedy, where files can't go there."""
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    if not nearest.is_dir():
        return f"{nearest} is a file, not a folder", "name another folder"
    return None
