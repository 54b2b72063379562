"""A rulebook explained: one rule in force, a city's policy, and what the rules cite."""

from collections.abc import Mapping

from offsetcheck.vocabulary.explained import (
    ChangeLine,
    Explained,
    Explanation,
    ParameterLine,
    SourceLine,
)


class ValueSet(ParameterLine):
    """A parameter in force with the rule that it is of; `parameter` is its name in the rule."""

    rule: str
    parameter: str


class DatedValue(Explained):
    """A value of a parameter from a day on: who set it, on which source, and for what reason.

    `setter` is `guide` or the id of a law or profile; `direction` compares it with the guide's
    (`tighter`, `looser`, `other`, `same`), None for the guide's own.
    """

    parameter: str
    name: str
    setter: str
    setter_title: str
    since: str | None
    since_words: str
    value: str
    source: SourceLine | None
    reason: str | None
    direction: str | None


class RuleChanged(ChangeLine):
    """How a jurisdiction or the city changed a rule, with the id and title of the rule."""

    rule: str
    title: str = ""


class RuleExplanation(Explanation):
    """One rule as it is in force for a city on a day, its sentences filled.

    `expressions` are the conditions as written, by name (`applies_when`, `requires`, `levels.5`);
    `by_day` is what the guide, laws and cities set, each from its day on.
    """

    kind: str = "rule"
    city: str
    as_of: str
    rule: str
    code: str | None
    title: str
    dimension: str
    dimension_title: str
    draft: bool
    why: str
    effect: str
    effect_words: str
    consequence: str | None
    if_unknown: str
    if_unknown_words: str
    requires: str
    translated: bool
    expressions: tuple[tuple[str, str], ...]
    at_least: str | None
    condition: str | None
    documents: tuple[str, ...]
    parameters: tuple[ValueSet, ...]
    sources: tuple[SourceLine, ...]
    changes: tuple[ChangeLine, ...]
    by_day: tuple[DatedValue, ...] = ()


class CityExplanation(Explanation):
    """What a city or standard has set, changed, left out, and not decided, on a day.

    `undecided` names parameters as `rule.parameter`; `rules` is how many rules are in force;
    `example` is why the profile is no city's own policy, where it is none; `screening` says for how
    long a search for adverse events counts.
    """

    kind: str = "city"
    id: str
    city: str
    profile: str
    as_of: str
    jurisdictions: tuple[str, ...]
    offsetting: str
    scope: str
    speaks_of: tuple[str, ...]
    example: str | None
    floor: str
    floor_source: SourceLine
    screening: str | None
    rulebook: str
    edition: str
    rules: int
    values: tuple[ValueSet, ...]
    changed: tuple[RuleChanged, ...]
    left_out: tuple[ChangeLine, ...]
    undecided: tuple[str, ...]
    notes: tuple[str, ...]


class ClauseLine(Explained):
    """A clause of a guide (None: the guide as a whole), how it was seen, and all that cites it."""

    clause: str | None
    standing: str
    standing_words: str
    rules: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    scheme: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


class GuideLine(Explained):
    """A guide of sources.yaml and those of its clauses that are cited."""

    id: str
    title: str
    publisher: str | None
    edition: str | None
    date: str | None
    url: str | None
    licence: str | None
    clauses: tuple[ClauseLine, ...]


class NumberLine(Explained):
    """A number, word or list that decides: its value in words, and who set it."""

    rule: str
    number: str
    value: str | None
    unit: str | None
    layer: str


class CitySources(Explained):
    """What a city's verdicts rest on.

    Counts are by `read`, `read-2nd`, `known`, `design` and `undecided`; `rules` counts those of
    each effect at the weakest thing that each rests on.
    """

    id: str
    name: str
    rules: Mapping[str, Mapping[str, int]]
    numbers: Mapping[str, int]
    design_numbers: tuple[NumberLine, ...]
    undecided_numbers: tuple[NumberLine, ...]


class SourcesExplanation(Explanation):
    """Each guide that a rulebook cites on a day, for one city or (None) for all of its rules."""

    kind: str = "sources"
    as_of: str
    guides: tuple[GuideLine, ...]
    city: CitySources | None
