"""The pictures of docs/fidelity.md, of what its tables measure."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.validation import chain_errors, vx_errors
from tests.validation.svg import Axis, Curve, curves, steps

FOLDER = Path(__file__).parent.parent.parent / "docs" / "pictures"
_SMILE_DAYS = (chain_errors.DAYS[0], chain_errors.DAYS[5])  # VIX 17.6 and 23.2
_DELTAS = (
    (5, "5 P"),
    (10, "10 P"),
    (25, "25 P"),
    (50, "50"),
    (75, "25 C"),
    (90, "10 C"),
    (95, "5 C"),
)
_TENOR, _APART = 45.0, 1.5  # days; points of delta between two dots


def pictures(data: Path) -> dict[str, str]:
    """SVG texts by file name."""
    return {
        "smiles.svg": smiles(data),
        "condor_credits.svg": condor_credits(data),
        "vx_errors.svg": vix_futures(data),
    }


def smiles(data: Path) -> str:
    """Implied volatility by delta, quoted and modelled, of the expiry next to 45 days."""
    shown: list[Curve] = []
    lives = []
    days = (day for day in chain_errors.days(data, False) if day.on in _SMILE_DAYS)
    for number, day in enumerate(days):
        _, years, quotes = min(day.slices(), key=lambda each: abs(each[1] * 365 - _TENOR))
        lives.append(f"{years * 365:.0f}")
        delta, real, modelled = chain_errors.smile(day, years, quotes)
        place = np.where(delta < 0, -100 * delta, 100 - 100 * delta)
        kept = _apart(place)
        dots, line = (f"{day.on}, {what}" for what in ("quoted", "modelled"))
        shown += [
            Curve(dots, 2 * number, place[kept].tolist(), real[kept].tolist(), "dots"),
            Curve(line, 2 * number + 1, place[kept].tolist(), modelled[kept].tolist()),
        ]
    along = f"delta of puts (P) and calls (C), percent; {' and '.join(lives)} days to expiry"
    heights = [height for each in shown for height in each.ys]
    return curves(
        "Implied volatility of SPX options by delta, quoted and modelled from SPX and VIX",
        Axis(along, 2.0, 98.0, _DELTAS),
        steps("implied volatility, percent", heights, 5.0, "{:.0f}"),
        shown,
    )


def _apart(places: np.ndarray) -> list[int]:
    """Rows between 3 and 97 whose places, ascending, lie apart."""
    kept: list[int] = []
    for row, place in enumerate(places):
        if 3 <= place <= 97 and (not kept or place - places[kept[-1]] >= _APART):
            kept.append(row)
    return kept


def condor_credits(data: Path) -> str:
    """Modelled credits over quoted ones: what is right lies on the line."""
    found = list(chain_errors.credits(data, False))
    end = max(max(each.real, each.modelled) for each in found) * 1.05
    shown = [
        Curve("as quoted, 10 % off", 3, [0.0, end], [0.0, end]),
        *(Curve("", 3, [0.0, end], [0.0, share * end], "dashed") for share in (0.9, 1.1)),
    ]
    for colour, year in ((0, 2011), (2, 2022), (1, 2023)):
        of = [each for each in found if each.day.on.year == year]
        real, modelled = [each.real for each in of], [each.modelled for each in of]
        shown.append(Curve(f"condors of {year}", colour, real, modelled, "dots"))
    return curves(
        "Credits of iron condors, quoted and modelled from SPX and VIX",
        steps("credit quoted, points", [0.0, end], 10.0, "{:.0f}"),
        steps("credit modelled, points", [0.0, 1.1 * end], 10.0, "{:.0f}"),
        shown,
    )


def vix_futures(data: Path) -> str:
    """Root mean square errors by days to expiry, beside taking VIX for the future."""
    middles = [(low + high) / 2 for low, high in vx_errors.TENORS]
    shown = []
    early, late = vx_errors.ERAS
    for colour, mode, sisters, era in ((1, "B", False, early), (2, "B", False, late),
                                       (3, "A", True, late)):  # fmt: skip
        rmse = [each.rmse for each in vx_errors.misses(data, sisters, era)]
        shown.append(Curve(f"{' to '.join(era)}, mode {mode}", colour, middles, rmse))
    plain = [vx_errors.naive_rmse(data, *each) for each in vx_errors.TENORS]
    shown.append(Curve("VIX itself, all years", 0, middles, plain, "dashed"))
    ticks = [(float(at), str(at)) for at in range(0, 181, 30)]
    heights = [0.0, *(height for each in shown for height in each.ys)]
    return curves(
        "Errors of modelled VIX futures by days to expiry",
        Axis("days to expiry", 0.0, 180.0, ticks),
        steps("root mean square error, points", heights, 1.0, "{:.0f}"),
        shown,
    )
