"""What is said of a statement that does not parse: the first of a list of readers that knows it."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import structs

from hedgerow.language import vocabulary
from hedgerow.language.failure import Failure
from hedgerow.language.foreign import FOREIGN
from hedgerow.language.forms import form_of
from hedgerow.language.line_starts import STRANGE_STARTS
from hedgerow.language.slips import HABITS
from hedgerow.language.units import CANONICAL, UNITS
from hedgerow.language.words import spoken, spoken_list
from hedgerow.text.diagnostic import Diagnostic, Fix, near, nearest, replace, shortened

_KEYWORDS = vocabulary.keywords()
_DECLARES = (
    "param", "let", "entry", "layers", "layer", "shock", "structure", "strategy", "variant",
)  # fmt: skip
_OTHER_UNITS = {
    "percent": "%", "pct": "%", "pts": "points", "std": "sd", "stdev": "sd", "sigma": "sd",
    "bars": "sessions", "candles": "sessions", "lot": "contracts", "lots": "contracts",
    "times": "x", "dte": "days", "share": "contracts", "shares": "contracts",
    "d": "days", "w": "weeks", "m": "months", "mo": "months", "pt": "points", "δ": "delta",
    "deltas": "delta", "σ": "sd",
}  # fmt: skip
# Words that count as words in one place only; they could stand in others as names.
_PLACED = (
    "above", "below", "most", "armed", "disarmed", "risk", "spend", "cover", "times",
)  # fmt: skip
_FILE_EXAMPLES = ("needs", "param", "let", "entry", "layers", "limit", "test")  # of many
_STRIKE = re.compile(r"(?:short|strike)[ \t]*=[ \t]*[0-9.]+[ \t]*$")
_COMPARES = ("<", "<=", ">", ">=", "==", "!=")


def report_failure(failure: Failure) -> Diagnostic:
    """The one diagnostic for a statement: foreign habits first, then what a slip explains."""
    for reader in (*HABITS, *STRANGE_STARTS, *FOREIGN, *_SLIPS):
        found = reader(failure)
        if found is not None:
            return _with_place(found, failure)
    return _with_place(_plain(failure), failure)


def _with_place(found: Diagnostic, failure: Failure) -> Diagnostic:
    """Say in which block it stands, from the inside out."""
    if not failure.around:
        return found
    note = f"in {' of '.join(failure.around[:2])}"
    return structs.replace(found, notes=(*found.notes, note))


def _plain(failure: Failure) -> Diagnostic:
    """What was found, what could stand there, and how what was begun is written."""
    before = "the text" if failure.before == '"' else f"`{_short(failure.before)}`"
    after = f" after {before}" if failure.before else ""
    could, form = spoken_list(failure.accepts), form_of(failure.text[: failure.at], failure.kind)
    written = (f"write it as in `{form}`",) if form else ()
    help = ((f"here could stand {could}",) if could else ()) + written
    if failure.token is None or failure.token.type in ("_NL", "RBRACE", "LBRACE"):
        ended = "the block opens" if failure.found == "{" else "the line ends"
        needed = spoken(failure.accepts)
        message = f"{ended} too early{after}" if not needed else f"{needed} is missing{after}"
        return Diagnostic("S101", message, failure.span, help=written if needed else help)
    message = f"`{_short(failure.found)}` can't stand here{after}"
    return Diagnostic("S101", message, failure.span, help=help)


def _short(text: str) -> str:
    return shortened(text, 40)


def _first_word(failure: Failure) -> Diagnostic | None:
    """A line that starts with a word that starts nothing, or nothing in this block."""
    if failure.at != 0 or not failure.kind.words or failure.token is None:
        return None
    word, words = failure.found, failure.kind.words
    place = _place_of(word)
    if place:
        return Diagnostic(
            "S123", f"`{word}` can't stand here", failure.span, help=(f"it belongs {place}",)
        )
    meant = nearest(word, [known for known in words if " " not in known])
    fixes: tuple[Fix, ...] = ()
    if meant:
        help = f"did you mean `{meant}`?"
        fixes = (replace(f"write `{meant}`", failure.span, meant, safe=False),)
    else:
        few = _FILE_EXAMPLES if failure.kind is vocabulary.FILE else words
        listed = f"{', '.join(f'`{known}`' for known in few[:-1])} or `{few[-1]}`"
        help = f"a line starts here with {'a word such as ' if few is not words else ''}{listed}"
    message = f"no line starts with `{_short(word)}`"
    return Diagnostic("S102", message, failure.span, help=(help,), fixes=fixes)


def _place_of(word: str) -> str:
    """Where a line that starts with this word belongs."""
    if word in vocabulary.ENTRY_WORDS or word == "at":
        return "inside an `entry` or a `layer`"
    if word == "layer":
        return "inside `layers NAME { }`"
    if word == "expect":
        return 'inside `test "..." { }`'
    if word in ("strategy", "variant"):
        return "on the first line of the file"
    return "outside of any block" if word in vocabulary.FILE_WORDS else ""


def _misspelt_expect(failure: Failure) -> Diagnostic | None:
    """`expcet entry base`: read as a series, whose name a colon has to follow."""
    first = failure.text.split(None, 1)[0]
    if failure.kind is not vocabulary.SCENES or "COLON" not in failure.accepts:
        return None
    if nearest(first, ["expect"]) is None:
        return None
    span = failure.skeleton.span(0, len(first))
    fix = replace("write `expect`", span, "expect", safe=False)
    message = f"no line starts with `{_short(first)}`"
    return Diagnostic("S102", message, span, help=("did you mean `expect`?",), fixes=(fix,))


def _reserved(failure: Failure) -> Diagnostic | None:
    word = failure.found
    if word not in _KEYWORDS or "NAME" not in failure.accepts or failure.before not in _DECLARES:
        return None
    return Diagnostic(
        "S117",
        f"`{word}` is a word of the language, so nothing can be named so",
        failure.span,
        help=(f"add a word to it, as in `my_{word}`",),
    )


def _version(failure: Failure) -> Diagnostic | None:
    if "VERSION" not in failure.accepts:
        return None
    found = re.match(r"[0-9][0-9.]*", failure.text[failure.at :])
    if found is None:
        stop = len(failure.text.split("\n", 1)[0])
        span = failure.span if failure.token else failure.skeleton.span(0, stop)
        message = "the version is missing after the name"
        return Diagnostic("S118", message, span, help=("write it as in `1.0.0`",))
    span = failure.skeleton.span(failure.at, failure.at + found.end())
    parts = [part for part in found[0].split(".") if part]
    whole = ".".join([*parts, "0", "0"][:3])
    return Diagnostic(
        "S118",
        f"`{_short(found[0])}` is not a version: it has three numbers",
        span,
        fixes=(replace(f"write `{whole}`", span, whole, safe=False),) if len(parts) < 3 else (),
    )


def _unknown_unit(failure: Failure) -> Diagnostic | None:
    number = re.search(r"[0-9]$", failure.text[: failure.at].rstrip())
    word = re.match(r"[A-Za-zΔδσ]+\Z", failure.found)
    if number is None or word is None:
        return None
    if failure.found in _KEYWORDS or failure.found.lower() in _KEYWORDS:
        return None
    meant = _OTHER_UNITS.get(failure.found.lower()) or nearest(failure.found, tuple(CANONICAL))
    if failure.found == "d" and _STRIKE.search(failure.text[: failure.at]):
        meant = "delta"
    if meant is None and _misspelt(failure) is not None:
        return None
    help = f"did you mean `{meant}`?" if meant else f"the units are {', '.join(UNITS)} and $"
    space = "" if failure.text[failure.at - 1].isspace() or meant == "%" else " "
    fixes = (replace(f"write `{meant}`", failure.span, space + meant, safe=False),) if meant else ()
    message = f"`{_short(failure.found)}` is no unit"
    return Diagnostic("S116", message, failure.span, help=(help,), fixes=fixes)


def _future(failure: Failure) -> Diagnostic | None:
    if failure.found not in ("-", "+") or failure.before != "[":
        return None
    return Diagnostic(
        "S115",
        "a rule can't see sessions that are still to come",
        failure.span,
        help=("`VIX[1]` is one session ago; later ones can't be written",),
    )


def _chained(failure: Failure) -> Diagnostic | None:
    if failure.found not in _COMPARES or "PLUS" not in failure.accepts:
        return None
    return Diagnostic(
        "S122",
        "two comparisons share one value",
        failure.span,
        help=("write `X between A and B`, or two comparisons joined by `and`",),
    )


def _stray_parenthesis(failure: Failure) -> Diagnostic | None:
    before = failure.text[: failure.at]
    if failure.found != ")" or before.count("(") > before.count(")"):
        return None
    fix = replace("delete it", failure.span, "", safe=False)
    return Diagnostic("S105", "this `)` closes nothing", failure.span, fixes=(fix,))


def _misspelt(failure: Failure) -> Diagnostic | None:
    """A name where only words of the language fit, one of which is near."""
    if failure.token is None or failure.token.type != "NAME":
        return None
    fitting = [name.lower() for name in failure.accepts if name.lower() in _KEYWORDS]
    fitting += [word for word in _PLACED if word.upper() in failure.accepts]
    meant = nearest(failure.found, sorted(fitting))
    if meant is None:
        return None
    return Diagnostic(
        "S101",
        f"`{_short(failure.found)}` can't stand here after `{_short(failure.before)}`",
        failure.span,
        help=(f"did you mean `{meant}`?",),
        fixes=(replace(f"write `{meant}`", failure.span, meant, safe=False),),
    )


def _misspelt_before(failure: Failure) -> Diagnostic | None:
    """`size rsik 10%`: a misspelt word is read as a name, and what follows it can't stand there."""
    word = failure.before
    if failure.token is None or not word.isalpha() or word in _KEYWORDS:
        return None
    start = failure.text.rindex(word, 0, failure.at)
    stop = start + len(word)
    known = near(word, [*_PLACED, *sorted(_KEYWORDS)], most=3)
    written = (f"{failure.text[:start]}{each}{failure.text[stop:]}" for each in known)
    fitting = (each for each, text in zip(known, written, strict=True) if failure.reads(text))
    meant = next(fitting, None)
    if meant is None:
        return None
    message = f"`{_short(word)}` can't stand before `{_short(failure.found)}`"
    span = failure.skeleton.span(start, stop)
    fix = replace(f"write `{meant}`", span, meant, safe=False)
    return Diagnostic("S101", message, span, help=(f"did you mean `{meant}`?",), fixes=(fix,))


_SLIPS: tuple[Callable[[Failure], Diagnostic | None], ...] = (
    _version,
    _reserved,
    _future,
    _unknown_unit,
    _chained,
    _stray_parenthesis,
    _first_word,
    _misspelt_expect,
    _misspelt,
    _misspelt_before,
)
