"""What rules can open: four contracts, and structures of them written in the language itself."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

PRELUDE = "prelude.rules"

# The contracts a leg can be, with their parameters; the underlying comes first, by position.
PRIMITIVES: dict[str, tuple[str, ...]] = {
    "put": ("expiry", "strike"),
    "call": ("expiry", "strike"),
    "future": ("expiry",),
    "shares": (),
}


def contract_head(name: str) -> str:
    """`put(U, expiry, strike)`, of a contract."""
    return f"{name}({', '.join(('U', *PRIMITIVES[name]))})"


@cache
def prelude() -> str:
    """The text of the built-in structures."""
    return Path(__file__).with_name(PRELUDE).read_text(encoding="utf-8")


@cache
def built_in() -> dict[str, str]:
    """The text of each built-in structure, by its name."""
    found = re.finditer(r"^structure (\w+)\(.*?^\}", prelude(), re.M | re.S)
    return {text[1]: text[0] for text in found}


def leg_name(written: str, action: str, leg_action: str) -> tuple[str, int]:
    """A leg's name and side (+1 bought, -1 sold) once its structure is bought or sold.

    `short_put` and `long_put` say their side; `put` follows the action and gets it in front.
    What is to `offset` has the side it is written with, until a day says which is needed.
    """
    if written.startswith("short_"):
        return written, -1
    if written.startswith("long_"):
        return written, 1
    if action == "offset":
        return written, 1 if leg_action == "buy" else -1
    side = 1 if action == leg_action else -1
    return f"{'long' if side > 0 else 'short'}_{written}", side
