"""What every page of a site is made from: a rulebook on a day, by the guide and by profile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from offsetcheck.explain.sources import source_line
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bind import bind, bind_guide, bind_rules_of_guide
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook, Source
from offsetcheck.rulebook.fields.names import field_named
from offsetcheck.rulebook.rulebook import Rulebook, latest_day
from offsetcheck.rulebook.rules.model import SourceEntry
from offsetcheck.rulebook.tonnes.binding import BoundSteps, bind_steps
from offsetcheck.vocabulary.dictionary import Dictionary, Field, Subject
from offsetcheck.vocabulary.explained import SourceLine
from offsetcheck.vocabulary.site_explanation import Named


@dataclass(frozen=True)
class Scope:
    """A rulebook, a day, a language, and the profiles that the site is about."""

    rulebook: Rulebook
    day: date
    language: str
    profiles: tuple[str, ...]

    @cached_property
    def guide(self) -> BoundRulebook:
        """What the guide alone says on the day; a rule not in force stands as on its last day."""
        bound = bind_guide(self.rulebook, self.day)
        rules = dict(bound.rules)
        for name, rule in self.rulebook.rules.items():
            if name not in rules:
                rules |= bind_rules_of_guide(self.rulebook, [name], latest_day(rule))
        return replace(bound, rules=rules)

    @cached_property
    def wording(self) -> Wording:
        """The words of the guide."""
        return Wording(self.guide, self.language)

    @cached_property
    def bound(self) -> Mapping[str, BoundRulebook]:
        """What decides for each profile."""
        return {name: bind(self.rulebook, name, self.day) for name in self.profiles}

    @cached_property
    def wordings(self) -> Mapping[str, Wording]:
        """The words of each profile."""
        return {name: Wording(bound, self.language) for name, bound in self.bound.items()}

    @cached_property
    def steps(self) -> BoundSteps:
        """The steps of comparable tonnes on the day, as the guide alone has them."""
        return bind_steps(self.rulebook, None, self.day)

    @cached_property
    def steps_of(self) -> Mapping[str, BoundSteps]:
        """The steps of each profile, with what it chose; none where the rulebook has no steps."""
        named = self.profiles if self.rulebook.steps else ()
        return {name: bind_steps(self.rulebook, name, self.day) for name in named}

    @cached_property
    def laws(self) -> tuple[str, ...]:
        """The jurisdictions of the profiles, by id."""
        named = (law for name in self.profiles for law in self.rulebook.cities[name].jurisdictions)
        return tuple(sorted(set(named) & self.rulebook.jurisdictions.keys()))

    def rule(self, name: str) -> BoundRule:
        """Return a rule as the guide has it."""
        return self.guide.rules[name]

    def rule_named(self, name: str) -> Named:
        """Return the id and the title of a rule."""
        return Named(id=name, title=self.wording.rule_title(self.rule(name)))

    def rules_named(self, names: Iterable[str]) -> tuple[Named, ...]:
        """Return the ids and titles of those of some rules that there are, each once."""
        return tuple(
            map(self.rule_named, (n for n in dict.fromkeys(names) if n in self.guide.rules))
        )

    def profile_named(self, name: str) -> Named:
        """Return the id and the name of a profile."""
        return Named(id=name, title=self.wordings[name].city())

    def law_named(self, name: str) -> Named:
        """Return the id and the name of a jurisdiction."""
        title = self.wording.pick(self.rulebook.jurisdictions[name].name)
        return Named(id=name, title=title or name)

    def setter_title(self, setter: str) -> str:
        """Return who a value is of: the guide, a law's place or a profile."""
        if setter in self.rulebook.jurisdictions:
            return self.law_named(setter).title
        if setter in self.wordings:
            return self.profile_named(setter).title
        return self.wording.word("layer.guide")

    def field_named(self, name: str) -> Named:
        """Return a field as rules name it, and its title."""
        return Named(id=field_id(self.rulebook.dictionary, name), title=self.wording.title(name))

    def table_named(self, name: str) -> Named:
        """Return a table and its title."""
        title = self.rulebook.tables[name].entry.title or {}
        return Named(id=name, title=self.wording.pick(title, f"table.{name}") or name)

    def source(self, entry: SourceEntry | None) -> SourceLine | None:
        """Return a source as pages name it."""
        if entry is None:
            return None
        own = Source(entry.standing, entry.guide, entry.clause, entry.note, entry.status)
        return source_line(own, self.wording)


def field_id(dictionary: Dictionary, name: str) -> str:
    """Return the id of a field's page from the name under which rules read it."""
    field = field_named(dictionary, name)
    return name if field is None else page_of(field)


def page_of(field: Field) -> str:
    """Return the id of a field's page: `candidate.vintage`, `purchase.year`."""
    return f"{field.subject.value}.{field.name}"


def every_field(dictionary: Dictionary) -> Iterable[Field]:
    """Yield all fields, those of candidates first."""
    for subject in Subject:
        yield from dictionary.of(subject).values()
