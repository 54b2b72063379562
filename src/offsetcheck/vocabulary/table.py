"""Many candidates, column by column: what the columnar evaluator reads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.problem import Place, Problem
from offsetcheck.vocabulary.reading import Reading


@dataclass(frozen=True, slots=True)
class Column:
    """One field for all rows.

    Every list is as long as the table. `grades` and `causes` may be one value for all rows.
    `full` holds, by row, the facts that keep more than a value (contradictions, documents, possible
    values). `as_of` is the day from which the other rows count; None: on every day.
    """

    values: Sequence[Value | None]
    grades: Sequence[EvidenceGrade] | EvidenceGrade = EvidenceGrade.E4
    causes: Sequence[Cause | None] | Cause | None = None
    raw: Sequence[str | None] | None = None
    header: str | None = None
    full: Mapping[int, Fact] = field(default_factory=dict)
    as_of: date | None = None

    def value(self, row: int) -> Value | None:
        """Return the value of one row, that of its full fact where it has one."""
        fact = self.full.get(row)
        return self.values[row] if fact is None else fact.value

    def grade(self, row: int) -> EvidenceGrade:
        """Return the evidence grade of one row."""
        return self.grades if isinstance(self.grades, EvidenceGrade) else self.grades[row]

    def cause(self, row: int) -> Cause | None:
        """Return why one row has no value."""
        if self.causes is None or isinstance(self.causes, Cause):
            return self.causes
        return self.causes[row]

    def of_rows(self, rows: Sequence[int]) -> "Column":
        """Return some rows, in this order."""
        grades, causes, raw, full = self.grades, self.causes, self.raw, self.full
        if not isinstance(grades, EvidenceGrade):
            grades = [grades[row] for row in rows]
        if causes is not None and not isinstance(causes, Cause):
            causes = [causes[row] for row in rows]
        return replace(
            self,
            values=[self.values[row] for row in rows],
            grades=grades,
            causes=causes,
            raw=None if raw is None else [raw[row] for row in rows],
            full={at: full[row] for at, row in enumerate(rows) if row in full} if full else full,
        )


@dataclass(frozen=True, slots=True)
class CandidateTable:
    """Candidates as columns, with the place of each row and what could not be read.

    `reading` says how the file was read; None: the table was made of no file. `is_part` says that
    these are some rows of a longer list, the others of which are tables of their own.
    """

    ids: Sequence[str]
    columns: Mapping[str, Column]
    file: str
    lines: Sequence[int]
    layout: str
    sheet: str | None = None
    source: str | None = None
    problems: Sequence[Problem] = ()
    reading: Reading | None = None
    is_part: bool = False

    def __len__(self) -> int:
        return len(self.ids)

    def candidate(self, row: int) -> Candidate:
        """Return one row as a candidate with its facts."""
        facts = {
            name: self.fact(name, row)
            for name, column in self.columns.items()
            if row in column.full or column.values[row] is not None or column.cause(row) is not None
        }
        return Candidate(self.ids[row], facts)

    def fact(self, name: str, row: int) -> Fact:
        """Return one cell as a fact, with its raw text and place."""
        column = self.columns[name]
        if row in column.full:
            return column.full[row]
        return Fact(
            value=column.values[row],
            grade=column.grade(row),
            cause=column.cause(row),
            raw=column.raw[row] if column.raw else None,
            place=Place(self.file, self.lines[row], sheet=self.sheet, field=column.header),
            source=self.source,
            as_of=column.as_of,
        )

    def of_rows(self, rows: Sequence[int]) -> "CandidateTable":
        """Return some rows, in this order."""
        return replace(
            self,
            ids=[self.ids[row] for row in rows],
            columns={name: column.of_rows(rows) for name, column in self.columns.items()},
            lines=[self.lines[row] for row in rows],
        )

    def known_on_any_day(self) -> "CandidateTable":
        """Return the same rows with every fact counting, also what became known later.

        The day from which a fact was known stands with its source.
        """
        columns = {
            name: replace(
                column,
                as_of=None,
                full={row: _on_any_day(fact) for row, fact in column.full.items()},
            )
            for name, column in self.columns.items()
        }
        days = {column.as_of for column in self.columns.values() if column.as_of}
        day = max(days, default=None)
        return replace(self, columns=columns, source=_with_day(self.source, day))

    def candidates(self) -> Iterator[Candidate]:
        """Yield every row as a candidate, in order."""
        return (self.candidate(row) for row in range(len(self)))


def _on_any_day(fact: Fact) -> Fact:
    others = tuple(_on_any_day(other) for other in fact.others)
    source = _with_day(fact.source, fact.as_of)
    return replace(fact, as_of=None, source=source, others=others, noted_on=None, before_note=None)


def _with_day(source: str | None, day: date | None) -> str | None:
    if day is None:
        return source
    return f"{source}, of {day}" if source else f"of {day}"
