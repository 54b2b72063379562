"""The order of the rooms for a file that is handed in: what it is, and how it would be read.

Nothing is stored: whoever handed it in looks at it first.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from offsetcheck.api.account import located_problems
from offsetcheck.api.binding import bound_on, chosen_for
from offsetcheck.api.request import Request
from offsetcheck.explain.readings import column_line, reading_lines
from offsetcheck.explain.setting import setting
from offsetcheck.explain.wording import Wording
from offsetcheck.ground.canonical import bytes_hash
from offsetcheck.intake.asked import NOTHING_ASKED, Asked, ColumnsFile
from offsetcheck.intake.files.read import is_workbook, read_bytes
from offsetcheck.intake.files.sheet import key_header
from offsetcheck.intake.incoming.papers import WORKBOOK, has_macros, is_archive, paper_kind
from offsetcheck.intake.ledgers.refuse import LedgerError
from offsetcheck.intake.mapping.read import COLUMNS_FILE
from offsetcheck.intake.offers import list_in, offers_of_list
from offsetcheck.intake.registry.sellers_word import SOURCE, as_sellers_word
from offsetcheck.intake.tables.amend import stated
from offsetcheck.intake.tender.read import read_purchase_alone
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import InputError, Place, Problem
from offsetcheck.vocabulary.questionnaire import RulesOfForm
from offsetcheck.vocabulary.reading import BID_SHEET, ColumnSeen, Reading
from offsetcheck.vocabulary.reading_explanation import ReadingLine
from offsetcheck.vocabulary.table import CandidateTable

__all__ = [
    "Incoming", "IncomingColumn", "IncomingForm", "IncomingRow", "Said", "Taken",
    "Wording", "fields_offered", "look_at", "wording_of",
]  # fmt: skip

MOST_ROWS = 300
"""Rows that are told one by one."""


class Taken(StrEnum):
    """What a file is taken for."""

    OFFERS = "offers"
    FORM = "form"
    ANSWERS = "answers"
    RECORD = "record"
    LEDGER = "ledger"
    PAPER = "paper"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class IncomingForm:
    """What a filled form says of itself, and whether its rules are those that are in force."""

    city: str
    purchase: str
    language: str
    day: str
    round: str
    rules: RulesOfForm


@dataclass(frozen=True, slots=True)
class IncomingRow:
    """A row that is read as an offer or a project: its line, its id and its name."""

    line: int
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class IncomingColumn:
    """A column: its heading, which of those with this heading it is, and what it is read as."""

    heading: str
    nth: int
    field: str | None
    title: str | None
    cells: int
    lost: int = 0
    converted: str | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was looked at: what it is taken for, how it is read, and what is wrong with it.

    `kind` names a paper's kind of file. `mappable` says that it is a table, of which a person may
    say what its columns are. `may_be_paper` says that it may be kept as a paper instead.
    """

    taken: Taken
    sha256: str
    size: int
    problems: tuple[Problem, ...] = ()
    reading: Reading | None = None
    account: ReadingLine | None = None
    rows: tuple[IncomingRow, ...] = ()
    count: int = 0
    sellers: tuple[str, ...] = ()
    form: IncomingForm | None = None
    kind: str | None = None
    mappable: bool = False
    may_be_paper: bool = False
    ids: tuple[str, ...] = ()
    columns: tuple[IncomingColumn, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of how a file is to be read: its columns, numbers, days, and its day.

    `offered` says that a list in a registry's form is the list of offers: the seller's word.
    """

    columns: bytes | None = None
    day: date | None = None
    offered: bool = False

    def asked(self) -> Asked:
        """Return it as readers ask it."""
        columns = None if self.columns is None else ColumnsFile(COLUMNS_FILE, self.columns)
        return replace(NOTHING_ASKED, columns=columns, day=self.day)


NOTHING_SAID = Said()


def wording_of(request: Request, rulebook: Rulebook) -> Wording:
    """Return the words of a tender before any offer is in; raises as `make_form`."""
    tender = read_purchase_alone(request.path, rulebook.dictionary)
    city = chosen_for(request, tender, rulebook)
    bound = bound_on(city.rulebook, city.id, request.as_of)
    return setting(bound, tender.purchase, request.language).wording


def look_at(
    path: Path, rulebook: Rulebook, wording: Wording, said: Said = NOTHING_SAID
) -> Incoming:
    """Return what a file is and how it would be read; what it cannot be is a problem of it.

    Nothing is raised for a stranger's file, whatever it holds.
    """
    name, suffix = path.name, path.suffix
    try:
        data = read_bytes(path)
    except InputError as error:
        size = path.stat().st_size if path.is_file() else 0
        return Incoming(Taken.NOTHING, "", size, error.problems)
    base = Incoming(Taken.NOTHING, bytes_hash([data]), len(data))
    if has_macros(data, suffix):
        return _refused(base, name, "the file holds macros, or is named as if it did",
                        "save it without macros, as .xlsx or .docx")  # fmt: skip
    kind = paper_kind(data, suffix)
    if kind is not None and kind is not WORKBOOK:
        return replace(base, taken=Taken.PAPER, kind=kind.name)
    if is_archive(data):
        return _refused(base, name, "the file is an archive (ZIP)",
                        "unpack it, and send the files that are in it")  # fmt: skip
    base = replace(base, may_be_paper=kind is WORKBOOK)
    try:
        return _list(base, data, name, rulebook, wording, said=said)
    except InputError as error:
        seen = _headings(data, name, rulebook, said)
        columns = _columns(seen, wording) if len(seen) > 1 else ()
        return replace(base, problems=error.problems, mappable=bool(columns), columns=columns)


def _refused(base: Incoming, name: str, message: str, hint: str) -> Incoming:
    return replace(base, problems=(Problem(message, Place(name), hint),))


def _headings(data: bytes, name: str, rulebook: Rulebook, said: Said) -> list[ColumnSeen]:
    """Return the columns of a file that has headings, though it could not be read as a list."""
    for asked in dict.fromkeys((said.asked(), NOTHING_ASKED)):
        try:
            sheet = list_in(data, name, rulebook.dictionary, asked).sheet
        except InputError:
            continue
        return [
            ColumnSeen(key_header(header), None, sheet.filled(at))
            for at, header in enumerate(sheet.headers)
            if header.strip()
        ]
    return []


def _columns(seen: Iterable[ColumnSeen], wording: Wording) -> tuple[IncomingColumn, ...]:
    counts: Counter[str] = Counter()
    columns = []
    for one in seen:
        lines = column_line(one, wording)
        columns.append(
            IncomingColumn(
                one.header, counts[one.header], one.field, lines.title, one.cells,
                one.lost, lines.converted, lines.hint,
            )
        )  # fmt: skip
        counts[one.header] += 1
    return tuple(columns)


def fields_offered(wording: Wording) -> tuple[tuple[str, str], ...]:
    """Return the fields that a column may hold, each with what reports call it, in that order."""
    known = wording.bound.dictionary.candidate
    named = [(name, wording.title(name)) for name, field in known.items() if field.is_input]
    return tuple(sorted(named, key=lambda one: one[1].casefold()))


def _list(
    base: Incoming, data: bytes, name: str, rulebook: Rulebook, wording: Wording, *, said: Said
) -> Incoming:
    parsed = None
    if is_workbook(data):
        from offsetcheck.intake.files.workbook import told_of
        from offsetcheck.intake.questionnaire.filled import form_told, is_form

        parsed = told_of(data, name)
        if is_form(parsed):
            from offsetcheck.api.incoming_form import looked_at

            return looked_at(base, form_told(parsed, data, name), rulebook, wording)
    dictionary = rulebook.dictionary
    found = list_in(data, name, dictionary, said.asked(), parsed)
    try:
        table = offers_of_list(found, dictionary)
    except LedgerError as told:
        from offsetcheck.intake.ledgers.read import read_ledger

        ledger = read_ledger(told.sheet, told.found, dictionary, said.asked())
        return told_of_table(base, Taken.LEDGER, ledger.table, wording)
    table = as_sellers_word(table) if said.offered and table.layout != BID_SHEET else table
    is_sellers = table.layout == BID_SHEET or table.source == SOURCE
    taken = Taken.OFFERS if is_sellers else Taken.RECORD
    seen = told_of_table(base, taken, table, wording)
    columns = _as_written(seen.columns, found.written.headers)
    return replace(seen, columns=columns, mappable=True)


def _as_written(
    columns: tuple[IncomingColumn, ...], headers: Sequence[str]
) -> tuple[IncomingColumn, ...]:
    """Return columns under the headings that stand in the file: a mapping may add units to them."""
    written = [key_header(header) for header in headers if header.strip()]
    if len(written) != len(columns):
        return columns
    counts: Counter[str] = Counter()
    named = []
    for column, heading in zip(columns, written, strict=True):
        named.append(replace(column, heading=heading, nth=counts[heading]))
        counts[heading] += 1
    return tuple(named)


def told_of_table(
    base: Incoming, taken: Taken, table: CandidateTable, wording: Wording
) -> Incoming:
    """Return a file as the table that it was read to."""
    reading = table.reading
    readings = () if reading is None else (reading,)
    rows = tuple(
        IncomingRow(table.lines[row], table.ids[row], str(stated(table, "name", row).value or ""))
        for row in range(min(len(table), MOST_ROWS))
    )
    named = [stated(table, "seller", row).value for row in range(len(table))]
    return replace(
        base,
        taken=taken,
        problems=located_problems(table.problems, readings),
        reading=reading,
        account=next(iter(reading_lines(readings, wording)), None),
        rows=rows,
        count=len(table),
        sellers=tuple(dict.fromkeys(str(one) for one in named if one is not None)),
        ids=tuple(table.ids),
        columns=_columns(reading.columns, wording) if reading is not None else (),
    )
