"""Of one leg: `base.short_put.delta`. Unknown where the leg is not held."""

from __future__ import annotations

from hedgerow.vocabulary.units import Kind
from hedgerow.vocabulary.word import Subject, Together, measure

_LEG = (Subject.LEG,)

ROWS = (
    measure("strike", Kind.LEVEL, "The strike.", of=_LEG, together=Together.LATEST),
    measure("price", Kind.LEVEL, "What one contract is worth at the mid, in points.",
            of=_LEG, together=Together.LATEST),
    measure("itm", Kind.TRUTH, "True where the close of the underlying would give it a payoff.",
            of=_LEG, together=Together.LATEST),
)  # fmt: skip
