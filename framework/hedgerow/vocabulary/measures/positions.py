"""Of a position, a layer stack or the book: `base.profit`, `loss(condors, spike)`.

Unknown where nothing is open, except what counts or asks whether something is.
"""

from __future__ import annotations

from math import inf

from hedgerow.vocabulary.units import Kind
from hedgerow.vocabulary.word import Family, Subject, Together, measure

_POSITION = (Subject.POSITION,)
_POSITIONS = (Subject.POSITION, Subject.STACK, Subject.BOOK)
_MARGINED = (Subject.ACCOUNT, *_POSITIONS)
_SENSITIVE = (Subject.LEG, *_POSITIONS)
_LAYERS = (Subject.POSITION, Subject.STACK)

ROWS = (
    measure("profit", Kind.MONEY, "What was made so far, at the mid and before fees.",
            of=_POSITIONS, together=Together.SUM),
    measure("credit", Kind.MONEY, "What was received for the contracts held; 0 where it was paid.",
            of=_POSITIONS, together=Together.SUM, between=(0.0, inf)),
    measure("cost", Kind.MONEY, "What was paid for the contracts held; 0 where it was received.",
            of=_POSITIONS, together=Together.SUM, between=(0.0, inf)),
    measure("max_profit", Kind.MONEY, "The most it can make at expiry.",
            of=_POSITIONS, together=Together.SUM, source="the payoff of all legs together"),
    measure("max_loss", Kind.MONEY, "The most it can lose at expiry, a positive number.",
            of=_POSITIONS, together=Together.SUM, source="the payoff of all legs together"),
    measure("days_to_expiry", Kind.DAYS, "Calendar days to the nearest expiry of its legs.",
            of=_POSITION, together=Together.LATEST, between=(0.0, inf)),
    measure("age", Kind.DAYS, "Calendar days since it was filled.",
            of=_POSITION, together=Together.LATEST, between=(0.0, inf)),
    measure("lower_break_even", Kind.LEVEL, "The level below which it loses at expiry.",
            of=_POSITION, together=Together.LATEST, source="the payoff, opening price included"),
    measure("upper_break_even", Kind.LEVEL, "The level above which it loses at expiry.",
            of=_POSITION, together=Together.LATEST, source="the payoff, opening price included"),
    measure("vol_break_even", Kind.RATIO, "The volatility a year of which one standard deviation, "
            "from today to expiry, reaches the nearer break-even; below zero where settling at "
            "today's level would lose.",
            of=_POSITION, together=Together.LATEST,
            source="|log(break-even / level)| over the root of days / 365: "
                   "docs/decisions/capital.md"),
    measure("margin", Kind.MONEY, "What the broker sets aside; of the account, for all that is "
            "open.", of=_MARGINED, together=Together.SUM,
            source="Reg T, from the payoff of each package: account/margin.py",
            between=(0.0, inf)),
    measure("irr", Kind.RATIO, "The yearly rate made on margin and premium, after fees: of all "
            "positions opened over the window or, without one, since the start, ended ones "
            "included; in an exit, of the position that may end.",
            of=_POSITIONS, together=Together.SUM, window="window",
            source="internal rate of return, days / 365: docs/decisions/capital.md",
            between=(-1.0, inf)),
    measure("capital_cost", Kind.MONEY, "What margin and premium had to earn by now at a rate a "
            "year, compounded.", of=_POSITIONS, together=Together.SUM, rate="rate",
            source="docs/decisions/capital.md"),
    measure("delta", Kind.GREEK, "Dollars gained for each point the SPX rises; of a leg its "
            "option's delta without the sign, 0 to 100 for puts and calls alike.",
            of=_SENSITIVE, together=Together.SUM, of_leg=Kind.DELTA,
            source="Black-Scholes at the option's own implied volatility"),
    measure("gamma", Kind.GREEK, "How much the delta rises for each point the SPX rises.",
            of=_POSITIONS, together=Together.SUM,
            source="Black-Scholes deltas at the SPX half a point up and down"),
    measure("vega", Kind.GREEK, "Dollars gained for each point the VIX rises.",
            of=_POSITIONS, together=Together.SUM,
            source="full repricing, the VIX half a point up and down"),
    measure("theta", Kind.GREEK, "Dollars gained by tomorrow if nothing moves.",
            of=_POSITIONS, together=Together.SUM, source="full repricing, a calendar day later"),
    measure("loss", Kind.MONEY, "What would be lost at once under a shock, repriced at the mid; "
            "a positive number, 0 where nothing is open.",
            of=_POSITIONS, together=Together.SUM, shock="shock"),
    measure("credit_collected", Kind.MONEY, "Premium received at openings, ended positions "
            "included, over the window or, without one, since the start.",
            of=_POSITIONS, together=Together.SUM, window="window"),
    measure("hedge_cost", Kind.MONEY, "Premium paid at openings, ended positions included, over "
            "the window or, without one, since the start.",
            of=_POSITIONS, together=Together.SUM, window="window"),
    measure("units", Kind.COUNT, "How many shares, or packages of contracts, are held.",
            of=_POSITIONS, together=Together.SUM, between=(0.0, inf)),
    measure("count", Kind.NUMBER, "How many positions are open.",
            of=_POSITIONS, together=Together.SUM, between=(0.0, inf)),
    measure("open", Kind.TRUTH, "True while a position is open, from its fill to its end.",
            of=_POSITIONS, family=Family.STATE),
    measure("armed", Kind.TRUTH, "True from the session a layer's `at` held until its `until` did.",
            of=_LAYERS, family=Family.STATE),
    measure("disarmed", Kind.TRUTH, "True while a layer is not armed.",
            of=_LAYERS, family=Family.STATE),
)  # fmt: skip
