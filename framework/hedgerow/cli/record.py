"""`hedgerow test --record`: what the rules decide in their tests, written into the files."""

from __future__ import annotations

from collections.abc import Iterable

from hedgerow.cli import screen
from hedgerow.cli.difference import difference
from hedgerow.cli.rule_files import RuleFile
from hedgerow.cli.runs import Entrant, entrants
from hedgerow.cli.status import Status
from hedgerow.text.diagnostic import Edit


def record(files: Iterable[RuleFile]) -> Status:
    """Every file, after all of them were read: each changed line is shown.

    Raises Refusal, DataFault, OutputFault.
    """
    known = list(files)
    made = [_file(file, each) for file, each in zip(known, entrants(known), strict=True)]
    return max(made, default=Status.CLEAN)


def _file(file: RuleFile, entrant: Entrant) -> Status:
    from hedgerow.proof.recording import recorded
    from hedgerow.proof.rehearsal import rehearsed

    status, edits, name = Status.CLEAN, list[Edit](), file.name
    for scenario in entrant.book.tests:
        changes = recorded(entrant.book, scenario, rehearsed(entrant.book, scenario))
        if scenario.span.source.name == name:
            edits += changes
        elif changes:
            screen.say(f'{name}: "{scenario.text}" is written in {scenario.span.place}, and fails')
            status = Status.PROBLEMS
    if edits:
        _write(file, edits)
    else:
        screen.say(f"{name}: nothing to record")
    return status


def _write(file: RuleFile, edits: list[Edit]) -> None:
    from hedgerow.files.atomic import write_atomically
    from hedgerow.text.edits import edited
    from hedgerow.text.read import read_bytes, source_from_bytes

    written = read_bytes(file.path)
    after = edited(written.decode("utf-8"), edits)
    write_atomically(file.path, after)
    before = source_from_bytes(file.name, written).text
    now = source_from_bytes(file.name, after.encode("utf-8")).text
    screen.write(difference(file.name, before, now, "recorded"))
