"""Columns of runs beside each other: the baseline, then each other run with its difference."""

from __future__ import annotations

from collections.abc import Sequence

from hedgerow.report.document import Column
from hedgerow.report.quantity import Unit


def side_by_side(
    names: Sequence[str], unit: Unit = Unit.NUMBER, difference: Unit = Unit.NUMBER
) -> tuple[Column, ...]:
    """2 n - 1 columns for n runs."""
    others = (
        (Column(name, unit, name), Column("difference", difference, name)) for name in names[1:]
    )
    return (Column(names[0], unit), *(column for pair in others for column in pair))
