"""What may have options: names only, so that a rule file can be checked without a market."""

from __future__ import annotations

INDICES = ("SPX", "VIX")
VOLATILITIES = {  # the index of implied volatility that Cboe publishes of each
    "SPY": "VIX", "IVV": "VIX", "VOO": "VIX", "QQQ": "VXN", "NDX": "VXN", "IWM": "RVX",
    "RUT": "RVX", "DIA": "VXD", "DJX": "VXD", "GLD": "GVZ", "USO": "OVX", "EEM": "VXEEM",
}  # fmt: skip
OWN_VOLATILITY = "_IV"  # ends the name of an implied volatility that the user brings
WITHOUT_PRICE = frozenset(
    {*VOLATILITIES.values(), "VIX9D", "VIX3M", "VIX6M", "VVIX", "SKEW", "RATE", "ADL"}
)


def has_options(name: str) -> bool:
    """Whether a series is, or may be, a price that something trades on."""
    return name == "VIX" or not (name in WITHOUT_PRICE or name.endswith(OWN_VOLATILITY))


def tracks_spx(name: str) -> bool:
    """Whether a move of SPX says how far this moves: SPX itself, and shares of the S&P 500."""
    return name == "SPX" or VOLATILITIES.get(name) == "VIX"


def volatilities_of(name: str) -> tuple[str, ...]:
    """Series its implied volatility may be read from, the best first; none of the indices, which
    are modelled from each other."""
    if name in INDICES or not has_options(name):
        return ()
    published = VOLATILITIES.get(name)
    own = f"{name}{OWN_VOLATILITY}"
    return (own,) if published is None else (own, published)
