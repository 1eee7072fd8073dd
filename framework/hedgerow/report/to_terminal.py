"""A document on a terminal: as wide as it is, colour only where it adds to the words."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
from rich.console import Console, RenderableType
from rich.segment import Segment, Segments
from rich.table import Table as RichTable
from rich.text import Text

from hedgerow.report.document import (
    Answers,
    Block,
    Chart,
    Column,
    Document,
    Extent,
    Heading,
    Note,
    Prose,
    Role,
    Rules,
    Series,
    Shape,
    Table,
    Weight,
)
from hedgerow.report.quantity import Cell, Unit, Word, written_cell
from hedgerow.text.source import Source

_STEPS = "▁▂▃▄▅▆▇█"
_PADDING = 2  # characters between two columns
_FOLDS_AT = 24  # words wider than this go on in the next line
_CHART_FROM = 80  # columns of a terminal wide enough for a chart
_TONES = {"good": "green", "bad": "red", "plain": ""}
_DIFFERENCE = {"+": "green", "-": "red", "@": "cyan"}


def to_terminal(document: Document, console: Console) -> None:
    """Every block but long tables, which belong to pages and files, and a rule file alone, which
    the reader has; a heading over nothing else goes with them.
    """
    _show(Text(document.title, style="bold underline"), console)
    heading: Heading | None = None
    for block in document.blocks:
        if isinstance(block, Heading):
            heading = block
        elif _fits(block):
            if heading:
                console.print()
                _show(Text(heading.text, style="bold"), console)
                heading = None
            _print(block, console)


def _fits(block: Block) -> bool:
    match block:
        case Table():
            return block.extent is Extent.SHORT
        case Rules():
            return block.before is not None
        case _:
            return True


def _print(block: Prose | Answers | Note | Table | Chart | Rules, console: Console) -> None:
    match block:
        case Prose():
            _show(Text(block.text), console)
        case Answers():
            _show(_answers(block), console)
        case Note():
            style = "yellow" if block.weight is Weight.WARNING else "dim"
            more = f" More under {block.see}." if block.see else ""
            _show(Text(f"{block.weight.value}: {block.text}{more}", style=style), console)
        case Table():
            _print_table(block, console)
        case Chart():
            _print_chart(block, console)
        case Rules(after, before) if before:
            console.print(_difference(before, after), soft_wrap=True)


def _answers(answers: Answers) -> RichTable:
    grid = RichTable.grid(padding=(0, _PADDING, 0, 0))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for question, said in answers.rows:
        grid.add_row(Text(question), Text("\n".join(said)))
    return grid


def _print_table(table: Table, console: Console) -> None:
    """Columns that do not fit come below, again behind the first column."""
    texts = [
        [_text(cell, column) for cell, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    for number, shown in enumerate(_groups(table.columns, texts, console.width)):
        console.print()
        _show(Text(table.caption if not number else f"{table.caption} (more columns)"), console)
        grid = RichTable(box=None, pad_edge=False, padding=(0, _PADDING, 0, 0), show_edge=False)
        for at in shown:
            right = table.columns[at].unit is not Unit.TEXT
            grid.add_column(
                Text(table.columns[at].title, style="dim"),
                justify="right" if right else "left",
                no_wrap=right,
                overflow="fold",
            )
        for row in texts:
            grid.add_row(*(row[at] for at in shown))
        _show(grid, console)


def _show(shown: RenderableType, console: Console) -> None:
    """Lines end with their last character: rich leaves the space at which it broke a line, and
    fills a table's lines up to its width.
    """
    ended: list[Segment] = []
    for line in console.render_lines(shown, pad=False):
        while line and not line[-1].text.rstrip():
            line.pop()
        if line:
            line[-1] = Segment(line[-1].text.rstrip(), line[-1].style)
        ended += [*line, Segment.line()]
    console.print(Segments(ended), end="")


def _groups(
    columns: Sequence[Column], texts: Sequence[Sequence[Text]], width: int
) -> Iterator[list[int]]:
    """Columns by number, each group within the width and starting with the first column."""
    widths = [
        _width(column, [row[at] for row in texts]) + _PADDING for at, column in enumerate(columns)
    ]
    room = width + _PADDING  # nothing is padded after the last column
    shown = [0]
    for together in _neighbours(columns):
        for part in _parts(together, widths, room):
            if len(shown) > 1 and sum(widths[at] for at in [*shown, *part]) > room:
                yield shown
                shown = [0]
            shown.extend(part)
    yield shown


def _neighbours(columns: Sequence[Column]) -> list[list[int]]:
    """Columns after the first, those about one thing together."""
    keyed = groupby(range(1, len(columns)), lambda at: columns[at].about or at)
    return [list(together) for _, together in keyed]


def _parts(together: list[int], widths: Sequence[int], room: int) -> list[list[int]]:
    """Columns that belong together, one by one where no line takes them all."""
    if sum(widths[at] for at in [0, *together]) <= room:
        return [together]
    return [[at] for at in together]


def _width(column: Column, texts: Sequence[Text]) -> int:
    """Characters a column needs: numbers stay whole, words may fold."""
    widest = max([len(column.title), *(text.cell_len for text in texts)])
    return widest if column.unit is not Unit.TEXT else min(widest, _FOLDS_AT)


def _text(cell: Cell, column: Column) -> Text:
    style = _TONES[cell.tone] if isinstance(cell, Word) else ""
    return Text(written_cell(cell, column.unit), style=style)


def _print_chart(chart: Chart, console: Console) -> None:
    """A line of blocks for each run or rule, all on one scale; of bars their numbers."""
    if chart.shape is Shape.BARS:
        _print_table(chart.table, console)
        return
    title = f"{chart.title}, {chart.x[0]} to {chart.x[-1]}"
    console.print()
    if console.encoding == "utf-8" and console.width >= _CHART_FROM:
        drawn = [series for series in chart.series if series.role is not Role.REFERENCE]
        values = np.concatenate([series.values for series in drawn])
        low, high = float(values.min()), float(values.max())
        ends = [written_cell(end, chart.unit) for end in (low, high)]
        _show(Text(f"{title}; {_STEPS[0]} is {ends[0]}, {_STEPS[-1]} is {ends[1]}"), console)
        label = max(len(series.name) for series in drawn)
        room = max(console.width - label - _PADDING, 10)
        for series in drawn:
            _show(Text(f"{series.name:<{label}}  {_spark(series, low, high, room)}"), console)
    else:
        _show(Text(title), console)
    _show(Text(chart.summary, style="dim"), console)


def _spark(series: Series, low: float, high: float, width: int) -> str:
    """The lowest value of each stretch, so that no fall is lost."""
    stretches = np.array_split(series.values, min(width, len(series.values)))
    lowest = np.array([stretch.min() for stretch in stretches])
    share = (lowest - low) / ((high - low) or 1.0)
    return "".join(_STEPS[round(float(part) * (len(_STEPS) - 1))] for part in share)


def _difference(before: Source, after: Source) -> Text:
    """What differs, with three lines around it; lines stay whole, so that they can be copied."""
    lines = difflib.unified_diff(
        before.text.splitlines(),
        after.text.splitlines(),
        before.name,
        after.name,
        lineterm="",
    )
    text = Text()
    for line in lines:
        text.append(line.rstrip() + "\n", style=_DIFFERENCE.get(line[:1], ""))
    return text if text else Text("The rule files are the same.")
