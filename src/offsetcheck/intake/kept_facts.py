"""The facts of an offer as JSON and back: what it can come back as is a closed list of values.

Of each cell stands what its column does not say of all: value, text of the file, grade and cause.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from itertools import repeat
from typing import Any

from offsetcheck.ground.blocks import Named
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.problem import Place
from offsetcheck.vocabulary.table import CandidateTable, Column

DAY, LIST = "day", "list"
SHORT = 2  # parts of a cell whose column says grade and cause
PLAIN = frozenset({str, int, float, bool})
TEXT = json.JSONEncoder(separators=(",", ":"))
FACT_PARTS = tuple(part.name for part in fields(Fact))
# What a reader may raise on a text that this module did not write.
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, RecursionError)


def kept_rows(table: CandidateTable) -> Iterator[Named]:
    """Yield each row of a table as its id and its facts in JSON."""
    plain = {name: column for name, column in table.columns.items() if _is_plain(column)}
    others = [(name, column) for name, column in table.columns.items() if name not in plain]
    height, names = len(table), list(plain)
    values = _by_row([column.values for column in plain.values()], height)
    raws = _by_row([column.raw or repeat(None, height) for column in plain.values()], height)
    rows = zip(table.ids, table.lines, values, raws, strict=True)
    for row, (name, line, stated, texts) in enumerate(rows):
        cells: dict[str, Any] = {
            field: (value if type(value) in PLAIN else _value(value), raw)
            for field, value, raw in zip(names, stated, texts, strict=True)
            if value is not None
        }
        cells |= {field: _cell(column, row) for field, column in others if _is_told(column, row)}
        yield name, TEXT.encode([line, cells])


def kept_head(table: CandidateTable) -> dict[str, Any]:
    """Return what all rows of a table share."""
    return {
        "file": table.file,
        "sheet": table.sheet,
        "source": table.source,
        "columns": {name: _kept_column(column) for name, column in table.columns.items()},
    }


def kept_candidate(name: str, text: str, head: Mapping[str, Any]) -> Candidate:
    """Return the candidate of a row that was kept; raises as `UNREADABLE` for any other text."""
    line, cells = json.loads(text)
    return Candidate(name, {field: _fact(cell, field, line, head) for field, cell in cells.items()})


def written_facts(facts: Mapping[str, Fact]) -> dict[str, Any]:
    """Return facts by name in JSON's own types."""
    return {name: _whole(fact) for name, fact in facts.items()}


def read_facts(written: Mapping[str, Any]) -> dict[str, Fact]:
    """Return the facts of `written_facts`; raises as `UNREADABLE` for anything else."""
    return {str(name): _read_whole(fact) for name, fact in written.items()}


def _is_plain(column: Column) -> bool:
    """Whether each cell of a column says no more than a value and its text."""
    is_one_grade = isinstance(column.grades, EvidenceGrade)
    return is_one_grade and column.causes is None and not column.full


def _by_row(columns: Sequence[Iterable[Any]], height: int) -> Iterable[tuple[Any, ...]]:
    return zip(*columns, strict=True) if columns else repeat((), height)


def _kept_column(column: Column) -> list[Any]:
    """Return the heading of a column, the day from which it counts, and the grade of all cells."""
    as_of = None if column.as_of is None else column.as_of.isoformat()
    grade = column.grades.value if isinstance(column.grades, EvidenceGrade) else None
    return [column.header, as_of, grade]


def _is_told(column: Column, row: int) -> bool:
    """As `CandidateTable.candidate` says it."""
    told = column.values[row] is not None or column.cause(row) is not None
    return told or row in column.full


def _cell(column: Column, row: int) -> Any:
    if row in column.full:
        return {"fact": _whole(column.full[row])}
    value, raw = column.values[row], column.raw[row] if column.raw else None
    return [_value(value), raw, column.grade(row).value, column.cause(row)]


def _value(value: Value | None) -> Any:
    if type(value) is date:
        return {DAY: value.isoformat()}
    return {LIST: list(value)} if isinstance(value, tuple) else value


def _read_value(written: Any) -> Value | None:
    if not isinstance(written, dict):
        if written is not None and type(written) not in (bool, int, float, str):
            raise TypeError("no value")
        return written  # type: ignore[no-any-return]
    ((kind, content),) = written.items()
    return date.fromisoformat(content) if kind == DAY else _read_list(content)


def _read_list(content: Any) -> Value:
    if not all(type(one) in (str, int) for one in content):
        raise TypeError("no list of values")
    return tuple(content)


def _fact(cell: Any, field: str, line: int | None, head: Mapping[str, Any]) -> Fact:
    if isinstance(cell, dict):
        return _read_whole(cell["fact"])
    header, as_of, of_all = head["columns"][field]
    value, raw, grade, cause = cell if len(cell) > SHORT else (*cell, of_all, None)
    return Fact(
        value=_read_value(value),
        grade=EvidenceGrade(grade),
        cause=None if cause is None else Cause(cause),
        raw=raw,
        place=Place(head["file"], line, sheet=head["sheet"], field=header),
        source=head["source"],
        as_of=None if as_of is None else date.fromisoformat(as_of),
    )


def _whole(fact: Fact) -> dict[str, Any]:
    """Return all of a fact that is not as in an empty one."""
    empty = Fact()
    told = ((name, getattr(fact, name)) for name in FACT_PARTS)
    return {name: _WRITTEN.get(name, _same)(value) for name, value in told
            if value != getattr(empty, name)}  # fmt: skip


def _read_whole(written: Mapping[str, Any]) -> Fact:
    return Fact(**{name: _READ.get(name, _same)(value) for name, value in written.items()})


def _same(value: Any) -> Any:
    if value is not None and type(value) is not str:
        raise TypeError("no text")
    return value


def _place(place: Place) -> list[Any]:
    return [getattr(place, part.name) for part in fields(Place)]


_WRITTEN: Mapping[str, Callable[[Any], Any]] = {
    "value": _value,
    "possible": lambda values: [_value(value) for value in values],
    "grade": lambda grade: grade.value,
    "cause": lambda cause: cause.value,
    "place": _place,
    "as_of": date.isoformat,
    "noted_on": date.isoformat,
    "others": lambda others: [_whole(other) for other in others],
    "before_note": _whole,
}
_READ: Mapping[str, Callable[[Any], Any]] = {
    "value": _read_value,
    "possible": lambda values: tuple(_read_value(value) for value in values),
    "grade": EvidenceGrade,
    "cause": Cause,
    "place": lambda parts: Place(*parts),
    "as_of": date.fromisoformat,
    "noted_on": date.fromisoformat,
    "others": lambda others: tuple(_read_whole(other) for other in others),
    "before_note": _read_whole,
}
