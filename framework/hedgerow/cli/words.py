"""`hedgerow words`: the vocabulary."""

from __future__ import annotations

from typing import Any

from hedgerow.cli.options import Format, ForWhom
from hedgerow.cli.screen import lines_ended, results, write_for_programs
from hedgerow.cli.status import Status

FORMAT_VERSION = "1.0"


def words(output: ForWhom = Format.HUMAN) -> Status:
    """List what rules can say: words, structures, shocks, units.

    Example: hedgerow words
    """
    if output is Format.JSON:
        write_for_programs(FORMAT_VERSION, _content())
        return Status.CLEAN
    from hedgerow.cli.vocabulary_text import vocabulary

    with lines_ended():
        for told in vocabulary():
            results().print(told)
    return Status.CLEAN


def _content() -> dict[str, Any]:
    from hedgerow.vocabulary import RESULTS, WORDS
    from hedgerow.vocabulary.shocks import episodes
    from hedgerow.vocabulary.structures import built_in
    from hedgerow.vocabulary.units import UNITS

    return {
        "words": [
            {
                "name": word.name,
                "family": word.family.value,
                "written": word.usage,
                "gives": str(word.result),
                "first_value_after": word.first_value,
                "of": [str(subject) for subject in word.subjects],
                "description": word.description,
                "source": word.source,
            }
            for word in (*WORDS.values(), *RESULTS.values())
        ],
        "structures": [{"name": name, "text": text} for name, text in built_in().items()],
        "shocks": [
            {"name": each.name, "from": str(each.first), "to": str(each.last), "text": each.text}
            for each in episodes().values()
        ],
        "units": [
            {"name": name, "kind": unit.kind.value, "says": unit.says}
            for name, unit in UNITS.items()
        ],
    }
