"""A rulebook bound to one city on one day: what the engine, the reports and the hash read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from offsetcheck.rulebook.binding.bound_rule import (
    BoundParameter,
    BoundRule,
    Guide,
    IfUnknown,
    LayerChange,
    Says,
    Source,
)
from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.vocabulary.dictionary import Dictionary, Subject, Words
from offsetcheck.vocabulary.evidence import Value

__all__ = [
    "ANY_LANGUAGE",
    "BoundAggregate",
    "BoundParameter",
    "BoundRule",
    "BoundRulebook",
    "CityProfile",
    "ConclusionRule",
    "Decisions",
    "DimensionScheme",
    "Guide",
    "IfUnknown",
    "LayerChange",
    "Says",
    "Scheme",
    "ScreeningTerm",
    "Source",
    "Sum",
]

# The key of a text that serves in every language.
ANY_LANGUAGE = ""


class Sum(StrEnum):
    """What a portfolio field says of the candidates that may be bought."""

    TOTAL = "total"
    SHARE = "share"
    LARGEST_SHARE = "largest_share"
    WORST = "worst"


@dataclass(frozen=True, slots=True)
class BoundAggregate:
    """A sum over candidates, its expressions bound; each is of one candidate.

    `of` is what is summed up (None for the worst grade), `where` the condition of what counts,
    `by` what tells groups apart, `by_grade` the factor of each lower grade.
    """

    kind: Sum
    of: Node | None = None
    where: Node | None = None
    by: Node | None = None
    by_grade: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DimensionScheme:
    """One dimension of guide.yaml: its part in integrity or value, and its ceiling if it has one.

    `ceiling` is the offset in thousandths that integrity may lie above the dimension.
    """

    id: str
    title: Words
    integrity_weight: int = 0
    value_weight: int = 0
    ceiling: int | None = None


@dataclass(frozen=True, slots=True)
class Scheme:
    """The scoring scheme: dimensions in report order and grade cuts (thousandths, falling)."""

    dimensions: tuple[DimensionScheme, ...]
    grades: tuple[tuple[str, int], ...]  # (("A", 4500), …, ("E", 0))
    value_ranked_from: int  # percent complete below which value is not ranked on

    def grade(self, thousandths: int) -> str:
        """Return the letter of a score."""
        return next(letter for letter, cut in self.grades if thousandths >= cut)

    def cut(self, letter: str) -> int:
        """Return the lowest score of a grade, in thousandths."""
        return dict(self.grades)[letter]


@dataclass(frozen=True, slots=True)
class ScreeningTerm:
    """For how many days a search for adverse events counts, which layer says so, and its source."""

    days: int
    layer: str
    source: Source


@dataclass(frozen=True, slots=True)
class ConclusionRule:
    """One positive conjunction: all premises (closed words) conclude one word."""

    conclusion: str
    premises: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decisions:
    """decisions.yaml as written: verdict words in order, and the entries of each conclusion."""

    verdicts: tuple[str, ...]
    conclusions: Mapping[str, tuple[Mapping[str, object], ...]]


@dataclass(frozen=True, slots=True)
class CityProfile:
    """Whom the rulebook is bound to, and what it has and has not decided."""

    id: str
    name: Words
    jurisdictions: tuple[str, ...]
    languages: tuple[str, ...]
    scope: str
    offsetting: str
    floor: str
    floor_source: Source
    remedy: Words | None  # by language; one text for all under ANY_LANGUAGE
    facts: Mapping[str, Value]
    undecided: tuple[str, ...]  # `rule.parameter`
    left_out: tuple[LayerChange, ...] = ()  # rules that a layer left out, with the reason
    notes: tuple[str, ...] = ()
    kind: str = "city"  # or `standard`: a purchasing standard as a profile
    speaks_of: tuple[str, ...] = ()  # what claims may be about: organisation, territory, product
    example: str | None = None  # why the profile is no city's own policy
    floor_reason: str | None = None  # why the city buys below the floor of the guide


@dataclass(frozen=True)
class BoundRulebook:
    """Everything that decides, for one city on one day."""

    name: str
    edition: str
    as_of: date
    city: CityProfile
    rules: Mapping[str, BoundRule]
    scheme: Scheme
    candidate_decisions: Decisions
    purchase_decisions: Decisions
    dictionary: Dictionary
    guides: Mapping[str, Guide]
    tables: Mapping[str, str]  # table -> edition in force, for the audit page
    words: Mapping[str, Mapping[str, str]]  # language -> key -> text
    hash: str
    aggregates: Mapping[str, BoundAggregate] = field(default_factory=dict)  # by portfolio field
    table_titles: Mapping[str, Words] = field(default_factory=dict)
    jurisdiction_names: Mapping[str, Words] = field(default_factory=dict)
    screening: ScreeningTerm | None = None  # None: a search counts for ever
    tables_hash: str = ""  # of the tables as served on the day
    files_hash: str = ""  # of the rule files, as a pack of them has it

    @property
    def screening_days(self) -> int | None:
        """For how many days a search for adverse events counts, None for ever."""
        return self.screening.days if self.screening else None

    @cached_property
    def candidate_rules(self) -> tuple[BoundRule, ...]:
        """The rules that judge one candidate, in rulebook order."""
        return tuple(r for r in self.rules.values() if r.subject is Subject.CANDIDATE)

    @cached_property
    def purchase_rules(self) -> tuple[BoundRule, ...]:
        """The rules that judge the purchase, in rulebook order."""
        return tuple(r for r in self.rules.values() if r.subject is Subject.PURCHASE)

    @cached_property
    def portfolio_rules(self) -> tuple[BoundRule, ...]:
        """The rules that judge what may be bought as a whole, in rulebook order."""
        return tuple(r for r in self.rules.values() if r.subject is Subject.PORTFOLIO)
