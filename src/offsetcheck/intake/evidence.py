"""`evidence.yaml` applied to the offers: what an officer has confirmed or found."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.amend import amended, stated
from offsetcheck.intake.facts import combined
from offsetcheck.intake.files.records import cell_text
from offsetcheck.intake.forms import Entry, Keys, read_sections
from offsetcheck.intake.normalise.readers import Styles, reader_for
from offsetcheck.intake.normalise.text import UnreadableError
from offsetcheck.vocabulary.dictionary import Dictionary, Field
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.table import CandidateTable

SECTIONS = ("confirmed", "found")
CONFIRMED = Keys(("offer", "fields", "document", "kind", "by", "on"), ("page", "as_of"))
FOUND = Keys(
    ("offer", "field", "value", "source", "by", "on"),
    ("kind", "grade", "document", "page", "as_of"),
)
GRADES = ("E1", "E2", "E3", "E4")

Facts = dict[str, dict[int, Fact]]


def apply_evidence(
    table: CandidateTable, data: bytes, file: str, dictionary: Dictionary
) -> CandidateTable:
    """Return offers with an officer's notes; every problem of the notes is added to the table's.

    A confirmed value takes the best grade that its kind of paper can give. A value that the officer
    found counts beside the seller's, by its grade. An entry with a problem changes nothing.
    """
    form = read_sections(data, file, SECTIONS)
    confirmed = form.entries("confirmed", CONFIRMED)
    found = form.entries("found", FOUND)
    facts: Facts = defaultdict(dict)
    for entry in confirmed:
        _confirm(entry, table, dictionary, facts)
    for entry in found:
        _find(entry, table, dictionary, facts)
    return amended(table, facts, form.ordered())


def _confirm(entry: Entry, table: CandidateTable, dictionary: Dictionary, facts: Facts) -> None:
    grade = _kind_grade(entry, dictionary)
    by, on, as_of = entry.text("by"), entry.day("on"), entry.day("as_of")
    if grade is None or by is None or on is None:
        return
    for row in _rows(entry, table):
        for name in _fields(entry, dictionary):
            fact = facts[name].get(row) or stated(table, name, row)
            if fact.value is None:
                entry.report(f"{table.ids[row]} states no {name} that could be confirmed", "fields")
                continue
            facts[name][row] = replace(
                fact,
                grade=min(grade, fact.grade),
                document=entry.text("document"),
                page=entry.text("page"),
                source=f"{fact.source or table.source}, confirmed by {by} on {on}",
                as_of=as_of,
            )


def _find(entry: Entry, table: CandidateTable, dictionary: Dictionary, facts: Facts) -> None:
    field = _field(entry, "field", entry.text("field") or "", dictionary)
    grade = _found_grade(entry, dictionary)
    by, on, as_of = entry.text("by"), entry.day("on"), entry.day("as_of")
    if field is None or grade is None or by is None or on is None:
        return
    value = _value(entry, field)
    if value is None:
        return
    for row in _rows(entry, table):
        fact = Fact(
            value,
            grade,
            raw=cell_text(entry.data["value"]),
            place=entry.place("value"),
            source=f"{entry.text('source')}, found by {by} on {on}",
            document=entry.text("document"),
            page=entry.text("page"),
            as_of=as_of,
        )
        before = facts[field.name].get(row) or stated(table, field.name, row)
        facts[field.name][row] = combined(field.name, (before, fact))


def _rows(entry: Entry, table: CandidateTable) -> Iterator[int]:
    rows: Mapping[str, int] = {identity: row for row, identity in enumerate(table.ids)}
    for identity in entry.texts("offer"):
        if identity in rows:
            yield rows[identity]
        else:
            hint = did_you_mean(identity, table.ids) or f"the offers stand in {table.file}"
            entry.report(f"there is no offer `{identity}`", "offer", hint)


def _fields(entry: Entry, dictionary: Dictionary) -> Sequence[str]:
    named = (_field(entry, "fields", name, dictionary) for name in entry.texts("fields"))
    return [field.name for field in named if field is not None]


def _field(entry: Entry, at: str, name: str, dictionary: Dictionary) -> Field | None:
    field = dictionary.candidate.get(name)
    if field is None:
        entry.report(f"there is no field `{name}`", at, did_you_mean(name, dictionary.candidate))
        return None
    if not field.is_input:
        entry.report(f"`{name}` is worked out from other fields and cannot be stated", at)
        return None
    return field


def _kind_grade(entry: Entry, dictionary: Dictionary) -> EvidenceGrade | None:
    kind = entry.choice("kind", tuple(dictionary.documents))
    return None if kind is None else dictionary.documents[kind].ceiling


def _found_grade(entry: Entry, dictionary: Dictionary) -> EvidenceGrade | None:
    """Return the grade of what was found: stated, but never better than its kind of paper gives."""
    ceiling = _kind_grade(entry, dictionary) if "kind" in entry.data else None
    grade = entry.choice("grade", GRADES) if "grade" in entry.data else None
    if grade is not None:
        return max(EvidenceGrade[grade], ceiling or EvidenceGrade.E1)
    if ceiling is None and not entry.data.keys() & {"kind", "grade"}:
        entry.report("the entry lacks `kind` or `grade`", "value")
    return ceiling


def _value(entry: Entry, field: Field) -> Value | None:
    text = cell_text(entry.data["value"])
    try:
        value = reader_for(field, [text], Styles())(text)
    except UnreadableError as why:
        entry.report(why.reason, "value", why.hint)
        return None
    if value is None:
        entry.report(f"the value of {field.name} is blank", "value")
    return value
