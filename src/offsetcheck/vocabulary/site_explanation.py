"""A rulebook explained as a whole: pages of rules, steps, profiles, laws, fields, sources, tables.

Sentences are in the language of the site; ids stand beside the titles, so that a page can lead to
another. Days are ISO texts.
"""

from offsetcheck.vocabulary.explained import ChangeLine, Explained, Explanation, SourceLine
from offsetcheck.vocabulary.rulebook_explanation import (
    CityExplanation,
    DatedValue,
    GuideLine,
    RuleExplanation,
)
from offsetcheck.vocabulary.step_explanation import StepExplanation


class Named(Explained):
    """What a page leads to: its id and its title."""

    id: str
    title: str


class ConditionPart(Explained):
    """A part of an expression in words, and the parts that it is made of."""

    words: str
    parts: tuple["ConditionPart", ...] = ()


class ConditionLine(Explained):
    """One expression of a rule: its key, what it is for, as written, and in words."""

    key: str
    title: str
    expression: str
    said: ConditionPart | None


class GivenFact(Explained):
    """A fact of an example: the field, its title, the value and, where it is weaker, its grade."""

    field: str
    title: str
    value: str
    grade: str | None


class ExampleLine(Explained):
    """An example of a rule: its facts and what comes out; `holds`: it does come out so.

    `also` says what else it shows: the effect, points, a condition, whether it can be mended.
    `look` is `pass`, `fail`, `open` or `none`.
    """

    name: str
    day: str | None
    facts: tuple[GivenFact, ...]
    outcome: str
    outcome_words: str
    look: str
    missing: tuple[Named, ...]
    also: tuple[str, ...]
    holds: bool


class HistoryLine(Explained):
    """What changed in a rule: on which day or in which edition, in words.

    `words` of an entry of the changelog are Markdown, as written.
    """

    when: str
    when_words: str
    words: str
    markdown: bool = False


class StanceLine(Explained):
    """How a profile has a rule: `stance` is `adopts`, `left_out`, `tighter`, `looser`, `other`."""

    profile: str
    title: str
    stance: str
    changes: tuple[ChangeLine, ...]


class QuestionLine(Explained):
    """What is asked where a field is not stated."""

    field: str
    title: str
    question: str
    officer: bool


class SharedFields(Explained):
    """Another rule that reads fields of this one, and which."""

    rule: str
    title: str
    fields: tuple[Named, ...]


class RulePage(Explained):
    """All that is to be said of one rule; `in_force` counts the profiles that have it, of `of`."""

    rule: RuleExplanation
    subject: str
    status: str
    optional: bool
    curable: bool
    since: str
    until: str | None
    fails: str | None
    ask: str | None
    questions: tuple[QuestionLine, ...]
    conditions: tuple[ConditionLine, ...]
    values: tuple[DatedValue, ...]
    examples: tuple[ExampleLine, ...]
    history: tuple[HistoryLine, ...]
    stances: tuple[StanceLine, ...]
    in_force: int
    of: int
    reads: tuple[Named, ...]
    computed: tuple[Named, ...]
    tables: tuple[Named, ...]
    alike: tuple[SharedFields, ...]


class StepSet(Explained):
    """What a city or standard chose or assumes in a step: whose it is, of what, and the value."""

    profile: str
    title: str
    name: str
    value: str


class StepPage(Explained):
    """A step of comparable tonnes: what it is, since when, what it reads, and who chose what."""

    step: StepExplanation
    since: str
    until: str | None
    chosen: tuple[StepSet, ...]
    reads: tuple[Named, ...]
    tables: tuple[Named, ...]


class FactLine(Explained):
    """What a city states of itself, and where it says so."""

    name: str
    value: str
    source: SourceLine | None


class ProfilePage(Explained):
    """A city or purchasing standard: its policy in force, and what it states of itself."""

    city: CityExplanation
    laws: tuple[Named, ...]
    facts: tuple[FactLine, ...]
    rules: tuple[str, ...]


class LawChange(Explained):
    """What a law or guidance of a place does to a rule, in words, and on which source."""

    rule: str
    title: str
    words: str
    source: SourceLine | None


class LawPage(Explained):
    """The law and guidance of a place: what it sets, changes and puts in force."""

    id: str
    title: str
    binding: str
    values: tuple[DatedValue, ...]
    rules: tuple[str, ...]
    changes: tuple[LawChange, ...]
    adopts: tuple[Named, ...]
    sources: tuple[SourceLine, ...]
    notes: tuple[str, ...]
    profiles: tuple[Named, ...]


class CodeLine(Explained):
    """A word of a field's closed list; `covers` are the words that it may stand for."""

    code: str
    title: str
    covers: tuple[str, ...]


class FieldPage(Explained):
    """A field of the dictionary: what it holds, who states it, and which rules read it."""

    id: str
    title: str
    subject: str
    type: str
    unit: str | None
    lowest: str | None
    highest: str | None
    codes: tuple[CodeLine, ...]
    question: str | None
    officer: bool
    documents: tuple[str, ...]
    changes: str
    headings: tuple[str, ...]
    expression: str | None
    said: ConditionPart | None
    table: Named | None
    column: str | None
    rules: tuple[Named, ...]
    steps: tuple[Named, ...] = ()


class CitedAt(Explained):
    """A clause of a source, how it was seen, and the pages that cite it."""

    clause: str | None
    standing: str
    standing_words: str
    rules: tuple[Named, ...]
    tables: tuple[Named, ...]
    profiles: tuple[Named, ...]
    laws: tuple[Named, ...]
    scheme: bool
    steps: tuple[Named, ...] = ()


class SourcePage(Explained):
    """A guide, law or study that is cited, by clause."""

    guide: GuideLine
    clauses: tuple[CitedAt, ...]


class EditionLine(Explained):
    """An edition of a table: its name, its days in words, why it serves earlier, its source."""

    label: str
    published: str
    valid_from: str
    stale_from: str | None
    reason: str | None
    sources: tuple[SourceLine, ...]
    serves: bool


class ColumnLine(Explained):
    """A column of a table and what is said of it."""

    name: str
    note: str | None


class RowLine(Explained):
    """A row of a table, and how it is known: the code of its standing, None where it has none."""

    cells: tuple[str, ...]
    standing: str | None
    standing_words: str | None


class TablePage(Explained):
    """A reference table as it serves on the day, with the fields that are looked up in it."""

    id: str
    title: str
    editions: tuple[EditionLine, ...]
    columns: tuple[ColumnLine, ...]
    rows: tuple[RowLine, ...]
    fields: tuple[Named, ...]
    rules: tuple[Named, ...]
    note: str | None
    steps: tuple[Named, ...] = ()


class CriterionLine(Explained):
    """A criterion of the catalogue, the rules that carry it, or why none does."""

    code: str
    title: str
    rules: tuple[Named, ...]
    why_no_rule: str | None


class FamilyLine(Explained):
    """The criteria of one topic."""

    code: str
    title: str
    criteria: tuple[CriterionLine, ...]


class ScenarioLine(Explained):
    """A scenario that expects something of a rule: where it stands, and for whom it is judged."""

    name: str
    place: str
    city: str
    day: str
    expects: str


class Dimension(Explained):
    """A dimension and its rules."""

    id: str
    title: str
    rules: tuple[Named, ...]


class SiteExplanation(Explanation):
    """A rulebook on a day, as a site and a book show it.

    `failed` counts the examples that come out differently.
    """

    kind: str = "site"
    title: str
    edition: str
    as_of: str
    as_of_words: str
    rulebook_hash: str
    rules: tuple[RulePage, ...]
    profiles: tuple[ProfilePage, ...]
    laws: tuple[LawPage, ...]
    fields: tuple[FieldPage, ...]
    sources: tuple[SourcePage, ...]
    tables: tuple[TablePage, ...]
    families: tuple[FamilyLine, ...]
    dimensions: tuple[Dimension, ...]
    steps: tuple[StepPage, ...] = ()
    examples: int
    failed: int
