"""Runs the index presets on the packaged sample and writes docs/published_indices.md.

PYTHONPATH=framework python -m tests.validation.published

Needs nothing but the package. The published figures are facts about the indices of Cboe, from its
own statistics and from Black and Szado, "Performance Analysis of CBOE S&P 500 Options-Selling
Indices" (2016); no index level is kept here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from hedgerow.account.assumptions import Assumptions, FillTiming
from hedgerow.account.fee_files import schedule
from hedgerow.host.direct import run_direct
from hedgerow.market.history import Series
from hedgerow.market.market import Market
from hedgerow.market.market_from_history import market_from_history
from hedgerow.market.wings import Steepness, wings_from
from hedgerow.study.returns import drawdown
from msgspec.structs import replace

from tests.running import plan_of, sample_market
from tests.validation.svg import bars

_ROOT = Path(__file__).parent.parent.parent
_PAGE = _ROOT / "docs" / "published_indices.md"
PICTURE = _PAGE.parent / "pictures" / "cndr_years.svg"

CNDR_YEARS = {  # percent, Cboe
    2008: -3.99, 2009: 12.59, 2010: -4.85, 2011: 1.74, 2012: -3.05, 2013: -0.74, 2014: -5.23,
    2015: 10.40, 2016: -2.04, 2017: 1.46, 2018: -5.28, 2019: 1.30, 2020: -6.11, 2021: 1.10,
    2022: -1.08,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """Percent, of month ends."""

    annual: float
    volatility: float  # of monthly returns, a year
    drawdown: float  # the deepest, negative
    years: dict[int, float]  # whole calendar years


# Of May 1990 to November 2025; PUT's drawdown of 1986 to 2025; BXM of 1986 to 2018, its drawdown
# to 2021.
PUBLISHED = {
    "cndr": Figures(4.70, 6.88, -19.0, CNDR_YEARS),
    "put": Figures(9.29, 9.91, -32.7, {}),
    "bxm": Figures(8.50, 10.58, -35.8, {}),
}


def replicated(name: str, spread_fraction: float = 0.0) -> Figures:
    """The preset on the packaged sample, without fees, at the mid unless said otherwise."""
    assumed = Assumptions(costs="none", spread_fraction=spread_fraction)
    return figures(rules(name), assumed, sample_market())


def rules(name: str) -> str:
    return (_ROOT / "rules" / "benchmarks" / f"{name}.rules").read_text("utf-8")


def figures(text: str, assumed: Assumptions, market: Market) -> Figures:
    """What a rule text makes from May 1990 to December 2022."""
    run = run_direct(plan_of(text), market, assumed, schedule("none"))
    months = run.sessions.astype("M8[M]")
    ends = np.flatnonzero(np.append(months[1:] != months[:-1], True))
    ends = ends[months[ends] >= np.datetime64("1990-04")]
    equity, month = run.equity[ends].astype(float), months[ends]
    returns = equity[1:] / equity[:-1] - 1.0
    december = month.astype(int) % 12 == 11
    closes, years = equity[december], month[december].astype("M8[Y]").astype(int) + 1970
    return Figures(
        100 * ((equity[-1] / equity[0]) ** (12 / len(returns)) - 1),
        100 * float(returns.std(ddof=1)) * 12**0.5,
        100 * float(drawdown(equity).min()),
        dict(zip(years[1:].tolist(), (100 * (closes[1:] / closes[:-1] - 1)).tolist(), strict=True)),
    )


def settled_later(share: float) -> Market:
    """The sample with opens that lie so far on the way from the open, or the close before where
    there is none, to the close: what options then settle to on their day."""
    past = sample_market().history
    spx = past.series["SPX"]
    opens = (1.0 - share) * spx.opening() + share * spx.close
    moved = Series(spx.close, opens, spx.high, spx.low, spx.source)
    return market_from_history(replace(past, series={**past.series, "SPX": moved}))


def yearly(found: Figures, published: Figures) -> tuple[float, float]:
    """Correlation of the yearly returns both have, and the root of the mean squared difference."""
    common = sorted(set(found.years) & set(published.years))
    ours, theirs = ([of.years[year] for year in common] for of in (found, published))
    away = np.array(ours) - np.array(theirs)
    return float(np.corrcoef(ours, theirs)[0, 1]), float(np.sqrt((away**2).mean()))


def page() -> str:
    runs = {
        (name, fraction): replicated(name, fraction)
        for name in PUBLISHED for fraction in (0.0, 0.5)
    }  # fmt: skip
    lines = [
        _HEAD,
        "| index | annual return | volatility | deepest fall |",
        "| --- | --- | --- | --- |",
    ]
    for name, published in PUBLISHED.items():
        lines.append(_row(f"{name.upper()}, published", published))
        lines.append(_row(f"{name}.rules, at the mid", runs[name, 0.0]))
        lines.append(_row(f"{name}.rules, half the half spread", runs[name, 0.5]))
    correlation, error = yearly(runs["cndr", 0.0], PUBLISHED["cndr"])
    lines += ["", "## CNDR by year", "",
              "![Yearly returns of CNDR and of cndr.rules](pictures/cndr_years.svg)", "",
              f"At the mid the yearly returns have a correlation of {correlation:.2f} with the "
              f"published ones, and miss them by {error:.1f} points (root mean square).", "",
              "| year | published | at the mid | half the half spread |",
              "| --- | --- | --- | --- |"]  # fmt: skip
    for year, value in CNDR_YEARS.items():
        ours = [runs["cndr", fraction].years.get(year) for fraction in (0.0, 0.5)]
        shown = ["" if each is None else f"{each:.2f}%" for each in ours]
        lines.append(f"| {year} | {value:.2f}% | {shown[0]} | {shown[1]} |")
    return "\n".join([*lines, "", *_why_put_falls_further(), "", _TAIL])


def picture(found: Figures) -> str:
    """The yearly returns of the condor index and of its rule file."""
    series = {"CNDR, published": CNDR_YEARS, "cndr.rules, modelled, at the mid": found.years}
    return bars("Yearly returns of CNDR and of cndr.rules", "return of the year", series, 5.0)


def _why_put_falls_further() -> list[str]:
    """Lines: the same run with one thing changed at a time."""
    put, market, free = rules("put"), sample_market(), Assumptions(**_FREE)
    same_day = put.replace("when 1 session before SPX_EXPIRY", "when on SPX_EXPIRY")
    same_day = same_day[: same_day.index("test ")]
    at_once = Assumptions(**_FREE, fill=FillTiming.SAME_CLOSE)
    flat = market_from_history(market.history, wings=wings_from(Steepness.FLAT, Steepness.MEASURED))
    changed = {
        "nothing": figures(put, free, market),
        "decided and filled at the close of the expiry day": figures(same_day, at_once, market),
        "a flatter smile (`--skew flat`)": figures(put, free, flat),
        "settled half way from the open to the close": figures(put, free, settled_later(0.5)),
        "settled at the close": figures(put, free, settled_later(1.0)),
    }
    rises = " and ".join(_rise(day) for day in ("2008-09-19", "2008-11-21"))
    lines = [_WHY.format(rises=rises), "| changed | annual return | 2008 | deepest fall |",
             "| --- | --- | --- | --- |"]  # fmt: skip
    for name, found in changed.items():
        lines.append(
            f"| {name} | {found.annual:.2f}% | {found.years[2008]:.1f}% | {found.drawdown:.1f}% |"
        )
    return lines


def _rise(day: str) -> str:
    """What the index did between a session's open and its close, and before the open."""
    spx = sample_market().history.series["SPX"]
    at = int(sample_market().history.sessions.searchsorted(np.datetime64(day)))
    before, opening, close = spx.close[at - 1], spx.opening()[at], spx.close[at]
    return f"{close / opening - 1:+.1%} on {day} (its open {opening / before - 1:+.1%})"


def _row(name: str, of: Figures) -> str:
    return f"| {name} | {of.annual:.2f}% | {of.volatility:.2f}% | {of.drawdown:.1f}% |"


_HEAD = """\
# Published indices from rule files

Three indices that Cboe publishes, said in the rule language and run on the packaged sample: every
price is modelled from SPX and VIX. Printed by

```
PYTHONPATH=framework python -m tests.validation.published
```

Published figures are of May 1990 to November 2025 (the fall of PUT: 1986 to 2025; BXM: 1986 to
2018, its fall to 2021), the runs of May
1990 to December 2022, both from month ends. No fees, as in the indices.
"""

_FREE = {"costs": "none", "spread_fraction": 0.0}
_WHY = """\
## Why put.rules falls further than PUT

Leverage is not the reason: the worst loss of a put is its strike less what it brought, and bills
for all of it are the index's own rule. It is the settlement. The open in the data is the index's
first print, when most shares have not traded, so it stands close to the close before; the special
quotation is made of true opening prices. On two roll days of that fall the index rose far beyond
its print:
{rises}.
Puts that settle on the print lose all of that; the published index lost only what came before the
opening prices. One change at a time:
"""

_TAIL = """\
## What differs

- The indices trade at late-morning prices of the roll day, after the old options settled; a rule
  decides at a close and fills at the next one.
- Openings that settle options are the index's open where the data have one, else the close before:
  a stand-in for the special quotation.
- CNDR's bills cover ten times the worst loss; whether net of credit is not published. Here the
  worst loss after the credit is a tenth.
- `bxm.rules` is a demonstration: its published figures are of other years than the run. Shares are
  held through the roll day, so that the settlement weighs less than in `put.rules`. They are 99% of
  the equity, whole calls cover a little less than all of them, and both are brought back once a
  month; the index holds both in full at every roll.
- `vxth.rules` and `bfly.rules` are demonstrations and nothing is claimed of them: there is no
  published history here to hold them to, and calls on VIX are the least certain of all modelled
  prices.
- After 2010 real condors paid less than the model says; see [fidelity.md](fidelity.md), where
  the model is held against recorded quotes and settlements.
"""

if __name__ == "__main__":
    _PAGE.write_text(page(), "utf-8")
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(replicated("cndr")), "utf-8")
    print(f"wrote {_PAGE.name} and {PICTURE.name}")
