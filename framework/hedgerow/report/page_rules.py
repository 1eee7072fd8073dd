"""Rule files as HTML: side by side where there is room, one under the other where not."""

from __future__ import annotations

from hedgerow.report.document import Rules
from hedgerow.report.markup import Markup, tag, together
from hedgerow.report.rule_lines import Change, Line, LinePair, line_pairs
from hedgerow.text.source import Source


def rules_markup(rules: Rules) -> Markup:
    if rules.before is None:
        return _whole(rules.after)
    pairs = line_pairs(rules.before.text, rules.after.text)
    changed = sum(pair.change is not Change.SAME for pair in pairs)
    said = f"{changed} of {len(pairs)} lines differ." if changed else "The rule files are the same."
    return tag(
        "div",
        tag("p", said),
        tag(
            "div",
            tag("div", tag("h3", rules.before.name), tag("h3", rules.after.name), class_="names"),
            *(_pair(pair) for pair in pairs),
            class_="rules pair",
            role="group",
            aria_label=f"{rules.before.name} beside {rules.after.name}",
        ),
    )


def _whole(source: Source) -> Markup:
    lines = (
        tag("div", _line(Line(number, text), ""), class_="line")
        for number, text in enumerate(source.text.splitlines(), 1)
    )
    whole = tag("div", *lines, class_="rules", role="group", aria_label=source.name)
    return together([tag("h3", source.name), whole])


def _pair(pair: LinePair) -> Markup:
    same = pair.change is Change.SAME
    before = _side(pair.before, "before", "" if same else "-")
    after = _side(pair.after, "after", "" if same else "+")
    return tag("div", before, after, class_=f"line {pair.change.value}")


def _side(line: Line | None, side: str, mark: str) -> Markup:
    if line is None:
        return tag("div", class_=f"{side} nothing")
    return tag("div", _line(line, mark), class_=side)


def _line(line: Line, mark: str) -> Markup:
    """Number, mark (also spoken), text."""
    spoken = {"-": "before: ", "+": "after: ", "": ""}[mark]
    return together(
        [
            tag("span", str(line.number), class_="line-number", aria_hidden="true"),
            tag("span", mark or " ", class_="mark", aria_hidden="true"),
            tag("span", spoken, class_="spoken") if spoken else "",
            tag("code", line.text),
        ]
    )
