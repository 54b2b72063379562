"""One rule bound to a city on a day: parameters, sources, sentences, and what layers changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from operator import is_

from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.rulebook.expression.walk import inputs_of
from offsetcheck.vocabulary.assessment import ClaimLimit
from offsetcheck.vocabulary.dictionary import FieldType, Subject, Words
from offsetcheck.vocabulary.evidence import EvidenceGrade, Standing, Value
from offsetcheck.vocabulary.finding import Effect


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
        applies_when = changed(self.applies_when)
        before = (self.applies_when, *(node for _, node in self.conditions))
        if all(map(is_, (applies_when, *(node for _, node in conditions)), before)):
            return self
        rule = replace(self, applies_when=applies_when, conditions=conditions)
        return replace(rule, inputs=inputs_of(*rule.expressions()))
