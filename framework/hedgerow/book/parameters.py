"""Parameters of a word that is called, each with what fills it."""

from __future__ import annotations

from hedgerow.language import tree
from hedgerow.vocabulary.word import Parameter, Word

Filled = list[tuple[Parameter, tree.Expression | None]]


def filled(word: Word, node: tree.Call) -> Filled | str:
    """Every parameter with its argument, None for its default; the last may be there several times.

    What is wrong, where the arguments don't fit.
    """
    parameters = list(word.parameters)
    repeated = parameters.pop() if parameters and parameters[-1].repeats else None
    positional = [each.value for each in node.arguments if each.name is None]
    found = {each.name: value for each, value in zip(parameters, positional, strict=False)}
    known = {each.name for each in parameters}
    for argument in node.arguments:
        if argument.name is None:
            continue
        if argument.name in found or argument.name not in known:
            return f"`{word.name}` has no place for `{argument.name}`"
        found[argument.name] = argument.value
    extra = positional[len(parameters) :]
    if extra and repeated is None:
        return f"`{word.name}` is given too much"
    missing = [each.name for each in parameters if each.name not in found and each.default is None]
    if repeated is not None and not extra:
        missing.append(repeated.name)
    if missing:
        return f"`{word.name}` lacks {' and '.join(missing)}"
    given: Filled = [(each, found.get(each.name)) for each in parameters]
    if repeated is not None:
        given.extend((repeated, value) for value in extra)
    return given
