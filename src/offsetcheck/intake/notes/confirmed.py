"""The entries under `confirmed:` of `evidence.yaml`: values that a paper shows."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from offsetcheck.intake.files.record_cells import cell_text
from offsetcheck.intake.forms import Day, DayIfAny, FormEntry, OneOrMore, Written
from offsetcheck.intake.notes.addressed import TellingFields, Terms, lots_named
from offsetcheck.intake.notes.values import Facts, grade_of_kind, input_field, noted_value, spoken
from offsetcheck.intake.tables.amend import stated
from offsetcheck.intake.tables.facts import same
from offsetcheck.vocabulary.dictionary import Dictionary, Field
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.forms.model import FileModel
from offsetcheck.vocabulary.table import CandidateTable

VALUES = "values"
COMMAND = "`offsetcheck evidence state FOLDER` writes what the offers say now, to be checked"
LAPSES = "the confirmation lapses and the field stays the seller's own word (E4)"


class Confirmed(FileModel):
    """Answers of bidders that an officer has found in a paper, each with the value shown there.

    `seller` and `serials` say of which lot, where a project is offered more than once. `fields` is
    how entries without values were written; such an entry confirms nothing. `sha256` is that of the
    paper, where it is kept beside.
    """

    offer: OneOrMore
    document: Written
    kind: Written
    by: Written
    on: Day
    values: dict[str, Any] | None = None
    fields: OneOrMore | None = None
    seller: Written | None = None
    serials: Written | None = None
    page: Written | None = None
    as_of: DayIfAny = None
    sha256: Written | None = None

    @property
    def lot(self) -> TellingFields:
        """The lot that the paper is about, as far as the entry says it."""
        said = {"seller": self.seller, "serials": self.serials}
        return TellingFields({name: text for name, text in said.items() if text is not None})


def confirm(
    entry: FormEntry[Confirmed],
    table: CandidateTable,
    dictionary: Dictionary,
    terms: Terms,
    facts: Facts,
) -> None:
    """Raise the values that an entry's paper shows to the grade of its kind.

    A value that the offer does not say, or says otherwise, is noted and stays as it is.
    """
    said = entry.said
    grade = grade_of_kind(entry, said.kind, dictionary)
    if grade is None or not terms.counts(entry, LAPSES):
        return
    if said.values is None:
        message = "the entry states no value, so that it confirms nothing"
        hint = f"write `values:` with what the paper shows; {COMMAND}"
        entry.report("fields", f"{message}: its fields stay the seller's own word (E4)", hint)
        return
    shown = list(_shown(entry, dictionary))
    for row in lots_named(entry, "offer", said.offer, table, said.lot):
        for field, text in shown:
            fact = facts[field.name].get(row) or stated(table, field.name, row)
            programme = stated(table, "programme", row).value
            value = noted_value(entry, (VALUES, field.name), field, text, programme)
            if value is not None and _is_said(entry, field.name, value, fact, table.ids[row]):
                facts[field.name][row] = _confirmed(fact, said, grade, table)


def _shown(entry: FormEntry[Confirmed], dictionary: Dictionary) -> Iterator[tuple[Field, str]]:
    """Yield each field that an entry states, with the text of its value."""
    for name, value in (entry.said.values or {}).items():
        field = input_field(entry, (VALUES, name), name, dictionary)
        if field is not None:
            yield field, cell_text(value)


def _is_said(entry: FormEntry[Confirmed], name: str, value: Value, fact: Fact, offer: str) -> bool:
    """Whether an offer says the value that the paper shows; where not, that is noted."""
    if fact.value is not None and same(value, fact.value):
        return True
    if fact.value is None:
        message = f"{offer} states no {name} that could be confirmed"
        entry.report((VALUES, name), message, "write what you found yourself under `found`")
    else:
        offered, shown = spoken(fact.value), spoken(value)
        message = f"{offer} says {offered} for {name}, the paper shows {shown}: {LAPSES}"
        entry.report((VALUES, name), message, "ask the seller which of the two holds")
    return False


def _confirmed(fact: Fact, said: Confirmed, grade: EvidenceGrade, table: CandidateTable) -> Fact:
    return replace(
        fact,
        grade=min(grade, fact.grade),
        document=said.document,
        page=said.page,
        source=f"{fact.source or table.source}, confirmed by {said.by} on {said.on}",
        as_of=said.as_of,
        noted_on=said.on,
        before_note=fact,
    )
