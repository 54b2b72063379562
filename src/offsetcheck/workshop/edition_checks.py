"""A new edition of a reference table, held against what the table is and what reads it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from offsetcheck.difference.editions import Key, key_columns
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.fields.names import field_named, lookup_keys
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.tables.cells import cell_value
from offsetcheck.rulebook.tables.model import GRADE, KNOWN_FROM, UNTIL, Row, TableFile
from offsetcheck.rulebook.tables.versions import is_range
from offsetcheck.vocabulary.dictionary import Field, LookupSpec, Subject
from offsetcheck.vocabulary.evidence import Standing
from offsetcheck.vocabulary.forms.problems import in_order
from offsetcheck.vocabulary.problem import Place, Problem, Severity
from offsetcheck.workshop.edition_files import file_of, latest_edition

MAX_PROBLEMS = 1000  # problems of one file: each costs a search for the nearest word
MAX_CELL = 40  # characters of a stranger's cell that a message quotes
STANDING = "standing"
DATED = (KNOWN_FROM, UNTIL, GRADE)
BEGINNING, END = "0001-01-01", "9999-12-31"


@dataclass(frozen=True, slots=True)
class TableReader:
    """A field that is looked up in a table, and the fields behind its key columns."""

    field: Field
    lookup: LookupSpec
    keys: Mapping[str, Field | None]


def readers_of(rulebook: Rulebook, table: str) -> tuple[TableReader, ...]:
    """Return the fields that are looked up in a table."""
    return tuple(
        TableReader(field, field.lookup, _key_fields(rulebook, field))
        for subject in Subject
        for field in rulebook.dictionary.of(subject).values()
        if field.lookup is not None and field.lookup.table == table
    )


def check_edition(
    rulebook: Rulebook, table: str, file: TableFile, name: str
) -> tuple[Problem, ...]:
    """Return all problems of a new edition, in the order of its lines.

    Errors: what the loader refuses; a column that a field reads and that is missing; no row; a key
    that is empty, no code of its field, or stands twice on one day; a value outside codes or range;
    a row that ends before it begins. Warnings: columns that come or go without being read.
    """
    readers = readers_of(rulebook, table)
    reference = rulebook.tables[table]
    known = file_of(reference, latest_edition(reference)).columns
    found = [replace(problem, place=replace(problem.place, file=name)) for problem in file.problems]
    if file.columns and not any(problem.place.line == 1 for problem in found):
        found += _columns(file, known, readers, name)
        found += islice(_rows(file, readers, name), MAX_PROBLEMS)
    if len(found) >= MAX_PROBLEMS:
        said = "the file has more problems; these are the first ones"
        found = [*found[:MAX_PROBLEMS], Problem(said, Place(name))]
    if file.columns and not file.rows:
        found.append(Problem("the edition has no rows", Place(name, 1, 1)))
    return in_order(found)


def _key_fields(rulebook: Rulebook, field: Field) -> dict[str, Field | None]:
    columns = field.lookup.on if field.lookup else ()
    names = zip(columns, lookup_keys(field), strict=True)
    return {column: field_named(rulebook.dictionary, name) for column, name in names}


def _columns(
    file: TableFile, known: Sequence[str], readers: Iterable[TableReader], name: str
) -> Iterator[Problem]:
    read = {c for r in readers for c in (*key_columns(r.lookup), r.lookup.column)}
    wanted = dict.fromkeys([*known, *sorted(read)])
    extra = [column for column in file.columns if column not in wanted]
    for column in wanted:
        if column in file.columns:
            continue
        hint = did_you_mean(column, extra)
        severity = Severity.ERROR if column in read else Severity.WARNING
        yield Problem(f"the column `{column}` is missing", Place(name, 1, 1), hint, severity)
    for column in extra:
        if column not in DATED:
            place = Place(name, 1, file.columns.index(column) + 1, field=column[:MAX_CELL])
            said = "earlier editions have no such column, and nothing reads it"
            yield Problem(said, place, did_you_mean(column, wanted), Severity.WARNING)


def _rows(file: TableFile, readers: Sequence[TableReader], name: str) -> Iterator[Problem]:
    for row in file.rows:
        yield from _ends_in_time(row, name)
        yield from _standing(row, name)
        yield from _invisible(row, name)
        yield from _is_read(row, readers, name)
    for reader in readers:
        rows = [row for row in file.rows if reader.lookup.keeps(row.cells)]
        for row in rows:
            yield from _key_cells(row, reader, name)
            yield from _value_cell(row, reader, name)
    yield from _repeated(file, readers, name)


def _ends_in_time(row: Row, name: str) -> Iterator[Problem]:
    since, until = row.cells.get(KNOWN_FROM), row.cells.get(UNTIL)
    if since and until and until < since:
        said = f"the row ends on {until[:MAX_CELL]}, before it begins on {since[:MAX_CELL]}"
        yield Problem(said, Place(name, row.line, field=UNTIL))


def _standing(row: Row, name: str) -> Iterator[Problem]:
    cell = row.cells.get(STANDING)
    words = [standing.value for standing in Standing]
    if cell and cell not in words:
        hint = did_you_mean(cell, words) or f"write {', '.join(words)}"
        place = Place(name, row.line, field=STANDING)
        yield Problem(f"`{cell[:MAX_CELL]}` is no standing", place, hint)


def _invisible(row: Row, name: str) -> Iterator[Problem]:
    """Find cells with characters that nobody sees, such as a copied direction mark."""
    for column, cell in row.cells.items():
        unseen = next((sign for sign in cell if not sign.isprintable()), None)
        if unseen is not None:
            said = f"the cell holds a sign that cannot be seen (U+{ord(unseen):04X})"
            yield Problem(said, Place(name, row.line, field=column), "delete it")


def _is_read(row: Row, readers: Sequence[TableReader], name: str) -> Iterator[Problem]:
    """Find a row that no field reads, because its fixed value is misspelt."""
    if not readers or any(reader.lookup.keeps(row.cells) for reader in readers):
        return
    for column in dict.fromkeys(c for reader in readers for c in reader.lookup.where):
        words = {word for reader in readers for word in reader.lookup.words(column)}
        cell = row.cells.get(column)
        if cell is not None and cell not in words:
            hint = did_you_mean(cell, words) or f"write {', '.join(sorted(words))}"
            said = f"no field reads rows of `{column}` `{cell[:MAX_CELL]}`"
            yield Problem(said, Place(name, row.line, field=column), hint)


def _key_cells(row: Row, reader: TableReader, name: str) -> Iterator[Problem]:
    for column, field in reader.keys.items():
        cell = row.cells.get(column)
        place = Place(name, row.line, field=column)
        if cell is None:
            continue
        if column in reader.lookup.match:
            if cell and not is_range(cell):
                said = f"`{cell[:MAX_CELL]}` is no range of versions"
                yield Problem(said, place, "write 1.0-2.1 or 1.0, 1.1")
        elif not cell:
            yield Problem("the key is empty", place)
        elif field is not None and cell_value(cell, field) is None:
            said = f"`{cell[:MAX_CELL]}` is no value of `{field.name}`"
            yield Problem(said, place, did_you_mean(cell, field.codes))


def _value_cell(row: Row, reader: TableReader, name: str) -> Iterator[Problem]:
    field, cell = reader.field, row.cells.get(reader.lookup.column)
    if not cell:
        return
    value = cell_value(cell, field)
    place = Place(name, row.line, field=reader.lookup.column)
    if value is None:
        hint = did_you_mean(cell, field.codes)
        yield Problem(f"`{cell[:MAX_CELL]}` is no value of `{field.name}`", place, hint)
    elif field.range is not None and isinstance(value, int | float):
        low, high = field.range
        if (low is not None and value < low) or (high is not None and value > high):
            said = f"`{cell[:MAX_CELL]}` lies outside {_number(low)} to {_number(high)}"
            yield Problem(said, place)


def _number(bound: float | None) -> str:
    return "any" if bound is None else f"{bound:g}"


def _repeated(file: TableFile, readers: Sequence[TableReader], name: str) -> Iterator[Problem]:
    """Find rows that never answer, because an earlier one has their key on the same days.

    A field that collects reads all rows of a key: there only a whole row can stand twice.
    """
    ways = {
        (reader.lookup.on, tuple(reader.lookup.where.items())): reader.lookup
        for reader in readers
        if not reader.lookup.collect
    }
    for lookup in ways.values():
        rows = [row for row in file.rows if lookup.keeps(row.cells)]
        yield from _overlapping(rows, key_columns(lookup), name)
    if not ways:
        yield from _overlapping(file.rows, file.columns, name)


def _overlapping(rows: Iterable[Row], columns: Sequence[str], name: str) -> Iterator[Problem]:
    groups: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(row.cells.get(column, "") for column in columns)].append(row)
    for key, members in groups.items():
        last, end = None, ""
        for row in sorted(members, key=lambda row: (_since(row), row.line)):
            if last is not None and _since(row) <= end:
                first, second = sorted((last.line, row.line))
                shown = ", ".join(part for part in key if part)[:MAX_CELL]
                said = f"the key {shown} stands on line {first} already, for the same days"
                yield Problem(said, Place(name, second, 1), "end one row with `until`, or drop it")
            if last is None or _until(row) > end:
                last, end = row, _until(row)


def _since(row: Row) -> str:
    return row.cells.get(KNOWN_FROM) or BEGINNING


def _until(row: Row) -> str:
    return row.cells.get(UNTIL) or END
