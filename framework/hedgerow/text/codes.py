"""The append-only list of codes: a code is never removed and never means something else.

L reading, S syntax, N names, T units and types, V variants, R logic, K tests, I invariants.
"""

from __future__ import annotations

from msgspec import Struct


class Code(Struct, frozen=True):
    code: str
    name: str  # kebab-case; also the title of docs/diagnostics/<code>.md
    severity: str = "error"


_ROWS = (
    Code("L001", "unreadable-file"),
    Code("L002", "empty-file"),
    Code("L003", "binary-file"),
    Code("L004", "not-utf-8"),
    Code("L005", "file-too-large"),
    Code("L006", "merge-conflict"),
    Code("L007", "pasted-character", "warning"),
    Code("L008", "nested-too-deep"),
    Code("L009", "too-many-digits"),
    Code("L010", "name-too-long"),
    Code("L011", "too-many-lines"),
    Code("L012", "line-too-long"),
    Code("L013", "allowed-without-reason", "warning"),
    Code("L014", "allowed-for-nothing", "warning"),
    Code("L015", "allowed-unknown-code", "warning"),
    Code("L016", "allowed-error", "warning"),
    Code("S101", "unexpected-word"),
    Code("S102", "unknown-statement"),
    Code("S103", "unclosed-block"),
    Code("S104", "unclosed-parenthesis"),
    Code("S105", "stray-closer"),
    Code("S106", "unclosed-text"),
    Code("S107", "foreign-operator"),
    Code("S108", "foreign-comment"),
    Code("S109", "semicolon"),
    Code("S110", "assignment-in-condition"),
    Code("S111", "grouped-digits"),
    Code("S112", "single-quotes"),
    Code("S113", "mixed-and-or"),
    Code("S114", "price-of-no-series"),
    Code("S115", "future-look"),
    Code("S116", "unknown-unit"),
    Code("S117", "reserved-word"),
    Code("S118", "bad-version"),
    Code("S119", "missing-header"),
    Code("S120", "empty-block"),
    Code("S121", "not-a-count"),
    Code("S122", "chained-comparison"),
    Code("S123", "misplaced-statement"),
    Code("S124", "capital-keyword"),
    Code("S125", "strange-number"),
    Code("S126", "misplaced-brace"),
    Code("S127", "unclear-not"),
)

_BOOK_ROWS = (
    Code("S180", "missing-clause"),
    Code("S181", "repeated-clause"),
    Code("S182", "misused-offset"),
    Code("S183", "misused-rebalance"),
    Code("S190", "out-of-place"),
    Code("N101", "unknown-name"),
    Code("N102", "undeclared-series"),
    Code("N103", "unknown-word"),
    Code("N104", "declared-twice"),
    Code("N105", "circular-definition"),
    Code("N106", "ambiguous-layer"),
    Code("N107", "wrong-arguments"),
    Code("N108", "undeclared-calendar"),
    Code("T201", "wrong-kind"),
    Code("T202", "missing-unit"),
    Code("T203", "unit-mismatch"),
    Code("T204", "missing-base"),
    Code("T205", "delta-as-fraction"),
    Code("T206", "not-a-condition"),
    Code("T207", "out-of-range"),
    Code("T208", "not-a-constant"),
    Code("T209", "too-deep"),
    Code("R501", "thresholds-do-not-deepen"),
    Code("R502", "until-beyond-at"),
    Code("R503", "no-exit", "note"),
    Code("R504", "unused-name", "warning"),
    Code("R505", "never-true", "warning"),
    Code("R506", "always-true", "warning"),
    Code("R507", "never-opens", "warning"),
    Code("R508", "waits-for-itself", "warning"),
    Code("R509", "more-than-everything", "warning"),
    Code("R510", "limit-never-binds", "warning"),
    Code("R511", "window-of-one", "warning"),
    Code("R512", "profit-out-of-reach", "warning"),
    Code("R513", "expiry-beyond-listing", "warning"),
    Code("R514", "wing-inside", "warning"),
    Code("R515", "loss-without-end", "warning"),
    Code("R516", "put-in-the-money", "warning"),
)

_PROMISE_ROWS = (
    Code("K601", "series-given-twice"),
    Code("K602", "no-level-yet"),
    Code("K603", "day-beyond-the-end"),
    Code("K604", "contradictory-expectations"),
    Code("K605", "nothing-expected", "warning"),
    Code("I701", "never-decided", "warning"),
    Code("I702", "result-in-a-rule"),
    Code("I703", "not-a-result"),
    Code("I704", "against-itself"),
)

_VARIANT_ROWS = (
    Code("V401", "parent-outside"),
    Code("V402", "parent-unreadable"),
    Code("V403", "too-many-parents"),
    Code("V404", "parents-in-a-circle"),
    Code("V405", "unknown-path"),
    Code("V406", "parent-has-moved"),
    Code("V407", "locked"),
    Code("V408", "changed-twice"),
    Code("V409", "ambiguous-path"),
    Code("V410", "wrong-place"),
    Code("V411", "change-without-parent"),
    Code("V412", "addition-without-add"),
    Code("V413", "changes-nothing", "warning"),
)

CODES: dict[str, Code] = {
    row.code: row for row in (*_ROWS, *_BOOK_ROWS, *_VARIANT_ROWS, *_PROMISE_ROWS)
}
OF_THE_TEXT = frozenset(row.code for row in _ROWS)  # found before anything is known of its meaning
