"""A whole list judged for one city, explained: the first page of a batch."""

from offsetcheck.vocabulary.explained import Audit, Explained, Explanation, ProblemLine, Who
from offsetcheck.vocabulary.reading_explanation import ReadingLine


class VerdictCount(Explained):
    """How many rows have a verdict, in words, and which share of all rows that is."""

    verdict: str
    words: str
    count: str
    percent: str


class RuledOutLine(Explained):
    """A rule (`integrity`: the floor) that rules rows out: how many, and how many it alone.

    `cause` says what is wrong with them, None where that can be said of one offer only.
    """

    rule: str
    code: str | None
    title: str
    cause: str | None = None
    number: int
    count: str
    alone: str
    examples: str


class BatchRow(Explained):
    """One row of the list: the grade it could reach, the grade that is sure, what is missing.

    `typical` is the grade if what is unknown is as is typical for its type: it orders rows alone.
    `report` is the address of its own report, None where there is none.
    """

    id: str
    name: str
    report: str | None
    verdict: str
    verdict_words: str
    reach: str
    sure: str
    typical: str
    answers: int
    fields: str


class QuestionCount(Explained):
    """A field that rows lack, and how many rows lack it."""

    title: str
    field: str
    count: str


class OneOutcomeLine(Explained):
    """A rule that came out alike on every row, and how."""

    rule: str
    code: str | None
    title: str
    outcome: str


class RuleNamed(Explained):
    """A rule by its id, its code if it has one, and its title."""

    rule: str
    code: str | None
    title: str


class EverywhereLine(Explained):
    """A field that no row of the list has, why, the rules that wait for it, who can answer."""

    field: str
    title: str
    cause: str
    cause_words: str
    who: Who
    who_words: str
    rules: tuple[RuleNamed, ...]


class Choice(Explained):
    """One of the words that rows are found by, and how it is called."""

    code: str
    words: str


class FoundRule(RuleNamed):
    """A rule that rows are found by; `dimension` is the place of its dimension among those."""

    dimension: int


class Finder(Explained):
    """The rows that a page lets its reader find, column by column in the order of the page.

    `grades`, `verdicts`, `types`, `countries` and `patterns` hold for each row a place among the
    choices of that name, or among `outcomes`: one letter for each of `rules`, as `outcome_choices`
    has them.
    `reports` are the addresses of reports by the place of the row. `cut` says that more rows are
    elsewhere.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    grades: tuple[int, ...]
    verdicts: tuple[int, ...]
    types: tuple[int, ...]
    countries: tuple[int, ...]
    patterns: tuple[int, ...]
    outcomes: tuple[str, ...]
    grade_choices: tuple[str, ...]
    reports: dict[str, str]
    verdict_choices: tuple[Choice, ...]
    type_choices: tuple[Choice, ...]
    country_choices: tuple[Choice, ...]
    dimension_choices: tuple[Choice, ...]
    outcome_choices: tuple[Choice, ...]
    rules: tuple[FoundRule, ...]
    cut: str | None = None


class GroupRow(Explained):
    """One of the first rows of a group."""

    id: str
    name: str
    report: str | None
    verdict: str
    verdict_words: str


class Group(Explained):
    """Rows alike in one field: how many, how many of each verdict, and the first of them.

    `counts` are in the order of the verdicts of the page; `shown` says that more rows are
    elsewhere.
    """

    code: str
    words: str
    count: str
    counts: tuple[str, ...]
    first: tuple[GroupRow, ...] = ()
    shown: str | None = None


class BatchExplanation(Explanation):
    """A whole list for one city: what is ruled out and by which rule, then what stays open.

    Each list of rows is cut; the sentences `…_shown` say at how many, and where the rest stands.
    What every row lacks stands in `everywhere` and in no row.
    """

    kind: str = "index"
    city: str
    title: str
    conservation: str
    counts: tuple[VerdictCount, ...]
    ruled_out: tuple[RuledOutLine, ...]
    eligible: tuple[BatchRow, ...]
    eligible_shown: str
    open: tuple[BatchRow, ...]
    open_shown: str
    everywhere: tuple[EverywhereLine, ...] = ()
    questions: tuple[QuestionCount, ...]
    same: tuple[OneOutcomeLine, ...]
    types: tuple[Group, ...] = ()
    countries: tuple[Group, ...] = ()
    finder: Finder | None = None
    readings: tuple[ReadingLine, ...] = ()
    problems: tuple[ProblemLine, ...]
    problems_count: int
    problems_shown: str
    limits: tuple[str, ...]
    audit: Audit
