"""Arguments of what a rule opens, each in its place by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hedgerow.book.reading import Reading
from hedgerow.language import tree
from hedgerow.text.diagnostic import Applicability, Diagnostic, Edit, Fix, nearest, replace
from hedgerow.text.source import Span

# What traders and other programs call them; of several, the first that the structure takes.
_HABITS = {
    "back": ("far",),
    "back_month": ("far",),
    "days": ("expiry",),
    "delta": ("short", "strike"),
    "dte": ("expiry",),
    "expiration": ("expiry",),
    "front": ("near",),
    "front_month": ("near",),
    "long_expiry": ("far",),
    "maturity": ("expiry",),
    "short_call": ("call_short",),
    "short_delta": ("short",),
    "short_expiry": ("near",),
    "short_put": ("put_short",),
    "short_strike": ("short",),
    "strike": ("short",),
    "width": ("wing",),
}

Wanted = Mapping[str, tree.Expression | None]
Given = dict[str, tree.Expression]


def arguments_of(reading: Reading, call: tree.Call, wanted: Wanted) -> tuple[Given, bool]:
    """What is given, by name; and whether each argument has its place.

    Where one has none, what it was meant for must not be called missing.
    """
    written, given = call.function.dotted, Given()
    found: list[Diagnostic] = []
    unnamed = [each for each in call.arguments[1:] if each.name is None]
    decimals = [each.span for each in unnamed if _after_decimal_comma(each.span)]
    if decimals:  # the argument before it has lost its end
        found = [_decimal(each) for each in decimals]
    elif unnamed:
        found = [_by_name(written, unnamed, wanted, call.arguments)]
    for argument in call.arguments[1:]:
        name = argument.name
        if name is None or decimals:
            continue
        meant = name if name in wanted else _meant(name, wanted)
        if meant != name:
            found.append(_unknown(name, meant, argument.span, written, wanted))
        elif name in given:
            found.append(Diagnostic("N107", f"`{name}` is given twice", argument.span,
                                    help=("keep one of the two",)))  # fmt: skip
        if meant is not None:
            given.setdefault(meant, argument.value)
    reading.found.extend(found)
    return given, not found


def _after_decimal_comma(span: Span) -> bool:
    before = span.source.text[max(0, span.start - 2) : span.start + 1]
    return len(before) == 3 and before[0].isdigit() and before[1] == "," and before[2].isdigit()


def _decimal(span: Span) -> Diagnostic:
    message = f"`{span.text}` is a value of its own: decimals have a point"
    return Diagnostic("N107", message, span, help=("write `1.5 sd`, not `1,5 sd`",))


def _by_name(
    written: str, unnamed: list[tree.Argument], wanted: Wanted, every: Iterable[tree.Argument]
) -> Diagnostic:
    """All of them at once: in the order of the places that are left."""
    taken = {each.name for each in every}
    left = [name for name in wanted if name not in taken]
    if not wanted:
        message = f"`{written}` takes nothing after its underlying"
        help = "how many is said by `size`"
        return Diagnostic("N107", message, unnamed[0].span, help=(help,))
    message = f"after the underlying, `{written}` takes its arguments by name"
    if len(unnamed) > len(left):
        help = f"it knows {', '.join(wanted)}"
        return Diagnostic("N107", message, unnamed[0].span, help=(help,))
    named = list(zip(left, (each.span for each in unnamed), strict=False))
    help = f"write `{', '.join(f'{name} = {span.text}' for name, span in named)}`"
    edits = (Edit(Span(at.source, at.start, at.start), f"{name} = ") for name, at in named)
    fix = Fix("name them", Applicability.UNSAFE, tuple(edits))
    return Diagnostic("N107", message, unnamed[0].span, help=(help,), fixes=(fix,))


def _meant(name: str, wanted: Wanted) -> str | None:
    known = (each for each in _HABITS.get(name.lower(), ()) if each in wanted)
    return next(known, None) or nearest(name, list(wanted))


def _unknown(
    name: str, meant: str | None, span: Span, written: str, wanted: Wanted
) -> Diagnostic:  # fmt: skip
    at = Span(span.source, span.start, span.start + len(name))
    message = f"there is no argument of `{written}` called `{name}`"
    if meant is None:
        known = ", ".join(f"`{each}`" for each in wanted) or "none"
        return Diagnostic("N101", message, at, help=(f"there is {known}",))
    fix = replace(f"write `{meant}`", at, meant, safe=False)
    return Diagnostic("N101", message, at, help=(f"did you mean `{meant}`?",), fixes=(fix,))
