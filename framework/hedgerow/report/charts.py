"""Charts of runs: equity, drawdown, calendar years, profit by layer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from hedgerow.account.run import Run
from hedgerow.report.document import Chart, Column, Role, Series, Shape, Table
from hedgerow.report.quantity import Unit, dollars, percent, row
from hedgerow.study.returns import (
    Floats,
    Sessions,
    cash_growth,
    daily_returns,
    drawdown,
    period_returns,
)

Pick = Callable[[Floats], float]


def equity_chart(runs: Sequence[Run]) -> Chart:
    """Equity of each run, and cash and the index from the same start; cents."""
    base = runs[0]
    index = np.round(base.benchmark / base.benchmark[0] * base.equity[0])
    cash = np.round(cash_growth(base) * base.equity[0])
    series = (
        *_series(runs, [run.equity.astype(np.float64) for run in runs]),
        Series("Cash at the 3-month rate", cash, Role.REFERENCE),
        Series("Index without dividends", index, Role.REFERENCE),
    )
    ends = "; ".join(f"{one.name} ends at {dollars(one.values[-1])}" for one in series)
    return Chart(
        title="Equity",
        shape=Shape.LINES,
        unit=Unit.MONEY,
        x=_dates(base.sessions),
        series=series,
        summary=f"From {dollars(base.equity[0])} at the start: {ends}.",
        table=_year_table(
            "Equity at the last close of each year", Unit.MONEY, base.sessions, series, _last
        ),
    )


def drawdown_chart(runs: Sequence[Run]) -> Chart:
    """How far each run was below its highest close."""
    series = _series(runs, [drawdown(run.equity) for run in runs])
    depths = "; ".join(map(_depth, series, runs))
    return Chart(
        title="Drawdown",
        shape=Shape.DEPTH,
        unit=Unit.RATIO,
        x=_dates(runs[0].sessions),
        series=series,
        summary=f"Deepest: {depths}.",
        table=_year_table(
            "Deepest drawdown in each year", Unit.RATIO, runs[0].sessions, series, _lowest
        ),
    )


def _depth(below: Series, run: Run) -> str:
    deepest = float(below.values.min())
    if not deepest:
        return f"{below.name} never below a high"
    day = run.sessions[below.values.argmin()]
    return f"{below.name} {percent(deepest)} on {day}"


def year_chart(runs: Sequence[Run]) -> Chart:
    """Return of each calendar year, a bar a run."""
    tables = [period_returns(run.sessions, daily_returns(run.equity), "Y") for run in runs]
    labels = tuple(str(start) for start in tables[0].starts)
    series = _series(runs, [table.returns for table in tables])
    gains = "; ".join(
        f"{one.name} gained in {int((one.values > 0).sum())} of {len(labels)} years"
        for one in series
    )
    columns = (Column("Year"), *(Column(one.name, Unit.RATIO) for one in series))
    rows = tuple(
        row(label, *(float(one.values[at]) for one in series)) for at, label in enumerate(labels)
    )
    return Chart(
        title="Calendar years",
        shape=Shape.BARS,
        unit=Unit.RATIO,
        x=labels,
        series=series,
        summary=f"{gains}. The first and the last year may not be whole.",
        table=Table("Return of each calendar year", columns, rows),
    )


def layer_chart(run: Run) -> Chart:
    """What each rule made so far, after fees, open positions at their marks."""
    series = tuple(Series(rule, profit.astype(np.float64)) for rule, profit in run.layers.items())
    ends = "; ".join(f"{one.name} {dollars(one.values[-1])}" for one in series)
    return Chart(
        title=f"Profit by rule: {run.name}",
        shape=Shape.LINES,
        unit=Unit.MONEY,
        x=_dates(run.sessions),
        series=series,
        summary=f"At the last close: {ends}.",
        table=_year_table(
            f"Profit by rule so far, at the last close of each year: {run.name}",
            Unit.MONEY,
            run.sessions,
            series,
            _last,
        ),
    )


def _series(runs: Sequence[Run], values: Sequence[Floats]) -> tuple[Series, ...]:
    roles = (Role.BASELINE if len(runs) > 1 else Role.VARIANT, *[Role.VARIANT] * (len(runs) - 1))
    return tuple(
        Series(run.name, series, role)
        for run, series, role in zip(runs, values, roles, strict=True)
    )


def _year_table(
    caption: str, unit: Unit, sessions: Sessions, series: Sequence[Series], pick: Pick
) -> Table:
    """One number a year from each series: `pick` gets the year's values."""
    years, first = np.unique(sessions.astype("datetime64[Y]"), return_index=True)
    columns = (Column("Year"), *(Column(one.name, unit) for one in series))
    parts = [np.split(one.values, first[1:]) for one in series]
    rows = tuple(
        row(str(year), *(pick(split[at]) for split in parts)) for at, year in enumerate(years)
    )
    return Table(caption, columns, rows)


def _last(values: Floats) -> float:
    return float(values[-1])


def _lowest(values: Floats) -> float:
    return float(values.min())


def _dates(sessions: Sessions) -> tuple[str, ...]:
    return tuple(np.datetime_as_string(sessions, unit="D").tolist())
