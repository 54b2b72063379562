"""What a rulebook cites: its guides by clause, and how much of a city's verdicts rests on them.

A number is a parameter of a rule in force. What a city lists as undecided counts as undecided, also
where the guide's number stands in.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from offsetcheck.rulebook.binding.bound import (
    BoundParameter,
    BoundRule,
    BoundRulebook,
    Guide,
    Source,
)
from offsetcheck.rulebook.binding.rules import in_force
from offsetcheck.rulebook.policies.model import CityFile, Jurisdiction
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.model import SourceEntry, full_name
from offsetcheck.rulebook.tonnes.binding import steps_in_force
from offsetcheck.vocabulary.evidence import Standing
from offsetcheck.vocabulary.finding import Effect


class Basis(StrEnum):
    """What a rule or number rests on, the firmest first."""

    READ = "read"
    READ_SECOND_HAND = "read-2nd"
    KNOWN = "known"
    DESIGN = "design"
    UNDECIDED = "undecided"


class CitedBy(StrEnum):
    """What cites a clause."""

    RULE = "rule"
    NUMBER = "number"
    TABLE = "table"
    POLICY = "policy"
    SCHEME = "scheme"
    STEP = "step"


FIRMEST_FIRST = tuple(Basis)


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """One place that cites a clause: a rule, `rule.parameter`, a table, a city's value, a step."""

    guide: str
    clause: str
    standing: Standing
    kind: CitedBy
    where: str


@dataclass(frozen=True, slots=True)
class ClauseUse:
    """A clause of a guide as seen in one way, and all that cites it by kind."""

    clause: str
    standing: Standing
    cited_by: Mapping[CitedBy, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class GuideUse:
    """A guide and its clauses that are covered."""

    guide: Guide
    clauses: tuple[ClauseUse, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number, word or list in force, who set it, and what it rests on."""

    rule: str
    name: str
    value: object
    unit: str | None
    layer: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class CityBasis:
    """What the verdicts of one city rest on: its rules by effect, and its numbers.

    A rule counts at the weakest of its own sources and its numbers. Notes decide nothing and are
    left out.
    """

    rules: Mapping[Effect, Mapping[Basis, int]]
    numbers: tuple[Number, ...]

    @property
    def counts(self) -> Mapping[Basis, int]:
        """The numbers by what they rest on."""
        return Counter(number.basis for number in self.numbers)

    def resting_on(self, basis: Basis) -> tuple[Number, ...]:
        """Return the numbers that rest on one thing, in rulebook order."""
        return tuple(number for number in self.numbers if number.basis is basis)


def guides_used(
    rulebook: Rulebook, day: date, bound: BoundRulebook | None = None
) -> tuple[GuideUse, ...]:
    """Return every guide with what cites it on a day, in the order of sources.yaml.

    With a bound rulebook only what is in force for its city counts.
    """
    found: dict[str, list[Citation]] = {name: [] for name in rulebook.guides}
    for citation in sorted(set(_citations(rulebook, day, bound))):
        found.setdefault(citation.guide, []).append(citation)
    return tuple(GuideUse(guide, _clauses(found[name])) for name, guide in rulebook.guides.items())


def city_basis(bound: BoundRulebook) -> CityBasis:
    """Return what the rules and numbers that decide for a city rest on."""
    deciding = [
        rule for rule in bound.rules.values() if not rule.draft and rule.effect is not Effect.NOTE
    ]
    rules: dict[Effect, Counter[Basis]] = {}
    for rule in deciding:
        rules.setdefault(rule.effect, Counter())[basis_of(rule)] += 1
    found = [_number(rule, one) for rule in deciding for one in rule.parameters.values()]
    numbers: dict[str, Number] = {}
    for one in found:  # what several rules share is one number
        numbers.setdefault(full_name(one.rule, one.name), one)
    ruled = {effect: rules[effect] for effect in Effect if effect in rules}
    return CityBasis(ruled, tuple(numbers.values()))


def basis_of(rule: BoundRule) -> Basis:
    """Return the weakest thing that a rule rests on: its own sources, or one of its numbers."""
    own = [_basis(source) for source in rule.sources]
    found = [*own, *(_number(rule, one).basis for one in rule.parameters.values())]
    return max(found, key=FIRMEST_FIRST.index, default=Basis.DESIGN)


def _basis(source: Source) -> Basis:
    return Basis(source.standing.value)


def _number(rule: BoundRule, parameter: BoundParameter) -> Number:
    undecided = parameter.undecided or parameter.value is None
    stated = _basis(parameter.source) if parameter.source else Basis.DESIGN
    return Number(
        rule=rule.id,
        name=parameter.name,
        value=parameter.value,
        unit=parameter.unit,
        layer=parameter.layer,
        basis=Basis.UNDECIDED if undecided else stated,
    )


def _clauses(citations: Sequence[Citation]) -> tuple[ClauseUse, ...]:
    groups: dict[tuple[str, Standing], dict[CitedBy, list[str]]] = {}
    for one in citations:
        kinds = groups.setdefault((one.clause, one.standing), {})
        kinds.setdefault(one.kind, []).append(one.where)
    return tuple(
        ClauseUse(clause, standing, {kind: tuple(kinds[kind]) for kind in CitedBy if kind in kinds})
        for (clause, standing), kinds in groups.items()
    )


def _citations(rulebook: Rulebook, day: date, bound: BoundRulebook | None) -> Iterator[Citation]:
    yield from _of_rules(rulebook, day) if bound is None else _of_bound(bound)
    yield from _of_tables(rulebook, day)
    yield from _of_steps(rulebook, day)
    chosen = None if bound is None else {bound.city.id, *bound.city.jurisdictions}
    for policies in (rulebook.jurisdictions, rulebook.cities):
        for name, policy in policies.items():
            if chosen is None or name in chosen:
                yield from _of_policy(name, policy, day)
    yield from _cited([rulebook.guide.floor.source], CitedBy.SCHEME, "floor")
    if rulebook.guide.screening is not None:
        yield from _cited([rulebook.guide.screening.source], CitedBy.SCHEME, "screening")


def _of_rules(rulebook: Rulebook, day: date) -> Iterator[Citation]:
    for rule in in_force(rulebook, day):
        yield from _cited(rule.file.sources, CitedBy.RULE, rule.file.id)
        for name, parameter in rule.parameters.items():
            found = parameter.on(day)
            if found is not None:
                yield from _cited([found[1].source], CitedBy.NUMBER, full_name(rule.file.id, name))


def _of_bound(bound: BoundRulebook) -> Iterator[Citation]:
    for rule in bound.rules.values():
        yield from _cited(rule.sources, CitedBy.RULE, rule.id)
        for parameter in rule.parameters.values():
            yield from _cited(
                [parameter.source], CitedBy.NUMBER, full_name(rule.id, parameter.name)
            )


def _of_tables(rulebook: Rulebook, day: date) -> Iterator[Citation]:
    for name, table in rulebook.tables.items():
        edition = table.entry.on(day)
        if edition is not None:
            yield from _cited([edition.source, *edition.sources], CitedBy.TABLE, name)


def _of_steps(rulebook: Rulebook, day: date) -> Iterator[Citation]:
    """Yield what steps of comparable tonnes cite, and what a city may choose in each."""
    for step in steps_in_force(rulebook, day):
        yield from _cited(step.file.sources, CitedBy.STEP, step.file.id)
        for name, choices in step.file.choices.items():
            sources = (one.source for one in choices)
            yield from _cited(sources, CitedBy.STEP, f"{step.file.id}: {name}")


def _of_policy(name: str, policy: CityFile | Jurisdiction, day: date) -> Iterator[Citation]:
    yield from _cited(policy.sources, CitedBy.POLICY, name)
    for change in policy.change:
        yield from _cited([change.source], CitedBy.POLICY, f"{name}: {change.rule}")
    for full, parameter in policy.parameters.items():
        found = parameter.on(day)
        if found is not None:
            yield from _cited(
                [found[1].source or parameter.source], CitedBy.POLICY, f"{name}: {full}"
            )
    if policy.screening is not None:
        yield from _cited([policy.screening.source], CitedBy.POLICY, f"{name}: screening")
    if isinstance(policy, CityFile):
        for fact, value in policy.facts.items():
            yield from _cited([value.source], CitedBy.POLICY, f"{name}: {fact}")
        if policy.floor is not None:
            yield from _cited([policy.floor.source], CitedBy.POLICY, f"{name}: floor")


def _cited(
    sources: Iterable[SourceEntry | Source | None], kind: CitedBy, where: str
) -> Iterator[Citation]:
    for source in sources:
        if source is not None and source.guide is not None:
            yield Citation(source.guide, source.clause or "", source.standing, kind, where)
