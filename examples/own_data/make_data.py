"""Makes up two years of SPX and VIX as csv files: a stand-in for series of your own.

One VIX close has a slipped decimal point, as files have; `--right` writes it right.
"""

import csv
import math
import random
import sys
from datetime import date
from pathlib import Path

from hedgerow.market.calendar import nyse

FOLDER = Path(__file__).parent / "prices"
SLIPPED = date(2024, 3, 14)


def closes(days: int) -> tuple[list[float], list[float]]:
    """SPX moves as much as VIX says, and VIX rises where it falls."""
    draw = random.Random(5)
    spx, vix = [4750.0], [14.0]
    for _ in range(days - 1):
        shock = draw.gauss(0, 1)
        spx.append(spx[-1] * math.exp(0.0004 + vix[-1] / 100 / 16 * 0.8 * shock))
        vix.append(vix[-1] * math.exp(0.05 * math.log(15 / vix[-1]) - 0.05 * shock))
    return spx, vix


def write(name: str, days: list[date], values: list[float]) -> None:
    with (FOLDER / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["date", "close"])
        rows.writerows([day, f"{value:.2f}"] for day, value in zip(days, values, strict=True))


sessions = [day for each in nyse().sessions if (day := each.item()).year in (2024, 2025)]
spx, vix = closes(len(sessions))
if "--right" not in sys.argv:
    vix[sessions.index(SLIPPED)] *= 10
FOLDER.mkdir(exist_ok=True)
write("SPX", sessions, spx)
write("VIX", sessions, vix)
print(f"{len(sessions)} sessions in {FOLDER.name}/SPX.csv and {FOLDER.name}/VIX.csv")
