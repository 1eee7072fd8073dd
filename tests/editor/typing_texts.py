"""Rule files on their way from one state to another: what an editor sees while someone types."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

RULES = Path(__file__).parents[2] / "rules"
CORE = (RULES / "alvh" / "core.rules").read_text(encoding="utf-8")
DIP = (RULES / "simple" / "dip_buyer.rules").read_text(encoding="utf-8")

_SNIPPETS = (
    "{", "}", "(", ")", '"', "'", "#", "\n", "\r\n", "\r", " ", "  ", ".", ",", "=", ">", "[1]",
    "0", "45", "45 days", "40%", "$2,500", "1.5 sd", "let", "let x = ", "param y = 3",
    "entry b {\n", "layer", "layers hedge", "needs VIX3M\n", "set a = 1", "drop", "of",
    "strategy other 1.0.0\n", "when all {\n", "VIX", "base", "condors", "spike",
    "profit", "rsi(", "“", "\U0001f600", "\x00", "\u2028", "<<<<<<< a\n", "and", "or",
    "not", "until", "# allow R504: kept\n", "let a = 1\n", "structure s(U) {",
)  # fmt: skip


@st.composite
def edited(draw: st.DrawFn, start: str = CORE, most: int = 4) -> str:
    """A file with some pieces cut out and some snippets put in."""
    text = draw(st.sampled_from((start, start, DIP)))
    for _ in range(draw(st.integers(0, most))):
        at = draw(st.integers(0, len(text)))
        cut = draw(st.sampled_from((0, 0, 1, 3, 20)))
        text = text[:at] + draw(st.sampled_from(("", *_SNIPPETS))) + text[at + cut :]
    return text


texts = st.one_of(
    edited(), st.text(max_size=200), st.lists(st.sampled_from(_SNIPPETS)).map("".join)
)
