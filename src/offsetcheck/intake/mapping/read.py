"""`columns.yaml`: what a person says the columns of a list are, for this tender and the next.

It names headings, never the cells: a heading goes to a field, to `ignore` or to nothing, with the
unit of its numbers and what its words mean. Rows are left out by line or by what a cell says.
"""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any, TypeVar

import pydantic
from pydantic import BeforeValidator

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.asked import dates_asked, numbers_asked
from offsetcheck.intake.forms import Form, FormEntry, read_form
from offsetcheck.intake.headings.qualifiers import parse
from offsetcheck.intake.normalise.dates import DateStyle
from offsetcheck.intake.normalise.numbers import NumberStyle
from offsetcheck.intake.normalise.text import key
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.forms.model import FileModel, mapping_in
from offsetcheck.vocabulary.forms.scalars import Text, wrong
from offsetcheck.vocabulary.problem import InputError, Place, Problem, UnreadableError

COLUMNS_FILE = "columns.yaml"
IGNORE = "ignore"
SECTIONS = ("columns", "leave_out", "keep")
MOST_ENTRIES = 4_000
"""Columns, and rows to leave out; a sheet has no more columns than half of it."""

MOST_PROBLEMS = 100
"""Problems of one mapping that are told one by one."""

HASH_CHARACTERS = 16
UNITS = "write it as beside a name in a heading, such as kt, EUR/t or per lot"
LEAVE_OUT = "write `- line: 12`, or `- {column: Project, text: TOTAL}`"
EMPTY_HINT = "`offsetcheck columns FILE` writes one to begin with"


def _line(value: Any) -> int:
    if not (
        isinstance(value, str) and value.isascii() and value.isdecimal() and int(value[:9]) > 0
    ):
        raise wrong("the number of a line is needed here, from 1")
    return int(value[:9])


Line = Annotated[int, BeforeValidator(_line)]


class ColumnEntry(FileModel):
    """One column by its heading; without `field`, the heading and the cells decide."""

    heading: Text
    field: Text | None = None
    unit: Text | None = None
    words: dict[str, Text] = pydantic.Field(default_factory=dict)


class LeftOutEntry(FileModel):
    """Rows that are no offers: one by its line, or those with a text in a column."""

    line: Line | None = None
    column: Text | None = None
    text: Text | None = None


class KeptEntry(FileModel):
    """A row that is an offer, by its line, though it looks like a total or a note."""

    line: Line


class TopEntry(FileModel):
    """What is said of the list as a whole."""

    headings: Text | None = None
    sheet: Text | None = None
    header_row: Line | None = None
    numbers: Text | None = None
    dates: Text | None = None


@dataclass(frozen=True, slots=True)
class ColumnSaid:
    """What a person says of a column.

    `field` None: it is not read; `ignored`: and nobody is to hear of it; `open`: heading and cells
    decide. `words` are texts of cells, each with what is read in its place.
    """

    heading: str
    place: Place
    field: str | None = None
    open: bool = False
    ignored: bool = False
    unit: str | None = None
    words: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowsNamed:
    """Rows that are named: that of a line, or those whose cell under a heading has a text."""

    place: Place
    line: int | None = None
    heading: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A `columns.yaml` that has been read; `headings` is the hash of those it was written for."""

    file: str
    headings: str | None = None
    sheet: str | None = None
    header_line: int | None = None
    numbers: NumberStyle | None = None
    dates: DateStyle | None = None
    columns: Sequence[ColumnSaid] = ()
    left_out: Sequence[RowsNamed] = ()
    kept: Sequence[RowsNamed] = ()
    problems: Sequence[Problem] = ()


def hash_of_headings(headings: Sequence[str]) -> str:
    """Return what tells whether a list has the headings for which a mapping was written."""
    return sha256("\x1f".join(headings).encode("utf-8", "replace")).hexdigest()[:HASH_CHARACTERS]


def read_mapping(data: bytes, file: str, dictionary: Dictionary) -> ColumnMapping:
    """Return a mapping of columns; what is wrong in it is located and says nothing of its column.

    Raises InputError for what is no text.
    """
    form = read_form(data, file)
    top = mapping_in(form.document, form.problems, EMPTY_HINT)
    form.note_unknown_keys(top, (*TopEntry.model_fields, *SECTIONS))
    said = form.read(TopEntry, {k: v for k, v in top.items() if k in TopEntry.model_fields}, ())
    whole = said or TopEntry()
    for section in SECTIONS:
        _check_length(top.get(section), file)
    columns = form.entries("columns", ColumnEntry)
    left_out = form.entries("leave_out", LeftOutEntry)
    kept = [
        RowsNamed(entry.place("line"), entry.said.line) for entry in form.entries("keep", KeptEntry)
    ]
    styles = (
        _style(form, "numbers", whole.numbers, numbers_asked),
        _style(form, "dates", whole.dates, dates_asked),
    )
    read = [column for entry in columns if (column := _column(entry, dictionary)) is not None]
    out = [rows for entry in left_out if (rows := _left_out(entry)) is not None]
    return ColumnMapping(
        file,
        whole.headings,
        whole.sheet,
        whole.header_row,
        *styles,
        read,
        out,
        kept,
        _bounded(form.problems.sorted(), file),
    )


def _check_length(entries: object, file: str) -> None:
    if isinstance(entries, list) and len(entries) > MOST_ENTRIES:
        message = (
            f"the file has {len(entries):,} entries in a list; at most {MOST_ENTRIES:,} are read"
        )
        raise InputError([Problem(message, Place(file), "name only what headings do not tell")])


def _bounded(problems: Sequence[Problem], file: str) -> Sequence[Problem]:
    if len(problems) <= MOST_PROBLEMS:
        return problems
    rest = Problem(f"{len(problems) - MOST_PROBLEMS:,} more problems of this file", Place(file))
    return [*problems[:MOST_PROBLEMS], rest]


Style = TypeVar("Style")


def _style(form: Form, name: str, said: str | None, read: Callable[[str], Style]) -> Style | None:
    try:
        return None if said is None else read(said)
    except UnreadableError as why:
        form.problems.at_value(form.document, (name,), why.reason, why.hint)
        return None


def _column(entry: FormEntry[ColumnEntry], dictionary: Dictionary) -> ColumnSaid | None:
    """Return what an entry says of a column, None where it says what cannot be."""
    said = entry.said
    place = entry.place("heading")
    if said.unit is not None and not _is_unit(said.unit):
        entry.report("unit", f"`{said.unit}` is no unit that is known", UNITS)
        return None
    if said.field is not None and said.field != IGNORE and not _is_input(said.field, dictionary):
        entry.report("field", *_no_field(said.field, dictionary))
        return None
    return ColumnSaid(
        heading=said.heading,
        place=place,
        field=None if said.field == IGNORE else said.field,
        open="field" not in said.model_fields_set,
        ignored=said.field == IGNORE,
        unit=said.unit,
        words={key(text): word for text, word in said.words.items()},
    )


def _is_input(name: str, dictionary: Dictionary) -> bool:
    return name in dictionary.candidate and dictionary.candidate[name].is_input


def _no_field(name: str, dictionary: Dictionary) -> tuple[str, str | None]:
    if name in dictionary.candidate:
        return f"`{name}` is worked out, and no column states it", f"write `{IGNORE}` or a field"
    inputs = [*(n for n in dictionary.candidate if _is_input(n, dictionary)), IGNORE]
    return f"there is no field `{name}`", did_you_mean(name, inputs)


def _is_unit(unit: str) -> bool:
    stem, read = parse(f"x ({unit})")
    return stem == "x" and read is not None and not read.unknown


def _left_out(entry: FormEntry[LeftOutEntry]) -> RowsNamed | None:
    """Return the rows that an entry leaves out, None where it names none clearly."""
    said = entry.said
    by_text = said.column is not None and said.text is not None
    if (said.line is None) != by_text or (said.column is None) != (said.text is None):
        entry.report((), "rows are left out by `line`, or by `column` and `text`", LEAVE_OUT)
        return None
    place = entry.place("line" if said.line is not None else "column")
    return RowsNamed(place, said.line, said.column, None if said.text is None else key(said.text))
