"""The house keeps its own rules: who may import whom, and how large a room may be."""

import ast
import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "framework" / "hedgerow"
DOCS = Path(__file__).parent.parent / "docs"


def may_import() -> dict[str, set[str]]:
    """The table of docs/architecture.md, which is the only place it is written."""
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \|$", (DOCS / "architecture.md").read_text(), re.M)
    return {folder: set(re.findall(r"`(\w+)`", allowed)) for folder, allowed in rows}


def modules() -> list[Path]:
    return sorted(HOUSE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Top names this file imports: folders of the house as `hedgerow.x`, others by name."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written in full"
            names.add(node.module or "")
    return names


def room(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0]


def test_every_folder_is_in_the_import_table():
    folders = {path.name for path in HOUSE.iterdir() if (path / "__init__.py").exists()}
    assert folders == set(may_import())


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_module_imports_down_the_stairs_only(path):
    if path.parent == HOUSE:
        return
    here, table = room(path), may_import()
    used = {name.split(".")[1] for name in imported(path) if name.startswith("hedgerow.")}
    assert used - {here} <= table[here]


@pytest.mark.parametrize("library, folders", [
    ("backtrader", {"host/backtrader"}),
    ("talib", {"vocabulary/indicators"}),
    ("lark", {"language"}),
    ("plotly", {"report"}),
    ("typer", {"cli"}),
    ("pygls", {"editor"}),
    ("lsprotocol", {"editor"}),
    ("pygments", {"editor"}),
])  # fmt: skip
def test_a_library_stays_in_its_room(library, folders):
    for path in modules():
        if any(name.split(".")[0] == library for name in imported(path)):
            assert any(str(path.relative_to(HOUSE)).startswith(folder) for folder in folders), path


def exceptions() -> set[str]:
    """Rooms larger than the budget, each with its reason, as docs/violations.md lists them."""
    return set(re.findall(r"^- `([^`]+)`: \S", (DOCS / "violations.md").read_text(), re.M))


def over_budget() -> set[str]:
    large = set()
    for path in modules():
        name = str(path.relative_to(HOUSE))
        text = path.read_text()
        if text.count("\n") > 300:
            large.add(name)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                body = node.body
                has_doc = ast.get_docstring(node) is not None and len(body) > 1
                first = body[1] if has_doc else body[0]
                if body[-1].end_lineno - first.lineno + 1 > 30:
                    large.add(f"{name}:{node.name}")
    return large


def test_rooms_are_small_and_the_exceptions_are_listed_with_a_reason():
    assert over_budget() == exceptions()


def test_no_folder_is_called_core_or_utils():
    assert not {path.name for path in HOUSE.rglob("*") if path.is_dir()} & {
        "core", "utils", "common", "helpers", "misc",
    }  # fmt: skip
