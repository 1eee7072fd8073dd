"""What a report says, before anyone knows whether it becomes a page or a terminal text."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hedgerow.report.quantity import Cell, Unit
from hedgerow.text.source import Source


class Heading(Struct, frozen=True):
    text: str
    level: int = 2  # 1 is the document's title


class Prose(Struct, frozen=True):
    text: str


class Answers(Struct, frozen=True):
    """Questions a reader comes with, each with what there is to say."""

    rows: tuple[tuple[str, tuple[str, ...]], ...]


class Weight(StrEnum):
    WARNING = "warning"
    REMARK = "remark"


class Note(Struct, frozen=True):
    """Something to know before the numbers are believed."""

    text: str
    weight: Weight = Weight.REMARK
    see: str = ""  # the heading under which there is more


class Column(Struct, frozen=True):
    """`unit` is that of plain numbers in the column; anything but text stands to the right.

    Neighbours of one `about` (a run's name) stay side by side where a table is broken; a reader
    who listens hears it where the title does not say it.
    """

    title: str
    unit: Unit = Unit.TEXT
    about: str = ""


class Extent(StrEnum):
    SHORT = "short"
    LONG = "long"  # reference matter: read on a page, left out of a terminal
    SEARCH = "search"  # hundreds of rows: a page scrolls and sorts them, a terminal has none


class Table(Struct, frozen=True):
    """Rows of cells, one a column; the first column names the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    extent: Extent = Extent.SHORT


class Shape(StrEnum):
    LINES = "lines"
    DEPTH = "depth"  # filled from zero down
    BARS = "bars"


class Role(StrEnum):
    BASELINE = "baseline"
    VARIANT = "variant"
    REFERENCE = "reference"  # only to compare with, drawn faint


class Series(Struct, frozen=True):
    name: str
    values: NDArray[np.float64]  # (n,) in the chart's unit
    role: Role = Role.VARIANT


class Chart(Struct, frozen=True):
    """Series over `x` (ISO dates or labels). `summary` says in words what is to be seen, `table`
    gives the numbers to whoever cannot or does not want to look.
    """

    title: str
    shape: Shape
    unit: Unit
    x: tuple[str, ...]
    series: tuple[Series, ...]
    summary: str
    table: Table


class Rules(Struct, frozen=True):
    """A rule file, or two with their difference: `before` is the baseline's."""

    after: Source
    before: Source | None = None


Block = Heading | Prose | Answers | Note | Table | Chart | Rules


class Document(Struct, frozen=True):
    title: str
    blocks: tuple[Block, ...]
