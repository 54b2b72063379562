"""`purchase.yaml` to a purchase, checked as strictly as a bid."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.files.records import cell_text
from offsetcheck.intake.forms import Entry, Form, read_form
from offsetcheck.intake.normalise.readers import Styles, reader_for
from offsetcheck.intake.normalise.text import UnreadableError
from offsetcheck.vocabulary.dictionary import Dictionary, Field, FieldType
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.problem import InputError, Place, Problem
from offsetcheck.vocabulary.purchase import Purchase, Stage

GRADE = EvidenceGrade.E1
SOURCE = "the city's own record of the purchase"
ABOUT = ("value", "document", "page", "as_of", "source")
LISTS = frozenset({FieldType.CODES, FieldType.INTEGERS})


def read_purchase(data: bytes, file: str, dictionary: Dictionary) -> tuple[Purchase, list[Problem]]:
    """Return a purchase and every problem of its file; what cannot be read is unknown.

    The buyer's own statements about its purchase are its record: grade E1. Raises InputError where
    the file is no YAML mapping at all.
    """
    form = read_form(data, file)
    content = form.document.data
    if not isinstance(content, Mapping):
        form.report("the file is no mapping of fields to values", Place(file, 1), "`claim: offset`")
        raise InputError(form.problems)
    fields = {name: field for name, field in dictionary.purchase.items() if field.is_input}
    _check_names(form, content, fields)
    facts = {
        name: _fact(form, name, value, fields[name])
        for name, value in content.items()
        if name in fields and value is not None
    }
    return _purchase(facts), form.ordered()


def _check_names(form: Form, content: Mapping[str, object], fields: Mapping[str, Field]) -> None:
    for name in content:
        if name not in fields:
            hint = did_you_mean(name, fields) or "the fields stand in fields/purchase.yaml"
            form.report(f"a purchase has no field `{name}`", form.key_place((name,)), hint)


def _fact(form: Form, name: str, value: object, field: Field) -> Fact:
    """Return one field's fact, with its paper where the value is a mapping with `value`."""
    if not isinstance(value, Mapping):
        return _stated(form, (name,), value, field)
    form.check_keys((name,), value, ABOUT)
    if "value" not in value:
        form.report(f"`{name}` lacks its `value`", form.place((name,)))
        return _unread(form, (name,), "")
    fact = _stated(form, (name, "value"), value["value"], field)
    return _with_paper(form, name, value, fact)


def _stated(form: Form, path: tuple[str, ...], value: object, field: Field) -> Fact:
    place = form.place(path)
    text = cell_text(value)
    if isinstance(value, (list, Mapping)) and field.type not in LISTS:
        form.report(f"`{field.name}` takes one value, not several", place)
        return _unread(form, path, text)
    try:
        read: Value | None = reader_for(field, [text], Styles())(text)
    except UnreadableError as why:
        form.report(why.reason, place, why.hint)
        return _unread(form, path, text)
    return Fact(read, GRADE, raw=text, place=place, source=SOURCE)


def _unread(form: Form, path: tuple[str, ...], text: str) -> Fact:
    return Fact(None, GRADE, Cause.NOT_STATED, text, form.place(path), SOURCE)


def _with_paper(form: Form, name: str, value: Mapping[str, object], fact: Fact) -> Fact:
    entry = Entry(form, (name,), value)
    return replace(
        fact,
        document=entry.text("document"),
        page=entry.text("page"),
        source=entry.text("source") or SOURCE,
        as_of=entry.day("as_of"),
    )


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
