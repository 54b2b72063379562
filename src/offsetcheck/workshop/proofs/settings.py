"""Rules as they are in force: by each dated value of the guide, and of each city that sets one.

What a city states of itself (`city.x`), and a parameter that nobody has set, could be anything:
they stand as fields. Tables are those that serve on the last day that the rulebook speaks of, so
that a value of the past is not held against a table that was not there yet.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from offsetcheck.rulebook.binding.bind import effective_under
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.binding.nodes import Binder
from offsetcheck.rulebook.binding.rules import bound_rule
from offsetcheck.rulebook.expression.nodes import Constant, FieldRef, Node
from offsetcheck.rulebook.expression.walk import with_children
from offsetcheck.rulebook.policies.city_values import city_constants
from offsetcheck.rulebook.policies.layers import GUIDE, Layer, layers_of
from offsetcheck.rulebook.policies.model import CityFile
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.rules.model import full_name
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.workshop.proofs.world import CITY


@dataclass(frozen=True, slots=True)
class Setting:
    """One rule in force for a city, or the guide, with the values of one day."""

    rule: BoundRule
    city: str
    day: date

    @property
    def is_guide(self) -> bool:
        """Whether no city has a part in it."""
        return self.city == GUIDE


def last_day(rulebook: Rulebook) -> date:
    """Return the last day that rules or tables speak of."""
    editions = (e for table in rulebook.tables.values() for e in table.entry.editions)
    return max((edition.published for edition in editions), default=rulebook.latest_day)


class Settings:
    """Binds the rules of one rulebook, each for the guide and the cities that change it."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self.last_day = max(last_day(rulebook), rulebook.latest_day)
        self._binders: dict[str, Binder] = {}

    def all(self) -> Iterator[Setting]:
        """Yield every rule by each of its days, the last first: by the guide, then for cities."""
        for rule in self._of_rules():
            for day in reversed(_days(rule, (), self.last_day)):
                yield self._bound(rule, None, day)
        for city in self._rulebook.cities.values():
            layers = layers_of(city, self._rulebook.jurisdictions)
            for rule in self._of_rules():
                if _is_touched(rule, layers):
                    yield from self._of_city(rule, city, layers)

    def guide(self) -> list[Setting]:
        """Return every rule that is in force on the last day, as the guide has it."""
        found = ((rule, _days(rule, (), self.last_day)) for rule in self._of_rules())
        return [self._bound(rule, None, days[-1]) for rule, days in found if days]

    def of_city(self, city: CityFile) -> Iterator[Setting]:
        """Yield every rule that a city changes, on the last day."""
        layers = layers_of(city, self._rulebook.jurisdictions)
        for rule in self._of_rules():
            if _is_touched(rule, layers):
                yield from islice(self._of_city(rule, city, layers), 1)

    def _of_rules(self) -> Iterable[LoadedRule]:
        return (r for r in self._rulebook.rules.values() if r.file.status != "retired")

    def _of_city(
        self, rule: LoadedRule, city: CityFile, layers: tuple[Layer, ...]
    ) -> Iterator[Setting]:
        if effective_under(self._rulebook, rule, city) is not None:
            for day in reversed(_days(rule, layers, self.last_day)):
                yield self._bound(rule, city, day)

    def _bound(self, rule: LoadedRule, city: CityFile | None, day: date) -> Setting:
        effective = effective_under(self._rulebook, rule, city)
        if effective is None:
            raise KeyError(rule.file.id)
        layers = layers_of(city, self._rulebook.jurisdictions)
        binder = self._binder()
        made = bound_rule(rule, effective, city=city, layers=layers, binder=binder, day=day)
        freed = made.with_expressions(lambda node: free(node, day))
        return Setting(freed, GUIDE if city is None else city.id, day)

    def _binder(self) -> Binder:
        if GUIDE not in self._binders:
            constants = city_constants(self._rulebook, None, self.last_day)
            self._binders[GUIDE] = Binder(self._rulebook, self.last_day, constants)
        return self._binders[GUIDE]


def free_unknown(node: Node) -> Node:
    """Return a tree in which values that nobody has set stand as fields."""
    if isinstance(node, Constant):
        unset = node.name is not None and node.value is None
        return FieldRef(node.name or "", node.type, node.at) if unset else node
    return with_children(node, free_unknown)


def free(node: Node, day: date) -> Node:
    """Return a tree in which what no one has set stands as a field, and the day is that given."""
    if isinstance(node, Constant):
        if node.name == "$as_of" and node.type is FieldType.DATE:
            return Constant(day, node.type, node.name, at=node.at)
        unset = node.name is not None and (node.value is None or node.name.startswith(CITY))
        return FieldRef(node.name or "", node.type, node.at) if unset else node
    return with_children(node, lambda child: free(child, day))


def _days(rule: LoadedRule, layers: Iterable[Layer], last: date) -> list[date]:
    """Return the days on which a rule has other values than before."""
    file = rule.file
    days = {file.effective.since}
    for parameter in rule.parameters.values():
        days.update(parameter.values)
    for layer in layers:
        for full in set_by(layer, rule):
            days.update(layer.parameters[full].dated)
    until = file.effective.until
    in_force = {day for day in days if file.effective.since <= day and (not until or day < until)}
    if until is None and last >= file.effective.since:
        in_force.add(max(last, *in_force))
    return sorted(in_force)


def set_by(layer: Layer, rule: LoadedRule) -> list[str]:
    """Return the parameters of a rule, its own and those it shares, that a layer sets."""
    names = (full_name(rule.file.id, name) for name in rule.parameters)
    return [name for name in names if name in layer.parameters]


def _is_touched(rule: LoadedRule, layers: Iterable[Layer]) -> bool:
    """Whether a layer sets a parameter of a rule, or changes it."""
    return any(
        set_by(layer, rule) or any(one.rule == rule.file.id for one in layer.change)
        for layer in layers
    )
