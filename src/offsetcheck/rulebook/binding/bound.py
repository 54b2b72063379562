"""A rulebook bound to one city on one day: what the engine, the reports and the hash read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.rulebook.expression.walk import inputs_of
from offsetcheck.vocabulary.assessment import ClaimLimit
from offsetcheck.vocabulary.dictionary import Dictionary, FieldType, Subject, Words
from offsetcheck.vocabulary.evidence import EvidenceGrade, Standing, Value
from offsetcheck.vocabulary.finding import Effect

# The key of a text that serves in every language.
ANY_LANGUAGE = ""


class IfUnknown(StrEnum):
    """What an unknown outcome does: gates and reviews hold or screen.

    An unknown scale counts in the working score alone: with its worst, not at all, or with what is
    typical for the type of the project.
    """

    HOLD = "hold"
    SCREEN = "screen"
    WORST = "worst"
    SKIP = "skip"
    TYPICAL = "typical"


@dataclass(frozen=True, slots=True)
class Guide:
    """A cited guide of sources.yaml."""

    id: str
    title: str
    publisher: str | None = None
    edition: str | None = None
    date: str | None = None
    url: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule or number comes from; `guide` None where it is our own design.

    `note` says what the source is and is not for, in a few words of the rule's author; `status`
    whether a law is in force, suspended, under reform or repealed.
    """

    standing: Standing
    guide: str | None = None
    clause: str | None = None
    note: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class BoundParameter:
    """A parameter's value on the day: `layer` is `guide`, a jurisdiction or the city that set it.

    `value` None means that nobody has set one (city_undecided). `undecided` says that the city
    lists it as undecided, so that the guide's value stands in.
    """

    name: str
    value: Value | None
    type: FieldType
    unit: str | None
    tighter: str
    layer: str
    since: date | None
    source: Source | None
    origin: str | None = None
    undecided: bool = False
    title: Words | None = None


@dataclass(frozen=True, slots=True)
class LayerChange:
    """How a layer changed a rule, and the reason where one was needed.

    `kind` is `adopted`, `left_out`, `value` (of the parameter `name`) or the key of the rule that
    was changed; `before` and `after` are what stood there and what stands there now. `what` says
    it in the terms of rule files.
    """

    layer: str
    what: str
    reason: str | None = None
    kind: str = ""
    name: str = ""
    before: Value | None = None
    after: Value | None = None


@dataclass(frozen=True, slots=True)
class Says:
    """The sentences of a rule in one language, with {placeholders}.

    `fails` says what is wrong where the rule is not met or a scale gives few points; None leaves
    its readers with the title.
    """

    requires: str
    found: str | None = None
    ask: str | None = None
    fails: str | None = None

    @property
    def all(self) -> tuple[str, ...]:
        """Every sentence that is given."""
        return tuple(filter(None, (self.requires, self.found, self.ask, self.fails)))


@dataclass(frozen=True, slots=True)
class BoundRule:
    """One rule in force on the day, its parameters resolved and its expressions bound.

    `conditions` are points and the condition that gives them, from the best level down; a
    requirement has one, without points, and the condition None reads "otherwise". `inputs` are the
    input fields that its expressions can read, `heard` the fields that say who and what the offer
    is: at any grade they settle that the rule does not apply. `for_identity`: its condition stands
    where another rule does not apply on the seller's word alone. `typical` are the points that are
    typical for each type of project, where these stand in for what is unknown.
    """

    id: str
    code: str | None
    title: str
    subject: Subject
    dimension: str
    draft: bool
    effect: Effect
    if_unknown: IfUnknown
    applies_when: Node | None
    conditions: tuple[tuple[int | None, Node | None], ...]
    weight: int
    cap: int | None
    limit: ClaimLimit | None
    critical: bool
    route: str | None
    declare: bool
    at_least: EvidenceGrade | None
    documents: tuple[str, ...]
    curable: bool
    why: str
    sources: tuple[Source, ...]
    parameters: Mapping[str, BoundParameter]
    says: Mapping[str, Says]
    condition: Words
    changes: tuple[LayerChange, ...]
    inputs: tuple[str, ...]
    heard: tuple[str, ...]
    for_identity: bool
    texts: Mapping[str, str]  # `applies_when`, `requires`, `levels.5` … -> expression as written
    screening_days: int | None = None  # how long a search for adverse events counts; None: always
    typical: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_scale(self) -> bool:
        """Whether the rule gives points and not met or not met."""
        return not self.conditions or self.conditions[0][0] is not None

    @property
    def requires(self) -> Node | None:
        """What a requirement asks for, None for a scale."""
        return next((node for points, node in self.conditions if points is None), None)

    @property
    def levels(self) -> tuple[tuple[int, Node | None], ...]:
        """The points of a scale and the condition of each, none for a requirement."""
        return tuple((points, node) for points, node in self.conditions if points is not None)

    def expressions(self) -> tuple[Node, ...]:
        """Return all expressions of the rule: when it applies, then its conditions in order."""
        nodes = (self.applies_when, *(node for _, node in self.conditions))
        return tuple(node for node in nodes if node is not None)

    def with_expressions(self, change: Callable[[Node], Node]) -> "BoundRule":
        """Return the rule with each of its expressions changed, and the inputs that these read."""

        def changed(node: Node | None) -> Node | None:
            return None if node is None else change(node)

        conditions = tuple((points, changed(node)) for points, node in self.conditions)
        rule = replace(self, applies_when=changed(self.applies_when), conditions=conditions)
        return replace(rule, inputs=inputs_of(*rule.expressions()))


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
    screening: ScreeningTerm | None = None  # None: a search counts for ever
    tables_hash: str = ""  # of the tables as served on the day

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
