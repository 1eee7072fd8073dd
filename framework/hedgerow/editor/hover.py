"""What there is to say of the word under the cursor: its kind, its value, where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from hedgerow.book.structures import built_in_structure
from hedgerow.editor.described import gives, number_in_full, opening_line
from hedgerow.editor.document import Document
from hedgerow.editor.keywords import KEYWORDS
from hedgerow.editor.place import place_at
from hedgerow.editor.symbols import Family, Symbol, occurrence_at
from hedgerow.language import tree
from hedgerow.text.source import Span
from hedgerow.vocabulary import RESULTS, WORDS
from hedgerow.vocabulary.shocks import episodes
from hedgerow.vocabulary.structures import PRIMITIVES, contract_head
from hedgerow.vocabulary.units import Kind
from hedgerow.vocabulary.word import USUAL_WINDOW, Word
from hedgerow.vocabulary.word import Family as WordFamily


class Hover(Struct, frozen=True):
    """`text` is Markdown."""

    text: str
    span: Span  # in the whole text


def hover(document: Document, offset: int) -> Hover | None:
    """About a name, a word, a number or a keyword; None where there is nothing to say."""
    if place_at(document.source.text, offset) is None:
        return None
    known = occurrence_at(document, offset)
    if known is not None:
        told = _symbol(document, known.symbol)
        return Hover(told, known.span) if told else None
    number = document.node_at(offset, tree.Number)
    if number is not None:
        span = document.at(number.span)
        return Hover(f"`{span.text}`: {number_in_full(number)}", span)
    return _word_at(document, offset)


def _symbol(document: Document, symbol: Symbol) -> str:
    names, name = document.names, symbol.name
    match symbol.family:
        case Family.SERIES:
            kept = "wanted: may be missing" if name in names.wants else "needed"
            return f"`{name}`: a series, {kept}. A bare name is its close, {Kind.LEVEL}."
        case Family.CALENDAR:
            return f"`{name}`: a calendar of events."
        case Family.VALUE:
            value = document.reading().values.get(name)
            return _code(names.values[name].span.text, gives(value))
        case Family.LOCAL:
            rule = names.rules.get(symbol.within)
            let = next(each for each in (rule.clauses if rule else ())
                       if isinstance(each, tree.Let) and each.name == name)  # fmt: skip
            return _code(let.span.text, gives(document.reading(symbol.within).local.get(name)))
        case Family.SHOCK:
            return _code(names.shocks[name].span.text)
        case Family.STRUCTURE:
            return _code(names.structures[name].span.text)
        case Family.STACK:
            layers = "\n".join(_head(document, path) for path in names.stacks.get(name, ()))
            return _code(f"layers {name}\n{layers}")
        case Family.RULE:
            path = f"{symbol.within}.{name}" if symbol.within else name
            return _code(_head(document, path)) if path in names.rules else ""
        case _:
            return f"`{name}`: a {symbol.family} of `{symbol.within}`."


def _head(document: Document, path: str) -> str:
    node = document.names.rules[path]
    parts = [path]
    if isinstance(node, tree.Layer):
        parts += [f"at {node.at.span.text}"] if node.at else []
        parts += [f"until {node.until.span.text}"] if node.until else []
    return f"{' '.join(parts)}: {opening_line(node)}"


def _code(text: str, below: str = "") -> str:
    """Text of the language, and a line under it."""
    return f"```hedgerow\n{text}\n```" + (f"\n{below}" if below else "")


def _word_at(document: Document, offset: int) -> Hover | None:
    text = document.source.text
    start = stop = offset
    while start and _of_word(text[start - 1]):
        start -= 1
    while stop < len(text) and _of_word(text[stop]):
        stop += 1
    word, span = text[start:stop], Span(document.source, start, stop)
    told = "\n\n".join(_vocabulary(word, called=text[stop : stop + 1] == "("))
    if not told and word in KEYWORDS:
        told = f"`{word}`: {KEYWORDS[word].says}"
    if not told:
        leg = any(word in legs for legs in document.reading().legs.values())
        told = f"`{word}`: a leg of a position." if leg else ""
    return Hover(told, span) if told else None


def _of_word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char == "_")


def _vocabulary(word: str, *, called: bool) -> Iterator[str]:
    """A structure where it is called, a shock or a word anywhere; some names are both."""
    structure = built_in_structure(word)
    if structure is not None and called:
        yield _code(structure.span.text)
    elif word in PRIMITIVES and called:
        yield f"`{contract_head(word)}`: one contract, bought or sold."
    if word in episodes():
        yield _code(episodes()[word].text)
    if word in WORDS:
        yield _row(WORDS[word])
    if word in RESULTS and not called:
        yield f"{_row(RESULTS[word])}  \nA result of the whole run, for claims."


def _row(word: Word) -> str:
    """Signature, description, kind, look-back, source."""
    lines = [f"`{word.usage}`: {word.description}",
             f"Gives {word.result}."]  # fmt: skip
    if word.family is WordFamily.INDICATOR:
        lines.append(_lookback(word))
    if word.subjects:
        lines.append(f"Of {', '.join(word.subjects)}.")
    if word.together:
        lines.append(f"Of several positions: {word.together}.")
    if word.source:
        lines.append(f"Source: {word.source}.")
    return "  \n".join(lines)


def _lookback(word: Word) -> str:
    assumed = any(each.default is None for each in word.numbers)
    told = f"a window of {USUAL_WINDOW}" if assumed else "defaults"
    return f"First value after {word.first_value} sessions ({told})."
