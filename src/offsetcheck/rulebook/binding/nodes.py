"""Trees of expressions with everything filled in that a city and a day decide."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from offsetcheck.rulebook.expression.nodes import Constant, Derived, FieldRef, Lookup, Node
from offsetcheck.rulebook.expression.walk import inputs_of, with_children
from offsetcheck.rulebook.fields.names import field_named, lookup_keys
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.model import SharedParameter
from offsetcheck.rulebook.tables.typical import typical_levels
from offsetcheck.vocabulary.dictionary import Dictionary, Field, LookupSpec


class Binder:
    """Fills trees for one day: constants by name, computed fields by their trees and tables."""

    def __init__(self, rulebook: Rulebook, day: date, constants: Mapping[str, Constant]) -> None:
        self._rulebook = rulebook
        self._day = day
        self._constants = constants
        self._computed: dict[str, Node] = {}
        self._typical: Mapping[str, Mapping[str, int]] | None = None

    @property
    def dictionary(self) -> Dictionary:
        """The fields that trees may name."""
        return self._rulebook.dictionary

    @property
    def shared(self) -> Mapping[str, SharedParameter]:
        """The parameters that rules share, by `shared.name`."""
        return self._rulebook.shared

    def bind(self, node: Node, parameters: Mapping[str, Constant]) -> Node:
        """Return a tree in which no parameter and no computed field is left unresolved."""
        match node:
            case Constant(name=str(name)):
                found = parameters.get(name) or self._constants[name]
                return Constant(found.value, node.type, found.name, found.cause, node.at)
            case FieldRef():
                found_field = self._field(node)
                same = found_field.at == node.at
                return found_field if same else replace(found_field, at=node.at)
            case Derived() | Lookup():
                return node
            case _:
                return with_children(node, lambda child: self.bind(child, parameters))

    def typical(self, rule: str) -> Mapping[str, int]:
        """Return the points of a scale that are typical for each type of project on the day."""
        if self._typical is None:
            served = self._rulebook.served(self._day)
            self._typical = typical_levels(served, self._rulebook.dictionary)
        return self._typical.get(rule, {})

    def _field(self, node: FieldRef) -> Node:
        """Return a stated field as it is, a computed one with what computes it."""
        if node.name not in self._computed:
            self._computed[node.name] = self._resolve(node)
        return self._computed[node.name]

    def _resolve(self, node: FieldRef) -> Node:
        field = field_named(self._rulebook.dictionary, node.name)
        if field is None or field.is_input or field.aggregate is not None:
            return node
        if field.lookup is not None:
            return self._lookup(node.name, field, field.lookup)
        return Derived(node.name, field.type, self.bind(self._rulebook.derived[node.name], {}))

    def _lookup(self, name: str, field: Field, lookup: LookupSpec) -> Lookup:
        served = self._rulebook.served(self._day)
        edition = served.edition(lookup.table)
        keys = dict(zip(lookup.on, lookup_keys(field), strict=True))
        ranged = next(iter(lookup.match), None)
        return Lookup(
            name=name,
            type=field.type,
            table=lookup.table,
            keys=tuple(self._key(key) for column, key in keys.items() if column != ranged),
            rows=served.rows_of(field, lookup),
            version=self._key(keys[ranged]) if ranged else None,
            collect=lookup.collect,
            absent=lookup.absent,
            stale=edition is None or edition.is_stale(self._day),
            origin=edition.origin if edition is not None else None,
        )

    def _key(self, name: str) -> Node:
        field = field_named(self._rulebook.dictionary, name)
        if field is None:
            raise KeyError(name)
        return self._field(FieldRef(name, field.type))


def tables_read(rulebook: Rulebook, names: Iterable[str]) -> frozenset[str]:
    """Return the tables that fields under these names rest on."""
    tables: set[str] = set()
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        field = None if name in seen else field_named(rulebook.dictionary, name)
        seen.add(name)
        if field is not None and field.lookup is not None:
            tables.add(field.lookup.table)
            waiting.extend(lookup_keys(field))
        elif field is not None and field.derive is not None:
            waiting.extend(inputs_of(rulebook.derived[name]))
    return frozenset(tables)
