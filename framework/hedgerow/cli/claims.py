"""The claims of rule files: of those compared against each other, of one that runs alone against a
baseline that is found for it.

Such a baseline runs on the market of the file that claims, and changes nothing of it; one that
reads other data than are there is left to `compare`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from hedgerow.cli.progress import Steps
from hedgerow.cli.rule_files import ENDING, RuleText, preset_file
from hedgerow.cli.shelf import presets
from hedgerow.text.diagnostic import Refusal
from hedgerow.text.parents import NoParent

if TYPE_CHECKING:
    from hedgerow.account.run import Run
    from hedgerow.book import Book
    from hedgerow.cli.runs import Entrant, Venue
    from hedgerow.study.claims import JudgedClaim


def claims_alone(
    entrant: Entrant, run: Run, venue: Venue, seed: int, steps: Steps
) -> tuple[JudgedClaim, ...]:
    """Every claim of one strategy, in the order written; baselines are run for it."""
    known: dict[str, Run] = {}

    def baseline(name: str) -> Run | str:
        return _beside(name, entrant, venue, known, steps)

    return _judged(entrant, run, baseline, seed)


def claims_among(
    ready: Sequence[Entrant], runs: Sequence[Run], seed: int
) -> tuple[JudgedClaim, ...]:
    """Every claim of strategies that were run together, in the order written."""

    def baseline(name: str) -> Run | str:
        for entrant, run in zip(ready, runs, strict=True):
            if name in (entrant.book.name, PurePath(entrant.file.name).stem):
                return run
        return f"{name} is not among those compared"

    return tuple(
        claim
        for entrant, run in zip(ready, runs, strict=True)
        for claim in _judged(entrant, run, baseline, seed)
    )


def _judged(
    entrant: Entrant, run: Run, baseline: Callable[[str], Run | str], seed: int
) -> tuple[JudgedClaim, ...]:
    """`baseline` gives the run of a name, or why there is none."""
    from hedgerow.study.claims import judged, not_judged

    found = []
    for claim in entrant.book.claims:
        other = baseline(claim.baseline)
        if isinstance(other, str):
            found.append(not_judged(claim, run.name, other))
        else:
            found.append(judged(claim, run, other, seed=seed))
    return tuple(found)


def _beside(
    name: str, entrant: Entrant, venue: Venue, known: dict[str, Run], steps: Steps
) -> Run | str:
    """The run of a strategy that nobody asked for, or why there is none; `known` by fingerprint."""
    try:
        book = _book(name, entrant.file)
    except Refusal:
        return f"{name} has mistakes, which `hedgerow check` shows"
    if book is None:
        return f"there is no {name}{ENDING} beside {entrant.file.name}, and no preset of that name"
    more = venue.lacks(book)
    if more:
        return f"{name} also reads {', '.join(more)}; `hedgerow compare` judges both together"
    if book.fingerprint not in known:
        steps.more(f"running {name}")
        known[book.fingerprint] = venue.run(book, name)
    return known[book.fingerprint]


def _book(name: str, file: RuleText) -> Book | None:
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
