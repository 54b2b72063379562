"""Which rows of a list changed alike, so that one of them stands for all when a cause is sought."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from offsetcheck.difference.turned import FINDING_PARTS, ChangedRow, Turned
from offsetcheck.engine.columns.batch import BatchResult
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.finding import Effect, State

MAX_SINGLE_ROWS = 100
"""Up to so many changed rows each is worked out by itself."""

RuleSaid = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Rows (from 0) that changed alike: the same answers, and the same rules said otherwise."""

    rows: tuple[int, ...]


def patterns(found: Turned) -> tuple[Pattern, ...]:
    """Return the changed rows by what changed, the pattern with most rows first.

    A short list is not grouped: each row stands for itself, those with another verdict first.
    """
    changed = (*found.verdicts, *found.grades)
    if len(changed) <= MAX_SINGLE_ROWS:
        return tuple(Pattern((row.row,)) for row in changed)
    said = _said_by_row([row.row for row in changed], found)
    return _grouped(changed, {row.row: said.get(row.row, ()) for row in changed})


def refused_otherwise(found: Turned) -> tuple[Pattern, ...]:
    """Return the rows that are refused before and after, but not by the same requirements.

    They are grouped by answers and by the requirements that fail on one side alone.
    """
    refused = [row for row in found.rows if set(row.verdicts) == {Verdict.NOT_ELIGIBLE}]
    return _grouped(refused, _gates_by_row([row.row for row in refused], found))


def _grouped(
    rows: Sequence[ChangedRow], told: Mapping[int, Sequence[RuleSaid]]
) -> tuple[Pattern, ...]:
    """Return the rows of which something is told by all that is told of them."""
    groups: dict[object, list[int]] = {}
    for row in rows:
        if row.row in told:
            key = row.before, row.after, tuple(told[row.row])
            groups.setdefault(key, []).append(row.row)
    return tuple(Pattern(tuple(some)) for some in sorted(groups.values(), key=len, reverse=True))


def _said_by_row(rows: Sequence[int], found: Turned) -> dict[int, list[RuleSaid]]:
    """Return by row the rules that came out otherwise, each with what it said and says."""
    told: dict[int, list[RuleSaid]] = {}
    for rule in found.rules:
        before, after = (_said(rule, rows, result) for result in found.results)
        for row, was, now in zip(rows, before, after, strict=True):
            if was != now:
                told.setdefault(row, []).append((rule, was, now))
    return told


def _said(rule: str, rows: Sequence[int], result: BatchResult) -> list[tuple[object, ...] | None]:
    if rule not in result.outcomes.columns:
        return [None] * len(rows)
    parts = (getattr(result, part)[rule].gather(rows).to_list() for part in FINDING_PARTS)
    return list(zip(*parts, strict=True))


def _gates_by_row(rows: Sequence[int], found: Turned) -> dict[int, list[RuleSaid]]:
    """Return by row the gates that fail before or after alone, and whether they fail after."""
    told: dict[int, list[RuleSaid]] = {}
    for rule in _gates(found):
        before, after = (_fails(rule, rows, result) for result in found.results)
        for row, was, now in zip(rows, before, after, strict=True):
            if was != now:
                told.setdefault(row, []).append((rule, now))
    return told


def _gates(found: Turned) -> Iterator[str]:
    before, after = (terms.bound.rules for terms in found.terms)
    for rule in found.rules:
        bound = after.get(rule) or before[rule]
        if bound.effect is Effect.GATE:
            yield rule


def _fails(rule: str, rows: Sequence[int], result: BatchResult) -> list[bool]:
    if rule not in result.states.columns:
        return [False] * len(rows)
    return [state == State.FAIL for state in result.states[rule].gather(list(rows)).to_list()]
