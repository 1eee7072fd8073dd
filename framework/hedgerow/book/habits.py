"""Words that other programs and traders' talk use for what has another name here."""

from __future__ import annotations

_HABITS = {
    "account": "capital",
    "atr_percent": "atr(SPX, 14)",
    "average": "sma(SPX, 50)",
    "avg": "sma(SPX, 50)",
    "balance": "equity",
    "crossover": "A crosses above B",
    "crossunder": "A crosses below B",
    "days_held": "age",
    "days_in_trade": "age",
    "dte": "days_to_expiry",
    "iv": "VIX",
    "iv_percentile": "percentile(VIX, 252)",
    "iv_rank": "percentile(VIX, 252)",
    "ivr": "percentile(VIX, 252)",
    "loss": "profit < -$500",
    "ma": "sma(SPX, 50)",
    "nlv": "equity",
    "pl": "profit",
    "pnl": "profit",
    "portfolio": "book",
    "premium": "credit",
    "price": "SPX",
    "spot": "SPX",
    "std": "stdev(SPX, 20)",
    "underlying": "SPX",
}
_POSITIONS = ("flat", "position", "positions", "trade", "trades")
_DATES = ("date", "today", "day", "time", "year")


def meant_by(name: str) -> str:
    """What to write instead of a word of another place, as a sentence; empty if none is known."""
    plain = name.lower()
    if plain in _DATES:
        return "a rule knows `weekday`, `month` and the calendars of `events`, but no dates"
    if plain in _POSITIONS:
        return "positions go by the name of their entry: `no NAME open`, `NAME is open`"
    return f"write `{_HABITS[plain]}`" if plain in _HABITS else ""
