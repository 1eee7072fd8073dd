"""The unit words of the language, and their one canonical spelling each."""

from __future__ import annotations

_SINGULAR = {
    "day": "days",
    "week": "weeks",
    "month": "months",
    "session": "sessions",
    "point": "points",
    "contract": "contracts",
}

UNITS = (*_SINGULAR.values(), "sd", "delta", "pp", "x", "%")

CANONICAL: dict[str, str] = {**{unit: unit for unit in UNITS}, **_SINGULAR}

SINGULAR: dict[str, str] = {plural: singular for singular, plural in _SINGULAR.items()}
