"""The terminals of the grammar in plain words, as a message lists them."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

_MOST = 6  # things listed; more help nobody

_SIGNS = {
    "LPAR": "`(`", "RPAR": "`)`", "LBRACE": "`{`", "RBRACE": "`}`", "LSQB": "`[`", "RSQB": "`]`",
    "COMMA": "`,`", "COLON": "`:`", "EQUAL": "`=`",
}  # fmt: skip
_OPERATORS = {"PLUS", "MINUS", "TIMES_SIGN", "DIVIDED"}
_COMPARES = {"LESS", "LESS_OR_EQUAL", "MORE", "MORE_OR_EQUAL", "SAME", "NOT_SAME"}
_TEXTS = {"STRING", "QUOTED"}
_VALUES = {
    "NAME", "NUMBER", "THOUSANDS", "MONEY", "TRUE", "FALSE", "IF", "SESSIONS", "CYCLE",
}  # fmt: skip
_CONDITIONS = {"NOT", "NO", "ON", "EVERY", "WITHIN", "ALL", "ANY"}
_SILENT = {"BAD", "BROKEN", "ATTRIBUTE", "REPEAT", "MISSING", "WITHIN_LAST", "MULTIPLE"}
_NAMED = {
    "VERSION": "a version such as `1.0.0`", "UNIT": "a unit", "NAME": "a name", "TIMES": "`times`",
    "_NL": "the end of the line", "$END": "the end of the line", "SD": "`sd`",
    "CYCLE": "`monthly`", "TIMES_SIGN": "`*`", "DIVIDED": "`/`",
}  # fmt: skip


def spoken(accepts: AbstractSet[str]) -> str:
    """What is missing, where only one sort of thing fits; else nothing."""
    listed = _listed(accepts)
    return listed[0] if len(listed) == 1 else ""


def spoken_list(accepts: AbstractSet[str]) -> str:
    """What could stand there: "a value, `(` or the end of the line"."""
    listed = _listed(accepts)
    if len(listed) > _MOST:
        listed = [*listed[: _MOST - 1], "some other words"]
    return " or ".join(([", ".join(listed[:-1])] if listed[1:] else []) + listed[-1:])


def _listed(accepts: AbstractSet[str]) -> list[str]:
    left = set(accepts) - _SILENT
    listed: list[str] = []
    if {"NAME", "NUMBER"} <= left:
        listed.append("a value or a condition" if "ALL" in left else "a value")
        left -= _VALUES | _CONDITIONS | {"LPAR", "MINUS"}
    elif {"NUMBER"} <= left:
        listed.append("a number")
        left -= {"NUMBER", "THOUSANDS", "MONEY"}
    if _TEXTS & left:
        listed.append("a text in quotes")
        left -= _TEXTS
    if {"PLUS", "MINUS"} <= left:
        listed.append("an operator such as `+`")
        left -= _OPERATORS
    if left >= _COMPARES:
        listed.append("a comparison such as `>`")
        left -= _COMPARES
    ends = [_NAMED[name] for name in ("_NL", "$END") if name in left][:1]
    return [*listed, *sorted(_called(name) for name in left - {"_NL", "$END"}), *ends]


def _called(name: str) -> str:
    return _NAMED.get(name) or _SIGNS.get(name) or f"`{name.lower()}`"
