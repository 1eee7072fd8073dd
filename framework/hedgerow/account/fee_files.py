"""From the name of a fee schedule, or the path of a file, to a schedule.

The file is a stranger's: it is bounded in size and depth, has no aliases (which can expand without
bound) and no key twice, before anything is made of it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from hedgerow.account.fees import FeeSchedule
from hedgerow.text.fault import Fault

if TYPE_CHECKING:
    import yaml

MOST_BYTES = 64 * 1024
DEEPEST = 8  # collections within collections
_PACKAGED = files("hedgerow.account") / "schedules"
_SHAPE = "write it like `hedgerow/account/schedules/default.yaml`"


class CostsFault(Fault):
    """A fee schedule can't be had; `where` names it."""


def schedule(name_or_path: str) -> FeeSchedule:
    """The packaged schedule of that name, or the one in a `.yaml` file. Raises CostsFault."""
    if name_or_path.endswith((".yaml", ".yml")):
        return _schedule_from(name_or_path, _bytes_of(Path(name_or_path)))
    names = sorted(item.name.removesuffix(".yaml") for item in _PACKAGED.iterdir())
    if name_or_path in names:
        found = _PACKAGED / f"{name_or_path}.yaml"
        return _schedule_from(name_or_path, found.read_bytes())
    near = difflib.get_close_matches(name_or_path[:64], names, 1)
    remedy = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(names)}"
    shown = name_or_path if len(name_or_path) <= 80 else f"{name_or_path[:80]}..."
    raise CostsFault(f"costs `{shown}`", "no such fee schedule", f"{remedy} (or a .yaml file)")


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise CostsFault(str(path), f"can't be read: {reason}", "name a readable file") from None
    if len(data) > MOST_BYTES:
        problem = f"larger than {MOST_BYTES // 1024} KiB"
        raise CostsFault(str(path), problem, "a fee schedule is some twenty lines")
    return data


def _schedule_from(where: str, data: bytes) -> FeeSchedule:
    import yaml
    from pydantic import ValidationError

    try:
        text = data.decode("utf-8")
        _refuse_traps(where, text)
        content = yaml.safe_load(text)
        return FeeSchedule.model_validate(content)
    except UnicodeDecodeError:
        raise CostsFault(where, "isn't UTF-8 text", "save it as UTF-8") from None
    except ValidationError as error:
        raise CostsFault(where, _first_problem(error), _SHAPE) from None
    except (yaml.YAMLError, ValueError) as error:
        raise CostsFault(where, f"isn't YAML: {_one_line(error)}", _SHAPE) from None


def _refuse_traps(where: str, text: str) -> None:
    """Aliases, depth and repeated keys; the stream of events is flat, so depth can't overflow."""
    import yaml

    depth = 0
    for event in yaml.parse(text, yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise CostsFault(where, "has an alias (`*name`)", "write the value out")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise CostsFault(where, "is nested too deeply", _SHAPE)
    for key, line in _repeated_keys(yaml.compose(text, yaml.SafeLoader)):
        raise CostsFault(f"{where}:{line}", f"`{key}` stands there twice", "keep one of them")


def _repeated_keys(node: yaml.Node | None) -> Iterator[tuple[str, int]]:
    """Keys that a mapping has a second time, with their lines."""
    import yaml

    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repeated_keys(item)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    yield key.value, key.start_mark.line + 1
                seen.add(key.value)
            yield from _repeated_keys(value)


def _first_problem(error: Exception) -> str:
    """The first mistake in a person's words: `option.open: Input should be a valid number`."""
    from pydantic import ValidationError

    assert isinstance(error, ValidationError)
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])[:200]
    problem = first["msg"].removeprefix("Value error, ")  # pydantic says so of our own checks
    return f"{place}: {problem}" if place else problem


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
