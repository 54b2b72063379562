"""A list of offers or projects to candidates, whatever kind of file and of list it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from offsetcheck.intake.asked import NOTHING_ASKED, Asked
from offsetcheck.intake.bidsheet import FEWEST_FIELDS, is_bid_sheet, read_bid_sheet
from offsetcheck.intake.columns.labels_beside import with_labels_said
from offsetcheck.intake.files.read import is_workbook, read_bytes, sheet_of_bytes
from offsetcheck.intake.files.sheet import ANYWHERE, Sheet, Wanted
from offsetcheck.intake.headings.names import both_forms, header_forms
from offsetcheck.intake.headings.plan import NOTHING_SAID, Said, plan_columns
from offsetcheck.intake.layouts.known import layouts, record_paths, registry_headers
from offsetcheck.intake.layouts.recognise import Recognised, recognised
from offsetcheck.intake.ledgers.refuse import LedgerError
from offsetcheck.intake.mapping.laid import mapped, recognised_with
from offsetcheck.intake.mapping.read import ColumnMapping, read_mapping
from offsetcheck.intake.registry.read import read_registry
from offsetcheck.intake.registry.sellers_word import as_offered, sellers_columns
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.problem import InputError, Problem
from offsetcheck.vocabulary.table import CandidateTable

MOST_SHOWN = 8


def read_offers(path: Path, dictionary: Dictionary, asked: Asked = NOTHING_ASKED) -> CandidateTable:
    """Return a bid sheet or a registry's list as candidates.

    A list whose headers are those of a registry's export is read at grade E1, unless it has a
    seller or a price too; any other with a column of ids or names as a bid sheet at grade E4.
    `asked` is what a person says of how the file is to be read. What is no list of projects raises
    InputError that says what was expected, a registry's ledger LedgerError; what a row lacks is a
    problem of the table.
    """
    return offers_of_bytes(read_bytes(path), path.name, dictionary, asked)


def offers_of_bytes(
    data: bytes, name: str, dictionary: Dictionary, asked: Asked = NOTHING_ASKED
) -> CandidateTable:
    """Return the bytes of a file as candidates, a form that a bidder filled too; `read_offers`."""
    parsed = None
    if is_workbook(data):  # text asks neither for another process nor for forms
        from offsetcheck.intake.files.workbook import told_of
        from offsetcheck.intake.questionnaire.filled import form_told, is_form
        from offsetcheck.intake.questionnaire.offers import offers_of_form

        parsed = told_of(data, name)
        if is_form(parsed):
            return offers_of_form(form_told(parsed, data, name), dictionary)
    return offers_of_list(list_in(data, name, dictionary, asked, parsed), dictionary)


def offers_of_list(found: "ListFound", dictionary: Dictionary) -> CandidateTable:
    """Return the sheet of a list as candidates; see `read_offers`."""
    sheet, told = found.sheet, found.told
    if told is not None:
        _refuse_empty(sheet)
        if told.layout.holds != "projects":
            raise LedgerError(sheet, told)
        table = with_labels_said(read_registry(sheet, told, dictionary, found.asked), dictionary)
        headings = sellers_columns(sheet, told.layout, dictionary)
        return as_offered(table, headings) if headings else table
    plan = plan_columns(sheet, dictionary, found.said)
    if not is_bid_sheet(plan):
        raise InputError([*sheet.problems, _no_list(sheet)])
    _refuse_empty(sheet)
    return with_labels_said(read_bid_sheet(sheet, plan, dictionary, found.asked), dictionary)


def _refuse_empty(sheet: Sheet) -> None:
    if len(sheet) == 0:
        raise InputError([Problem("the list has a header and no rows", sheet.place())])


@dataclass(frozen=True, slots=True)
class ListFound:
    """The sheet of a file, the layout that it has, and what a person says of it.

    `written` is the sheet before a mapping of columns was laid over it, `told` None where the sheet
    has no registry's layout.
    """

    sheet: Sheet
    written: Sheet
    told: Recognised | None
    asked: Asked
    said: Mapping[int, Said]


def list_in(
    data: bytes,
    name: str,
    dictionary: Dictionary,
    asked: Asked,
    parsed: Sequence[dict[str, Any]] | None = None,
) -> ListFound:
    """Return the sheet in which a file holds its list, as a mapping of columns has it read.

    `parsed` are the sheets of a workbook, where it has been parsed already.
    """
    columns = asked.columns
    mapping = None if columns is None else read_mapping(columns.data, columns.name, dictionary)
    wanted = ANYWHERE if mapping is None else _wanted(mapping)
    written = sheet_of_bytes(
        data, name, _known(dictionary, mapping), record_paths(), wanted, told=parsed
    )
    return list_on(written, asked, mapping)


def _wanted(mapping: ColumnMapping) -> Wanted:
    """Return where a mapping says that the list stands, and which of its rows are offers."""
    lines = (kept.line for kept in mapping.kept if kept.line is not None)
    return Wanted(mapping.sheet, mapping.header_line, frozenset(lines))


def list_on(written: Sheet, asked: Asked, mapping: ColumnMapping | None = None) -> ListFound:
    """Return the list on a sheet, as a mapping of columns has it read."""
    if mapping is None:
        return ListFound(written, written, recognised(written), asked, NOTHING_SAID)
    laid = mapped(written, mapping)
    sheet, told = recognised_with(laid)
    numbers, dates = asked.numbers or mapping.numbers, asked.dates or mapping.dates
    return ListFound(sheet, written, told, replace(asked, numbers=numbers, dates=dates), laid.said)


def _known(dictionary: Dictionary, mapping: ColumnMapping | None) -> frozenset[str]:
    """Return the headings that a header may hold: those of a mapping where it names enough."""
    if mapping is not None and len(mapping.columns) >= FEWEST_FIELDS:
        return both_forms(said.heading for said in mapping.columns)
    return registry_headers() | header_forms(dictionary)


def _no_list(sheet: Sheet) -> Problem:
    headers = [" ".join(header.split()) for header in sheet.headers if header.strip()]
    found = ", ".join(f"“{header[:40]}”" for header in headers[:MOST_SHOWN]) or "none"
    registries = ", ".join(dict.fromkeys(layout.source.partition(",")[0] for layout in layouts()))
    return Problem(
        f"this is no list of projects; the headers found are {found}",
        sheet.place(),
        "expected a bid sheet with a column “id” and columns such as programme, vintage, tonnes "
        f"and price, or a list of one of these: {registries}",
    )
