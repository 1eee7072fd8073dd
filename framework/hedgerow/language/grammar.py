"""The parser made from `grammar.lark`, and its tables kept between runs.

Lark's own cache is a pickle: whoever can write the file runs code as the reader. The same tables
are kept here as JSON, in a folder of the user's own (docs/decisions/parser-tables.md).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import lark
from lark import Lark, Tree

from hedgerow.files.kept import cache_folder, keep
from hedgerow.language.layout import Layout

GRAMMAR_FILE = Path(__file__).with_name("grammar.lark")
STARTS = (
    "file", "header", "statement", "clause", "layer", "condition", "move", "leg", "series", "expect"
)  # fmt: skip


# Lark's own way back from its tables, the one its stand-alone parsers take.
_restore: Any = Lark._load_from_dict


def parse_text(text: str, start: str) -> Tree[Any]:
    """The parse tree of a whole `file`, or of one `statement`, `clause`, `condition`, ...

    Raises lark.UnexpectedToken where the text is not one; never UnexpectedCharacters.
    """
    return parser().parse(text, start=start)


@cache
def parser() -> Lark:
    """The one parser of this process."""
    grammar = GRAMMAR_FILE.read_text(encoding="utf-8")
    kept = _cache_file(grammar)
    known = _read_tables(kept) if kept else None
    if known is not None:
        return known
    built = build_parser(grammar)
    if kept:
        _keep_tables(built, kept)
    return built


def build_parser(grammar: str, *, strict: bool = False) -> Lark:
    """The parser from the grammar's text; `strict` makes every conflict an error (slow)."""
    return Lark(
        grammar,
        parser="lalr",
        lexer="contextual",
        start=list(STARTS),
        propagate_positions=True,
        maybe_placeholders=False,
        postlex=Layout(),
        strict=strict,
    )


def _cache_file(grammar: str) -> Path | None:
    """Where the tables of exactly this grammar, lark and Python stand; None: nowhere to keep it."""
    key = f"{lark.__version__} {sys.version_info[:2]} {STARTS} {grammar}"
    name = f"parser-{hashlib.sha256(key.encode()).hexdigest()[:32]}.json"
    folder = cache_folder()
    return folder / name if folder else None


def _read_tables(file: Path) -> Lark | None:
    """The parser from kept tables; None where there are none or they are damaged."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        data, memo = _with_whole_keys(kept["data"], kept["memo"])
        restored: Lark = _restore(data, memo, postlex=Layout())
        return restored
    except (OSError, ValueError, LookupError, TypeError, AttributeError, AssertionError):
        return None


def _keep_tables(built: Lark, file: Path) -> None:
    """A folder that can't be written only costs the time to build the tables again."""
    with contextlib.suppress(OSError, TypeError, ValueError):
        data, memo = built.memo_serialize([lark.lexer.TerminalDef, lark.grammar.Rule])
        data["options"] = {**data["options"], "postlex": None}
        keep(file, json.dumps({"data": data, "memo": memo}).encode())


def _with_whole_keys(data: Any, memo: Any) -> tuple[Any, Any]:
    """JSON made text of the numbers that key Lark's tables; make them numbers again."""
    table = data["parser"]["parser"]
    table["tokens"] = {int(key): name for key, name in table["tokens"].items()}
    table["states"] = {
        int(state): {int(token): action for token, action in row.items()}
        for state, row in table["states"].items()
    }
    return data, {int(key): item for key, item in memo.items()}
