"""City and jurisdiction files as written (docs/rules.md, "A city")."""

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from offsetcheck.rulebook.binding.bound import ANY_LANGUAGE
from offsetcheck.rulebook.policies.values import Binding, Origin, PolicyParameter
from offsetcheck.rulebook.rules.model import (
    EffectWord,
    EvidenceRule,
    LimitWord,
    SourceEntry,
    UnknownWord,
)
from offsetcheck.vocabulary.forms.model import FileModel
from offsetcheck.vocabulary.forms.scalars import (
    Day,
    Listed,
    Mapped,
    Positive,
    Scalar,
    Sentence,
    Text,
    Texts,
    Translated,
    YesNo,
    one_of,
    wrong,
)

KINDS = ("city", "standard")
SUBJECTS = ("organisation", "territory", "product")
KindWord = Annotated[Literal["city", "standard"], one_of(*KINDS)]
ScopeWord = Annotated[Literal["community", "organisation"], one_of("community", "organisation")]
OffsettingWord = Annotated[
    Literal["permitted", "not_permitted"], one_of("permitted", "not_permitted")
]
SubjectOfClaim = Annotated[Literal["organisation", "territory", "product"], one_of(*SUBJECTS)]
LANGUAGE = re.compile(r"[a-z]{2,3}")


class RuleChange(FileModel):
    """How a layer changes one rule; what is not named stays as it is."""

    rule: Text
    reason: Sentence | None = None
    source: SourceEntry | None = None
    leave_out: YesNo = False
    effect: EffectWord | None = None
    if_unknown: UnknownWord | None = None
    cap: Positive | None = None
    limit: LimitWord | None = None
    weight: Positive | None = None
    levels: Annotated[dict[str, Text], Mapped] | None = None
    applies_when: Text | None = None
    evidence: EvidenceRule | None = None

    @property
    def changed(self) -> tuple[str, ...]:
        """The keys that this change sets."""
        return tuple(sorted(self.model_fields_set - {"rule", "reason", "source"}))


class CityFact(FileModel):
    """A value of the city that rules read as `city.x`, with its source."""

    value: Scalar
    source: SourceEntry | None = None
    origin: Origin | None = None
    as_of: Day | None = None
    note: Sentence | None = None


class SpeaksOf(FileModel):
    """Whose emissions a standard's words are about, with the text that says so."""

    value: Annotated[tuple[SubjectOfClaim, ...], Listed]
    source: SourceEntry


class Floor(FileModel):
    """The lowest integrity grade that the city buys."""

    integrity: Text
    origin: Origin | None = None
    source: SourceEntry | None = None
    reason: Sentence | None = None


class ScreeningTerm(FileModel):
    """For how many days a search for adverse events counts under this layer."""

    holds_days: Positive
    origin: Origin | None = None
    source: SourceEntry | None = None
    reason: Sentence | None = None


class Jurisdiction(FileModel):
    """The law and guidance of a buyer's state or union."""

    id: Text
    name: Translated
    binding: Binding = "guidance"
    parameters: Annotated[dict[str, PolicyParameter], Mapped] = Field(default_factory=dict)
    change: Annotated[tuple[RuleChange, ...], Listed] = ()
    adopt_also: Texts = ()
    screening: ScreeningTerm | None = None
    sources: Annotated[tuple[SourceEntry, ...], Listed] = ()
    notes: Texts = ()

    def binds(self, parameter: str) -> bool:
        """Whether a parameter is set by law, so that a city cannot loosen it."""
        own = self.parameters[parameter].binding
        return (own or self.binding) == "law"


def _remedy(value: Any) -> Any:
    """Accept one text, which serves in any language, or a text by language."""
    if isinstance(value, str):
        return {ANY_LANGUAGE: value}
    if not isinstance(value, dict) or not value:
        raise wrong("a text is needed here, or a text by language", "write `fi: …` below it")
    for language in value:
        if not LANGUAGE.fullmatch(str(language)):
            raise wrong(f"`{language}` is not a language", "write a code such as en, fi or es")
    return value


# How a bidder may have a decision reviewed: a legal text, so that no other language stands in.
Remedy = Annotated[dict[str, Sentence], BeforeValidator(_remedy)]


def _adopted(value: Any) -> Any:
    if value == "all" or isinstance(value, list):
        return value if value == "all" else tuple(value)
    raise wrong("`all` or a list of rules is needed here")


class CityFile(FileModel):
    """A city's policy: what it adopts, sets, changes, and has not decided.

    `speaks_of` is what a standard says anything about; a city speaks for all that is its own.
    `example` says why a profile is no city's own policy: every page that names the city says it.
    """

    id: Text
    name: Translated
    jurisdictions: Texts
    languages: Texts
    scope: ScopeWord
    offsetting: OffsettingWord
    offsetting_source: SourceEntry | None = None
    kind: KindWord = "city"
    speaks_of: SpeaksOf | None = None
    example: Sentence | None = None
    adopt: Any = "all"
    adopt_reason: Sentence | None = None
    adopt_also: Texts = ()
    parameters: Annotated[dict[str, PolicyParameter], Mapped] = Field(default_factory=dict)
    undecided: Texts = ()
    change: Annotated[tuple[RuleChange, ...], Listed] = ()
    floor: Floor | None = None
    screening: ScreeningTerm | None = None
    remedy: Remedy | None = None
    facts: Annotated[dict[str, CityFact], Mapped] = Field(default_factory=dict)
    sources: Annotated[tuple[SourceEntry, ...], Listed] = ()
    notes: Texts = ()

    @model_validator(mode="after")
    def _adopts(self) -> "CityFile":
        _adopted(self.adopt)
        return self

    @property
    def spoken_of(self) -> tuple[str, ...]:
        """What claims may be about under this profile: all subjects where it names none."""
        return SUBJECTS if self.speaks_of is None else self.speaks_of.value

    @property
    def adopted(self) -> frozenset[str] | None:
        """The rules that the city adopts, None for all that are not optional."""
        return None if self.adopt == "all" else frozenset(self.adopt)


class CityExtension(CityFile):
    """What a city sets of its own where it builds on another; all else is as that one has it.

    What a city must say may be left out here; only the keys that are given count.
    """

    extends: Text
    name: Translated = Field(default_factory=dict)
    jurisdictions: Texts = ()
    languages: Texts = ()
    scope: ScopeWord = "community"
    offsetting: OffsettingWord = "permitted"
