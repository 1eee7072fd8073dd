"""Measures and what they are taken of: `base.profit`, `hedge.first is open`, `short_put.delta`.

Inside a rule its own position needs no name: `profit`, `short_put.itm`, `disarmed`.
"""

from __future__ import annotations

from hedgerow.book.expression import Apply, Expression, Measure, Target
from hedgerow.book.names import unknown
from hedgerow.book.reading import Reading, reads
from hedgerow.language import tree
from hedgerow.text.diagnostic import Label, replace
from hedgerow.text.source import Span
from hedgerow.vocabulary import WORDS
from hedgerow.vocabulary.units import Kind
from hedgerow.vocabulary.word import Role, Subject, Word

BOOK = "book"


def read_measure(reading: Reading, node: tree.Name) -> Expression | None:
    """A lower-case name that is no param and no let: a measure, of what stands before it."""
    *before, last = node.parts
    word = WORDS.get(last)
    if word is None or not word.subjects:
        _unknown_measure(reading, node, last)
        return None
    if not before:
        target = _own(reading, word)
        if target is None:
            _of_nothing(reading, word, node.span)
    else:
        target = _target(reading, tuple(before), node)
    return _measured(reading, word, target, node.span)


def _of_nothing(reading: Reading, word: Word, span: Span) -> None:
    """A measure alone, which is said of something else than the rule it stands in."""
    legs = reading.legs.get(reading.rule or "", ())
    of_legs = word.subjects == (Subject.LEG,)
    shown = "a leg" if of_legs else "a rule or a layer"
    named = [f"`{leg}.{word.name}`" for leg in legs] if of_legs else []
    help = f"write {' or '.join(named)}" if named else f"write it with a dot: `NAME.{word.name}`"
    every = f", or `{word.name}(book)`" if Subject.BOOK in word.subjects else ""
    message = f"`{word.name}` is said of {shown}, and none is named here"
    reading.report("N101", message, span, help=(f"{help}{every}",))


@reads(tree.State)
def _state(reading: Reading, node: tree.State) -> Expression | None:
    target = _target(reading, node.subject.parts, node.subject)
    value = _measured(reading, WORDS[node.state], target, node.span)
    if value is None or not node.negated:
        return value
    return Apply("not", (value,), Kind.TRUTH, node.span)


def read_subject(reading: Reading, node: tree.Name) -> Target | None:
    """The subject of a call such as `count(base)`."""
    return _target(reading, node.parts, node)


def read_rules(reading: Reading, node: tree.Name) -> tuple[str, ...] | None:
    """Paths of the rules a decision may be of: an entry, a layer, or all of a stack."""
    written = node.dotted
    known = written in (*reading.names.stacks, BOOK) or reading.names.rule_paths(written, None)
    if not known and "." in written:  # a leg, or nothing
        _unknown_rule(reading, written, node.span)
        return None
    target = _target(reading, node.parts, node)
    if target is None:
        return None
    if target.subject in (Subject.POSITION, Subject.STACK):
        return target.rules
    reading.report(
        "N107", f"`{node.span.text}` decides nothing: it is {target.subject}", node.span,
        help=("name an entry, a layer or a stack",),
    )  # fmt: skip
    return None


def _measured(reading: Reading, word: Word, target: Target | None, span: Span) -> Expression | None:
    if target is None:
        return None
    if target.subject not in word.subjects:
        shown = ", ".join(word.subjects)
        reading.report(
            "N107", f"`{word.name}` can't be taken of {target.subject}", span,
            help=(f"it is said of {shown}",),
        )  # fmt: skip
        return None
    wanted = [each.name for each in word.parameters if each.role in (Role.SHOCK, Role.CONSTANT)]
    if wanted:
        lost = ("what is lost by now is a negative `profit`: `profit <= -$500`",)
        reading.report(
            "N107", f"`{word.name}` needs a {wanted[0]}", span,
            help=(f"write `{word.signature}`", *(lost if word.name == "loss" else ())),
        )  # fmt: skip
        return None
    return Measure(word.name, target, word.kind_of(target.subject), span)


def _own(reading: Reading, word: Word) -> Target | None:
    """What a bare word is said of: the account, or the position of the rule it stands in."""
    if Subject.ACCOUNT in word.subjects:
        return Target(Subject.ACCOUNT)
    if reading.rule is not None and Subject.POSITION in word.subjects:
        return Target(Subject.POSITION, (reading.rule,))
    return None


def _target(reading: Reading, parts: tuple[str, ...], node: tree.Name) -> Target | None:
    written = ".".join(parts)
    if written == BOOK:
        return Target(Subject.BOOK)
    if written in reading.names.stacks:
        reading.names.used.add(written)
        return Target(Subject.STACK, reading.names.stacks[written])
    own_legs = reading.legs.get(reading.rule or "", ())
    if len(parts) == 1 and parts[0] in own_legs and reading.rule is not None:
        return Target(Subject.LEG, (reading.rule,), parts[0])
    near = reading.rule.rpartition(".")[0] if reading.rule else None
    paths = reading.names.rule_paths(written, near)
    if len(paths) == 1:
        return Target(Subject.POSITION, paths)
    if len(paths) > 1:
        _ambiguous(reading, written, paths, node.span)
        return None
    if len(parts) > 1:
        return _leg_target(reading, parts, near, node)
    _unknown_rule(reading, written, node.span)
    return None


def _leg_target(
    reading: Reading, parts: tuple[str, ...], near: str | None, node: tree.Name
) -> Target | None:
    *rule, leg = parts
    paths = reading.names.rule_paths(".".join(rule), near)
    if len(paths) > 1:
        _ambiguous(reading, ".".join(rule), paths, node.span)
        return None
    if not paths:
        _unknown_rule(reading, ".".join(rule), node.span)
        return None
    legs = reading.legs.get(paths[0], ())
    if leg in legs:
        return Target(Subject.LEG, paths, leg)
    if legs:  # none are known where the opening itself was refused
        reading.found.append(unknown(leg, node.span, f"leg of `{paths[0]}`", list(legs)))
    return None


def _ambiguous(reading: Reading, written: str, paths: tuple[str, ...], span: Span) -> None:
    labels = tuple(Label(reading.names.rules[path].name_span, f"`{path}` is one") for path in paths)
    reading.report(
        "N106", f"`{written}` can be any of {len(paths)} layers", span, labels=labels,
        help=(f"write {' or '.join(f'`{path}`' for path in paths)}",),
    )  # fmt: skip


def _unknown_rule(reading: Reading, written: str, span: Span) -> None:
    if not reading.names.lost.isdisjoint(written.split(".")):
        return
    known = [*reading.names.rules, *reading.names.stacks]
    known.extend(path.rpartition(".")[2] for path in reading.names.rules)
    reading.found.append(unknown(written, span, "entry, layer or stack", known))


def _unknown_measure(reading: Reading, node: tree.Name, last: str) -> None:
    if not reading.names.lost.isdisjoint(node.parts):
        return
    series = node.parts[0].upper()
    if len(node.parts) > 1 and series in reading.names.series:
        meant = ".".join((series, *node.parts[1:]))
        fix = replace(f"write `{meant}`", node.span, meant)
        message = f"there is no `{node.parts[0]}`: series are written in capitals"
        reading.report("N101", message, node.span, help=(fix.title,), fixes=(fix,))
        return
    if len(node.parts) > 1:
        words = [name for name, word in WORDS.items() if word.subjects]
        reading.found.append(unknown(last, node.span, "measure", words))
        return
    known = [*reading.names.values, *reading.names.series, *reading.names.rules, *WORDS]
    if last in reading.names.stacks or reading.names.rule_paths(last, None):
        reading.report("T201", f"`{last}` is no value: it opens positions", node.span,
                       help=(f"say what of them: `{last}.profit`, `delta({last})`",))  # fmt: skip
    elif last in WORDS:
        reading.report("N107", f"`{last}` has to be told of what", node.span,
                       help=(f"write `{WORDS[last].signature}`",))  # fmt: skip
    else:
        reading.found.append(unknown(last, node.span, "name", known))
