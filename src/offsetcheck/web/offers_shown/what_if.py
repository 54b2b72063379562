"""What somebody supposes of an offer: the fields of the form, and what of it is filled in."""

from collections.abc import Iterator
from typing import Any

from offsetcheck.api.judge import JudgedOffer
from offsetcheck.api.suppose import Statement, stated_text
from offsetcheck.vocabulary.dictionary import Field, FieldType
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.web.folder.kept import Opened
from offsetcheck.web.visit import Pairs, Shown, Visit

VALUE, GRADE = "v.", "g."
"""How the form calls a field's value, and the grade of its evidence."""
OTHER, OTHER_VALUE, OTHER_GRADE = "field", "value", "grade"
NOTHING = "none"
"""The grade of what is supposed not to be stated at all."""
PRICE = "price"
TERMS = (PRICE, "tonnes", "vintage", "monitoring_years")
MOST_FIELDS = 10
PURCHASE = "purchase."
GRADES = tuple(grade for grade in EvidenceGrade if grade is not EvidenceGrade.E0)
NEVER = frozenset({"id", "purchase.city"})


class SupposedField(Shown):
    """One field of the form: what is stated, what is filled in, and what could be."""

    name: str
    title: str
    stated: str
    value: str
    grade: str
    options: tuple[tuple[str, str], ...]


def filled_in(visit: Visit) -> dict[str, tuple[str, str]]:
    """Return the value and the grade that are asked for, by field, as they are written."""
    names = [key[len(VALUE) :] for key, _ in visit.query if key.startswith((VALUE, GRADE))]
    asked = {
        name: (visit.asked(f"{VALUE}{name}").strip(), visit.asked(f"{GRADE}{name}"))
        for name in dict.fromkeys(names)
    }
    other = visit.asked(OTHER)
    if other:
        asked[other] = (visit.asked(OTHER_VALUE).strip(), visit.asked(OTHER_GRADE))
    return {name: both for name, both in asked.items() if any(both)}


def statements(tender: Opened, judged: JudgedOffer, visit: Visit) -> tuple[Statement, ...]:
    """Return what is supposed; a grade without a value leaves the value as it is stated."""
    made = []
    for name, (value, grade) in filled_in(visit).items():
        if grade == NOTHING:
            made.append(Statement(name, ""))
            continue
        known = next((one for one in GRADES if one.name == grade), None)
        text = value or (stated_text(tender.case, judged, name) if _is_known(tender, name) else "")
        made.append(Statement(name, text, known))
    return tuple(made)


def pairs_of(made: tuple[Statement, ...]) -> Pairs:
    """Return the pairs of an address that fill in the form with some statements."""
    return tuple(
        pair
        for one in made
        for pair in (
            (f"{VALUE}{one.field}", one.value),
            (f"{GRADE}{one.field}", one.grade.name if one.grade else ""),
        )
    )


def fields_of(tender: Opened, judged: JudgedOffer, visit: Visit) -> tuple[SupposedField, ...]:
    """Return the fields of the form: first what the verdict hangs on and what would turn it."""
    asked = filled_in(visit)
    names = list(dict.fromkeys(name for name in _named(judged) if _is_known(tender, name)))
    names = [*names[:MOST_FIELDS], *(n for n in asked if n not in names[:MOST_FIELDS])]
    return tuple(_field(tender, judged, n, *asked.get(n, ("", ""))) for n in names)


def _named(judged: JudgedOffer) -> Iterator[str]:
    said = judged.explained
    yield from (line.field for line in said.hangs_on)
    changes = (said.what_if.smallest, *said.what_if.alternatives)
    yield from (field.field for change in changes if change for field in change.fields)
    if said.deciding is not None:
        yield from (answer.name for answer in said.deciding.answers if not answer.signed)
    yield from (line.field for line in said.questions)
    yield from TERMS


def _is_known(tender: Opened, name: str) -> bool:
    field = tender.case.setting.wording.field(name)
    of_offer = name in tender.case.bound.dictionary.candidate or name.startswith(PURCHASE)
    return field is not None and field.is_input and of_offer and name not in NEVER


def _field(tender: Opened, judged: JudgedOffer, name: str, value: str, grade: str) -> SupposedField:
    wording = tender.case.setting.wording
    field = wording.field(name)
    subject = tender.case.purchase if name.startswith(PURCHASE) else judged.candidate
    fact = subject.fact(name.removeprefix(PURCHASE))
    words = wording.word("offer.unstated")
    if fact.value is not None:
        price = judged.explained.offer.price_words if name == PRICE else None
        words = f"{price or wording.value(name, fact.value)} · {wording.grade(fact.grade)}"
    return SupposedField(
        name=name,
        title=wording.title(name),
        stated=words,
        value=value,
        grade=grade,
        options=_options(wording, name, field) if field else (),
    )


def _options(wording: Any, name: str, field: Field) -> tuple[tuple[str, str], ...]:
    """Return the values among which one chooses; none for what is typed in."""
    if field.type is FieldType.BOOLEAN:
        return (("yes", wording.value(name, True)), ("no", wording.value(name, False)))
    if field.type is FieldType.CODE:
        return tuple((code, wording.value(name, code)) for code in field.narrow)
    return ()


def other_fields(tender: Opened) -> tuple[tuple[str, str], ...]:
    """Return every field that can be supposed, of the purchase too, by its title."""
    dictionary, wording = tender.case.bound.dictionary, tender.case.setting.wording
    names = [*dictionary.candidate, *(f"{PURCHASE}{name}" for name in dictionary.purchase)]
    known = [(name, wording.title(name)) for name in names if _is_known(tender, name)]
    return tuple(sorted(known, key=lambda pair: pair[1].casefold()))


def grades(tender: Opened) -> tuple[tuple[str, str], ...]:
    """Return the grades of evidence with what they mean."""
    wording = tender.case.setting.wording
    return tuple((grade.name, wording.grade(grade)) for grade in GRADES)
