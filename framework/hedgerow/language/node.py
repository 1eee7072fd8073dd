"""What all nodes of the tree share."""

from hedgerow.text.placed import Placed
from hedgerow.text.source import Span


class Node(Placed, frozen=True, kw_only=True):
    """Anything read from a rule file. Equality looks at all but the spans."""

    span: Span


class Named(Node, frozen=True, kw_only=True):
    """A node that gives something a name."""

    name_span: Span
