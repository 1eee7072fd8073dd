"""Names that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from hedgerow.book.checks.checked import Checked
from hedgerow.language import tree
from hedgerow.language.tree import Tree
from hedgerow.text.diagnostic import Diagnostic, Label
from hedgerow.text.source import Span


def unused_names(checked: Checked) -> Iterator[Diagnostic]:
    """Params, lets, shocks, structures, wanted series and calendars that no rule looks at.

    Needed series are left alone: SPX and VIX price the contracts, whether a rule reads them or not.
    """
    if not checked.complete:
        return  # what could not be read may have used them
    names = checked.names
    named = {**names.values, **names.shocks, **names.structures}
    declared = {name: node.name_span for name, node in named.items()}
    declared |= {name: names.series[name].span for name in names.wants}
    declared |= {name: node.span for name, node in names.calendars.items()}
    for name, at in declared.items():
        if name in names.used:
            continue
        if at.source in checked.file.parents:
            param = names.values.get(name)
            locked = isinstance(param, tree.Param) and param.locked
            yield _left_by_variant(checked.file, name, at, locked=locked)
        else:
            yield Diagnostic("R504", f"nothing uses `{name}`", at, help=("delete it, or use it",))


def _left_by_variant(variant: Tree, name: str, at: Span, *, locked: bool) -> Diagnostic:
    """Its line stands in the parent, which may well use it."""
    assert variant.header is not None
    drop = f"write `drop {name}`, or use it"
    return Diagnostic(
        "R504", f"nothing in `{variant.header.name}` uses `{name}` of its parent", at,
        (Label(variant.header.name_span, "in this variant"),),
        help=("use it: what is locked can't be dropped" if locked else drop,),
    )  # fmt: skip
