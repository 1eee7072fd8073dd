"""Lines that start as notes, lists or other programs do: what starts them here."""

from __future__ import annotations

import re
from collections.abc import Callable

from hedgerow.language import vocabulary
from hedgerow.language.failure import Failure
from hedgerow.language.forms import LINES
from hedgerow.text.diagnostic import Diagnostic, Fix, nearest, replace

_NAME_A_VALUE = f"a value gets its name by `let`: `{LINES['let']}`"
_PARAMETER = f"a number to be varied is a `param`: `{LINES['param']}`"
_CONDITION = f"conditions stand inside an `entry`: `{LINES['when']}`"
_ORDER = f"an order starts with `buy` or `sell`: `{LINES['sell']}`"
_EXIT = f"positions are closed by `exit`: `{LINES['exit']}`"
_STOP = 'a stop is an exit by a loss: `exit when profit <= -200% of credit "stopped"`'
_SIZE = f"sizes start with `size`: `{LINES['size']}`"
_EVERY = "how often stands behind `when`: `when every 21 sessions`"
_TRAILING = "a stop stands still: `exit when profit <= -100% of credit`"
_COUNT = "open positions are counted by `at most`: `at most 2 open`"
_STATEMENTS = {  # by the word that starts such a line elsewhere, in small letters
    **dict.fromkeys(("var", "vars", "variables", "dim", "int", "float", "double"), _NAME_A_VALUE),
    **dict.fromkeys(("bool", "const", "def", "rec", "plot", "return"), _NAME_A_VALUE),
    **dict.fromkeys(("input", "inputs", "extern", "parameter", "parameters"), _PARAMETER),
    **dict.fromkeys(("if", "only", "unless"), _CONDITION),
    **dict.fromkeys(("open", "short", "long", "trade", "enter"), _ORDER),
    **dict.fromkeys(("close", "take", "take_profit", "target"), _EXIT),
    **dict.fromkeys(("stop", "stop_loss", "stoploss", "sl"), _STOP),
    **dict.fromkeys(("risk", "spend", "cover", "quantity", "contracts"), _SIZE),
    **dict.fromkeys(("trail", "trailing", "trailing_stop"), _TRAILING),
    **dict.fromkeys(("every", "daily", "weekly", "monthly"), _EVERY),
    **dict.fromkeys(("max_positions", "max", "maximum"), _COUNT),
    **dict.fromkeys(("rule", "rules"), f"a rule is an `entry`: `{LINES['entry']}`"),
    "=": f"a formula stands behind its name: `{LINES['let']}`",
}  # fmt: skip
_DECLARES = {_NAME_A_VALUE: "let", _PARAMETER: "param"}
_NAMED_VALUE = re.compile(r"[ \t]+[A-Za-z]\w*[ \t]*=(?!=)")
_BULLET = re.compile(r"(?:[-*+•]|[0-9]{1,3}[.)])[ \t]+")
_CALL = re.compile(r"[a-z_]\w*\s*\(")
_DOTTED_CALL = re.compile(r"[a-z_]\w*(?:\.\w+)+\s*\(")
_COMPARES = re.compile(r"[A-Za-z_][\w.]*[ \t]*(?:[<>]|[=!]=|between\b|crosses\b)")
_VARIANT = re.compile(r"^[ \t]*variant\b", re.MULTILINE)
_GIVES_A_NAME = re.compile(r"[A-Za-z_][\w.]*[ \t]*=(?!=)")
_PROSE = re.compile(r"[A-Za-z']+(?:,?[ \t]+[A-Za-z']+){2,}[.!]?\s*$")


def _of_a_list(failure: Failure) -> Diagnostic | None:
    """`- sell a condor`, `1. let calm = VIX < 20`."""
    found = _BULLET.match(failure.text)
    if found is None or failure.at > found.end():
        return None
    mark = found[0].strip()
    span = failure.skeleton.span(0, found.end())
    return Diagnostic(
        "S102", f"no line starts with `{mark}`: rules are no list", span,
        help=("delete it, and start the line with a word such as `let`, `entry` or `when`",),
        fixes=(replace("delete it", span, "", safe=False),),
    )  # fmt: skip


def _of_another_program(failure: Failure) -> Diagnostic | None:
    """`var calm = ...`, `Inputs: ...`, `close when ...`, `strategy.entry(...)`."""
    called = _DOTTED_CALL.match(failure.text)
    if called is not None and failure.at < called.end():
        word, help = called[0].rstrip("( \t"), _ORDER
    else:
        if failure.at != 0 or failure.found in failure.kind.words:
            return None
        word, help = failure.found, _STATEMENTS.get(failure.found.lower(), "")
    if not help or not failure.kind.words:
        return None
    span = failure.skeleton.span(0, len(word))
    fixes: tuple[Fix, ...] = ()
    declares = _DECLARES.get(help)
    if declares is not None and _NAMED_VALUE.match(failure.text, len(word)):
        fixes = (replace(f"write `{declares}`", span, declares, safe=False),)
    return Diagnostic("S102", f"no line starts with `{word}`", span, help=(help,), fixes=fixes)


def _prose(failure: Failure) -> Diagnostic | None:
    """`A condor a month`: a description without its quotes, a note without its sign."""
    line = failure.text.split("\n", 1)[0]
    if failure.at or failure.kind is not vocabulary.FILE or not _PROSE.match(line):
        return None
    if nearest(failure.found, vocabulary.FILE_WORDS) is not None:
        return None
    span = failure.skeleton.span(0, len(line))
    return Diagnostic(
        "S102", f"no line starts with `{failure.found}`: this reads like a sentence", span,
        help=("a note stands behind `#`, a description in quotes below the first line",),
        fixes=(replace("make it a note", failure.skeleton.span(0, 0), "# ", safe=False),),
    )  # fmt: skip


def _without_its_word(failure: Failure) -> Diagnostic | None:
    """`iron_condor(SPX, ...)` without `sell`, `VIX < 20` without `when`, `calm = VIX < 20` without
    `let`."""
    if failure.at or not failure.kind.words or failure.found in vocabulary.keywords():
        return None
    fixes: tuple[Fix, ...] = ()
    if _CALL.match(failure.text) and failure.kind is vocabulary.RULES:
        help = _ORDER
    elif _COMPARES.match(failure.text) and failure.kind is vocabulary.RULES:
        help = f"a condition stands behind `when` or `exit when`: `{LINES['when']}`"
    elif _GIVES_A_NAME.match(failure.text):
        change = f"; a variant changes one by `set`: `{LINES['set']}`"
        help = _NAME_A_VALUE + (change if failure.kind is vocabulary.FILE else "")
        word = "set" if _VARIANT.search(failure.skeleton.source.text) else "let"
        fixes = (replace(f"write `{word}`", failure.skeleton.span(0, 0), f"{word} ", safe=False),)
    else:
        return None
    message = f"no line starts with `{failure.found}`"
    return Diagnostic("S102", message, failure.span, help=(help,), fixes=fixes)


STRANGE_STARTS: tuple[Callable[[Failure], Diagnostic | None], ...] = (
    _of_a_list,
    _of_another_program,
    _prose,
    _without_its_word,
)
