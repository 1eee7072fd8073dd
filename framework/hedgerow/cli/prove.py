"""`hedgerow prove`: invariants and the laws of every run, on generated markets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec import Struct, to_builtins

from hedgerow.cli.options import Format, ForWhom, Seed
from hedgerow.cli.progress import Steps
from hedgerow.cli.rule_files import RuleFile, rule_files
from hedgerow.cli.screen import say, write, write_for_programs
from hedgerow.cli.status import Status
from hedgerow.text.in_words import counted

if TYPE_CHECKING:
    from hedgerow.proof.prove import Tried

FORMAT_VERSION = "1.0"
MOST_MARKETS, MOST_DAYS = 10_000, 2_520  # of one seed; of a test


class Markets(Struct, frozen=True):
    count: int
    days: int
    seed: int


class Done(Struct, frozen=True):
    file: RuleFile
    unknown: list[str]  # series that no generated market has
    found: tuple[Tried, ...]


def prove(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Rule files, folders of them, names of presets."),
    ],
    markets: Annotated[
        int, typer.Option(metavar="N", min=1, max=MOST_MARKETS, help="How many markets.")
    ] = 50,
    days: Annotated[
        int, typer.Option(metavar="N", min=2, max=MOST_DAYS, help="Trading days of each.")
    ] = 120,
    seed: Seed = None,
    writing: Annotated[
        bool, typer.Option("--write", help="Add the tests that break a promise to the files.")
    ] = False,
    output: ForWhom = Format.HUMAN,
) -> Status:
    """Try the invariants of rule files, and the laws of every run, on generated markets.

    A promise that breaks comes with the smallest market found that breaks it, as a test.

    Example: hedgerow prove alvh/three_layer --markets 200
    """
    from hedgerow.cli.runs import entrants
    from hedgerow.proof.made_up import UNSAID
    from hedgerow.proof.prove import prove as tried

    files, asked = rule_files(paths), Markets(markets, days, 1 if seed is None else seed)
    done = []
    with Steps("generating markets", markets * len(files)) as steps:
        for file, entrant in zip(files, entrants(files), strict=True):
            begin = partial(steps.begin, f"trying {file.name}")
            found = tried(entrant.book, asked.count, asked.days, asked.seed, begin)
            unknown = sorted({*entrant.book.needs, *entrant.book.wants} - UNSAID.keys())
            done.append(Done(file, unknown, found))
    if output is Format.JSON:
        write_for_programs(FORMAT_VERSION, _content(done, asked))
    else:
        write("".join(f"{line}\n" for each in done for line in _told(each, asked)))
    if writing:
        for each in done:
            _write(each)
    broken = any(promise.broken for each in done for promise in each.found)
    return Status.PROBLEMS if broken else Status.CLEAN


def _told(done: Done, asked: Markets) -> Iterator[str]:
    days = f"{asked.days} trading days, seed {asked.seed}"
    yield f"{done.file.name}: {asked.count} generated markets of {days}"
    if done.unknown:
        yield f"  unknown on all of them: {', '.join(done.unknown)}"
    for each in done.found:
        place = f"  ({each.place})" if each.place else ""
        yield f"  {_outcome(each):<13} {each.promise}{place}"
        counts = {"held": each.held, "broken": each.broken, "inconclusive": each.inconclusive}
        told = [f"{word} on {count}" for word, count in counts.items() if count]
        if len(told) > 1:
            yield f"  {'':<13} {', '.join(told)}"
        if each.test:
            yield from (f"      {line}" for line in each.test.splitlines())


def _outcome(tried: Tried) -> str:
    if tried.broken:
        return "broken"
    if not tried.held:
        return "inconclusive"
    return "held" if tried.tried else "untried"


def _content(done: Sequence[Done], asked: Markets) -> dict[str, Any]:
    files = [
        {"file": each.file.name, "unknown": each.unknown, "promises": to_builtins(each.found)}
        for each in done
    ]
    return {"markets": to_builtins(asked), "files": files}


def _write(done: Done) -> None:
    """The tests below what stands in the file; one that stands there already is left alone."""
    from hedgerow.files.atomic import write_atomically
    from hedgerow.text.read import read_bytes

    text = read_bytes(done.file.path).decode("utf-8")
    add = "add " if re.search(r"^variant\b", text, re.M) else ""
    tests = [each.test for each in done.found if each.place and each.test]  # of invariants
    new = [test for test in tests if test.splitlines()[0] not in text]
    if new:
        end = "\r\n" if "\r\n" in text else "\n"
        blocks = "".join(f"\n{add}{test}\n" for test in new)
        write_atomically(done.file.path, text.rstrip() + end + blocks.replace("\n", end))
        say(f"{done.file.name}: {counted(len(new), 'test')} added")
