"""A table with some of its facts replaced."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from offsetcheck.vocabulary.evidence import Fact
from offsetcheck.vocabulary.problem import Problem
from offsetcheck.vocabulary.table import CandidateTable, Column


def amended(
    table: CandidateTable,
    facts: Mapping[str, Mapping[int, Fact]],
    problems: Sequence[Problem] = (),
) -> CandidateTable:
    """Return a table in which some facts, by field and row, are others; problems are added."""
    columns = dict(table.columns)
    for name, changes in facts.items():
        if changes:
            columns[name] = _column(columns.get(name), changes, len(table))
    return replace(table, columns=columns, problems=[*table.problems, *problems])


def stated(table: CandidateTable, name: str, row: int) -> Fact:
    """Return the fact of a field in a row, an empty one where the table has no such column."""
    return table.fact(name, row) if name in table.columns else Fact()


def _column(column: Column | None, changes: Mapping[int, Fact], rows: int) -> Column:
    old = column or Column([None] * rows)
    values = list(old.values)
    grades = [old.grade(row) for row in range(rows)]
    causes = [old.cause(row) for row in range(rows)]
    for row, fact in changes.items():
        values[row], grades[row], causes[row] = fact.value, fact.grade, fact.cause
    return replace(
        old,
        values=values,
        grades=grades,
        causes=causes if any(causes) else None,
        full={**old.full, **changes},
    )
