"""A list of offers or projects to candidates, whatever kind of file and of list it is."""

from pathlib import Path

from offsetcheck.intake.asked import NOTHING_ASKED, Asked
from offsetcheck.intake.bidsheet import LAYOUT, is_bid_sheet, read_bid_sheet
from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.headings.names import header_names
from offsetcheck.intake.layouts.known import layouts, record_paths, registry_headers
from offsetcheck.intake.layouts.recognise import recognised
from offsetcheck.intake.read import read_bytes, sheet_of_bytes
from offsetcheck.intake.registry import read_registry
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.headings import heading_key
from offsetcheck.vocabulary.problem import InputError, Problem
from offsetcheck.vocabulary.table import CandidateTable

MOST_SHOWN = 8
BID_SHEET = LAYOUT


def read_offers(path: Path, dictionary: Dictionary, asked: Asked = NOTHING_ASKED) -> CandidateTable:
    """Return a bid sheet or a registry's list as candidates.

    A list whose headers are those of a registry's export is read at grade E1, any other with a
    column of ids or names as a bid sheet at grade E4. `asked` is what a person says of how the file
    is to be read. What is no list of projects raises InputError that says what was expected;
    what a row lacks is a problem of the table.
    """
    return offers_of_bytes(read_bytes(path), path.name, dictionary, asked)


def offers_of_bytes(
    data: bytes, name: str, dictionary: Dictionary, asked: Asked = NOTHING_ASKED
) -> CandidateTable:
    """Return the bytes of a file as candidates; see `read_offers`."""
    known = frozenset(map(heading_key, registry_headers())) | header_names(dictionary).keys()
    sheet = sheet_of_bytes(data, name, known, record_paths())
    found = recognised(sheet)
    if found is None and not is_bid_sheet(sheet, dictionary):
        raise InputError([*sheet.problems, _no_list(sheet)])
    if len(sheet) == 0:
        raise InputError([Problem("the list has a header and no rows", sheet.place())])
    return (
        read_registry(sheet, found, dictionary, asked)
        if found is not None
        else read_bid_sheet(sheet, dictionary, asked)
    )


def _no_list(sheet: Sheet) -> Problem:
    headers = [" ".join(header.split()) for header in sheet.headers if header.strip()]
    found = ", ".join(f"“{header[:40]}”" for header in headers[:MOST_SHOWN]) or "none"
    registries = ", ".join(layout.id for layout in layouts())
    return Problem(
        f"this is no list of projects; the headers found are {found}",
        sheet.place(),
        "expected a bid sheet with a column “id” and columns such as programme, vintage, tonnes "
        f"and price, or a registry's export ({registries})",
    )
