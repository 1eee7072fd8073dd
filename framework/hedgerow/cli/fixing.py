"""`hedgerow check --fix`: safe fixes written into the files, each of them shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hedgerow.book.mending import Mended, mended
from hedgerow.cli import screen
from hedgerow.cli.rule_files import RuleFile
from hedgerow.files.atomic import write_atomically
from hedgerow.text.diagnostic import Diagnostic, Refusal
from hedgerow.text.parents import no_parents
from hedgerow.text.read import read_bytes


def fix_files(files: Iterable[RuleFile]) -> int:
    """Carries out the safe fixes of each file; how many. A file without any is not touched.

    Raises OutputFault where a file can't be written.
    """
    count = 0
    for file in files:
        try:
            after = mended(file.name, read_bytes(file.path), file.parents)
        except Refusal:
            continue  # the check that follows says why
        if after.mends:
            write_atomically(file.path, after.text)
            _show(after)
            count += len(after.mends)
    return count


def fixed_text(name: str, data: bytes) -> tuple[str, Sequence[Diagnostic]]:
    """A text that stands in no file, and what is left to report. Raises Refusal."""
    after = mended(name, data, no_parents)
    _show(after)
    return after.text, after.left


def _show(after: Mended) -> None:
    """A line each."""
    for each in after.mends:
        found = each.mistake
        screen.say(f"fixed {found.span.place}: {found.code} {found.name}: {each.fix.title}")
