"""Which offers of a list come out otherwise on other terms, and by which rules."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from offsetcheck.difference.terms import Terms
from offsetcheck.engine.columns.batch import BatchResult, assess_table
from offsetcheck.vocabulary.finding import Outcome
from offsetcheck.vocabulary.table import CandidateTable

FINDING_PARTS = ("outcomes", "states", "lowers", "uppers")

Told = Callable[[int, int], object]
"""Hears how many rows of how many are judged."""
VerdictChange = tuple[str, str]
"""A verdict before and after."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a list says of one offer: its verdict, and the lowest and highest grade possible."""

    verdict: str
    grade_lower: str
    grade_upper: str


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One row of a list (from 0) with the answers before and after; they may be the same."""

    row: int
    id: str
    before: Answer
    after: Answer

    @property
    def verdicts(self) -> VerdictChange:
        """The verdict before and after."""
        return self.before.verdict, self.after.verdict

    @property
    def turns(self) -> bool:
        """Whether the verdict is another one."""
        return self.before.verdict != self.after.verdict


@dataclass(frozen=True)
class Turned:
    """A list judged on two terms.

    `rows` are all rows in table order, `rules` the numbers of the rows on which each rule comes
    out otherwise (outcome, state or points), in rulebook order, rules without any left out.
    """

    terms: tuple[Terms, Terms]
    results: tuple[BatchResult, BatchResult]
    rows: tuple[ChangedRow, ...]
    rules: Mapping[str, Sequence[int]]

    @cached_property
    def changed(self) -> tuple[ChangedRow, ...]:
        """The rows with another verdict or another grade, in table order."""
        return tuple(row for row in self.rows if row.before != row.after)

    @cached_property
    def verdicts(self) -> tuple[ChangedRow, ...]:
        """The rows with another verdict."""
        return tuple(row for row in self.changed if row.turns)

    @cached_property
    def grades(self) -> tuple[ChangedRow, ...]:
        """The rows with the same verdict and another grade."""
        return tuple(row for row in self.changed if not row.turns)

    @cached_property
    def counts(self) -> Mapping[VerdictChange, int]:
        """How many changed rows went from which verdict to which, the most frequent first.

        The same verdict twice counts the rows of which the grade alone moved.
        """
        ordered = (*self.verdicts, *self.grades)
        return dict(Counter(row.verdicts for row in ordered).most_common())

    @cached_property
    def rules_of(self) -> Mapping[int, tuple[str, ...]]:
        """By row the rules that come out otherwise, in rulebook order."""
        found: dict[int, list[str]] = defaultdict(list)
        for rule, rows in self.rules.items():
            for row in rows:
                found[row].append(rule)
        return {row: tuple(rules) for row, rules in found.items()}


def turned(
    table: CandidateTable,
    before: Terms,
    after: Terms,
    told: Told = lambda *_: None,
    *,
    known: BatchResult | None = None,
) -> Turned:
    """Judge a list on two terms, column by column, and return what is otherwise after.

    `told` hears after each part how many rows of how many are judged, each on both terms. `known`
    is what was judged on the terms before already.
    """
    height = len(table)
    old = known or assess_table(
        table, before.bound, before.purchase, lambda done: told(done, 2 * height)
    )
    new = assess_table(
        table, after.bound, after.purchase, lambda done: told(height + done, 2 * height)
    )
    answers = zip(_answers(old), _answers(new), strict=True)
    rows = tuple(
        ChangedRow(row, table.ids[row], was, now) for row, (was, now) in enumerate(answers)
    )
    return Turned((before, after), (old, new), rows, _rules(old, new))


def _answers(result: BatchResult) -> list[Answer]:
    names = ("verdict", "grade_lower", "grade_upper")
    columns = (result.rows[name].to_list() for name in names)
    return [Answer(*row) for row in zip(*columns, strict=True)]


def _rules(old: BatchResult, new: BatchResult) -> dict[str, Sequence[int]]:
    names = dict.fromkeys([*old.outcomes.columns, *new.outcomes.columns])
    found = {rule: _rows_of(rule, old, new) for rule in names}
    return {rule: rows for rule, rows in found.items() if rows}


def _rows_of(rule: str, old: BatchResult, new: BatchResult) -> Sequence[int]:
    """Return the rows on which a rule says otherwise; on a side that does not ask it, nothing."""
    sides = [result for result in (old, new) if rule in result.outcomes.columns]
    if len(sides) == 1:
        speaks = sides[0].outcomes[rule].ne_missing(Outcome.NOT_APPLICABLE.value)
        return list(speaks.arg_true().to_list())
    rows: set[int] = set()
    for part in FINDING_PARTS:
        was, now = getattr(old, part)[rule], getattr(new, part)[rule]
        rows.update(was.ne_missing(now).arg_true().to_list())
    return sorted(rows)
