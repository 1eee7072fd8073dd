"""From the path a variant writes to the place of its parent, or to what is wrong with it."""

from __future__ import annotations

from collections import defaultdict

from hedgerow.book.place import Place
from hedgerow.book.places import places_of
from hedgerow.language import tree
from hedgerow.language.tree import Tree
from hedgerow.text.diagnostic import Diagnostic, Fix, Label, nearest, replace, shortened
from hedgerow.text.source import Span

_MOST_SUGGESTED = 20  # paths that get a suggestion; looking for one takes time
_MOST_COMPARED = 2_000
_MOST_LISTED = 8
LONGEST_SHOWN = 80  # characters of a path


class Paths:
    """All paths of one strategy."""

    def __init__(self, file: Tree) -> None:
        self._places: dict[str, list[Place]] = defaultdict(list)
        self._suggested = 0
        for place in places_of(file):
            for path in (place.path, *place.aliases):
                self._places[path].append(place)

    def find(self, target: tree.Name) -> Place | Diagnostic:
        path = target.dotted
        places = self._places.get(path, [])
        if len(places) == 1:
            return places[0]
        if not places:
            return self._unknown(path, target.span)
        labels = [Label(each.value.span, "one of them") for each in places if each.value]
        return Diagnostic(
            "V409",
            f"`{path}` names {len(places)} things in the parent",
            target.span,
            tuple(labels[:_MOST_LISTED]),
            help=("give each a reason or a name of its own in the parent",),
        )

    def listed(self, above: str) -> tuple[str, ...]:
        """What stands right under a path, as a help."""
        names = self._below(above)[:_MOST_LISTED]
        if not names:
            return ()
        where = f"`{above}` has" if above else "it has"
        return (f"{where} {', '.join(f'`{name}`' for name in names)}",)

    def _unknown(self, path: str, span: Span) -> Diagnostic:
        fixes: tuple[Fix, ...] = ()
        helps: tuple[str, ...] = ()
        self._suggested += 1
        if self._suggested <= _MOST_SUGGESTED:
            near = self._near(path)
            if near is not None:
                fixes = (replace(f"write `{near}`", span, near, safe=False),)
                helps = (f"did you mean `{near}`?",)
            else:
                helps = self.listed(path) or self.listed(path.rpartition(".")[0])
        message = f"the parent has no `{shortened(path, LONGEST_SHOWN)}`"
        return Diagnostic("V405", message, span, help=helps, fixes=fixes)

    def _near(self, path: str) -> str | None:
        """The path with more in front of it or behind, else the one spelt most alike nearby."""
        longer = [known for known in self._places if known.endswith(f".{path}")]
        inside = [f"{path}.{name}" for name in self._below(path)]
        for found in (longer, inside):
            if len(found) == 1:
                return found[0]
        if inside:
            return None
        above, _, last = path.rpartition(".")
        near = nearest(last, self._below(above))
        if near is not None:
            return f"{above}.{near}" if above else near
        return nearest(path, list(self._places)[:_MOST_COMPARED])

    def _below(self, above: str) -> list[str]:
        """Names right under a path; at the top, all first names."""
        start = f"{above}." if above else ""
        names = (path[len(start) :] for path in self._places if path.startswith(start))
        return list(dict.fromkeys(name.partition(".")[0] for name in names))[:_MOST_COMPARED]
