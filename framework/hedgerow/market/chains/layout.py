"""Which column of a vendor's file holds what: a YAML file a vendor, checked with pydantic.

A new vendor is a new file in `layouts/`, or a .yaml file in the user's own `chains/` folder.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from hedgerow.market.data_fault import DataFault

_LARGEST = 64 * 1024  # bytes of a mapping file
_SINGLE = ("right", "bid", "ask")
_PAIR = ("call_bid", "call_ask", "put_bid", "put_ask")
_NAMED = ("root", "underlying", "option_symbol")
_OPTIONAL = frozenset({"underlying_price", "settlement", *_NAMED})
_PACKAGED = files("hedgerow.market.chains") / "layouts"

Column = Annotated[str, Field(min_length=1, max_length=80)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Columns(_Strict):
    """Names of a vendor's columns, written as `column_name` writes them."""

    date: Column
    expiry: Column
    strike: Column
    root: Column | None = None  # SPX, SPXW, VIX ...
    underlying: Column | None = None  # SPX or VIX
    option_symbol: Column | None = None  # 21 characters of OSI: the root, then 15 of terms
    right: Column | None = None  # of layouts with one option a row
    bid: Column | None = None
    ask: Column | None = None
    call_bid: Column | None = None  # of layouts with a call and a put a row
    call_ask: Column | None = None
    put_bid: Column | None = None
    put_ask: Column | None = None
    underlying_price: Column | None = None  # points
    settlement: Column | None = None  # AM or PM

    @model_validator(mode="after")
    def _one_shape(self) -> Self:
        single = [name for name in _SINGLE if getattr(self, name) is not None]
        pair = [name for name in _PAIR if getattr(self, name) is not None]
        if bool(single) == bool(pair) or len(single or pair) != len(_SINGLE if single else _PAIR):
            raise ValueError(f"give either {', '.join(_SINGLE)} or all of {', '.join(_PAIR)}")
        return self


class Layout(_Strict):
    """How the files of one vendor are read. ISO dates are always understood."""

    name: str
    title: str
    source: str  # where the layout is documented
    dates: tuple[str, ...] = ()  # strptime formats beside ISO
    underlying_in_file_name: bool = False  # `spx_eod_202301.txt` holds options on SPX
    columns: Columns

    @model_validator(mode="after")
    def _knows_its_underlying(self) -> Self:
        if not self.underlying_in_file_name and not any(
            getattr(self.columns, name) for name in _NAMED
        ):
            raise ValueError(f"name a column for one of {', '.join(_NAMED)}")
        return self

    def used(self, header: Sequence[str]) -> dict[str, str]:
        """Our name -> the file's column, of those the file has."""
        known = self.columns.model_dump(exclude_none=True)
        return {ours: column_name(theirs) for ours, theirs in known.items()
                if column_name(theirs) in header}  # fmt: skip

    def missing(self, header: Sequence[str]) -> list[str]:
        """Columns a file of this layout must have and this one has not."""
        used = self.used(header)
        lacking = [
            column_name(theirs)
            for ours, theirs in self.columns.model_dump(exclude_none=True).items()
            if ours not in used and ours not in _OPTIONAL
        ]
        if not self.underlying_in_file_name and not any(name in used for name in _NAMED):
            wanted = (getattr(self.columns, name) for name in _NAMED)
            lacking.append(" or ".join(name for name in wanted if name))
        return lacking


def column_name(written: str) -> str:
    """`" [QUOTE_DATE]"`, `Quote Date` and `quote_date` are one name."""
    return re.sub(r"[^a-z0-9]+", "_", written.strip().lstrip("\ufeff").lower()).strip("_")


def layout_of(path: Path, header: Sequence[str], own: Sequence[Layout]) -> Layout:
    """The user's own layout, or else the packaged one, that fits the columns best; DataFault if
    none does."""
    for layouts in (own, packaged_layouts()):
        fitting = [layout for layout in layouts if not layout.missing(header)]
        if fitting:
            return max(fitting, key=lambda layout: len(layout.used(header)))
    candidates = own or packaged_layouts()
    nearest = min(candidates, key=lambda layout: len(layout.missing(header)))
    lacking = nearest.missing(header)
    guesses = [_guess(name, header) for name in lacking]
    found = ", ".join(list(header)[:12]) + (", ..." if len(header) > 12 else "")
    raise DataFault(
        f"{path}, row 1",
        f"no column {', '.join(guesses)} of the layout {nearest.name}, the nearest that is known",
        f"rename the columns, or describe them in a .yaml file beside it (found: {found})",
    )


@lru_cache(maxsize=1)
def packaged_layouts() -> tuple[Layout, ...]:
    """Every vendor the package knows, by name."""
    found = sorted(_PACKAGED.iterdir(), key=lambda item: item.name)
    return tuple(_layout(item.name, item.read_bytes()) for item in found)


def mappings(folder: Path) -> list[Path]:
    """Files of the user's own layouts, by name."""
    return sorted(folder.glob("*.yaml"))


def own_layouts(folder: Path) -> list[Layout]:
    """The user's own layouts; DataFault where one is wrong."""
    found = []
    for path in mappings(folder):
        data = path.read_bytes()
        if len(data) > _LARGEST:
            raise DataFault(str(path), "larger than 64 KiB", "a mapping is some twenty lines")
        found.append(_layout(str(path), data))
    return found


def _layout(where: str, data: bytes) -> Layout:
    import yaml

    remedy = "write it like hedgerow/market/chains/layouts/hedgerow.yaml"
    try:
        return Layout.model_validate(yaml.safe_load(data.decode("utf-8")))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        problem = f"{place}: {first['msg']}" if place else first["msg"]
        raise DataFault(where, problem, remedy) from None
    except (yaml.YAMLError, ValueError) as error:
        raise DataFault(
            where, f"isn't YAML: {' '.join(str(error).split())[:200]}", remedy
        ) from None


def _guess(name: str, header: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, header, 1)
    return f"{name} (is it {near[0]}?)" if near else name
