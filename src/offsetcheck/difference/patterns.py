"""Which rows of a list changed between two days, and which of them changed alike."""

from collections.abc import Mapping
from dataclasses import dataclass

from offsetcheck.engine.columns.batch import BatchResult, assess_table
from offsetcheck.explain.setting import Setting
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.finding import Effect, State
from offsetcheck.vocabulary.table import CandidateTable

FEW = 100
"""Up to so many changed rows each is worked out by itself."""

Word = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One row that changed: verdict and grade bounds, each before and after."""

    row: int
    verdicts: Word
    grades: tuple[Word, Word]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Rows that changed alike: the same results, and the same rules came out otherwise alike."""

    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """The changed rows, those with another verdict first, and what groups them.

    `grounds` are the patterns of rows that are refused on both days, but not by the same
    requirements, whether or not their grade moved.
    """

    changed: tuple[Change, ...]
    patterns: tuple[Pattern, ...]
    grounds: tuple[Pattern, ...]


def changes(table: CandidateTable, before: Setting, after: Setting) -> Changes:
    """Return the rows of a list that changed between two days, and their patterns."""
    old, new = (assess_table(table, s.bound, s.purchase) for s in (before, after))
    rows = _rows(old, new)
    found = [x for x in rows if x.verdicts[0] != x.verdicts[1] or x.grades[0] != x.grades[1]]
    found.sort(key=lambda change: (change.verdicts[0] == change.verdicts[1], change.row))
    refused = [x for x in rows if set(x.verdicts) == {Verdict.NOT_ELIGIBLE}]
    turned = _gates_turned(refused, old, new, before, after)
    return Changes(tuple(found), _patterns(found, old, new), _grouped(refused, turned))


def _rows(old: BatchResult, new: BatchResult) -> list[Change]:
    names = ("verdict", "grade_lower", "grade_upper")
    columns = [[r.rows[name].to_list() for name in names] for r in (old, new)]
    before, after = (zip(*part, strict=True) for part in columns)
    return [
        Change(row, (was[0], now[0]), (was[1:], now[1:]))
        for row, (was, now) in enumerate(zip(before, after, strict=True))
    ]


def _gates_turned(
    refused: list[Change], old: BatchResult, new: BatchResult, before: Setting, after: Setting
) -> dict[int, list[object]]:
    """Return by row the gates that fail on one of the two days alone."""
    rows = [change.row for change in refused]
    found: dict[int, list[object]] = {}
    for rule in dict.fromkeys([*old.states.columns, *new.states.columns]):
        bound = after.bound.rules.get(rule) or before.bound.rules[rule]
        if bound.effect is Effect.GATE:
            pairs = zip(rows, _fails(rule, rows, old), _fails(rule, rows, new), strict=True)
            for row, was, now in pairs:
                if was != now:
                    found.setdefault(row, []).append((rule, now))
    return found


def _fails(rule: str, rows: list[int], result: BatchResult) -> list[bool]:
    if rule not in result.states.columns:
        return [False] * len(rows)
    return [state == State.FAIL for state in result.states[rule].gather(rows).to_list()]


def _patterns(found: list[Change], old: BatchResult, new: BatchResult) -> tuple[Pattern, ...]:
    if len(found) <= FEW:
        return tuple(Pattern((change.row,)) for change in found)
    differing = _differing([change.row for change in found], old, new)
    return _grouped(found, {x.row: differing.get(x.row, []) for x in found})


def _grouped(found: list[Change], told: Mapping[int, list[object]]) -> tuple[Pattern, ...]:
    """Return rows by what is told of them, the pattern with most rows first."""
    rows: dict[object, list[int]] = {}
    for change in found:
        if change.row in told:
            key = change.verdicts, change.grades, tuple(told[change.row])
            rows.setdefault(key, []).append(change.row)
    return tuple(Pattern(tuple(some)) for some in sorted(rows.values(), key=len, reverse=True))


def _differing(rows: list[int], old: BatchResult, new: BatchResult) -> dict[int, list[object]]:
    """Return by row which rules came out otherwise, each with what it said and says."""
    found: dict[int, list[object]] = {}
    for rule in dict.fromkeys([*old.outcomes.columns, *new.outcomes.columns]):
        pairs = zip(rows, _said(rule, rows, old), _said(rule, rows, new), strict=True)
        for row, was, now in pairs:
            if was != now:
                found.setdefault(row, []).append((rule, was, now))
    return found


def _said(rule: str, rows: list[int], result: BatchResult) -> list[tuple[object, ...] | None]:
    if rule not in result.outcomes.columns:
        return [None] * len(rows)
    parts = (result.outcomes, result.states, result.lowers, result.uppers)
    return list(zip(*(part[rule].gather(rows).to_list() for part in parts), strict=True))
