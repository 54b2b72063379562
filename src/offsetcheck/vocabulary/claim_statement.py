"""What the city may say of what it buys, and a text held against it, sentence by sentence."""

from typing import Any

from offsetcheck.vocabulary.explained import (
    SCHEMA_VERSION,
    Audit,
    Explained,
    Explanation,
    SourceLine,
)


class ClaimRuling(Explained):
    """Whether words of one kind may be used: `allowed` None while it is open.

    `examples` are such words in the languages of the city; `rule` and `source` say by what,
    `instead` what to write.
    """

    kind: str
    words: str
    examples: tuple[str, ...]
    allowed: bool | None
    reason: str
    rule: str | None
    rule_words: str
    source: SourceLine | None
    instead: str


class ClaimLot(Explained):
    """One offer that the statement is about, and what its own assessment lets the city say."""

    id: str
    name: str
    verdict: str
    verdict_words: str
    tonnes: float | None
    tonnes_words: str
    vintage: str
    programme: str
    country: str
    mechanism: str
    claim: str
    conditions: tuple[str, ...]


class LeftOutLot(Explained):
    """An offer that was named and of which nothing may be said, with the reason."""

    id: str
    name: str
    reason: str


class ToName(Explained):
    """What has to stand with the claim: its value, or that it is to be filled in."""

    title: str
    words: str
    filled: bool


class ClaimParagraph(Explained):
    """A paragraph to publish in one language; `missing` says why there is none in it."""

    language: str
    text: str
    missing: str = ""


class LawLine(Explained):
    """What is known of the law of the place on claims about something; no source: nothing is."""

    about: str
    words: str
    source: SourceLine | None


class ClaimStatement(Explanation):
    """What the city may say of the offers that are chosen.

    `may` is `yes`, `less` (the words that are allowed say less than wanted), `open` or `no`;
    `allowed` what the words may say for sure: `neutral`, `offset`, `contribution` or `none`.
    """

    kind: str = "claim"
    city: str
    title: str
    as_of: str
    wanted: str | None
    wanted_words: str
    channel_words: str
    year: int | None
    allowed: str
    may: str
    may_words: str
    why: tuple[str, ...]
    draft: bool
    draft_words: str
    paragraphs: tuple[ClaimParagraph, ...]
    lots: tuple[ClaimLot, ...]
    left_out: tuple[LeftOutLot, ...]
    tonnes: float
    tonnes_words: str
    tonnes_note: str
    rulings: tuple[ClaimRuling, ...]
    to_name: tuple[ToName, ...]
    laws: tuple[LawLine, ...]
    lexicon_hash: str
    audit: Audit


class LintHit(Explained):
    """What is said of one stretch of a sentence; `start` and `end` count its signs from 0."""

    kind: str
    said: str
    words: str
    start: int | None
    end: int | None
    reason: str
    rule: str | None = None
    rule_words: str = ""
    source: SourceLine | None = None
    instead: str = ""


class LintSentence(Explained):
    """One sentence of a text, the line on which it begins, and how it comes out."""

    number: int
    line: int
    text: str
    said: str
    said_words: str
    language: str
    hits: tuple[LintHit, ...]


class ClaimLint(Explanation):
    """A text held against what the city may say; `missing` is what it does not name and has to."""

    kind: str = "claim_lint"
    city: str
    title: str
    file: str
    as_of: str
    allowed: str
    may_words: str
    summary: str
    sentences: tuple[LintSentence, ...]
    missing: tuple[ToName, ...]
    lexicon_hash: str
    audit: Audit


def claim_schema() -> dict[str, Any]:
    """Return the published JSON Schema of a statement of claim."""
    schema = ClaimStatement.model_json_schema(mode="serialization")
    schema["title"] = f"offsetcheck claim, version {SCHEMA_VERSION}"
    return schema


def lint_schema() -> dict[str, Any]:
    """Return the published JSON Schema of a text held against a claim."""
    schema = ClaimLint.model_json_schema(mode="serialization")
    schema["title"] = f"offsetcheck claim lint, version {SCHEMA_VERSION}"
    return schema
