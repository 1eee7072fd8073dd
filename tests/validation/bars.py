"""Yearly returns as bars side by side: the same picture (SVG) for the same numbers."""

from collections.abc import Mapping

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 760, 300, 44, 34, 26  # pixels
COLOURS = ("#6b7280", "#b45309")  # readable on white; the picture brings its own ground
STEP = 5.0  # percent between two lines


def bars(title: str, series: Mapping[str, Mapping[int, float]]) -> str:
    """Percent by year, each series under its name; the years that all have."""
    years = sorted(set.intersection(*(set(values) for values in series.values())))
    shown = [values[year] for values in series.values() for year in years]
    low, high = STEP * (min(shown) // STEP), STEP * (max(shown) // STEP + 1)
    slot = (WIDTH - LEFT) / len(years)
    width = slot * 0.8 / len(series)

    def y(value: float) -> float:
        return TOP + (high - value) / (high - low) * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="sans-serif" font-size="11"><title>{title}</title>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
    ]
    for step in range(int((high - low) / STEP) + 1):
        level = low + step * STEP
        colour = "#111827" if level == 0 else "#e5e7eb"
        parts.append(
            f'<path d="M{LEFT} {y(level):.1f}H{WIDTH}" stroke="{colour}"/>'
            f'<text x="{LEFT - 6}" y="{y(level) + 4:.1f}" text-anchor="end">{level:.0f}%</text>'
        )
    for place, (name, values) in enumerate(series.items()):
        x = LEFT + 260 * place
        parts.append(
            f'<rect x="{x}" y="8" width="12" height="12" fill="{COLOURS[place]}"/>'
            f'<text x="{x + 18}" y="18">{name}</text>'
        )
        for at, year in enumerate(years):
            left, top = LEFT + at * slot + slot * 0.1 + place * width, y(max(values[year], 0.0))
            tall = abs(y(values[year]) - y(0.0))
            parts.append(
                f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{tall:.1f}" '
                f'fill="{COLOURS[place]}"/>'
            )
    for at, year in enumerate(years):
        middle = LEFT + (at + 0.5) * slot
        parts.append(f'<text x="{middle:.1f}" y="{HEIGHT - 8}" text-anchor="middle">{year}</text>')
    return "\n".join([*parts, "</svg>", ""])
