"""A registry's list to candidates: facts of the best grade, problems grouped by what they say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from offsetcheck.intake.account.reading import Used, reading_of, used_as, used_too
from offsetcheck.intake.asked import NOTHING_ASKED, Asked
from offsetcheck.intake.columns.styles import Decided, styles_of
from offsetcheck.intake.columns.values import ColumnValues, column_of, grouped_problems, read_cells
from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.layouts.arranged import arranged
from offsetcheck.intake.layouts.lacking import lacking_columns
from offsetcheck.intake.layouts.layout import Layout, LayoutColumn, place_of, places
from offsetcheck.intake.layouts.recognise import Recognised
from offsetcheck.intake.normalise.codes import codes_reader
from offsetcheck.intake.normalise.readers import reader_for
from offsetcheck.intake.normalise.text import Reader
from offsetcheck.intake.registry.contradictions import ledger_problems
from offsetcheck.intake.registry.snapshot import SNAPSHOT_FIELD, list_day
from offsetcheck.intake.registry.twins import FIELD as OTHER_PROGRAMMES
from offsetcheck.intake.registry.twins import with_twins
from offsetcheck.intake.tables.identities import identities
from offsetcheck.vocabulary.dictionary import Dictionary, Field, FieldType
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, Value, with_values
from offsetcheck.vocabulary.problem import Problem
from offsetcheck.vocabulary.table import CandidateTable, Column

GRADE = EvidenceGrade.E1


@dataclass(frozen=True, slots=True)
class Prepared:
    """A registry's sheet before its cells are read, and the day of its facts; None: not stated.

    `undated` are the problems of a list that states no day, or another than was said.
    """

    sheet: Sheet
    decided: Decided
    day: date | None
    undated: Sequence[Problem]


@dataclass(slots=True)
class ColumnsRead:
    """What has been read of a list so far: fields, what was lost, which columns were used."""

    sheet: Sheet
    layout: Layout
    columns: dict[str, Column]
    problems: list[Problem] = field(default_factory=list)
    used: dict[int, Used] = field(default_factory=dict)

    def use(self, index: int, read: Used) -> None:
        """Note that a column was read as a field, or as a further one."""
        self.used[index] = used_too(self.used[index], read) if index in self.used else read


def read_registry(
    sheet: Sheet, recognised: Recognised, dictionary: Dictionary, asked: Asked = NOTHING_ASKED
) -> CandidateTable:
    """Return a registry's list as candidates; a field that the dictionary lacks is not read.

    Fields that move with time count from the day of the list: what the officer says that it is,
    else what the list says. A cell that cannot be read, and a column that the layout usually has
    and the list lacks, is an error.
    """
    layout = recognised.layout
    made = prepared(sheet, layout, dictionary, asked)
    sheet, decided, day = made.sheet, made.decided, made.day
    read = read_columns(sheet, layout, dictionary, _constants(sheet, layout, day, dictionary))
    columns = read.columns
    named = identities(sheet, columns)
    columns["id"] = named.column(columns.get("id"), GRADE)
    moving = any(dictionary.candidate[name].moves for name in columns)
    table = CandidateTable(
        named.ids,
        _dated(columns, day, dictionary),
        sheet.file,
        sheet.lines,
        layout.id,
        sheet.sheet,
        layout.source,
        [
            *sheet.problems,
            *decided.problems,
            *lacking_columns(sheet, layout, dictionary.candidate),
            *read.problems,
            *named.problems,
            *ledger_problems(sheet, columns),
            *(made.undated if moving else ()),
        ],
        reading_of(sheet, layout.id, recognised.why, read.used, decided=decided, grade=GRADE),
    )
    return with_twins(table) if OTHER_PROGRAMMES in dictionary.candidate else table


def prepared(sheet: Sheet, layout: Layout, dictionary: Dictionary, asked: Asked) -> Prepared:
    """Return a sheet with one row a project or lot, its styles decided, and the list's day."""
    sheet = arranged(sheet, layout)
    decided = styles_of(sheet, fields_of(sheet, layout, dictionary), asked, layout.styles)
    sheet = replace(sheet, styles=decided.styles)
    return Prepared(sheet, decided, *list_day(sheet, asked.day, sheet.styles.date))


def fields_of(sheet: Sheet, layout: Layout, dictionary: Dictionary) -> Mapping[int, Field]:
    """Return the columns of a sheet that a layout reads, each with a field that is read of it."""
    at = places(sheet)
    found: dict[int, Field] = {}
    for mapped in layout.columns:
        if mapped.field in dictionary.candidate:
            index = place_of(at, mapped.headings) if mapped.headings else None
            sources = _sources(sheet, at, mapped) if index is None else (index,)
            found |= dict.fromkeys(sources, dictionary.candidate[mapped.field])
    return found


def read_columns(
    sheet: Sheet, layout: Layout, dictionary: Dictionary, constants: Mapping[str, Column]
) -> ColumnsRead:
    """Return the fields of a layout that the dictionary has, beside constant ones.

    The styles of the sheet are those that have been decided; see `styles_of`.
    """
    read = ColumnsRead(sheet, layout, dict(constants))
    at = places(sheet)
    for mapped in layout.columns:
        if mapped.field not in dictionary.candidate:
            continue
        into = dictionary.candidate[mapped.field]
        if not mapped.headings:
            _compute(read, at, mapped, into)
        elif (index := place_of(at, mapped.headings)) is not None:
            _read(read, index, mapped, into)
    return read


def _read(read: ColumnsRead, at: int, mapped: LayoutColumn, into: Field) -> None:
    sheet, texts = read.sheet, read.sheet.columns[at]
    reader = _reader(sheet, mapped, into)
    reading = read_cells(texts, reader, sheet.spoilt_in(at))
    column = column_of(sheet, at, reading, Fact(grade=GRADE, source=read.layout.source))
    read.columns[into.name] = _filled(column, mapped, read.columns.get("programme"))
    read.problems += grouped_problems(sheet, at, reading)
    read.use(at, used_as(into.name, reading))


def _compute(read: ColumnsRead, at: Mapping[str, int], mapped: LayoutColumn, into: Field) -> None:
    """Read a column that the layout has made of others; its raw cell is the text it made."""
    sheet, texts = read.sheet, _texts(read.sheet, at, mapped)
    made = replace(sheet, styles=replace(sheet.styles, typed=True))
    reading = read_cells(texts, _reader(made, mapped, into), {})
    origin = Fact(grade=GRADE, source=read.layout.source)
    full = {
        row: with_values(replace(origin, raw=texts[row], place=sheet.place(row)), values)
        for row, values in reading.possible.items()
    }
    read.columns[into.name] = Column(reading.values, GRADE, None, texts, full=full)
    read.problems += _lost(sheet, reading)
    for index in _sources(sheet, at, mapped):
        read.use(index, Used(into.name))


def _texts(sheet: Sheet, at: Mapping[str, int], mapped: LayoutColumn) -> Sequence[str]:
    """Return what each row states in a column that is made: a constant, or of other columns."""
    if mapped.compute is None:
        return [mapped.constant or ""] * len(sheet)
    found = (place_of(at, names) for names in mapped.from_)
    columns = [[""] * len(sheet) if index is None else sheet.columns[index] for index in found]
    return mapped.compute.texts(sheet, columns)


def _sources(sheet: Sheet, at: Mapping[str, int], mapped: LayoutColumn) -> Sequence[int]:
    """Return the columns that a column is made of."""
    if mapped.compute is None:
        return ()
    found = (place_of(at, names) for names in mapped.from_)
    return [*(index for index in found if index is not None), *mapped.compute.reads(sheet)]


def _lost(sheet: Sheet, reading: ColumnValues) -> list[Problem]:
    rows = {why.reason: row for row, why in sorted(reading.failures.items(), reverse=True)}
    return [
        Problem(reason, sheet.place(row), reading.failures[row].hint)
        for reason, row in rows.items()
    ]


def _reader(sheet: Sheet, mapped: LayoutColumn, into: Field) -> Reader:
    read: Reader = reader_for(into, sheet.styles)
    if into.type is FieldType.CODES:
        read = codes_reader(into, mapped.separators)
    return read if not mapped.prepare else lambda text: read(mapped.prepared(text))


def _filled(column: Column, mapped: LayoutColumn, programmes: Column | None) -> Column:
    """Return a column of lists whose blank cells say "none" where the layout says that they do."""
    told = mapped.empty_means_none
    if not told or programmes is None or column.raw is None:
        return column
    values = [
        () if value is None and not (raw or "").strip() and programme in told else value
        for value, raw, programme in zip(column.values, column.raw, programmes.values, strict=True)
    ]
    return replace(column, values=values)


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
