"""The claims of rule files, judged against baselines that run beside them.

A baseline that nobody asked for runs on the market of what was asked for, and changes nothing of
it; one that reads other data than are there is left to `compare`, where it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from hedgerow.cli.progress import Steps
from hedgerow.cli.rule_files import ENDING, RuleFile, preset_file
from hedgerow.cli.shelf import presets
from hedgerow.text.diagnostic import Refusal
from hedgerow.text.parents import NoParent

if TYPE_CHECKING:
    from hedgerow.account.run import Run
    from hedgerow.book import Book
    from hedgerow.cli.runs import Entrant, Venue
    from hedgerow.study.claims import JudgedClaim

Runs = dict[str, "Run"]  # by the fingerprint of their rules


def judged_claims(
    ready: Sequence[Entrant], runs: Sequence[Run], venue: Venue, seed: int, steps: Steps
) -> tuple[JudgedClaim, ...]:
    """Every claim of these strategies and their runs, in the order written."""
    from hedgerow.study.claims import judged, not_judged

    known: Runs = {}
    found = []
    for entrant, run in zip(ready, runs, strict=True):
        for claim in entrant.book.claims:
            baseline = _among(claim.baseline, entrant, ready, runs) or _beside(
                claim.baseline, entrant, venue, known, steps
            )
            if isinstance(baseline, str):
                found.append(not_judged(claim, run.name, baseline))
            else:
                found.append(judged(claim, run, baseline, seed=seed))
    return tuple(found)


def _among(
    name: str, entrant: Entrant, ready: Sequence[Entrant], runs: Sequence[Run]
) -> Run | None:
    """The run of that name among those asked for, by its strategy or by its file."""
    for other, run in zip(ready, runs, strict=True):
        called = (other.book.name, PurePath(other.file.name).stem)
        if other is not entrant and name in called:
            return run
    return None


def _beside(name: str, entrant: Entrant, venue: Venue, known: Runs, steps: Steps) -> Run | str:
    """The run of a strategy that nobody asked for, or why there is none."""
    try:
        book = _book(name, entrant.file)
    except Refusal:
        return f"{name} has mistakes, which `hedgerow check` shows"
    if book is None:
        return f"there is no {name}{ENDING} beside {entrant.file.name}, and no preset of that name"
    more = [each for each in book.reads if each not in venue.read]
    if more:
        return f"{name} also reads {', '.join(more)}; `hedgerow compare` judges both together"
    if book.fingerprint not in known:
        steps.more(f"running {name}")
        known[book.fingerprint] = venue.run(book, name)
    return known[book.fingerprint]


def _book(name: str, file: RuleFile) -> Book | None:
    """Of the file beside the one that claims, else of the preset. Raises Refusal."""
    from hedgerow.book import book_from_text

    found = file.parents(f"{name}{ENDING}")
    if not isinstance(found, NoParent):
        return book_from_text(found.source, found.load)
    shipped = [each for each in presets() if each.rpartition("/")[2] == name]
    if len(shipped) != 1:
        return None
    preset = preset_file(shipped[0])
    return book_from_text(preset.read(), preset.parents)
