"""`hedgerow explain`: a rule file in plain English, the page of a diagnostic, or a word in full."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import Annotated

import typer

from hedgerow.cli.data_names import data_names, told_of_data
from hedgerow.cli.fault import CommandFault
from hedgerow.cli.options import Format
from hedgerow.cli.rule_files import ENDING, rule_file
from hedgerow.cli.screen import lines_ended, results, write
from hedgerow.cli.shelf import pages
from hedgerow.cli.status import Status
from hedgerow.editor.keywords import KEYWORDS
from hedgerow.language.forms import LINES, PIECES
from hedgerow.text.codes import CODES


def explain(
    what: Annotated[
        str,
        typer.Argument(
            metavar="FILE|CODE|WORD",
            help="A rule file or preset, a diagnostic such as T203, a word such as rsi, a shock, "
            "a series.",
        ),
    ],
    output: Annotated[
        Format, typer.Option("--format", help="A file for people, or for programs.")
    ] = Format.HUMAN,
) -> Status:
    """Say a rule file in plain English; or explain a diagnostic, a word, a shock or a unit.

    Example: hedgerow explain alvh/core
    """
    code = _code(what)
    if code is None and _is_file(what):
        from hedgerow.cli.explain_file import explain_file

        return explain_file(rule_file(what), output)
    if output is Format.JSON:
        remedy = "leave out `--format json`, or see `hedgerow words --format json`"
        raise CommandFault(what, "only a rule file is explained for programs", remedy)
    if code is not None:
        _show_page(code)
        return Status.CLEAN
    from hedgerow.cli.vocabulary_text import as_written, in_full, names

    text, told = as_written(what.lower()), in_full(what.lower())
    if text is not None:
        write(f"{text}\n")
    elif told is not None:
        with lines_ended():
            for part in told:
                results().print(part)
    elif other := _keyword(what.lower()) or told_of_data(what.upper()):
        write(other)
    else:
        raise CommandFault(what, "no such diagnostic or word", _remedy(what, names()))
    return Status.CLEAN


def _keyword(word: str) -> str:
    """What a word that lines are made of says, and how it is written; empty for no such word."""
    known = KEYWORDS.get(word)
    if known is None:
        return ""
    form = "" if "`" in known.says else _form(word)
    written = f"    Written as in: {form}\n" if form else ""
    return f"{word}\n    {known.says}\n{written}"


def _form(word: str) -> str:
    """The line or the piece of one that shows this word at its work."""
    if word == "at":  # of a layer; what else begins so is `at most`
        return LINES["layer"]
    own = LINES.get(word) or PIECES.get(word.rpartition(" ")[2])
    return own or next((each for each in LINES.values() if f" {word} " in each), "")


def _is_file(what: str) -> bool:
    """By its ending or its folder; a bare name is a file only where it is no word."""
    if what.endswith(ENDING) or "/" in what or os.sep in what:
        return True
    from hedgerow.cli.vocabulary_text import names

    return what.lower() not in names() and Path(what).is_file()


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
    candidates = [*words, *KEYWORDS, *data_names(), *CODES, *(row.name for row in CODES.values())]
    near = difflib.get_close_matches(what[:64], candidates, 3, 0.6)
    if near:
        return f"did you mean {' or '.join(near)}?"
    return "`hedgerow words` lists the words, `hedgerow check` names the diagnostics"
