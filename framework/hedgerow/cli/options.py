"""Options that run and compare share: on which data, on what terms, and where results go."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hedgerow.account.assumptions import AccountType, Assumptions, FillTiming
from hedgerow.market.wings import Steepness
from hedgerow.text.diagnostic import shortened

MOST_CAPITAL = Decimal(10) ** 12  # dollars; more has no place in 64 bits of cents after growth
MOST_DIGITS = 18  # of a seed; what fits 64 bits


class Host(StrEnum):
    BACKTRADER = "backtrader"
    DIRECT = "direct"


class Format(StrEnum):
    HUMAN = "human"
    JSON = "json"


def day(text: str) -> date:
    """A calendar day as written on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day; write it like 2008-09-15") from None


def dollars(text: str) -> int:
    """Cents of an amount such as `250000`, `$1,000,000` or `2500.50`."""
    plain = text.strip().removeprefix("$").replace(",", "").replace("_", "")
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        problem = f"{shortened(text, 40)!r} is no amount"
        raise typer.BadParameter(f"{problem}; write it like 250000") from None
    cents = amount * 100 if amount.is_finite() else Decimal("NaN")
    if not amount.is_finite() or not 0 < amount <= MOST_CAPITAL or cents != cents.to_integral():
        problem = (
            f"{shortened(text, 40)!r} is not between $0.01 and ${MOST_CAPITAL:,} in whole cents"
        )
        raise typer.BadParameter(f"{problem}; write it like 250000")
    return int(cents)


def whole(text: str) -> int:
    """A number to draw by."""
    if not (text.isascii() and text.isdigit()) or len(text) > MOST_DIGITS:
        problem = f"{shortened(text, 40)!r} is no whole number of at most {MOST_DIGITS} digits"
        raise typer.BadParameter(f"{problem}; write it like 7")
    return int(text)


def part(text: str) -> float:
    """A part from 0 to 1, as `0.5` or `50%`."""
    try:
        found = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        found = float("nan")
    if not 0.0 <= found <= 1.0:
        raise typer.BadParameter(f"{text!r} is no part from 0 to 1; write it like 0.5 or 50%")
    return found


_WORLD = "World and account"
_RESULTS = "Results"

Data = Annotated[
    str,
    typer.Option(
        metavar="sample|DIR",
        help="The packaged SPX and VIX, 1990 to 2022, or a folder of your own series: "
        "SPX.csv, VIX.csv and so on.",
        rich_help_panel=_WORLD,
    ),
]
Start = Annotated[
    date | None,
    typer.Option(
        "--from",
        metavar="DATE",
        parser=day,
        help="First session that trades; sessions before it warm the indicators.",
        rich_help_panel=_WORLD,
    ),
]
End = Annotated[
    date | None,
    typer.Option("--to", metavar="DATE", parser=day, help="Last session.", rich_help_panel=_WORLD),
]
Capital = Annotated[
    int | None,
    typer.Option(
        metavar="DOLLARS",
        parser=dollars,
        help="Capital at the start.",
        show_default="1,000,000",
        rich_help_panel=_WORLD,
    ),
]
Costs = Annotated[
    str,
    typer.Option(
        metavar="NAME|FILE",
        help="Fee schedule: default, tastytrade, none, or a .yaml file.",
        rich_help_panel=_WORLD,
    ),
]
Fill = Annotated[
    FillTiming,
    typer.Option(
        help="Orders fill at the next close, or at the one that decided them (optimistic).",
        rich_help_panel=_WORLD,
    ),
]
Spread = Annotated[
    float | None,
    typer.Option(
        metavar="PART",
        parser=part,
        show_default="0.5",
        help="Part of the half spread that a leg pays: 0 the mid, 0.25 patient, 1 the full spread.",
        rich_help_panel=_WORLD,
    ),
]
Skew = Annotated[
    Steepness,
    typer.Option(
        help="Put wing of modelled SPX options: as measured, or an end of what real skews do.",
        rich_help_panel=_WORLD,
    ),
]
VixWing = Annotated[
    Steepness,
    typer.Option(
        help="Call wing of modelled VIX options, the least certain of all prices.",
        rich_help_panel=_WORLD,
    ),
]
Account = Annotated[
    AccountType,
    typer.Option(
        help="Margin by Regulation T, or a cash account, where all that can be lost lies in cash.",
        rich_help_panel=_WORLD,
    ),
]
Seed = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        parser=whole,
        show_default="1",
        help="Of all that is drawn: resamples of a comparison, markets of `prove`. A run alone "
        "draws nothing.",
        rich_help_panel=_WORLD,
    ),
]
Through = Annotated[
    Host,
    typer.Option(
        "--host",
        help="Backtrader, or a plain loop: the same entries, cent by cent.",
        rich_help_panel=_WORLD,
    ),
]
Page = Annotated[
    Path | None,
    typer.Option(
        "--html",
        metavar="FILE",
        help="Write one self-contained page as well.",
        rich_help_panel=_RESULTS,
    ),
]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="DIR",
        help="Write the numbers as files as well: run.json with equity, trades, fills, decisions "
        "and ledger; of a sweep sweep.json with versions.csv.",
        rich_help_panel=_RESULTS,
    ),
]
Output = Annotated[
    Format,
    typer.Option(
        "--format", help="What standard output gets, for people or programs.",
        rich_help_panel=_RESULTS,
    ),
]  # fmt: skip
ForWhom = Annotated[Format, typer.Option("--format", help="For people, or for programs.")]

DEFAULTS = Assumptions()


def assumptions(
    start: date | None,
    end: date | None,
    capital: int | None,
    costs: str,
    fill: FillTiming,
    spread: float | None,
    account: AccountType,
) -> Assumptions:
    """The terms of a run. BadParameter where the days are the wrong way round."""
    if start is not None and end is not None and start > end:
        raise typer.BadParameter(f"{start} is after --to {end}; swap them", param_hint="--from")
    return Assumptions(
        capital=capital or DEFAULTS.capital,
        start=start,
        end=end,
        fill=fill,
        spread_fraction=DEFAULTS.spread_fraction if spread is None else spread,
        costs=costs,
        account=account,
    )
