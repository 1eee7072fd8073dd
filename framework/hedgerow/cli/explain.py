"""`hedgerow explain`: the page of a diagnostic, or all there is to say of a word."""

from __future__ import annotations

import difflib
from typing import Annotated

import typer

from hedgerow.cli.fault import CommandFault
from hedgerow.cli.screen import results, write
from hedgerow.cli.shelf import pages
from hedgerow.cli.status import Status
from hedgerow.text.codes import CODES


def explain(
    what: Annotated[
        str,
        typer.Argument(
            metavar="CODE|WORD", help="A diagnostic such as T203, or a word such as rsi."
        ),
    ],
) -> Status:
    """Explain a diagnostic, a word, a structure or a unit.

    Example: hedgerow explain T203
    """
    code = _code(what)
    if code is not None:
        _show_page(code)
        return Status.CLEAN
    from hedgerow.cli.vocabulary_text import in_full, names

    told = in_full(what.lower())
    if told is None:
        raise CommandFault(what, "no such diagnostic or word", _remedy(what, names()))
    for part in told:
        results().print(part)
    return Status.CLEAN


def _code(what: str) -> str | None:
    """The code of a diagnostic called by its code or its name."""
    if what.upper() in CODES:
        return what.upper()
    return next((row.code for row in CODES.values() if row.name == what.lower()), None)


def _show_page(code: str) -> None:
    text = pages()[code].read_text(encoding="utf-8")
    if not results().is_terminal:
        write(text)
        return
    from rich.markdown import Markdown

    results().print(Markdown(text))


def _remedy(what: str, words: list[str]) -> str:
    candidates = [*words, *CODES, *(row.name for row in CODES.values())]
    near = difflib.get_close_matches(what[:64], candidates, 3, 0.6)
    if near:
        return f"did you mean {' or '.join(near)}?"
    return "`hedgerow words` lists the words, `hedgerow check` names the diagnostics"
