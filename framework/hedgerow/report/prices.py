"""Which prices were real and which were modelled, and how close the model is known to come."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from hedgerow.account.order import Fill

# Which series a pricing model reads, by the letter in a fill's source `model:B`.
_MODELS = {
    "A": "SPX, VIX and the other VIX tenors at hand",
    "B": "SPX and VIX alone",
    "S": "SPX, VIX, its tenors at hand and SKEW",
    "V": "an underlying and its implied volatility, on the smile of SPX",
    "R": "an underlying and the volatility it has had, on the smile of SPX",
}
_SOURCES = {
    "chain": "quotes of recorded chains",
    "index close": "closes of the index",
    "index open": "opens of the index, for the special quotation",
    "series close": "closes of a series of the user's own",
    "previous close": "closes before, for want of an open",
    "vx_settle": "recorded settlements of VIX futures",
}
# Half and nine tenths of the credits tested lay within these parts of the real ones, in percent.
_WITHIN = (10, 20)
_WITHIN_WITH_SKEW = (7, 14)


class Modelled(Struct, frozen=True):
    """Which of the fills were at modelled prices, and of what."""

    fills: int
    all_fills: int
    modes: tuple[str, ...]  # letters of `_MODELS`
    traded: frozenset[tuple[str, str]]  # (underlying, kind) that had a modelled price

    @property
    def others(self) -> list[str]:
        """Underlyings of options whose model was held against no real chain."""
        return sorted({name for name, kind in self.traded if kind == "option"} - {"SPX", "VIX"})

    @property
    def condors_within(self) -> tuple[int, int]:
        return _WITHIN_WITH_SKEW if self.modes == ("S",) else _WITHIN


def modelled(fills: Sequence[Fill]) -> Modelled | None:
    """None where every price was real."""
    found = [fill for fill in fills if fill.source.startswith("model:")]
    if not found:
        return None
    return Modelled(
        len(found),
        len(fills),
        tuple(sorted({fill.source.removeprefix("model:") for fill in found})),
        frozenset(
            (leg.contract.underlying, leg.contract.kind.value)
            for fill in found
            for leg in fill.order.legs
        ),
    )


def modelled_prices(found: Modelled) -> str:
    """In two sentences: how many fills are modelled, and how near they are known to come."""
    within = found.condors_within[1]
    known = {
        ("SPX", "option"): f"SPX condors come within {within}% nine times in ten (VIX at 13 to 28)",
        ("VIX", "option"): "far VIX calls come only within 50%",
        ("VIX", "future"): "VIX futures come within 1.4 points",
    }
    near = [text for traded, text in known.items() if traded in found.traded]
    told = [f"Compared with real quotes, {', '.join(near)}."] if near else []
    if found.others:
        told.append(f"Those of options on {' and '.join(found.others)} were compared with none.")
    return " ".join([_extent(found), *told])


def model_accuracy(found: Modelled) -> str:
    """How each sort of modelled price was tested, and how near it came."""
    return " ".join([*_accuracy(found), *_other_underlyings(found)])


def _accuracy(found: Modelled) -> list[str]:
    said = []
    if ("SPX", "option") in found.traded:
        half, most = found.condors_within
        said.append(
            "Checked against real SPX chains of 16 dates from 2011 to 2025, with VIX between 13 "
            "and 28, the model's credit for a 45-day iron condor (short at 16 delta, wings at 5) "
            f"came within {half}% half of the time and within {most}% nine times in ten. Above "
            "VIX 28 the smile is extrapolated."
        )
    if ("VIX", "option") in found.traded:
        said.append(
            "VIX options are the weaker part, checked against two real chains: at-the-money to "
            "35-delta calls within 8%, 10-delta calls only within 30 to 50%: run a hedge with "
            "--vix-wing flat and --vix-wing steep too."
        )
    if ("VIX", "future") in found.traded:
        said.append(
            "Modelled VIX futures of 21 to 45 days missed real settlements of 2004 to 2018 by 0.6 "
            "to 1.4 points (root mean square, by years)."
        )
    return said


def _other_underlyings(found: Modelled) -> list[str]:
    said = []
    if found.others:
        said.append(
            f"Options on {' and '.join(found.others)} have the smile of SPX at their own "
            "volatility, are taken to be exercised at expiry only and to pay no dividend, and were "
            "checked against no real chain."
        )
    if "R" in found.modes:
        said.append(
            "Where no implied volatility was given (mode R) the volatility of the past stands in; "
            "real options cost more than that on average."
        )
    return said


def named_source(source: str) -> str:
    """`model:B: modelled from SPX and VIX alone`; several sources of one fill are joined by +."""
    if source.startswith("model:"):
        letter = source.removeprefix("model:")
        return f"{source}: modelled from {_MODELS[letter]}"
    return f"{source}: {' and '.join(_SOURCES[part] for part in source.split('+'))}"


def _extent(found: Modelled) -> str:
    made_from = "; ".join(f"mode {mode}, from {_MODELS[mode]}" for mode in found.modes)
    if found.all_fills == 1:
        return f"The only fill is at a modelled price, not a quoted one ({made_from})."
    if found.fills == found.all_fills:
        return f"All {found.fills:,} fills are at modelled prices, not quoted ones ({made_from})."
    return (
        f"{found.fills:,} of {found.all_fills:,} fills ({found.fills / found.all_fills:.1%}) are "
        f"at modelled prices ({made_from}); the others are at recorded ones."
    )
