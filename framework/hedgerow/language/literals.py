"""Parse tree to names, numbers and texts."""

from __future__ import annotations

from decimal import Decimal

from lark import Token

from hedgerow.language import tree as nodes
from hedgerow.language.reading import Piece, Reading, token, tokens
from hedgerow.language.units import CANONICAL
from hedgerow.text.diagnostic import replace


def name(parsed: Piece, reading: Reading) -> nodes.Name:
    parts = tuple(str(part).lstrip(".") for part in parsed.children)
    return nodes.Name(parts, span=reading.span(parsed))


def number(parsed: Piece, reading: Reading) -> nodes.Number:
    """`45 days`, `$2,500`; digits grouped by commas without a dollar sign are reported."""
    digits = parsed.children[0]
    assert isinstance(digits, Token)
    units = tokens(parsed, "UNIT")
    unit = CANONICAL[str(units[0])] if units else None
    plain = digits.replace(",", "")
    if digits.type == "MONEY":
        plain, unit = plain[1:], "$"
    if digits.type == "THOUSANDS":
        reading.report(
            "S111",
            f"`{digits}` can be read as one number or as several",
            reading.span(digits),
            help=f"write `{plain}` for one number, a space after the comma for several",
            fix=replace(f"write `{plain}`", reading.span(digits), plain, safe=False),
        )
    return nodes.Number(Decimal(plain), unit, span=reading.span(parsed))


def whole(parsed: Piece, reading: Reading, what: str) -> nodes.Number:
    """A number that counts: no fraction, no unit, at least one."""
    found = number(parsed, reading)
    if found.unit is not None or found.value != int(found.value) or found.value < 1:
        reading.report(
            "S121", f"`{found.span.text}` can't count {what}", found.span, help="write 1, 2, 3, ..."
        )
        return nodes.Number(Decimal(1), None, span=found.span)
    return found


def text(parsed: Piece, reading: Reading) -> str:
    """What stands between the quotes."""
    quoted = token(parsed, "STRING", "QUOTED")
    said = quoted[1:-1].replace('"', "'")
    if quoted.type == "QUOTED":
        span = reading.span(quoted)
        reading.report(
            "S112",
            "this text stands in single quotes",
            span,
            help='texts stand in double quotes: "..."',
            fix=replace("use double quotes", span, f'"{said}"'),
        )
    return said


def truth(parsed: Piece, reading: Reading) -> nodes.Truth:
    word = token(parsed, "TRUE", "FALSE")
    return nodes.Truth(word.type == "TRUE", span=reading.span(parsed))
