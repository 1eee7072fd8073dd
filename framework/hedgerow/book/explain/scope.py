"""What names of a file stand for, as far as its explanation needs to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from hedgerow.book.names import walk
from hedgerow.language import tree
from hedgerow.vocabulary import WORDS
from hedgerow.vocabulary.units import Kind

_TRUTHS = (
    tree.Truth, tree.Between, tree.Crosses, tree.Held, tree.Recent, tree.Becomes, tree.Trend,
    tree.NearEvent, tree.Every, tree.State, tree.Happens, tree.Group,
)  # fmt: skip
_ARITHMETIC = ("+", "-", "*", "/")


class Scope(Struct, frozen=True):
    values: Mapping[str, tree.Expression] = field(default_factory=dict)  # params, lets: the file's
    named: frozenset[str] = frozenset()  # entries, layers, stacks, shocks: the file's
    structures: Mapping[str, tree.Structure] = field(default_factory=dict)  # the file's own
    lets: Mapping[str, tree.Expression] = field(default_factory=dict)  # of the rule
    parameters: frozenset[str] = frozenset()  # of the structure
    legs: frozenset[str] = frozenset()  # of the structure
    _truths: dict[str, bool] = field(default_factory=dict)  # what is known of `values`

    def within_rule(self, clauses: Sequence[tree.Clause]) -> Scope:
        lets = {each.name: each.value for each in clauses if isinstance(each, tree.Let)}
        return replace(self, lets=lets, _truths={}) if lets else self

    def within_structure(self, node: tree.Structure) -> Scope:
        parameters = frozenset(each.name for each in node.parameters)
        return replace(self, parameters=parameters, legs=frozenset(leg.name for leg in node.legs))

    def lookup(self, name: str) -> tree.Expression | None:
        """The value of a param or a let."""
        return self.lets[name] if name in self.lets else self.values.get(name)

    def knows(self, name: str) -> bool:
        return any(
            name in each
            for each in (self.named, self.parameters, self.legs, self.lets, self.values)
        )

    def resolved(self, node: tree.Expression) -> tree.Expression:
        """What a name stands for, through any number of names; circles end where they began."""
        seen = set()
        while isinstance(node, tree.Name) and len(node.parts) == 1 and node.parts[0] not in seen:
            value = self.lookup(node.parts[0])
            if value is None:
                break
            seen.add(node.parts[0])
            node = value
        return node

    def is_truth(self, node: tree.Expression) -> bool:
        """Whether it says that something is so, rather than how much something is."""
        passed: dict[str, None] = {}
        found = None
        while found is None:
            match node:
                case tree.Name(parts=(name,)) if (value := self.lookup(name)) is not None:
                    found = False if name in passed else self._truths.get(name)
                    passed[name] = None
                    node = value
                case tree.If():
                    node = node.then
                case tree.Otherwise():
                    node = node.value
                case tree.Lag():
                    node = node.of
                case _:
                    found = self._says_so(node)
        self._truths.update(dict.fromkeys(passed, found))
        return found

    def _says_so(self, node: tree.Expression) -> bool:
        match node:
            case tree.Binary():
                return node.operator not in _ARITHMETIC
            case tree.Unary():
                return node.operator == "not"
            case tree.Name() if not self.knows(node.parts[0]) or len(node.parts) > 1:
                return _is_truth_word(node.parts[-1])
            case tree.Call() if len(node.function.parts) == 1:
                return _is_truth_word(node.function.parts[0])
            case _:
                return isinstance(node, _TRUTHS)


def _is_truth_word(name: str) -> bool:
    return name in WORDS and WORDS[name].result is Kind.TRUTH


def scope_of(file: tree.Tree) -> Scope:
    """Everything that is declared in a file or added by it; nothing of a parent."""
    everything = list(walk(file.statements))
    inner = {id(clause) for rule in everything if isinstance(rule, tree.Entry | tree.Layer)
             for clause in rule.clauses}  # fmt: skip
    values = {node.name: node.value for node in everything
              if isinstance(node, tree.Param | tree.Let) and id(node) not in inner}  # fmt: skip
    structures = {node.name: node for node in everything if isinstance(node, tree.Structure)}
    return Scope(values, frozenset(_named(everything)), structures)


def _named(everything: list[tree.Node]) -> Iterator[str]:
    for node in everything:
        if isinstance(node, tree.Entry | tree.Layer | tree.Shock | tree.Layers):
            yield node.name
        if isinstance(node, tree.Layers):
            yield from (f"{node.name}.{layer.name}" for layer in node.layers)
