"""Every place in the grammar where a writer can go wrong: `python -m tests.language.message_table`.

A cell is a state of the parser and a sort of token that it can't take. For each there is a shortest
text that leads there; what is said of that text is the cell's message.
"""

from collections import Counter, deque
from collections.abc import Iterator
from functools import cache

from hedgerow.language.from_text import tree_from_text
from hedgerow.language.grammar import parser
from hedgerow.language.vocabulary import reserved
from hedgerow.text.diagnostic import Diagnostic
from hedgerow.text.source import Source
from lark import Token
from msgspec import Struct

SAMPLES = {
    "VERSION": "1.0.0", "NAME": "abc", "ATTRIBUTE": ".open", "NUMBER": "5", "THOUSANDS": "1,000",
    "MONEY": "$5", "UNIT": "%", "STRING": '"text"', "QUOTED": "'text'", "SD": "sd",
    "MULTIPLE": "x", "RISK": "risk", "SPEND": "spend", "COVER": "cover", "MOST": "most",
    "TIMES": "times", "DAY": "day", "ABOVE": "above", "BELOW": "below", "ARMED": "armed",
    "DISARMED": "disarmed", "REPEAT": "x3", "MISSING": "_", "LESS": "<", "LESS_OR_EQUAL": "<=",
    "MORE": ">", "MORE_OR_EQUAL": ">=", "SAME": "==", "NOT_SAME": "!=", "PLUS": "+", "MINUS": "-",
    "TIMES_SIGN": "*", "DIVIDED": "/", "LPAR": "(", "RPAR": ")", "LBRACE": "{", "RBRACE": "}",
    "LSQB": "[", "RSQB": "]", "COMMA": ",", "COLON": ":", "EQUAL": "=", "WITHIN_LAST": "within",
    **{terminal: word for word, terminal in reversed(reserved().items())},
}  # fmt: skip
# What a hand puts where it does not belong: a name, a number, a text, a sign, a word, nothing more.
WRONG = ("NAME", "NUMBER", "STRING", "MORE", "RPAR", "WHEN", None)
HEAD = "strategy a 1.0.0\n"
# The lines around what is read from each start; blocks close by themselves.
FRAMES = {
    "header": ("", ""),
    "statement": (HEAD, ""),
    "clause": (HEAD + "entry base {\n", "\n}"),
    "layer": (HEAD + "layers hedge {\n", "\n}"),
    "condition": (HEAD + "let calm = all {\n", "\n}"),
    "move": (HEAD + "shock spike {\n", "\n}"),
    "leg": (HEAD + "structure own(U) {\n", "\n}"),
    "series": (HEAD + 'test "one" {\n', "\n}"),
    "expect": (HEAD + 'test "one" {\n', "\n}"),
}


class Cell(Struct, frozen=True):
    start: str
    state: int
    wrong: str | None  # a terminal; None: the line ends
    text: str
    found: tuple[Diagnostic, ...]

    @property
    def plainly(self) -> bool:
        """Whether only the list of what could stand there answers, without a form to copy."""
        first = self.found[0]
        return first.code == "S101" and not any("write" in each for each in first.help)


@cache
def cells() -> tuple[Cell, ...]:
    return tuple(cell for start in FRAMES for cell in _cells_of(start))


def _cells_of(start: str) -> Iterator[Cell]:
    before, after = FRAMES[start]
    for state, path in _paths(start).items():
        accepted = _at(start, path).accepts()
        inside = "LBRACE" in path  # lines of a block are cells of their own start
        if inside or accepted == {"LAST"} or not path:  # `within last` is read at once
            continue
        for wrong in WRONG:
            if (wrong or "$END") in accepted:
                continue
            line = _words([*path, *([wrong] if wrong else [])])
            text = f"{before}{line}{after}\n"
            found = tree_from_text(Source("a.rules", text))[1]
            yield Cell(start, state, wrong, text, tuple(found))


def _paths(start: str) -> dict[int, list[str]]:
    """The shortest way to each state that a token can end in."""
    first = parser().parse_interactive("", start=start)
    found: dict[int, list[str]] = {first.parser_state.position: []}
    waiting = deque([(first, found[first.parser_state.position])])
    while waiting:
        here, path = waiting.popleft()
        for terminal in sorted(here.accepts() & SAMPLES.keys()):
            there = here.copy()
            there.feed_token(Token(terminal, SAMPLES[terminal]))
            state = there.parser_state.position
            if state not in found:
                found[state] = [*path, terminal]
                waiting.append((there, found[state]))
    return found


def _at(start, path):
    here = parser().parse_interactive("", start=start)
    for terminal in path:
        here.feed_token(Token(terminal, SAMPLES[terminal]))
    return here


def _words(path: list[str]) -> str:
    """The terminals as a person writes them."""
    text = ""
    for terminal in path:
        word = SAMPLES[terminal]
        glued = terminal in ("ATTRIBUTE", "REPEAT") or text.endswith("(") or not text
        text += word if glued else f" {word}"
    return text.replace("within", "within last") if "WITHIN_LAST" in path else text


def main() -> None:
    every = cells()
    states = {(cell.start, cell.state) for cell in every}
    shown = sum("write" in " ".join(cell.found[0].help) for cell in every)
    print(f"{len(states)} states of the parser, {len(every):,} cells, each with a message;")
    print(f"{shown:,} show a line to copy or a word to write, the others say what is open or stray")
    codes = Counter(cell.found[0].code for cell in every)
    print(", ".join(f"{code} {count:,}" for code, count in codes.most_common()))


if __name__ == "__main__":
    main()
