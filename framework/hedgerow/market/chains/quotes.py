"""Chain files -> quotes as numbers, a batch at a time: memory does not grow with the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from hedgerow.market.chains import report as reasons
from hedgerow.market.chains.classes import FOREIGN, class_of, settlement_day
from hedgerow.market.chains.layout import Layout
from hedgerow.market.chains.report import ChainReport
from hedgerow.market.chains.tables import batches_of
from hedgerow.market.pricing import Array, Flags

if TYPE_CHECKING:
    import pyarrow as pa

    Columns = dict[str, pa.Array]

QUOTE = np.dtype(
    [
        ("date", "<i4"),  # proleptic Gregorian day number, of New York
        ("expiry", "<i4"),  # the day it settles
        ("kind", "u1"),  # of `classes.Class`
        ("right", "u1"),  # PUT or CALL
        ("strike", "<f8"),  # points, as are the rest
        ("bid", "<f8"),  # nan where there is none
        ("ask", "<f8"),
        ("spot", "<f8"),  # nan where the file does not say
    ]
)
Quotes: TypeAlias = NDArray[np.void]
Codes: TypeAlias = NDArray[np.int64]
PUT, CALL = 0, 1

_NEW_YORK = ZoneInfo("America/New_York")
_NO_DAY = 0
_NO_RIGHT = 255
_RIGHTS = {"p": PUT, "put": PUT, "puts": PUT, "c": CALL, "call": CALL, "calls": CALL}
_OSI_TERMS = 15  # characters of an option symbol after its root


def quotes_of(path: Path, own: Sequence[Layout], report: ChainReport) -> Iterator[Quotes]:
    """Every quote of a file whose terms are understood; the others are counted in `report`.

    DataFault where the file or its columns cannot be understood at all.
    """
    layout, batches = batches_of(path, own, report)
    report.files.append((path.name, layout.name))
    underlying = path.name.split("_")[0] if layout.underlying_in_file_name else ""
    for columns in batches:
        yield from _quotes(layout, columns, underlying, report)


def _quotes(
    layout: Layout, columns: Columns, underlying: str, report: ChainReport
) -> Iterator[Quotes]:
    paired = "call_bid" in columns
    rows = np.empty(len(columns["strike"]), dtype=QUOTE)
    rows["date"] = _days(columns["date"], layout.dates)
    written = _days(columns["expiry"], layout.dates)
    rows["kind"], rows["expiry"], assumed = _classes(columns, written, underlying)
    rows["strike"] = _numbers(columns["strike"])
    spot = columns.get("underlying_price")
    rows["spot"] = np.nan if spot is None else _numbers(spot)
    rows["right"] = PUT if paired else _rights(columns["right"])
    sound = _sound(rows, written, 2 if paired else 1, report)
    report.remark(reasons.MOVED, int((sound & (rows["expiry"] != written)).sum()))
    report.remark(reasons.ASSUMED_OPEN, int((sound & assumed).sum()))
    sides = ((PUT, "put_"), (CALL, "call_")) if paired else ((None, ""),)
    for right, prefix in sides:
        if right is not None:
            rows["right"] = right
        rows["bid"] = _numbers(columns[f"{prefix}bid"])
        rows["ask"] = _numbers(columns[f"{prefix}ask"])
        yield rows[sound]


def _sound(rows: Quotes, written: Codes, weight: int, report: ChainReport) -> Flags:
    """Rows whose terms can be used; each of the others is counted once, as `weight` quotes."""
    report.read += weight * len(rows)
    sound = np.ones(len(rows), dtype=np.bool_)
    for reason, wrong in (
        (reasons.NO_DATE, rows["date"] == _NO_DAY),
        (reasons.NO_EXPIRY, written == _NO_DAY),
        (reasons.NO_STRIKE, ~((rows["strike"] > 0.0) & np.isfinite(rows["strike"]))),
        (reasons.NO_RIGHT, rows["right"] == _NO_RIGHT),
        (reasons.FOREIGN, rows["kind"] == FOREIGN),
        (reasons.BEFORE_DATE, rows["expiry"] < rows["date"]),
        (reasons.EXPIRED, rows["expiry"] == rows["date"]),
    ):
        report.drop(reason, weight * int((sound & wrong).sum()))
        sound &= ~wrong
    return sound


def _classes(columns: Columns, written: Codes, underlying: str) -> tuple[Codes, Codes, Flags]:
    """Class, day of settlement, and whether the class was assumed, of each row.

    Roots, settlements and expiries repeat, so every combination is looked at once.
    """
    coded = [_coded(_text(columns, name), len(written)) for name in _NAMES]
    _, code = np.unique(written, return_inverse=True)
    for each, names in coded:
        code = code * len(names) + each
    combinations, first, inverse = np.unique(code, return_index=True, return_inverse=True)
    found = np.empty((3, len(combinations)), dtype=np.int64)
    for at, row in enumerate(first.tolist()):
        symbol, root, on, settlement = (names[each[row]] for each, names in coded)
        name = _symbol(root or symbol[:-_OSI_TERMS])
        day = int(written[row])
        kind, assumed = class_of(name, _symbol(on or underlying), settlement, day)
        found[:, at] = kind, settlement_day(kind, day), assumed
    kinds, settled, guessed = found[:, inverse]
    return kinds, settled, guessed.astype(np.bool_)


_NAMES = ("option_symbol", "root", "underlying", "settlement")


def _text(columns: Columns, name: str) -> pa.Array | None:
    """A column of names; of option symbols the root is all that matters, and repeats."""
    from pyarrow import compute

    if name not in columns:
        return None
    text = columns[name].cast("string")
    if name != "option_symbol":
        return text
    root = compute.utf8_slice_codeunits(text, 0, -_OSI_TERMS)
    return compute.binary_join_element_wise(root, " " * _OSI_TERMS, "")


def _symbol(written: str) -> str:
    """`^SPX`, `$SPX.X` and `spx ` are SPX."""
    return written.strip().upper().lstrip("^$.").removesuffix(".X")


def _coded(column: pa.Array | None, length: int) -> tuple[Codes, list[str]]:
    """Codes of the distinct texts of a column, and those texts; null is empty."""
    if column is None:
        return np.zeros(length, dtype=np.int64), [""]
    encoded = column.fill_null("").dictionary_encode()
    return encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64), (
        encoded.dictionary.to_pylist() or [""]
    )


def _rights(column: pa.Array) -> Codes:
    codes, names = _coded(column.cast("string"), len(column))
    known = np.array([_RIGHTS.get(name.strip().lower(), _NO_RIGHT) for name in names])
    return known[codes]


def _days(column: pa.Array, formats: tuple[str, ...]) -> Codes:
    """Day numbers; `_NO_DAY` where a cell is no date. A time with a zone is New York's day."""
    codes, texts = _coded(column.cast("string"), len(column))
    days = np.array([_day(text.strip(), formats) for text in texts], dtype=np.int64)
    return days[codes]


def _day(text: str, formats: tuple[str, ...]) -> int:
    for form in formats:
        try:
            return datetime.strptime(text, form).toordinal()
        except ValueError:
            continue
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _NO_DAY
    if moment.tzinfo is not None:
        moment = moment.astimezone(_NEW_YORK)
    return moment.toordinal()


def _numbers(column: pa.Array) -> Array:
    """Floats; nan where a cell is blank or no number. `4,500` and `$4500` are numbers."""
    import pyarrow as pa
    from pyarrow import compute

    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        column = compute.utf8_trim_whitespace(column)
        try:
            column = column.cast(pa.float64())
        except pa.ArrowInvalid:
            return np.array([_number(text) for text in column.to_pylist()])
    values: Array = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return values


def _number(text: str | None) -> float:
    try:
        return float((text or "nan").lstrip("'$").replace(",", ""))
    except ValueError:
        return float("nan")
