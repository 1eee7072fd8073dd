"""A keystroke in a rule file of 500 lines: `python -m tests.benchmarks.editor [repeats]`.

Everything an editor asks for after it (mistakes, then completion), and a check of the whole file,
as ratios to what Lark alone takes to parse the same text, in the same process and minute.
Processor time.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from hedgerow.book import check_text
from hedgerow.editor.completion import completions
from hedgerow.editor.document import Document
from hedgerow.language.grammar import parse_text
from hedgerow.text.source import Source

CORE = Path(__file__).parents[2] / "rules" / "alvh" / "core.rules"
HEAVY = ("pandas", "scipy", "talib", "exchange_calendars", "arch", "plotly", "backtrader")
TYPED = "VIX >= 23 until VIX < 21"


def long_file(lines: int = 500) -> str:
    """The core preset, its shock and its stacks again and again under other names."""
    head, line, body = CORE.read_text(encoding="utf-8").partition("shock spike {\n")
    parts, copy = [head], 0
    while "".join(parts).count("\n") < lines:
        copy += 1
        again = re.sub(r"\b(spike|condors|hedge)\b", rf"\1_{copy}", line + body)
        parts.append(again.replace("base.age", f"condors_{copy}.base.age") + "\n")
    return "".join(parts)


def states(text: str) -> list[tuple[str, int]]:
    """The text at every keystroke of a threshold in its middle, and where the cursor stands."""
    threshold = re.compile(r"VIX >= 24 until VIX < 20").search(text, len(text) // 2)
    assert threshold is not None
    start, stop = threshold.span()
    typed = (TYPED[:count] for count in range(1, len(TYPED) + 1))
    return [(text[:start] + each + text[stop:], start + len(each)) for each in typed]


def timed(work: Callable[[], object]) -> float:
    """Seconds."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(repeats: int) -> None:
    text = long_file()
    source, document = Source("long.rules", text), Document("long.rules", text)
    assert not document.diagnostics
    parses, checks, mistakes, completed = [], [], [], []
    for _ in range(repeats):
        for state, cursor in states(text):
            checks.append(timed(lambda: check_text(source)))
            parses.append(timed(lambda: parse_text(text, "file")))
            start = time.process_time()
            document = Document("long.rules", state, document)
            found = document.diagnostics
            mistakes.append(time.process_time() - start)
            completed.append(timed(lambda: completions(document, cursor)))  # noqa: B023 done at once
        assert not found, "the last keystroke makes the line whole"
    _report(text, parses, checks, mistakes, completed)


def _report(text: str, parses: list[float], checks: list[float], mistakes: list[float],
            completed: list[float]) -> None:  # fmt: skip
    both = [one + two for one, two in zip(mistakes, completed, strict=True)]
    lines, bare = text.count("\n"), median(parses)
    print(f"{len(both)} keystrokes in {lines} lines; a bare Lark parse: {1000 * bare:.1f} ms")
    for name, found in (
        ("whole check", checks), ("mistakes", mistakes), ("completion", completed), ("both", both),
    ):  # fmt: skip
        worst = sorted(found)[int(0.95 * len(found))]
        print(f"{name:<12}{1000 * median(found):7.1f} ms  {median(found) / bare:5.2f} of a parse"
              f"  (1 in 20 above {worst / bare:.2f})")  # fmt: skip
    loaded = [each for each in HEAVY if each in sys.modules]
    print(f"heavy libraries loaded: {', '.join(loaded) or 'none'}")


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
