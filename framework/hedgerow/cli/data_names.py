"""What a name in capitals stands for: a series, or a calendar."""

from __future__ import annotations


def told_of_data(name: str) -> str | None:
    """A few lines on a series or a calendar; None where neither is known by that name."""
    from hedgerow.market.download.registry import public_sources
    from hedgerow.market.event_names import BY_RULE
    from hedgerow.market.inventory import inventory

    public = public_sources().get(name)
    if name in BY_RULE:
        return f"{name}\n  A calendar, always there: `within 2 sessions before {name}`.\n"
    if public is None:
        return None
    kind = f"A calendar, declared by `events {name}`" if public.is_calendar else "A series"
    lines = [name, f"  {kind}: {public.title}."]
    packaged = {item.name: item for item in inventory("sample")}.get(name)
    if packaged is not None:
        lines.append(f"  {packaged.first} to {packaged.last} come with the package.")
    lines.append(f"  `hedgerow data download {name} --to DIR` fetches it; {public.licence}.")
    return "\n".join([*lines, ""])


def data_names() -> list[str]:
    """Every name that is told of."""
    from hedgerow.market.download.registry import public_sources
    from hedgerow.market.event_names import BY_RULE

    return [*public_sources(), *BY_RULE]
