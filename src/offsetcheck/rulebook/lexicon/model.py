"""lexicon/: words of claims by language, and what the law of each place says of claims."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from offsetcheck.rulebook.rules.model import SourceEntry
from offsetcheck.vocabulary.claim_kind import ClaimKind
from offsetcheck.vocabulary.forms.model import FileModel
from offsetcheck.vocabulary.forms.scalars import (
    Day,
    Listed,
    Mapped,
    Text,
    Texts,
    Translated,
    one_of,
    wrong,
)

WORD = r"\*?[^\W_]+(?:'[^\W_]+)*\*?"
PATTERN = re.compile(rf"\??{WORD}(?:(?:~| | \.\. ){WORD})*")
ABOUT = ("product", "future", "organisation", "territory")
UNITS = {"tonne": 1, "kilotonne": 1_000, "megatonne": 1_000_000}
AboutWord = Annotated[str, one_of(*ABOUT)]


def _pattern(value: str) -> str:
    if not PATTERN.fullmatch(value):
        hint = "words, `*` for any ending, `~` for joined or apart, ` .. ` for a few words between"
        raise wrong(f"`{value}` is no pattern of words", hint)
    return value


Pattern = Annotated[Text, AfterValidator(_pattern)]
Patterns = Annotated[tuple[Pattern, ...], Listed]


class ClaimWords(FileModel):
    """The words of one kind: `shown` to readers as examples, `patterns` to find them by."""

    shown: Texts = ()
    patterns: Patterns


class LexiconFile(FileModel):
    """The words of claims in one language (docs/claims.md, "The words").

    `about` are words without which a pattern that begins with `?` says nothing of credits;
    `common` are those by which the language is told; `not_negations` begin with a word of
    `negations` and deny nothing; a negation holds up to one of `boundaries` or `subordinators`,
    words of the `future` up to one of `boundaries`, and not beside one of the `present`.
    """

    language: Text
    common: Texts
    negations: Texts
    not_negations: Texts = ()
    boundaries: Texts
    subordinators: Texts
    present: Texts
    mentions: Texts
    definitions: Texts
    abbreviations: Texts
    future: Patterns
    about: Patterns
    units: Annotated[dict[str, Patterns], Mapped]
    multipliers: Annotated[dict[str, Texts], Mapped] = Field(default_factory=dict)
    words: Annotated[dict[str, ClaimWords], Mapped]

    def of(self, kind: ClaimKind) -> ClaimWords:
        """Return the words of a kind."""
        return self.words[kind.value]


class LawEntry(FileModel):
    """What a law or a text of a place says of claims `about` something, as far as it is known."""

    about: Annotated[tuple[AboutWord, ...], Listed]
    since: Day | None = Field(alias="from", default=None)
    says: Translated
    source: SourceEntry


class StandardName(FileModel):
    """A standard of claims: the words that name it, and what is known of it."""

    name: Text
    patterns: Patterns
    says: Translated
    source: SourceEntry


class LawFile(FileModel):
    """laws.yaml: what is known by jurisdiction, and the standards that texts name."""

    laws: Annotated[dict[str, Annotated[tuple[LawEntry, ...], Listed]], Mapped]
    standards: Annotated[tuple[StandardName, ...], Listed] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of claims by language, the laws by jurisdiction, and the hash of both."""

    languages: Mapping[str, LexiconFile]
    laws: Mapping[str, tuple[LawEntry, ...]]
    standards: tuple[StandardName, ...]
    hash: str

    def of_place(self, jurisdictions: tuple[str, ...], about: str) -> tuple[LawEntry, ...]:
        """Return what is known of claims about something under the law of a city, nearest last."""
        return tuple(
            law for name in jurisdictions for law in self.laws.get(name, ()) if about in law.about
        )


def in_force(law: LawEntry, day: date) -> bool:
    """Whether a law has begun by a day."""
    return law.since is None or law.since <= day


def plain(value: Any) -> Any:
    """Return a model as plain data, for the hash."""
    return value.model_dump(mode="json", by_alias=True)
