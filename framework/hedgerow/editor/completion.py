"""What could stand at the cursor: the words the grammar has room for, and names that make sense."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from hedgerow.book.events import BY_RULE
from hedgerow.book.structures import built_in_structure
from hedgerow.editor.document import Document
from hedgerow.editor.fitting import units_at
from hedgerow.editor.place import Place, place_at
from hedgerow.editor.proposals import (
    Proposal,
    Sort,
    argument_names,
    keyword,
    members,
    results,
    series,
    shocks,
    structures,
    subjects,
    values,
)  # fmt: skip
from hedgerow.language import tree
from hedgerow.language.expected import NAME, expected_after, words_of
from hedgerow.text.source import Span
from hedgerow.vocabulary import WORDS
from hedgerow.vocabulary.structures import PRIMITIVES
from hedgerow.vocabulary.units import UNITS
from hedgerow.vocabulary.word import Role, Word

KNOWN_SERIES = ("SPX", "VIX", "VIX3M")
KNOWN_CALENDARS = ("FOMC", "CPI", *BY_RULE)
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.])[0-9][0-9,]*(?:\.[0-9]+)?[ \t]*\Z")
_DOTTED = re.compile(r"((?:[A-Za-z_][A-Za-z0-9_]*\.)+)\Z")
_CALL = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\($")
_NEW_NAME = re.compile(
    r"^(?:add\s+)?(?:param|let|shock|structure|entry|layers|layer|strategy|variant|test|claim)\s*\Z"
)
_CALENDAR_NEXT = re.compile(r"(?:\bsessions?\s+(?:before|after|of)|\bon|^events\b.*)\s*\Z")
_ACTION_NEXT = re.compile(r"(?:\b(?:buy|sell|offset|into)(?:\s+[0-9a-z_]+\s+x)?)\s+\Z")
_SUBJECT_NEXT = re.compile(r"\b(?:no|entry|exit|roll|to|drop|set)\s+\Z")


class Completions(Struct, frozen=True):
    replaced: Span  # the word at the cursor, as far as it is written
    proposals: tuple[Proposal, ...]  # the likeliest first


def completions(document: Document, offset: int) -> Completions:
    """Proposals for the word at a cursor; none in comments and texts."""
    place = place_at(document.source.text, offset)
    if place is None:
        return Completions(Span(document.source, offset, offset), ())
    rest = document.source.text[offset:].partition("\n")[0]
    found = {each.label: each for each in _proposals(document, place, rest)}
    replaced = Span(document.source, offset - len(place.word), offset)
    return Completions(replaced, tuple(found.values()))


def _proposals(document: Document, place: Place, rest: str) -> Iterator[Proposal]:
    if place.line_start and place.kind.words:
        yield from _first_words(document, place)
        return
    dotted = _DOTTED.search(place.written)
    if dotted is not None and place.in_claim and dotted[1] == "baseline.":
        yield from results()
        return
    if dotted is not None:
        yield from members(document, place.rule, dotted[1][:-1].split("."))
        return
    if _NUMBER.search(place.written) and not place.word.isupper():
        yield from _units(document, place, rest)
        if not place.written[-1:].isspace():
            return
    expected = _expected(place)
    if expected is None or _NEW_NAME.match(place.written):
        return
    if NAME in expected:
        yield from _names(document, place)
    yield from _keywords(expected)


def _expected(place: Place) -> frozenset[str] | None:
    start, written = place.kind.start, place.written
    first = written.split(maxsplit=1)[:1]
    if start == "file":
        start = "header" if first in (["strategy"], ["variant"]) else "statement"
    if start == "series" and first == ["expect"]:
        start = "expect"
    return expected_after(written, start)


def _first_words(document: Document, place: Place) -> Iterator[Proposal]:
    words: Iterable[str] = place.kind.words
    if place.kind.start == "file":
        header = document.tree.header
        varies = header is not None and header.kind == "variant"
        only_variants, only_first = {"set", "drop", "add"}, {"strategy", "variant"}
        hidden = (set() if varies else only_variants) | (only_first if header else set())
        words = [each for each in words if each not in hidden]
    for word in words:
        yield keyword(word)
    if place.kind.start == "series":
        yield from series(document.names)


def _keywords(expected: Iterable[str]) -> Iterator[Proposal]:
    for word in sorted({word for terminal in expected for word in words_of(terminal)}):
        if _is_unit(word):
            continue
        yield keyword(word)


def _is_unit(word: str) -> bool:
    """Units are proposed behind numbers, where it is known which of them fit."""
    return word in UNITS or f"{word}s" in UNITS


def _units(document: Document, place: Place, rest: str) -> Iterator[Proposal]:
    space = "" if place.written[-1:].isspace() else " "
    for unit in units_at(document, place, rest):
        lead = "" if unit == "%" else space
        yield Proposal(unit, Sort.UNIT, UNITS[unit].kind.value, line=lead + unit)


def _names(document: Document, place: Place) -> Iterator[Proposal]:
    """Names that make sense behind what is written, those of the file first."""
    written, names = place.written, document.names
    if place.in_claim:
        yield from results()
        yield Proposal("baseline", Sort.MEASURE, "the other run", line="baseline.")
        return
    call = _open_call(written)
    if written.split()[:1] in (["needs"], ["wants"]):
        for name in KNOWN_SERIES:
            if name not in names.series:
                yield Proposal(name, Sort.SERIES)
    elif _CALENDAR_NEXT.search(written):
        declared = _calendars(document)
        for name in declared if not written.startswith("events") else KNOWN_CALENDARS:
            yield Proposal(name, Sort.CALENDAR)
    elif _ACTION_NEXT.search(written):
        yield from structures(names)
    elif _SUBJECT_NEXT.search(written):
        yield from subjects(names)
    elif place.kind.start == "move":
        yield from series(names)
    elif call is not None:
        yield from _arguments(document, place, *call)
    else:
        yield from values(document, place.rule)


def _calendars(document: Document) -> list[str]:
    declared = [
        name.parts[0]
        for each in document.tree.statements
        if isinstance(each, tree.Declare) and each.keyword == "events"
        for name in each.names
    ]
    return [*declared, *BY_RULE]


def _open_call(written: str) -> tuple[str, list[str]] | None:
    """The call whose parentheses the cursor stands in: its name, its arguments so far."""
    depth, parts, end = 0, [""], len(written)
    for at in range(len(written) - 1, -1, -1):
        char = written[at]
        if char == ")":
            depth += 1
        elif char == "(" and depth:
            depth -= 1
        elif char == "(":
            called = _CALL.search(written[: at + 1])
            parts[0] = written[at + 1 : end]
            return (called[1], parts) if called else None
        elif char == "," and not depth:
            parts[0] = written[at + 1 : end]
            parts.insert(0, "")
            end = at
    return None


def _arguments(document: Document, place: Place, name: str, given: list[str]) -> Iterator[Proposal]:
    """Argument names, or what fits the argument that is being written."""
    names, word = document.names, WORDS.get(name)
    structure = names.structures.get(name) or built_in_structure(name)
    opens = structure is not None or name in PRIMITIVES
    if opens and (word is None or place.written.lstrip().startswith(("buy", "sell", "offset"))):
        if len(given) == 1:
            yield from series(names)
        elif given[-1].strip() == "":
            yield from argument_names(structure, name, given)
        else:
            yield Proposal("atm", Sort.KEYWORD, "at the money")
            yield from values(document, place.rule)
    elif word is not None:
        yield from _word_arguments(document, place, word, given)


def _word_arguments(
    document: Document, place: Place, word: Word, given: list[str]
) -> Iterator[Proposal]:
    index = min(len(given), len(word.parameters)) - 1
    role = word.parameters[index].role if word.parameters else Role.SERIES
    match role:
        case Role.SUBJECT:
            yield from subjects(document.names)
        case Role.UNDERLYING:
            yield from series(document.names)
        case Role.SHOCK:
            yield from shocks(document.names)
        case _:
            if given[-1].strip() == "":
                for parameter in word.parameters[index:]:
                    if parameter.role in (Role.WINDOW, Role.CONSTANT):
                        yield Proposal(parameter.name, Sort.ARGUMENT, str(parameter.role),
                                       line=f"{parameter.name} = ")  # fmt: skip
            yield from values(document, place.rule)
