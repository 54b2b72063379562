"""Problems in the order in which a person needs them, each kind said once with its rows."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from offsetcheck.vocabulary.problem import Problem, Severity

ROWS_NAMED = 5
WORST_FIRST = tuple(Severity)


def worst_first(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems, each once, errors before warnings before notes, else in their order."""
    distinct = dict.fromkeys(problems)
    return sorted(distinct, key=lambda problem: WORST_FIRST.index(problem.severity))


def grouped(problems: Iterable[Problem]) -> list[Problem]:
    """Return one problem per kind, file and column, at its first place, the worst first.

    What is said of several rows counts them and names the first: “… (in 14 rows: 3, 5, 9 …)”. Of
    problems that differ in a text alone the first is shown, and that there are others.
    """
    groups: dict[object, list[Problem]] = {}
    for problem in worst_first(problems):
        groups.setdefault(_key(problem), []).append(problem)
    return [_one(group) for group in groups.values()]


def remarks_grouped(problems: Iterable[Problem]) -> list[Problem]:
    """Return errors and warnings each by itself, and remarks once of each kind, the worst first."""
    ordered = worst_first(problems)
    each = [problem for problem in ordered if problem.severity is not Severity.NOTE]
    return [*each, *grouped(p for p in ordered if p.severity is Severity.NOTE)]


def in_rows(lines: Sequence[int], rows: int | None = None) -> str:
    """Return `in 14 rows: 3, 5, 9, 12, 13 …` for lines of a file, `in row 3` for one.

    `rows` is how many rows there are, where these are the lines of the first ones.
    """
    rows = len(lines) if rows is None else rows
    if rows == 1:
        return f"in row {lines[0]}"
    named = ", ".join(map(str, lines[:ROWS_NAMED]))
    more = " …" if rows > ROWS_NAMED else ""
    return f"in {rows:,} rows: {named}{more}"


def _key(problem: Problem) -> object:
    place = problem.place
    # What is counted already stands for itself: it is not counted again.
    said = problem if len(problem.lines) > 1 else problem.kind or problem.message
    return problem.severity, place.file, place.sheet, place.field, said


def _one(group: Sequence[Problem]) -> Problem:
    first = group[0]
    if len(group) == 1:
        return first
    lines = sorted({problem.place.line for problem in group if problem.place.line is not None})
    where = in_rows(lines) if lines else f"{len(group):,} times"
    likewise = ", and others likewise" if len({problem.message for problem in group}) > 1 else ""
    return replace(first, message=f"{first.message}{likewise} ({where})", lines=tuple(lines))
