"""What every file leaves unsaid: what its words mean, and how its rules are carried out."""

from __future__ import annotations

from collections.abc import Iterator

from hedgerow.book.explain.english import spaced, with_article
from hedgerow.book.explain.explanation import Section, Sentence
from hedgerow.book.explain.labels import meaning_of
from hedgerow.book.explain.phrasing import Phrasing
from hedgerow.book.explain.scope import Scope
from hedgerow.book.explain.statements import shock_told
from hedgerow.book.names import walk
from hedgerow.book.shocks import shipped_nodes
from hedgerow.book.structures import prelude
from hedgerow.language import tree
from hedgerow.text.in_words import listed
from hedgerow.vocabulary import WORDS
from hedgerow.vocabulary.shocks import episodes

_SESSIONS = (
    "Rules are decided at the close of a session, on what is known then, and orders fill at the "
    "close of the next one."
)
_ORDER = (
    "Exits come first, then rolls, then entries, then adjustments of size, each in the order of "
    "the file."
)
_UNKNOWN = "A condition on a missing value is unknown; a rule acts only on what is true."
_WHOLE = (
    "Sizes are whole contracts, rounded toward less risk; where not even one fits, nothing is "
    "opened and the refusal is recorded."
)
_NEAREST = (
    "Of two expiries equally near the later is taken; a strike is the nearest one listed, of two "
    "equally near the one further out of the money."
)
_IMPLIED = "A standard deviation is that of the move that option prices imply to the expiry."
_TIME = "Days, weeks and months are calendar time; sessions are trading days."


def closing(file: tree.Tree, scope: Scope) -> Iterator[Section]:
    """The last sections of an explanation."""
    nodes = [*walk(file.statements)]
    meanings = (*_meanings(nodes, scope), *_structures(nodes, scope), *_shocks(nodes, scope))
    if meanings:
        yield Section("What the words mean", meanings)
    if any(isinstance(each, tree.Open) for each in nodes):
        unsaid = tuple(Sentence(text) for text in _unsaid(nodes))
        yield Section("How it is carried out", unsaid)


def _meanings(nodes: list[tree.Node], scope: Scope) -> list[Sentence]:
    """The vocabulary's own sentence for each of its words, in the vocabulary's order."""
    opened = {id(each.function) for each in _openings(nodes)}  # `future` is a structure there
    used = {name for node in nodes if id(node) not in opened for name in _words(node, scope)}
    return [Sentence(meaning_of(name)) for name in WORDS if name in used]


def _openings(nodes: list[tree.Node]) -> Iterator[tree.Call]:
    for node in nodes:
        match node:
            case tree.Open() | tree.Leg():
                yield node.structure
            case tree.Roll(into=tree.Call() as into):
                yield into


def _words(node: tree.Node, scope: Scope) -> Iterator[str]:
    match node:
        case tree.Name(parts=(name,)) if not scope.knows(name):
            yield name
        case tree.Name(parts=(*_, last)) if node.dotted not in scope.named:
            yield last
        case tree.State():
            yield node.state


def _structures(nodes: list[tree.Node], scope: Scope) -> list[Sentence]:
    """What the built-in structures that are used consist of."""
    names = {each.function.dotted for each in nodes if isinstance(each, tree.Call)}
    return [Sentence(_consists(name, node)) for name, node in prelude().items()
            if name in names and name not in scope.structures]  # fmt: skip


def _shocks(nodes: list[tree.Node], scope: Scope) -> list[Sentence]:
    """What moves in the shocks of the library that are named, and when it did."""
    named = {word for node in nodes for word in _words(node, scope)}
    say = Phrasing(scope)
    return [
        Sentence(
            f"{shock_told(say, shipped_nodes()[name]).text} "
            f"That is {each.first} to {each.last}: {each.story}"
        )
        for name, each in episodes().items()
        if name in named
    ]


def _consists(name: str, node: tree.Structure) -> str:
    legs = listed([_leg(each) for each in node.legs])
    sided = all(each.name.startswith(("short_", "long_")) for each in node.legs)
    return f"{spaced(name)}: {legs}{'' if sided else '; the other way round when it is sold'}."


def _leg(leg: tree.Leg) -> str:
    what = with_article(spaced(leg.structure.function.dotted))
    side = "bought" if leg.action == "buy" else "sold"
    times = f"{leg.ratio.dotted} times " if isinstance(leg.ratio, tree.Name) else ""
    return f"{times}{what} {side} ({leg.name})"


def _unsaid(nodes: list[tree.Node]) -> Iterator[str]:
    units = {each.unit for each in nodes if isinstance(each, tree.Number)}
    yield from (_SESSIONS, _ORDER, _UNKNOWN, _WHOLE, _NEAREST)
    if "sd" in units and not any(isinstance(each, tree.SdBasis) for each in nodes):
        yield _IMPLIED
    yield _TIME
