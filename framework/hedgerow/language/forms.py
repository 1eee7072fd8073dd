"""How each form of the language is written, by the word it begins with: what a message shows."""

from __future__ import annotations

import re

from hedgerow.language.vocabulary import Kind

# Lines, by the word they start with.
LINES = {
    "strategy": "strategy condor 1.0.0",
    "variant": 'variant tighter 1.0.0 of "condor.rules"',
    "needs": "needs SPX, VIX",
    "wants": "wants VIX3M",
    "events": "events FOMC",
    "param": "param coverage = 50% from 20% to 100% step 10%",
    "let": "let calm = VIX < 20",
    "sd": "sd = realized(20 sessions)",
    "structure": "structure far_call(U, expiry) { }",
    "shock": "shock spike { }",
    "entry": "entry base { }",
    "layers": "layers hedge { }",
    "layer": "layer first at VIX >= 20 until VIX < 16 { }",
    "buy": "buy call(VIX, expiry = 60 days, strike = 30 delta)",
    "sell": "sell iron_condor(SPX, expiry = 45 days, short = 1.5 sd, wing = 50 points)",
    "offset": "offset future(SPX, expiry = monthly 90 days)",
    "when": "when VIX < 30 and SPX > sma(SPX, 200 sessions)",
    "size": "size risk 1% of capital",
    "exit": 'exit when profit >= 50% of credit "half the credit is in"',
    "roll": "roll when days_to_expiry <= 21 days",
    "rebalance": "rebalance when every 5 sessions",
    "limit": "limit margin <= 50% of equity",
    "always": "always margin <= equity",
    "never": "never base is open",
    "whenever": "whenever VIX > 40 then hedge is open within 5 sessions",
    "after": "after exit base no entry base for 3 sessions",
    "claim": 'claim "it falls less" against unhedged { }',
    "test": 'test "a calm month" { }',
    "expect": "expect entry base on day 5",
    "set": "set coverage = 60% was 50%",
    "drop": "drop hedge.third",
    "add": "add exit to base when VIX > 40",
}
# What an order may open, by its name.
OPENINGS = {
    "put": "put(SPX, expiry = 45 days, strike = 16 delta)",
    "call": "call(SPX, expiry = 45 days, strike = 16 delta)",
    "put_spread": "put_spread(SPX, expiry = 45 days, short = 16 delta, wing = 50 points)",
    "call_spread": "call_spread(SPX, expiry = 45 days, short = 16 delta, wing = 50 points)",
    "iron_condor": "iron_condor(SPX, expiry = 45 days, short = 16 delta, wing = 50 points)",
    "iron_butterfly": "iron_butterfly(SPX, expiry = 45 days, wing = 50 points)",
    "strangle": "strangle(SPX, expiry = 45 days, short = 16 delta)",
    "straddle": "straddle(SPX, expiry = 45 days)",
    "calendar": "calendar(SPX, near = 30 days, far = 60 days, strike = atm)",
    "future": "future(VIX, expiry = 45 days)",
    "shares": "shares(SPX)",
}
# Pieces inside a line, by the word that makes them.
PIECES = {
    "at": "at most 2 open",
    "most": "at most 2 open",
    "all": "when all { }",
    "any": "when any { }",
    "into": "into put(SPX, expiry = 45 days, strike = 16 delta)",
    "if": "if VIX > 20 then 2 else 1",
    "then": "if VIX > 20 then 2 else 1",
    "else": "if VIX > 20 then 2 else 1",
    "between": "VIX between 15 and 20",
    "crosses": "VIX crosses above 20",
    "rises": "VIX rises for 3 sessions",
    "falls": "VIX falls for 3 sessions",
    "for": "VIX > 20 for 3 sessions",
    "becomes": "VIX > 20 becomes true",
    "within": "VIX > 30 within last 5 sessions",
    "since": "sessions since VIX > 30",
    "every": "every 5 sessions",
    "is": "base is open",
    "otherwise": "VIX3M otherwise VIX",
}
# Lines that begin with no word of the language, by the block they stand in.
_OPEN_LINES = {
    "layers": LINES["layer"],
    "conditions": "VIX < 20",
    "moves": "VIX + 6 points",
    "legs": "short_put: sell put(U, expiry = expiry, strike = short)",
    "scenes": "VIX: 15 x10, 22, 25",
}
_ADD_LAYER = "add layer fourth to hedge at VIX >= 40 until VIX < 30 { }"
_WORDS = re.compile(r"\"[^\"\n]*\"|[A-Za-z_][A-Za-z0-9_.]*")


def form_of(text: str, kind: Kind) -> str:
    """How the last form that was begun in this piece of a line is written; empty where none was."""
    if re.match(r"add[ \t]+layer\b", text):
        return _ADD_LAYER
    words = [word for word in _WORDS.findall(text) if not word.startswith('"')]
    for word in reversed(words[1:]):
        if word in PIECES and word != "at":
            return PIECES[word]
    first = words[0] if words else ""
    if first in ("buy", "sell", "offset") and words[1:2] and words[1] in OPENINGS:
        return f"{first} {OPENINGS[words[1]]}"
    return LINES.get(first) or PIECES.get(first) or _OPEN_LINES.get(kind.name, "")
