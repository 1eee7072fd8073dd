"""Charts as HTML: a place to draw, the summary in words, the numbers, and the data to draw from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from hedgerow.report.document import Chart, Shape
from hedgerow.report.markup import Markup, tag
from hedgerow.report.page_tables import table_markup, unbroken
from hedgerow.report.quantity import Unit

# A page shows whole dollars and hundredths of a percent; money arrives in cents.
_DRAWN = {Unit.MONEY: (0.01, 0), Unit.RATIO: (1.0, 4)}


def chart_markup(chart: Chart, number: int) -> Markup:
    """A figure; chart `number` of the page is drawn into it."""
    name = f"chart-{number}"
    scale = (_scale_buttons(chart.title),) if _can_be_logarithmic(chart) else ()
    return tag(
        "figure",
        tag("div", tag("h3", chart.title), *scale, class_="figure-head"),
        tag("figcaption", unbroken(chart.summary)),
        tag("div", id=name, class_=f"chart {chart.shape.value}", aria_hidden="true"),
        tag("details", tag("summary", f"{chart.title} in numbers"), table_markup(chart.table)),
    )


def chart_data(charts: Sequence[Chart]) -> Markup:
    """What is drawn, as JSON; axes that several charts share stand there once."""
    axes = list(dict.fromkeys(chart.x for chart in charts))
    figures = [_figure(chart, axes.index(chart.x)) for chart in charts]
    text = json.dumps({"axes": axes, "figures": figures}, separators=(",", ":"), allow_nan=False)
    # In a script element only `<` could end it.
    safe = text.replace("<", "\\u003c")
    return Markup(f'<script type="application/json" id="chart-data">{safe}</script>')


def _can_be_logarithmic(chart: Chart) -> bool:
    lowest = min(float(np.min(series.values)) for series in chart.series)
    return chart.shape is Shape.LINES and lowest > 0


def _scale_buttons(title: str) -> Markup:
    return tag(
        "div",
        tag("button", "linear", type="button", data_scale="linear", aria_pressed="true"),
        tag("button", "logarithmic", type="button", data_scale="log", aria_pressed="false"),
        class_="scale",
        role="group",
        aria_label=f"{title}: scale",
    )


def _figure(chart: Chart, axis: int) -> dict[str, Any]:
    factor, decimals = _DRAWN.get(chart.unit, (1.0, 4))
    return {
        "shape": chart.shape.value,
        "unit": chart.unit.value,
        "axis": axis,
        "series": [
            {
                "name": series.name,
                "role": series.role.value,
                "y": _rounded(series.values * factor, decimals),
            }
            for series in chart.series
        ],
    }


def _rounded(values: np.ndarray, decimals: int) -> list[float | None] | list[int]:
    if decimals == 0:
        return [round(value) for value in values.tolist()]
    return [round(value, decimals) if np.isfinite(value) else None for value in values.tolist()]
