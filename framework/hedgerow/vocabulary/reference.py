"""The reference pages written from the vocabulary: docs/words.md, units.md and scenarios.md.

Anew after a change: `python -c "from hedgerow.vocabulary.reference import *; write_pages('docs')"`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from hedgerow.vocabulary import RESULTS, WORDS
from hedgerow.vocabulary.shocks import Episode, episodes, library
from hedgerow.vocabulary.units import ARITHMETIC, COMPARABLE, UNITS
from hedgerow.vocabulary.word import Family, Word

_ANEW = """\
Written from the vocabulary, and compared with it by the tests. Anew after a change:
`python -c "from hedgerow.vocabulary.reference import *; write_pages('docs')"`."""

_WORDS = f"""\
# Words

{_ANEW}

A bare number in a window means sessions. *Before* is how many sessions pass before the first
value, with the defaults, or 20 where a window has none. A missing value starts the count anew;
where the formula is 0/0 the value is unknown."""

_UNITS = f"""\
# Units and kinds

{_ANEW}

Kinds are checked before a run; only numbers in base units are left in it. `0` fits every kind but
truths, weekdays and months. Any other bare number is a level, a pure number, a multiple or a month,
whichever stands beside it; beside anything else it needs a unit. A weekday is written by its name,
`friday`; a month by its name, `december`, or as a bare number. As a unit, a month is a twelfth of
365.25 days."""

_SCENARIOS = f"""\
# Shocks that happened

{_ANEW}

A rule sizes by them, `size cover 50% of loss(condors, crash_1987)`, or acts on them, `exit when
loss(book, pandemic_2020) > 20% of capital`, without declaring anything. `hedgerow explain
crash_1987` shows one. Every report of a run says what each would have done to what was held, and
`hedgerow run FILE --stress 2020-02-28` shows the book of one day."""

_FROM_PYTHON = """\
In Python, of a finished `run` on a `market`:

```python
from hedgerow.book.shocks import shipped_shocks
from hedgerow.study.stress import stress

found = stress(run, market, [*shipped_shocks().values()])
for change in found.changes:
    print(f"{change.shock}: {change.mean:.1%} on average, {change.worst:.1%} at worst")
```"""

_COMPARING = """\
## Comparing

Values of one kind can be compared; truths with `==` and `!=` only. Beside that:"""


def write_pages(folder: str | Path) -> None:
    """Write every page into the documentation folder."""
    for name, text in pages().items():
        Path(folder, name).write_text(text, encoding="utf-8")


def pages() -> dict[str, str]:
    """File name -> text."""
    return {
        "words.md": _words_page(),
        "units.md": _units_page(),
        "scenarios.md": _scenarios_page(),
    }


def _words_page() -> str:
    return _page(
        _WORDS,
        "## Of series",
        _table(
            ("word", "gives", "before", "what it is", "source"),
            (
                (f"`{word.signature}`", word.result, str(word.first_value), word.description,
                 word.source)
                for word in _of(Family.INDICATOR)
            ),
        ),
        "## Of options and futures",
        _rows(_of(Family.MARKET)),
        "## Of the date",
        _rows(_of(Family.DATE)),
        "## Of positions and the account",
        _table(
            ("word", "gives", "of", "what it is", "of several", "source"),
            (
                (f"`{word.usage}`", word.result, ", ".join(word.subjects), word.description,
                 word.together or "", word.source)
                for word in _of(Family.MEASURE, Family.STATE)
            ),
        ),
        "## Of a whole run, in claims\n\nOf the baseline's run as `baseline.sharpe`.",
        _rows(RESULTS.values()),
    )  # fmt: skip


def _of(*families: Family) -> Iterable[Word]:
    return (word for word in WORDS.values() if word.family in families)


def _rows(words: Iterable[Word]) -> str:
    return _table(
        ("word", "gives", "what it is", "source"),
        ((f"`{word.usage}`", str(word.result), word.description, word.source) for word in words),
    )


def _units_page() -> str:
    return _page(
        _UNITS,
        "## Units",
        _table(
            ("written", "kind", "in base units", "what it is"),
            (
                (f"`{written}`", unit.kind, str(unit.factor), unit.says)
                for written, unit in UNITS.items()
            ),
        ),
        "## Arithmetic\n\nWhat is not in this table is a mistake.",
        _table(
            ("left", "", "right", "gives"),
            (
                (left, f"`{operator}`", right, result)
                for (operator, left, right), result in sorted(ARITHMETIC.items(), key=_order)
            ),
        ),
        _COMPARING,
        "\n".join(f"- {' and '.join(pair)}" for pair in sorted(map(sorted, COMPARABLE))),
    )


def _scenarios_page() -> str:
    head = library().partition("\n\n")[0]
    told = "\n".join(line.removeprefix("#").strip() for line in head.splitlines())
    return _page(
        _SCENARIOS,
        told,
        _table(
            ("shock", "from", "to", "moves", "what happened"),
            ((f"`{each.name}`", each.first.isoformat(), each.last.isoformat(), _moves(each),
              " ".join((each.story, *each.remarks)))
             for each in episodes().values()),
        ),
        _FROM_PYTHON,
    )  # fmt: skip


def _moves(episode: Episode) -> str:
    inside = episode.text.partition("{\n")[2].splitlines()[:-1]
    return ", ".join(line.strip() for line in inside)


def _order(row: tuple[tuple[str, str, str], str]) -> tuple[int, str, str]:
    (operator, left, right), _ = row
    return "+-*/".find(operator) % 5, left, right


def _page(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |"
                     for line in lines)  # fmt: skip
