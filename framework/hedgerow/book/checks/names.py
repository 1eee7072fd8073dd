"""Names that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from hedgerow.book.checks.checked import Checked
from hedgerow.text.diagnostic import Diagnostic


def unused_names(checked: Checked) -> Iterator[Diagnostic]:
    """Params, lets, shocks, structures, wanted series and calendars that no rule looks at.

    Needed series are left alone: SPX and VIX price the contracts, whether a rule reads them or not.
    """
    if not checked.complete:
        return  # what could not be read may have used them
    names = checked.names
    for name, node in {**names.values, **names.shocks, **names.structures}.items():
        if name not in names.used:
            yield Diagnostic(
                "R504", f"nothing uses `{name}`", node.name_span, help=("delete it, or use it",)
            )
    optional = {name: names.series[name] for name in names.wants} | names.calendars
    for name, declared in optional.items():
        if name not in names.used:
            yield Diagnostic("R504", f"nothing uses `{name}`", declared.span, help=("delete it",))
