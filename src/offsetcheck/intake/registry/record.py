"""A registry's own record: a list of projects, or a ledger of lots."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from offsetcheck.intake.asked import NOTHING_ASKED, Asked
from offsetcheck.intake.files.read import read_bytes
from offsetcheck.intake.ledgers.refuse import LedgerError
from offsetcheck.intake.offers import offers_of_bytes
from offsetcheck.intake.registry.enrich import enrich
from offsetcheck.intake.registry.sellers_word import SOURCE
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.problem import InputError, Place, Problem
from offsetcheck.vocabulary.reading import BID_SHEET
from offsetcheck.vocabulary.table import CandidateTable

if TYPE_CHECKING:
    from offsetcheck.intake.ledgers.model import Ledger

Record: TypeAlias = "CandidateTable | Ledger"
"""What a registry publishes, read: projects, or lots."""

NO_RECORD = "the file is a bid sheet or holds a seller's columns: it is a seller's own word"
PUBLISHED = "a record is a list that a registry or a database of registries publishes"


def read_record(path: Path, dictionary: Dictionary, asked: Asked = NOTHING_ASKED) -> Record:
    """Return a registry's list of projects or its ledger; a bid sheet raises InputError."""
    return record_of_bytes(read_bytes(path), path.name, dictionary, asked)


def record_of_bytes(
    data: bytes, name: str, dictionary: Dictionary, asked: Asked = NOTHING_ASKED
) -> Record:
    """Return the bytes of a file as a registry's record; see `read_record`."""
    try:
        table = offers_of_bytes(data, name, dictionary, asked)
    except LedgerError as told:
        from offsetcheck.intake.ledgers.read import read_ledger

        return read_ledger(told.sheet, told.found, dictionary, asked)
    if table.source == SOURCE or table.layout == BID_SHEET:
        raise InputError([Problem(NO_RECORD, Place(name), PUBLISHED)])
    return table


def with_records(
    table: CandidateTable, records: Sequence[Record], dictionary: Dictionary
) -> CandidateTable:
    """Return offers with what registries' records say of them, one after the other.

    Lists of projects come first: what a ledger says of the lot counts before what they say of the
    whole project.
    """
    for record in records:
        if isinstance(record, CandidateTable):
            table = enrich(table, record, dictionary)
    for record in records:
        if not isinstance(record, CandidateTable):
            from offsetcheck.intake.ledgers.join import with_ledger

            table = with_ledger(table, record, dictionary)
    return table
