"""Words about positions and the account: rows only, because the values are the plan's to read."""

from __future__ import annotations

from hedgerow.vocabulary.measures import account, legs, positions
from hedgerow.vocabulary.word import Word

MEASURES: dict[str, Word] = {
    word.name: word for word in (*positions.ROWS, *legs.ROWS, *account.ROWS)
}
