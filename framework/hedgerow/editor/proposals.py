"""Proposals by what they are: words, units, values, series, rules, structures, measures."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from hedgerow.book.leaves import COLUMNS
from hedgerow.book.names import Names
from hedgerow.book.structures import prelude
from hedgerow.editor.described import gives, head_of, opening_line
from hedgerow.editor.document import Document
from hedgerow.editor.keywords import KEYWORDS, Keyword
from hedgerow.language import tree
from hedgerow.vocabulary import RESULTS, WORDS
from hedgerow.vocabulary.shocks import episodes
from hedgerow.vocabulary.structures import PRIMITIVES, contract_head
from hedgerow.vocabulary.word import Family, Subject, Word


class Sort(StrEnum):
    """What a proposal is; editors draw each with a sign of its own."""

    KEYWORD = "keyword"
    VALUE = "value"
    SERIES = "series"
    CALENDAR = "calendar"
    RULE = "rule"
    STRUCTURE = "structure"
    INDICATOR = "indicator"
    MEASURE = "measure"
    ARGUMENT = "argument"
    UNIT = "unit"
    SHOCK = "shock"


class Proposal(Struct, frozen=True):
    label: str
    sort: Sort
    detail: str = ""  # a few words beside the label
    says: str = ""  # a sentence or two
    line: str = ""  # with gaps to fill in, as `keywords` writes them; empty: the label


def keyword(word: str) -> Proposal:
    known = KEYWORDS.get(word, Keyword(""))
    return Proposal(word, Sort.KEYWORD, "", known.says, known.line)


def argument_names(
    structure: tree.Structure | None, name: str, given: list[str]
) -> Iterator[Proposal]:
    written = {each.partition("=")[0].strip() for each in given}
    if structure is None:
        wanted: dict[str, str] = dict.fromkeys(PRIMITIVES[name], "")
    else:
        wanted = {
            each.name: f"else {each.default.span.text}" if each.default else ""
            for each in structure.parameters[1:]
        }
    for parameter, default in wanted.items():
        if parameter not in written:
            yield Proposal(parameter, Sort.ARGUMENT, default, line=f"{parameter} = ")


def values(document: Document, rule: str | None) -> Iterator[Proposal]:
    """Everything that has a value here."""
    names = document.names
    reading = document.reading(rule)
    for name in reading.local:
        yield Proposal(name, Sort.VALUE, gives(reading.local[name]))
    for name, node in names.values.items():
        yield Proposal(name, Sort.VALUE, gives(reading.values.get(name)), node.value.span.text)
    yield from series(names)
    for word in WORDS.values():
        own = Subject.POSITION in word.subjects and rule is not None
        if word.subjects and (own or Subject.ACCOUNT in word.subjects):
            yield row(word)
    for leg in reading.legs.get(rule or "", ()):
        yield Proposal(leg, Sort.RULE, "a leg")
    yield from subjects(names)
    for word in WORDS.values():
        if word.family in (Family.INDICATOR, Family.MARKET):
            yield row(word)


def series(names: Names) -> Iterator[Proposal]:
    for name in names.series:
        yield Proposal(name, Sort.SERIES, "wanted" if name in names.wants else "needed")


def subjects(names: Names) -> Iterator[Proposal]:
    """Rules by the shortest name that is clear, stacks, and all of it."""
    for path, node in names.rules.items():
        short = path.rpartition(".")[2]
        label = short if len(names.rule_paths(short, None)) == 1 else path
        yield Proposal(label, Sort.RULE, opening_line(node))
    for stack in names.stacks:
        yield Proposal(stack, Sort.RULE, "a layer stack")
    yield Proposal("book", Sort.RULE, "all open positions")


def shocks(names: Names) -> Iterator[Proposal]:
    """Those of the file, then those that come with the language."""
    for name in names.shocks:
        yield Proposal(name, Sort.SHOCK)
    for each in episodes().values():
        yield Proposal(each.name, Sort.SHOCK, f"{each.first} to {each.last}", each.story)


def structures(names: Names) -> Iterator[Proposal]:
    for node in (*names.structures.values(), *prelude().values()):
        yield Proposal(node.name, Sort.STRUCTURE, head_of(node), line=f"{node.name}($0)")
    for name in PRIMITIVES:
        yield Proposal(name, Sort.STRUCTURE, contract_head(name), line=f"{name}($0)")


def members(document: Document, rule: str | None, parts: list[str]) -> Iterator[Proposal]:
    """What may stand behind a dot."""
    names = document.names
    written = ".".join(parts)
    if parts[0] in names.series:
        for column in COLUMNS:
            yield Proposal(column, Sort.SERIES)
        return
    near = rule.rpartition(".")[0] if rule else None
    legs = document.reading(rule).legs
    paths = names.rule_paths(written, near)
    if written in names.stacks:
        for path in names.stacks[written]:
            yield Proposal(path.rpartition(".")[2], Sort.RULE, opening_line(names.rules[path]))
        yield from measures(Subject.STACK)
    elif len(paths) == 1:
        for leg in legs.get(paths[0], ()):
            yield Proposal(leg, Sort.RULE, "a leg")
        yield from measures(Subject.POSITION)
    elif written == "book":
        yield from measures(Subject.BOOK)
    elif parts[-1] in {leg for each in legs.values() for leg in each}:
        yield from measures(Subject.LEG)


def measures(subject: Subject) -> Iterator[Proposal]:
    for word in WORDS.values():
        if subject in word.subjects and word.family is not Family.STATE and not word.called:
            yield Proposal(word.name, Sort.MEASURE, str(word.result), word.description)


def results() -> Iterator[Proposal]:
    for word in RESULTS.values():
        yield row(word)


def row(word: Word) -> Proposal:
    sort = Sort.MEASURE if word.subjects else Sort.INDICATOR
    line = f"{word.name}($0)" if word.called else ""
    return Proposal(word.name, sort, str(word.result), word.description, line)
