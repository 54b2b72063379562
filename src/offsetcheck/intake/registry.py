"""A registry's list to candidates: facts of the best grade, problems grouped by what they say."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from offsetcheck.intake.account import Used, reading_of, used_as
from offsetcheck.intake.asked import NOTHING_ASKED, Asked
from offsetcheck.intake.columns import ColumnValues, column_of, grouped_problems, read_cells
from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.identities import identities
from offsetcheck.intake.layouts.layout import Layout, Mapped
from offsetcheck.intake.ledger import ledger_problems
from offsetcheck.intake.normalise.codes import codes_reader
from offsetcheck.intake.normalise.readers import reader_for
from offsetcheck.intake.normalise.text import Reader, key
from offsetcheck.intake.snapshot import SNAPSHOT_FIELD, list_day
from offsetcheck.intake.twins import FIELD as OTHER_PROGRAMMES
from offsetcheck.intake.twins import with_twins
from offsetcheck.vocabulary.dictionary import Dictionary, Field, FieldType
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, Value, with_values
from offsetcheck.vocabulary.problem import Problem, Severity
from offsetcheck.vocabulary.table import CandidateTable, Column

GRADE = EvidenceGrade.E1


def read_registry(
    sheet: Sheet, layout: Layout, dictionary: Dictionary, asked: Asked = NOTHING_ASKED
) -> CandidateTable:
    """Return a registry's list as candidates; a field that the dictionary lacks is not read.

    Fields that move with time count from the day of the list: what the officer says that it is,
    else what the list says.
    """
    day, undated = list_day(sheet, asked.day, layout.styles.date)
    columns = _constants(sheet, layout, day, dictionary)
    problems: list[Problem] = [*sheet.problems]
    used: dict[int, Used] = {}
    for mapped in layout.columns:
        if mapped.field in dictionary.candidate and (at := _column_of(sheet, mapped)) is not None:
            reading, column = _read(sheet, at, mapped, layout, dictionary)
            columns[mapped.field] = _filled(column, mapped, columns.get("programme"))
            used[at] = used_as(mapped.field, reading)
            problems += [_as_warning(item) for item in grouped_problems(sheet, at, reading)]
    for name, texts in (layout.compute(sheet) if layout.compute else {}).items():
        if name in dictionary.candidate:
            columns[name], found = _computed(sheet, texts, dictionary.candidate[name], layout)
            problems += found
    named = identities(sheet, columns)
    columns["id"] = named.column(columns.get("id"), GRADE)
    moving = any(dictionary.candidate[name].moves for name in columns)
    problems += [*named.problems, *ledger_problems(sheet, columns), *(undated if moving else ())]
    table = CandidateTable(
        named.ids,
        _dated(columns, day, dictionary),
        sheet.file,
        sheet.lines,
        layout.name,
        sheet.sheet,
        layout.source,
        problems,
        reading_of(sheet, layout.name, layout.source, used, grade=GRADE),
    )
    return with_twins(table) if OTHER_PROGRAMMES in dictionary.candidate else table


def _column_of(sheet: Sheet, mapped: Mapped) -> int | None:
    keys = sheet.keys()
    return next((keys[key(name)] for name in mapped.headers if key(name) in keys), None)


def _read(
    sheet: Sheet, at: int, mapped: Mapped, layout: Layout, dictionary: Dictionary
) -> tuple[ColumnValues, Column]:
    texts = sheet.columns[at]
    reader = _reader(texts, mapped, layout, dictionary.candidate[mapped.field])
    reading = read_cells(texts, reader, sheet.spoilt_in(at))
    return reading, column_of(sheet, at, reading, Fact(grade=GRADE, source=layout.source))


def _reader(texts: Sequence[str], mapped: Mapped, layout: Layout, field: Field) -> Reader:
    read: Reader = reader_for(field, texts, layout.styles)
    if field.type is FieldType.CODES:
        read = codes_reader(field, mapped.separators)
    prepare = mapped.prepare
    return read if prepare is None else lambda text: read(prepare(text))


def _filled(column: Column, mapped: Mapped, programmes: Column | None) -> Column:
    """Return a column of lists whose blank cells say "none" where the layout says that they do."""
    if not mapped.empty_of or programmes is None or column.raw is None:
        return column
    values = [
        () if value is None and not (raw or "").strip() and programme in mapped.empty_of else value
        for value, raw, programme in zip(column.values, column.raw, programmes.values, strict=True)
    ]
    return replace(column, values=values)


def _computed(
    sheet: Sheet, texts: Sequence[str], field: Field, layout: Layout
) -> tuple[Column, list[Problem]]:
    """Read a column that the layout has made of others; its raw cell is the text it made."""
    reading = read_cells(texts, reader_for(field, texts, layout.styles), {})
    rows = {why.reason: row for row, why in sorted(reading.failures.items(), reverse=True)}
    problems = [
        Problem(reason, sheet.place(row), reading.failures[row].hint, Severity.WARNING)
        for reason, row in rows.items()
    ]
    origin = Fact(grade=GRADE, source=layout.source)
    full = {
        row: with_values(replace(origin, raw=texts[row], place=sheet.place(row)), values)
        for row, values in reading.possible.items()
    }
    return Column(reading.values, GRADE, None, texts, full=full), problems


def _dated(
    columns: Mapping[str, Column], day: date | None, dictionary: Dictionary
) -> dict[str, Column]:
    """Return columns of which those of fields that move with time count from a day on."""
    return {
        name: _from_day(column, day) if dictionary.candidate[name].moves else column
        for name, column in columns.items()
    }


def _from_day(column: Column, day: date | None) -> Column:
    full = {row: replace(fact, as_of=day) for row, fact in column.full.items()}
    return replace(column, as_of=day, full=full)


def _constants(
    sheet: Sheet, layout: Layout, day: date | None, dictionary: Dictionary
) -> dict[str, Column]:
    values: Mapping[str, Value | None] = {"programme": layout.programme, SNAPSHOT_FIELD: day}
    return {
        name: Column([value] * len(sheet), GRADE)
        for name, value in values.items()
        if value is not None and name in dictionary.candidate
    }


def _as_warning(problem: Problem) -> Problem:
    return replace(problem, severity=Severity.WARNING)
