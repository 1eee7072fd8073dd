"""Files a command is asked to write: looked at before the work, written after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hedgerow.cli.fault import CommandFault
from hedgerow.cli.screen import say

if TYPE_CHECKING:
    from hedgerow.report.document import Document


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the page goes, and the folder of the tables; None where none is asked for."""

    page: Path | None
    folder: Path | None

    def expect(self) -> None:
        """Says before the work what could not be written after it. Raises CommandFault."""
        if self.page is not None:
            if self.page.is_dir():
                raise CommandFault(f"--html {self.page}", "this is a folder", "name a file in it")
            if not self.page.parent.is_dir():
                problem = f"there is no folder {self.page.parent}"
                raise CommandFault(f"--html {self.page}", problem, "make it, or name another place")
        if self.folder is not None:
            nearest = next(place for place in (self.folder, *self.folder.parents) if place.exists())
            if not nearest.is_dir():
                problem = f"{nearest} is a file, not a folder"
                raise CommandFault(f"--out {self.folder}", problem, "name another folder")

    def write(self, document: Document, texts: Mapping[str, str]) -> None:
        """Each whole or not at all. Raises OutputFault."""
        from hedgerow.report.atomic import write_atomically, write_folder

        if self.page is not None:
            from hedgerow.report.to_html import to_html

            write_atomically(self.page, to_html(document))
            say(f"wrote {self.page}")
        if self.folder is not None:
            write_folder(self.folder, texts)
            say(f"wrote {len(texts)} files to {self.folder}")
