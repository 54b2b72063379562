"""`evidence.yaml` applied to the offers: what an officer has confirmed or found."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import model_validator

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.amend import amended, stated
from offsetcheck.intake.facts import combined
from offsetcheck.intake.files.records import cell_text
from offsetcheck.intake.forms import (
    Day,
    DayIfAny,
    FormEntry,
    OneOrMore,
    Written,
    read_sections,
)
from offsetcheck.intake.normalise.readers import Styles, reader_for
from offsetcheck.intake.normalise.text import OneOf
from offsetcheck.vocabulary.dictionary import Dictionary, Field
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.forms.model import FileModel
from offsetcheck.vocabulary.forms.scalars import one_of, wrong
from offsetcheck.vocabulary.problem import UnreadableError
from offsetcheck.vocabulary.table import CandidateTable

GradeWord = Annotated[Literal["E1", "E2", "E3", "E4"], one_of("E1", "E2", "E3", "E4")]


class Confirmed(FileModel):
    """Answers of bidders that an officer has found in a paper."""

    offer: OneOrMore
    fields: OneOrMore
    document: Written
    kind: Written
    by: Written
    on: Day
    page: Written | None = None
    as_of: DayIfAny = None


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

    @model_validator(mode="after")
    def _is_graded(self) -> "Found":
        if self.kind is None and self.grade is None:
            raise wrong("the key `kind` or `grade` is missing", "name the kind of paper")
        return self


Facts = dict[str, dict[int, Fact]]


def apply_evidence(
    table: CandidateTable, data: bytes, file: str, dictionary: Dictionary
) -> CandidateTable:
    """Return offers with an officer's notes; every problem of the notes is added to the table's.

    A confirmed value takes the best grade that its kind of paper can give. A value that the officer
    found counts beside the seller's, by its grade. An entry with a problem changes nothing.
    """
    form = read_sections(data, file, ("confirmed", "found"))
    confirmed = form.entries("confirmed", Confirmed)
    found = form.entries("found", Found)
    facts: Facts = defaultdict(dict)
    for confirmation in confirmed:
        _confirm(confirmation, table, dictionary, facts)
    for find in found:
        _find(find, table, dictionary, facts)
    return amended(table, facts, form.problems.sorted())


def _confirm(
    entry: FormEntry[Confirmed], table: CandidateTable, dictionary: Dictionary, facts: Facts
) -> None:
    said = entry.said
    grade = _grade_of_kind(entry, said.kind, dictionary)
    if grade is None:
        return
    for row in _rows(entry, said.offer, table):
        for name in _fields(entry, dictionary):
            fact = facts[name].get(row) or stated(table, name, row)
            if fact.value is None:
                entry.report("fields", f"{table.ids[row]} states no {name} that could be confirmed")
                continue
            facts[name][row] = replace(
                fact,
                grade=min(grade, fact.grade),
                document=said.document,
                page=said.page,
                source=f"{fact.source or table.source}, confirmed by {said.by} on {said.on}",
                as_of=said.as_of,
            )


def _find(
    entry: FormEntry[Found], table: CandidateTable, dictionary: Dictionary, facts: Facts
) -> None:
    said = entry.said
    field = _field(entry, "field", said.field, dictionary)
    grade = _grade_of_find(entry, dictionary)
    if field is None or grade is None:
        return
    value = _value(entry, field)
    if value is None:
        return
    for row in _rows(entry, said.offer, table):
        fact = Fact(
            value,
            grade,
            raw=cell_text(said.value),
            place=entry.place("value"),
            source=f"{said.source}, found by {said.by} on {said.on}",
            document=said.document,
            page=said.page,
            as_of=said.as_of,
        )
        before = facts[field.name].get(row) or stated(table, field.name, row)
        facts[field.name][row] = combined(field.name, (before, fact), moves=field.moves)


def _rows(entry: FormEntry[Any], offers: Sequence[str], table: CandidateTable) -> Iterator[int]:
    rows: Mapping[str, int] = {identity: row for row, identity in enumerate(table.ids)}
    for identity in offers:
        if identity in rows:
            yield rows[identity]
        else:
            hint = did_you_mean(identity, table.ids) or f"the offers stand in {table.file}"
            entry.report("offer", f"there is no offer `{identity}`", hint)


def _fields(entry: FormEntry[Confirmed], dictionary: Dictionary) -> Sequence[str]:
    named = (_field(entry, "fields", name, dictionary) for name in entry.said.fields)
    return [field.name for field in named if field is not None]


def _field(entry: FormEntry[Any], key: str, name: str, dictionary: Dictionary) -> Field | None:
    field = dictionary.candidate.get(name)
    if field is None:
        hint = did_you_mean(name, dictionary.candidate)
        entry.report(key, f"there is no field `{name}`", hint)
        return None
    if not field.is_input:
        entry.report(key, f"`{name}` is worked out from other fields and cannot be stated")
        return None
    return field


def _grade_of_kind(
    entry: FormEntry[Any], kind: str, dictionary: Dictionary
) -> EvidenceGrade | None:
    """Return the best grade that a kind of paper can give, None where there is no such kind."""
    if kind in dictionary.documents:
        return dictionary.documents[kind].ceiling
    near = did_you_mean(kind, dictionary.documents)
    hint = near or f"the kinds are {', '.join(dictionary.documents)}"
    entry.report("kind", f"there is no kind of document `{kind}`", hint)
    return None


def _grade_of_find(entry: FormEntry[Found], dictionary: Dictionary) -> EvidenceGrade | None:
    """Return the grade of what was found: stated, but never better than its kind of paper gives."""
    said = entry.said
    if said.kind is None:
        return None if said.grade is None else EvidenceGrade[said.grade]
    ceiling = _grade_of_kind(entry, said.kind, dictionary)
    if ceiling is None or said.grade is None:
        return ceiling
    return max(EvidenceGrade[said.grade], ceiling)


def _value(entry: FormEntry[Found], field: Field) -> Value | None:
    text = cell_text(entry.said.value)
    try:
        value = reader_for(field, [text], Styles())(text)
    except UnreadableError as why:
        entry.report("value", why.reason, why.hint)
        return None
    if isinstance(value, OneOf):
        entry.report("value", f"the value of {field.name} is one of several", "state which")
        return None
    if value is None:
        entry.report("value", f"the value of {field.name} is blank")
    return value
