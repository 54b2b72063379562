"""A rule folder that has been read and found sound: all layers, not yet bound to a city or day."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from offsetcheck.rulebook.binding.bound import Guide
from offsetcheck.rulebook.decisions.model import DecisionsFile
from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.rulebook.files.guide import GuideFile
from offsetcheck.rulebook.policies.layers import layers_of
from offsetcheck.rulebook.policies.model import CityFile, Jurisdiction
from offsetcheck.rulebook.rules.model import LoadedRule, SharedParameter, is_shared
from offsetcheck.rulebook.tables.model import ReferenceTable
from offsetcheck.rulebook.tables.served import ServedTables
from offsetcheck.rulebook.tonnes.model import LoadedStep
from offsetcheck.vocabulary.dictionary import Dictionary, FieldType
from offsetcheck.vocabulary.forms.document import Document

__all__ = ["LoadedRule", "ReferenceTable", "Rulebook"]

DAYS_KEPT = 8  # a process seldom binds more days than these at once
REVIEW = "review"


@dataclass(frozen=True)
class Rulebook:
    """Everything in a rule folder.

    `derived` holds the trees of computed fields by the name under which rules read them, `changes`
    the trees that layers change by layer and rule, then by key, `where` the conditions of
    aggregates by the name of their field, `shared` the parameters of parameters/ by `shared.name`,
    `steps` those of comparable tonnes in their order.
    `files_hash` is the hash of its files, as a pack of them has it, `others` the names of what lies
    beside them and is read by nothing, folders too.
    """

    folder: Path
    guide: GuideFile
    guides: Mapping[str, Guide]
    dictionary: Dictionary
    rules: Mapping[str, LoadedRule]
    tables: Mapping[str, ReferenceTable]
    cities: Mapping[str, CityFile]
    jurisdictions: Mapping[str, Jurisdiction]
    decisions: DecisionsFile
    words: Mapping[str, Mapping[str, str]]
    derived: Mapping[str, Node]
    changes: Mapping[tuple[str, str], Mapping[str, Node]]
    city_types: Mapping[str, FieldType]
    documents: Mapping[str, Document]
    where: Mapping[str, Node]
    shared: Mapping[str, SharedParameter] = field(default_factory=dict)
    steps: Mapping[str, LoadedStep] = field(default_factory=dict)
    files_hash: str = ""
    others: tuple[str, ...] = ()

    @property
    def first_day(self) -> date:
        """The first day that the rulebook speaks of: the guide's own, else that of a rule."""
        if self.guide.effective is not None:
            return self.guide.effective.since
        days = (rule.file.effective.since for rule in self.rules.values())
        return min(days, default=date.min)

    def reading(self, full: str) -> tuple[tuple[str, str], ...]:
        """Return the rules that read a parameter as layers name it, each with its name there."""
        if is_shared(full):
            return tuple((name, full) for name, rule in self.rules.items() if full in rule.shared)
        rule, _, name = full.rpartition(".")
        known = rule in self.rules and name in self.rules[rule].file.parameters
        return ((rule, name),) if known else ()

    def adopting(self, rule: str) -> tuple[str, ...]:
        """Return the cities and profiles for which an optional rule is adopted, by name."""
        return tuple(
            name
            for name, city in sorted(self.cities.items())
            if any(rule in layer.adopts for layer in layers_of(city, self.jurisdictions))
        )

    @property
    def reviewable(self) -> dict[str, bool]:
        """Of each rule, whether a person's signed review decides it for anybody."""
        changes = [change for city in self.cities.values() for change in city.change]
        changes += [change for layer in self.jurisdictions.values() for change in layer.change]
        made = {change.rule for change in changes if change.effect == REVIEW}
        return {
            name: rule.file.effect == REVIEW or name in made for name, rule in self.rules.items()
        }

    def served(self, day: date) -> ServedTables:
        """Return the tables as they serve on a day; the last few days are kept."""
        known = self._served
        if day not in known:
            while len(known) >= DAYS_KEPT:
                known.pop(next(iter(known)))
            known[day] = ServedTables(self.tables, day)
        return known[day]

    def with_rules(self, rules: Mapping[str, LoadedRule]) -> "Rulebook":
        """Return a rulebook in which some rules are as given; it shares how the tables serve."""
        made = replace(self, rules={**self.rules, **rules})
        made.__dict__["_served"] = self._served
        return made

    @cached_property
    def _served(self) -> dict[date, ServedTables]:
        return {}

    @property
    def latest_day(self) -> date:
        """The latest day that any rule's dates name: what an example without a day runs on."""
        return max((latest_day(rule) for rule in self.rules.values()), default=date.min)


def latest_day(rule: LoadedRule) -> date:
    """Return the latest day of a rule's dates on which it still applies."""
    effective = rule.file.effective
    days = [effective.since]
    days += [since for parameter in rule.parameters.values() for since in parameter.values]
    until = effective.until
    return max(day for day in days if until is None or day < until)
