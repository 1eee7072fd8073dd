"""Files that come with Hedgerow: presets, and the page of each diagnostic.

A checkout has them under `rules/` and `docs/diagnostics/`; in an installed package they lie beside
the code, where the build puts them.
"""

from __future__ import annotations

from pathlib import Path

import hedgerow

_PACKAGE = Path(hedgerow.__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent


def presets() -> dict[str, Path]:
    """Rule files by the name a person calls them: `alvh/core`."""
    folder = preset_folder()
    found = sorted(folder.rglob("*.rules"))
    return {path.relative_to(folder).with_suffix("").as_posix(): path for path in found}


def preset_folder() -> Path:
    return _folder("rules")


def pages() -> dict[str, Path]:
    """The page of each diagnostic, by its code."""
    return {path.stem: path for path in sorted(_folder("docs/diagnostics").glob("*.md"))}


def _folder(name: str) -> Path:
    in_checkout = (_CHECKOUT / "pyproject.toml").is_file() and _PACKAGE.parent.name == "framework"
    return (_CHECKOUT if in_checkout else _PACKAGE) / name
