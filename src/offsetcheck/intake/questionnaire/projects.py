"""What registries' records tell of projects that somebody names, before anybody offers them."""

from collections.abc import Sequence

from offsetcheck.intake.normalise.ids import canonical_id, programme_of
from offsetcheck.intake.registry.record import Record, with_records
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.reading import BID_SHEET
from offsetcheck.vocabulary.table import CandidateTable, Column


def known_projects(
    ids: Sequence[str], records: Sequence[Record], dictionary: Dictionary
) -> tuple[Candidate, ...]:
    """Return projects by their ids, each with what the records of registries say of it."""
    named = tuple(dict.fromkeys(canonical_id(name) for name in ids))
    columns = {
        "id": Column(named, EvidenceGrade.E4),
        "programme": Column([programme_of(name) for name in named], EvidenceGrade.E4),
    }
    lines = tuple(range(1, len(named) + 1))
    table = CandidateTable(named, columns, "", lines, BID_SHEET)
    return tuple(with_records(table, records, dictionary).candidates())
