"""What the language has, told to a person: words, structures, shocks, units."""

from __future__ import annotations

from collections.abc import Iterator

from rich.padding import Padding
from rich.text import Text

from hedgerow.vocabulary import RESULTS, WORDS
from hedgerow.vocabulary.shocks import Episode, episodes
from hedgerow.vocabulary.structures import PRIMITIVES, built_in, contract_head
from hedgerow.vocabulary.units import UNITS
from hedgerow.vocabulary.word import Family, Word

HEADINGS = {
    Family.INDICATOR: "Of series",
    Family.MARKET: "Of options and futures",
    Family.DATE: "Of the date",
    Family.MEASURE: "Of positions, layer stacks, the book and the account",
    Family.STATE: "True or not, of a position or a layer",
    Family.RESULT: "Of a whole run, in claims; of the baseline as baseline.NAME",
}
Told = Text | Padding
_WINGS = (
    "# A wing in points is a distance from the short strike: further out of the money when the\n"
    "# structure is sold, nearer when it is bought. In delta, sd or % it names its own strike.\n"
)


def vocabulary() -> Iterator[Told]:
    """Everything, a line or two each."""
    for family, heading in HEADINGS.items():
        yield _heading(heading)
        for word in (*WORDS.values(), *RESULTS.values()):
            if word.family is family:
                yield from _briefly(word)
    yield _heading("Structures, to buy or sell")
    for name in PRIMITIVES:
        yield Text(contract_head(name), style="bold")
    for text in built_in().values():
        yield Text(_head(text), style="bold")
    yield _heading("Shocks that happened, for loss(book, shock)")
    for episode in episodes().values():
        yield from _fall(episode)
    yield _heading("Units")
    for written, unit in UNITS.items():
        yield from (Text(written, style="bold"), _below(unit.says))


def as_written(name: str) -> str | None:
    """A structure or a shock in the lines of the language; None where none is so called."""
    text = episodes()[name].text if name in episodes() else built_in().get(name)
    return f"{_WINGS}{text}" if text and "wing" in text else text


def in_full(name: str) -> list[Told] | None:
    """All there is to say of one word or unit; None where none is so called."""
    found = [words[name] for words in (WORDS, RESULTS) if name in words]
    if found:
        return [line for word in found for line in _word(word)]
    if name in PRIMITIVES:
        told = _below(f"One contract: {name}, bought or sold.")
        return [Text(contract_head(name), style="bold"), told]
    if name in UNITS:
        unit = UNITS[name]
        return [Text(name, style="bold"), _below(f"{unit.says} Its kind: {unit.kind.value}.")]
    return None


def names() -> list[str]:
    return [
        *WORDS,
        *(name for name in RESULTS if name not in WORDS),
        *PRIMITIVES,
        *built_in(),
        *episodes(),
        *UNITS,
    ]


def _word(word: Word) -> Iterator[Told]:
    yield from _briefly(word)
    if word.family is Family.INDICATOR:
        yield _below(f"First value after {word.first_value} sessions (defaults; 20 where none).")
    if word.subjects:
        yield _below(f"Of {', '.join(word.subjects)}.")
    if word.together:
        yield _below(f"Of several positions: {word.together}.")
    if word.source:
        yield _below(f"Source: {word.source}")


def _briefly(word: Word) -> tuple[Told, Told]:
    return Text(word.usage, style="bold"), _below(f"{word.description} Gives {word.result}.")


def _fall(episode: Episode) -> tuple[Told, Told]:
    told = f"{episode.first} to {episode.last}: {episode.story} {episode.remarks[0]}"
    return Text(episode.name, style="bold"), _below(told)


def _head(structure: str) -> str:
    """`iron_condor(U, expiry, short, wing)` of the whole text, what has a default left out."""
    head = structure.split("\n", 1)[0].removeprefix("structure ").removesuffix(" {")
    name, _, inside = head.removesuffix(")").partition("(")
    required = [each.strip() for each in inside.split(",") if "=" not in each]
    return f"{name}({', '.join(required)})"


def _heading(text: str) -> Padding:
    return Padding(Text(text, style="bold underline"), (1, 0, 0, 0))


def _below(text: str) -> Padding:
    return Padding(Text(text), (0, 0, 0, 4))
