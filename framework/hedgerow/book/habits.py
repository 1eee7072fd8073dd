"""Words that other programs and traders' talk use for what has another name here."""

from __future__ import annotations

from hedgerow.vocabulary import DATE_NAMES

_HABITS = {
    "account": "capital",
    "atr_percent": "atr(SPX, 14)",
    "average": "sma(SPX, 50)",
    "avg": "sma(SPX, 50)",
    "atm": "atm",
    "balance": "equity",
    "bars_held": "age",
    "buying_power": "capital",
    "close": "SPX",
    "crossover": "A crosses above B",
    "crossunder": "A crosses below B",
    "day_of_week": "weekday",
    "days_held": "age",
    "days_in_trade": "age",
    "debit": "cost",
    "dte": "days_to_expiry",
    "iv": "VIX",
    "iv_percentile": "percentile(VIX, 252)",
    "iv_rank": "percentile(VIX, 252)",
    "ivr": "percentile(VIX, 252)",
    "loss": "profit < -$500",
    "ma": "sma(SPX, 50)",
    "nav": "capital",
    "net_liq": "capital",
    "nlv": "equity",
    "pl": "profit",
    "pnl": "profit",
    "premium": "credit",
    "price": "SPX",
    "return": "annual_return",
    "spot": "SPX",
    "std": "stdev(SPX, 20)",
    "underlying": "SPX",
}
_SHORT_DATES = {name[:3]: name for name in DATE_NAMES}
_POSITION = (
    "positions go by the name of their entry, `no NAME open`, `NAME is open`; `count(book)` "
    "counts them all"
)
_DATE = "a rule knows `weekday`, `month` and the calendars of `events`, but no dates"
_SENTENCES = {
    **dict.fromkeys(("flat", "position", "positions", "trade", "trades"), _POSITION),
    **dict.fromkeys(("date", "today", "day", "time", "year"), _DATE),
    "earnings": "days of your own are a calendar: `events EARNINGS`, from `events/EARNINGS.csv`",
    "entry_price": "what was made since the opening is `profit`: `profit <= -10% of cost`",
    "portfolio": "write `capital` for its money, `book` for its positions",
}


def meant_by(name: str) -> str:
    """What to write instead of a word of another place, as a sentence; empty if none is known."""
    plain = name.lower().removeprefix("ta.")  # as Pine writes it
    if plain in _SHORT_DATES:
        return f"write `{_SHORT_DATES[plain]}`"
    return _SENTENCES.get(plain) or (f"write `{_HABITS[plain]}`" if plain in _HABITS else "")
