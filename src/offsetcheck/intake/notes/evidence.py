"""`evidence.yaml` applied to the offers: what an officer has confirmed or found."""

from collections import defaultdict
from typing import Annotated, Any, Literal

from pydantic import model_validator

from offsetcheck.intake.files.record_cells import cell_text
from offsetcheck.intake.forms import (
    Day,
    DayIfAny,
    FormEntry,
    OneOrMore,
    Written,
    read_sections,
)
from offsetcheck.intake.notes.addressed import Terms, offers_named
from offsetcheck.intake.notes.confirmed import Confirmed, confirm
from offsetcheck.intake.notes.values import Facts, grade_of_kind, input_field, noted_value
from offsetcheck.intake.tables.amend import amended, stated
from offsetcheck.intake.tables.facts import combined
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import NOT_STATED, EvidenceGrade, Fact
from offsetcheck.vocabulary.forms.model import FileModel
from offsetcheck.vocabulary.forms.scalars import one_of, wrong
from offsetcheck.vocabulary.table import CandidateTable

CONFIRMED, FOUND = "confirmed", "found"
NOT_COUNTED = "what it found does not count"
GradeWord = Annotated[Literal["E1", "E2", "E3", "E4"], one_of("E1", "E2", "E3", "E4")]


class Found(FileModel):
    """A value that an officer has found elsewhere; a `kind` of paper or a `grade` says how good."""

    offer: OneOrMore
    field: Written
    value: Any
    source: Written
    by: Written
    on: Day
    kind: Written | None = None
    grade: GradeWord | None = None
    document: Written | None = None
    page: Written | None = None
    as_of: DayIfAny = None
    sha256: Written | None = None

    @model_validator(mode="after")
    def _is_graded(self) -> "Found":
        if self.kind is None and self.grade is None:
            raise wrong("the key `kind` or `grade` is missing", "name the kind of paper")
        return self


def apply_evidence(
    table: CandidateTable,
    data: bytes,
    file: str,
    dictionary: Dictionary,
    terms: Terms = Terms(),  # noqa: B008 - frozen
) -> CandidateTable:
    """Return offers with an officer's notes; every problem of the notes is added to the table's.

    A confirmed value takes the best grade that its kind of paper can give. A value that the officer
    found counts beside the seller's, by its grade. An entry with a problem changes nothing.
    """
    form = read_sections(data, file, (CONFIRMED, FOUND))
    confirmed = form.entries(CONFIRMED, Confirmed)
    found = form.entries(FOUND, Found)
    facts: Facts = defaultdict(dict)
    for confirmation in sorted(confirmed, key=lambda entry: entry.said.on):
        confirm(confirmation, table, dictionary, terms, facts)
    for find in found:
        _find(find, table, dictionary, terms, facts)
    return amended(table, facts, form.problems.sorted())


def _find(
    entry: FormEntry[Found],
    table: CandidateTable,
    dictionary: Dictionary,
    terms: Terms,
    facts: Facts,
) -> None:
    said = entry.said
    field = input_field(entry, "field", said.field, dictionary)
    grade = _grade_of_find(entry, dictionary)
    if field is None or grade is None or not terms.counts(entry, NOT_COUNTED):
        return
    text = cell_text(said.value)
    for row in offers_named(entry, "offer", said.offer, table):
        programme = stated(table, "programme", row).value
        value = noted_value(entry, "value", field, text, programme)
        if value is None:
            return
        fact = Fact(
            value,
            grade,
            raw=text,
            place=entry.place("value"),
            source=f"{said.source}, found by {said.by} on {said.on}",
            document=said.document,
            page=said.page,
            as_of=said.as_of,
            noted_on=said.on,
            before_note=NOT_STATED,
        )
        before = facts[field.name].get(row) or stated(table, field.name, row)
        facts[field.name][row] = combined(field.name, (before, fact), moves=field.moves)


def _grade_of_find(entry: FormEntry[Found], dictionary: Dictionary) -> EvidenceGrade | None:
    """Return the grade of what was found: stated, but never better than its kind of paper gives."""
    said = entry.said
    if said.kind is None:
        return None if said.grade is None else EvidenceGrade[said.grade]
    ceiling = grade_of_kind(entry, said.kind, dictionary)
    if ceiling is None or said.grade is None:
        return ceiling
    return max(EvidenceGrade[said.grade], ceiling)
