"""`hedgerow test`: the scenario tests in rule files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec import to_builtins

from hedgerow.cli.fault import CommandFault
from hedgerow.cli.options import Format, ForWhom
from hedgerow.cli.rule_files import rule_files
from hedgerow.cli.screen import say, write, write_for_programs
from hedgerow.cli.status import Status
from hedgerow.text.in_words import counted, listed

if TYPE_CHECKING:
    from hedgerow.account.run import Kept
    from hedgerow.cli.runs import Entrant
    from hedgerow.proof.rehearsal import Covered, Failure, Looked, Rehearsal

    Done = tuple[Entrant, tuple[Rehearsal, ...]]

FORMAT_VERSION = "1.0"
_UNSEEN = {
    (True, False): "never false",
    (False, True): "never true",
    (False, False): "never known",
}


def test(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Rule files, folders of them, names of presets."),
    ],
    coverage: Annotated[
        bool,
        typer.Option("--coverage", help="Say which conditions were ever true, and ever false."),
    ] = False,
    recording: Annotated[
        bool,
        typer.Option("--record", help="Write what is decided into the files, and show the change."),
    ] = False,
    output: ForWhom = Format.HUMAN,
) -> Status:
    """Carry out the tests in rule files: prices in, decisions expected.

    Example: hedgerow test rules/alvh --coverage
    """
    if recording:
        return _recorded(paths, plain=not coverage and output is Format.HUMAN)
    from hedgerow.cli.runs import entrants
    from hedgerow.proof.rehearsal import rehearsed

    ready = entrants(rule_files(paths))
    done = [
        (each, tuple(rehearsed(each.book, scenario) for scenario in each.book.tests))
        for each in ready
    ]
    carried_out = [rehearsal for _, several in done for rehearsal in several]
    if not carried_out:
        raise CommandFault(
            ", ".join(paths), "no test is written there", 'write one: `test "..." { ... }`'
        )
    failed = sum(not each.passed for each in carried_out)
    if output is Format.JSON:
        write_for_programs(FORMAT_VERSION, _content(done))
    else:
        write("".join(f"{line}\n" for line in _told(done, coverage=coverage)))
    count = counted(len(carried_out), "test")
    say(f"{count} carried out: {f'{failed} failed' if failed else 'all passed'}")
    return Status.PROBLEMS if failed else Status.CLEAN


def _recorded(paths: list[str], *, plain: bool) -> Status:
    from hedgerow.cli.record import record

    if not plain:
        raise CommandFault(
            "--record", "shows what it changes, and nothing else", "leave the other options out"
        )
    return record(rule_files(paths))


def _told(done: Sequence[Done], *, coverage: bool) -> Iterator[str]:
    """What failed, and for each file that has tests the coverage, where it is asked for."""
    from hedgerow.proof.rehearsal import together

    for entrant, rehearsals in done:
        for rehearsal in rehearsals:
            if not rehearsal.passed:
                yield f'failed: {entrant.file.name}: "{rehearsal.text}"'
            if not rehearsal.expected:
                yield f"  it expects nothing ({rehearsal.place}); --record writes what is decided"
            for failure in rehearsal.failures:
                yield from _failure(failure)
            for kept in rehearsal.broken:
                yield _broken(kept)
        if coverage and rehearsals:
            yield from _coverage(entrant.file.name, together(rehearsals))


def _broken(kept: Kept) -> str:
    values = ", ".join(f"{each.text} was {each.value}" for each in kept.seen)
    there = f": {values}" if values else ""
    return f"  broken: {kept.text}, first on {kept.first}, made up{there}  ({kept.place})"


def _failure(failure: Failure) -> Iterator[str]:
    yield f"  {failure.expected}  ({failure.place})"
    yield f"    decided on {_days(failure.happened)}"
    if failure.looked or failure.stopped:
        yield f"    on day {failure.day} ({failure.at}, made up):"
    for why in failure.stopped:
        yield f"      {why}"
    for looked in failure.looked:
        yield from _looked(looked)


def _days(days: Sequence[int]) -> str:
    """`no day`, `day 3`, `days 3, 8 and 9`."""
    noun = "day" if len(days) == 1 else "days"
    return f"{noun} {listed([str(day) for day in days])}" if days else "no day"


def _looked(looked: Looked) -> Iterator[str]:
    yield (
        f"      {looked.rule}: {looked.clause} {looked.text} was {looked.truth}; "
        f"true on {counted(looked.true_days, 'day')}  ({looked.place})"
    )
    for seen in looked.seen:
        if seen.text != looked.text:
            yield f"        {seen.text} was {seen.value}"


def _coverage(name: str, rows: Sequence[Covered]) -> Iterator[str]:
    """How many conditions the tests saw both ways, and each that they did not."""
    missing = [row for row in rows if not (row.true and row.false)]
    both = f"of {counted(len(rows), 'condition')} {len(rows) - len(missing)} were true and false"
    yield f"coverage of {name}: {both}"
    for row in missing:
        told = _UNSEEN[row.true, row.false]
        yield f"  {told:<13}{row.rule}: {row.clause} {row.text}  ({row.place})"


def _content(done: Sequence[Done]) -> dict[str, Any]:
    from hedgerow.proof.rehearsal import together

    return {
        "files": [
            {
                "file": entrant.file.name,
                "tests": [_test(rehearsal) for rehearsal in rehearsals],
                "coverage": [to_builtins(row) for row in together(rehearsals)],
            }
            for entrant, rehearsals in done
        ],
    }


def _test(rehearsal: Rehearsal) -> dict[str, Any]:
    return {
        "name": rehearsal.text,
        "place": rehearsal.place,
        "days": rehearsal.days,
        "passed": rehearsal.passed,
        "failures": [to_builtins(failure) for failure in rehearsal.failures],
        "broken": [to_builtins(kept) for kept in rehearsal.broken],
    }
