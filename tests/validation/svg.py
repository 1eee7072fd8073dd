"""Small pictures (SVG): the same picture for the same numbers, readable on light and dark pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 760, 330  # pixels
LEFT, RIGHT, TOP, BOTTOM = 58, 16, 34, 46
_COLOURS = (("#6b7280", "#9ca3af"), ("#b45309", "#f59e0b"), ("#1d4ed8", "#60a5fa"),
            ("#047857", "#34d399"))  # fmt: skip
_LIGHT = {"ground": "#ffffff", "text": "#111827", "grid": "#e5e7eb"}
_DARK = {"ground": "#0d1117", "text": "#e5e7eb", "grid": "#30363d"}


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch with its ticks: places and what is written there."""

    label: str
    low: float
    high: float
    ticks: Sequence[tuple[float, str]]


def steps(label: str, shown: Sequence[float], step: float, form: str) -> Axis:
    """An axis of round steps around all the values."""
    low, high = step * (min(shown) // step), step * (max(shown) // step + 1)
    count = round((high - low) / step)
    return Axis(label, low, high, [(low + at * step, form.format(low + at * step))
                                   for at in range(count + 1)])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """Two axes, and where a value of theirs lies in the picture."""

    title: str
    x: Axis
    y: Axis

    def at_x(self, value: float) -> float:
        share = (value - self.x.low) / (self.x.high - self.x.low)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def at_y(self, value: float) -> float:
        share = (self.y.high - value) / (self.y.high - self.y.low)
        return TOP + share * (HEIGHT - TOP - BOTTOM)

    def picture(self, names: Sequence[tuple[str, int]], marks: Sequence[str]) -> str:
        """The whole picture: the marks under a legend of (name, colour)."""
        return "\n".join([*self._ground(), *marks, *_legend(names), "</svg>", ""])

    def _ground(self) -> Iterator[str]:
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'font-family="sans-serif" font-size="12"><title>{escape(self.title)}</title>'
            f'{_style()}<rect width="{WIDTH}" height="{HEIGHT}" class="ground"/>'
        )
        bottom = HEIGHT - BOTTOM
        for value, text in self.y.ticks:
            line = "zero" if value == 0 else "grid"
            y = self.at_y(value)
            yield (
                f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" class="{line}"/>'
                f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{escape(text)}</text>'
            )
        for value, text in self.x.ticks:
            x = self.at_x(value)
            yield f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{escape(text)}</text>'
        middle = (TOP + bottom) / 2
        yield (
            f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">'
            f'{escape(self.x.label)}</text><text transform="translate(14 {middle}) rotate(-90)" '
            f'text-anchor="middle">{escape(self.y.label)}</text>'
        )


@dataclass(frozen=True, slots=True)
class Curve:
    """Points of one name: a line, a dashed one, or dots."""

    name: str
    colour: int
    xs: Sequence[float]
    ys: Sequence[float]
    kind: str = "line"


def curves(title: str, x: Axis, y: Axis, shown: Sequence[Curve]) -> str:
    """Curves over two axes; a curve without a name is not in the legend."""
    frame = Frame(title, x, y)
    marks = []
    for each in shown:
        at = [(frame.at_x(a), frame.at_y(b)) for a, b in zip(each.xs, each.ys, strict=True)]
        if each.kind == "dots":
            marks += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" class="f{each.colour}"/>'
                      for a, b in at]  # fmt: skip
        else:
            path = "L".join(f"{a:.1f} {b:.1f}" for a, b in at)
            dashes = ' stroke-dasharray="4 4"' if each.kind == "dashed" else ""
            marks.append(f'<path d="M{path}" fill="none" class="s{each.colour}"{dashes}/>')
    return frame.picture([(each.name, each.colour) for each in shown if each.name], marks)


def bars(title: str, y_label: str, series: dict[str, dict[int, float]], step: float) -> str:
    """Percent by year side by side, each series under its name; the years that all have."""
    years = sorted(set.intersection(*(set(values) for values in series.values())))
    shown = [values[year] for values in series.values() for year in years]
    x = Axis("year", 0.0, len(years), [(at + 0.5, str(year)) for at, year in enumerate(years)])
    frame = Frame(title, x, steps(y_label, shown, step, "{:.0f}%"))
    marks, width = [], 0.8 / len(series)
    for place, values in enumerate(series.values()):
        for at, year in enumerate(years):
            left, right = (frame.at_x(at + 0.1 + (place + more) * width) for more in (0, 1))
            top, foot = frame.at_y(max(values[year], 0.0)), frame.at_y(min(values[year], 0.0))
            marks.append(
                f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" '
                f'height="{foot - top:.1f}" class="f{place}"/>'
            )
    return frame.picture([(name, place) for place, name in enumerate(series)], marks)


def _legend(names: Sequence[tuple[str, int]]) -> Iterator[str]:
    apart = (WIDTH - LEFT) / max(len(names), 1)
    for place, (name, colour) in enumerate(names):
        x = LEFT + apart * place
        yield (
            f'<rect x="{x:.0f}" y="8" width="12" height="12" class="f{colour}"/>'
            f'<text x="{x + 18:.0f}" y="18">{escape(name)}</text>'
        )


def _style() -> str:
    light, dark = _rules(_LIGHT, 0), _rules(_DARK, 1)
    return f"<style>{light}@media (prefers-color-scheme:dark){{{dark}}}</style>"


def _rules(of: dict[str, str], shade: int) -> str:
    filled = "".join(
        f".f{at}{{fill:{pair[shade]}}}.s{at}{{stroke:{pair[shade]};stroke-width:2}}"
        for at, pair in enumerate(_COLOURS)
    )
    return (
        f".ground{{fill:{of['ground']}}}text{{fill:{of['text']}}}.grid{{stroke:{of['grid']}}}"
        f".zero{{stroke:{of['text']}}}{filled}"
    )
