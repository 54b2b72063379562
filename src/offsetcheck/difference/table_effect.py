"""What another edition of a table does to the verdicts of a list."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from offsetcheck.engine.columns.batch import BatchResult, assess_table
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable

GRADES = ("grade_lower", "grade_upper")


@dataclass(frozen=True, slots=True)
class Turned:
    """A candidate whose verdict another edition changes, and the rules that come out differently.

    `before` and `after` are a verdict with the bounds of its grade, such as `undecided`, `D`, `A`.
    """

    id: str
    before: tuple[str, str, str]
    after: tuple[str, str, str]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableEffect:
    """The changes on one list: verdicts, grades alone, and findings by rule."""

    candidates: int
    verdicts: tuple[Turned, ...]
    grades: tuple[Turned, ...]
    findings: Mapping[str, int]

    @property
    def turns(self) -> Mapping[tuple[str, str], tuple[Turned, ...]]:
        """The changed verdicts by old and new verdict, the most frequent first."""
        found: dict[tuple[str, str], list[Turned]] = defaultdict(list)
        for one in self.verdicts:
            found[one.before[0], one.after[0]].append(one)
        order = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
        return {turn: tuple(members) for turn, members in order}


def table_effect(
    before: BoundRulebook, after: BoundRulebook, table: CandidateTable, purchase: Purchase
) -> TableEffect:
    """Judge a list under two rulebooks that differ in a table, and return what differs."""
    old, new = assess_table(table, before, purchase), assess_table(table, after, purchase)
    rules = _different(old, new)
    first, second = _answers(old), _answers(new)
    turned = [
        Turned(name, first[row], second[row], tuple(rules.get(row, ())))
        for row, name in enumerate(old.rows["id"].to_list())
        if first[row] != second[row]
    ]
    return TableEffect(
        candidates=len(first),
        verdicts=tuple(one for one in turned if one.before[0] != one.after[0]),
        grades=tuple(one for one in turned if one.before[0] == one.after[0]),
        findings=Counter(rule for found in rules.values() for rule in found),
    )


def _answers(result: BatchResult) -> list[tuple[str, str, str]]:
    columns = [result.rows[name].to_list() for name in ("verdict", *GRADES)]
    return list(zip(*columns, strict=True))


def _different(old: BatchResult, new: BatchResult) -> dict[int, list[str]]:
    """Return by row the rules whose outcome, state or points differ, in rulebook order."""
    found: dict[int, list[str]] = defaultdict(list)
    for rule in old.outcomes.columns:
        rows: set[int] = set()
        for part in ("outcomes", "states", "lowers", "uppers"):
            one, other = getattr(old, part)[rule], getattr(new, part)[rule]
            rows |= set(one.ne_missing(other).arg_true().to_list())
        for row in rows:
            found[row].append(rule)
    return found
