"""A plan's signals as one Backtrader indicator, a named line each, for plots and subclasses."""

from __future__ import annotations

import re
from array import array

import backtrader as bt

from hedgerow.plan.plan import Plan


class PlanSignals(bt.Indicator):
    """What a plan computes from the market alone: thresholds, indicators; nan where unknown."""

    params = (("arrays", ()),)  # one (sessions,) array a line, over the whole market

    def _plotlabel(self) -> list[str]:
        return []  # instead of the arrays themselves

    def once(self, start: int, end: int) -> None:
        first = self.data.session_at(self.data.datetime.array[0])
        for line, values in zip(self.lines.itersize(), self.p.arrays, strict=True):
            line.array[start:end] = array("d", values[first + start : first + end].tobytes())

    def next(self) -> None:
        session = self.data.session_at(self.data.datetime[0])
        for line, values in zip(self.lines.itersize(), self.p.arrays, strict=True):
            line[0] = values[session]


def signals_of_plan(plan: Plan) -> type[PlanSignals]:
    """The indicator class of a plan. A line is named by the words it computes: `vix_ge_18`."""
    words = [" ".join(slot.span.text.split()) for slot in plan.slots]
    names = line_names(words)
    body = {
        "lines": tuple(names),
        "plotlines": {
            name: {"_name": text} for name, text in zip(names, words, strict=True)
        },
        "plotinfo": {"subplot": True, "plotname": f"signals of {plan.book.name}"},
        "__module__": __name__,
    }  # fmt: skip
    made: type[PlanSignals] = type("PlanSignals", (PlanSignals,), body)
    return made


_SPOKEN = {">=": " ge ", "<=": " le ", ">": " gt ", "<": " lt ", "=": " eq ", "%": " percent "}


def line_names(texts: list[str]) -> list[str]:
    """Names that Python allows, each once, in the words of the texts."""
    names: list[str] = []
    for text in texts:
        for symbol, spoken in _SPOKEN.items():
            text = text.replace(symbol, spoken)
        name = "_".join(re.findall(r"[a-z0-9]+", text.lower())) or "signal"
        name = f"signal_{name}" if name[0].isdigit() else name
        again = sum(known == name or known.startswith(f"{name}_again") for known in names)
        names.append(f"{name}_again{again}" if again else name)
    return names
