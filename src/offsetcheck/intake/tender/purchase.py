"""`purchase.yaml` to a purchase, checked as strictly as a bid."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.files.record_cells import cell_text
from offsetcheck.intake.forms import DayIfAny, Form, Written, read_form
from offsetcheck.intake.normalise.readers import UNTOLD, reader_for
from offsetcheck.intake.normalise.text import OneOf
from offsetcheck.intake.tender.award import AWARD, read_award
from offsetcheck.intake.tender.rates import RATES, read_rates
from offsetcheck.intake.tender.records import REGISTRY
from offsetcheck.vocabulary.dictionary import Dictionary, Field, FieldType
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact, with_values
from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.vocabulary.forms.model import FileModel
from offsetcheck.vocabulary.problem import InputError, Place, Problem, UnreadableError
from offsetcheck.vocabulary.purchase import Purchase, Stage

GRADE = EvidenceGrade.E1
SOURCE = "the city's own record of the purchase"
RULES_HASH = "rules_hash"
SECTIONS = (RATES, AWARD, RULES_HASH)
A_HASH = re.compile(r"[0-9a-f]{64}")
LONGEST = 80  # of what is repeated of a hash that is none
LISTS = frozenset({FieldType.CODES, FieldType.INTEGERS})


class StatedValue(FileModel):
    """A value of the purchase with the paper that stands behind it."""

    value: Any
    document: Written | None = None
    page: Written | None = None
    as_of: DayIfAny = None
    source: Written | None = None


def read_purchase(
    data: bytes, file: str, dictionary: Dictionary
) -> tuple[Purchase, Sequence[Problem]]:
    """Return a purchase and every problem of its file; what cannot be read is unknown.

    The buyer's own statements about its purchase are its record: grade E1. Raises InputError where
    the file is no YAML mapping at all.
    """
    form = read_form(data, file)
    data = form.document.data
    if not isinstance(data, Mapping):
        message = "the file is no mapping of fields to values"
        form.problems.add(Place(file, 1), message, "`claim: offset`")
        raise InputError(form.problems.sorted())
    content = {name: value for name, value in data.items() if name != REGISTRY}
    fields = {name: field for name, field in dictionary.purchase.items() if field.is_input}
    _check_names(form, content, fields)
    facts = {
        name: _fact(form, name, value, fields[name])
        for name, value in content.items()
        if name in fields and value is not None
    }
    purchase = _purchase(facts)
    rates = read_rates(form, purchase.value("currency"))
    award = read_award(form, purchase, dictionary)
    named = _rules_hash(form)
    read = replace(purchase, rates=rates, award=award, rules_hash=named)
    return read, form.problems.sorted()


def _rules_hash(form: Form) -> str | None:
    """Return the hash of the rules that the notice names, None where it names none.

    One that cannot be read is kept as it is written: no rules have it, and every page says so.
    """
    written = form.document.data.get(RULES_HASH)
    if written is None:
        return None
    text = cell_text(written).strip().lower()
    if A_HASH.fullmatch(text) is None:
        place = form.document.value_place((RULES_HASH,))
        hint = "write the 64 characters that `offsetcheck rules verify` prints"
        form.problems.add(place, "this is no hash of rules", hint)
        return text[:LONGEST]
    return text


def _check_names(form: Form, content: Mapping[str, object], fields: Mapping[str, Field]) -> None:
    for name in content:
        if name not in fields and name not in SECTIONS:
            known = [*fields, *SECTIONS]
            hint = did_you_mean(name, known) or "the fields stand in fields/purchase.yaml"
            message = f"a purchase has no field `{name}`"
            form.problems.at_key(form.document, (name,), message, hint)


def _fact(form: Form, name: str, value: object, field: Field) -> Fact:
    """Return one field's fact, with its paper where the value is a mapping with `value`."""
    if not isinstance(value, Mapping):
        return _stated(form, (name,), value, field)
    said = form.read(StatedValue, value, (name,))
    if said is None:
        return _unread(form, (name,), "")
    return replace(
        _stated(form, (name, "value"), said.value, field),
        document=said.document,
        page=said.page,
        source=said.source or SOURCE,
        as_of=said.as_of,
    )


def _stated(form: Form, steps: Steps, value: object, field: Field) -> Fact:
    place = form.document.value_place(steps)
    text = cell_text(value)
    if isinstance(value, (list, Mapping)) and field.type not in LISTS:
        form.problems.add(place, f"`{field.name}` takes one value, not several")
        return _unread(form, steps, text)
    try:
        read = reader_for(field, UNTOLD)(text)
    except UnreadableError as why:
        form.problems.add(place, why.reason, why.hint)
        return _unread(form, steps, text)
    stated = Fact(grade=GRADE, raw=text, place=place, source=SOURCE)
    if isinstance(read, OneOf):
        if read.lost is not None:
            form.problems.add(place, read.lost.reason, read.lost.hint)
        return with_values(stated, read.values)
    return replace(stated, value=read)


def _unread(form: Form, steps: Steps, text: str) -> Fact:
    place = form.document.value_place(steps)
    return Fact(None, GRADE, Cause.NOT_STATED, text, place, SOURCE)


def _purchase(facts: Mapping[str, Fact]) -> Purchase:
    stage, deadline, title = (
        facts[name].value if name in facts else None for name in ("stage", "deadline", "title")
    )
    return Purchase(
        stage=Stage(stage) if isinstance(stage, str) else Stage.SCREENING,
        facts=facts,
        deadline=deadline if isinstance(deadline, date) else None,
        title=title if isinstance(title, str) else None,
    )
