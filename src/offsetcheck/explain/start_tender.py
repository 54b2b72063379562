"""A tender's folder to begin with: every value of the purchase, and which rules need it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from offsetcheck.explain.screening import is_search
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.dictionary import Field, FieldType
from offsetcheck.vocabulary.finding import Effect
from offsetcheck.vocabulary.start import StartField, StartWord, TenderStart

SCOPE = "purchase."
STAGE = "clarification"  # open points become questions, which a new tender has
# What the purchase itself is, read by no rule or by more than rules; the others are what rules ask.
ITSELF: Mapping[str, str] = {
    "title": "start.purchase.title",
    "city": "start.purchase.city",
    "stage": "start.purchase.stage",
    "deadline": "start.purchase.deadline",
    "offers_received_on": "start.purchase.offers_received_on",
    "year": "start.purchase.year",
    "tonnes": "start.purchase.tonnes",
    "budget": "start.purchase.budget",
    "currency": "start.purchase.currency",
}
UNITS: Mapping[str | None, str] = {
    "tCO2e": "start.field.tonnes",
    "calendar year": "start.field.calendar_year",
    "share": "start.field.share",
}
FORMS: Mapping[FieldType, str] = {
    FieldType.NUMBER: "start.field.number",
    FieldType.INTEGER: "start.field.integer",
    FieldType.BOOLEAN: "start.field.boolean",
    FieldType.DATE: "start.field.date",
    FieldType.CODE: "start.field.one_of",
    FieldType.CODES: "start.field.any_of",
}
LATER = frozenset({"offers_received_on"})  # known when the offers are in, and empty until then


def explain_tender_start(wording: Wording, named: str) -> TenderStart:
    """Return what a new tender of the wording's city is to say; `named` names the city in it."""
    needing = _needing(wording)
    fields = {
        name: field for name, field in wording.bound.dictionary.purchase.items() if field.is_input
    }
    preset = {"city": named, "stage": STAGE}
    made = {
        name: _field(field, needing.get(name, ()), preset.get(name), wording)
        for name, field in fields.items()
    }
    rules = wording.bound.rules.values()
    documents = wording.bound.dictionary.documents
    return TenderStart(
        language=wording.language,
        city=wording.city(),
        named=named,
        itself=tuple(made[name] for name in ITSELF if name in made),
        asked=tuple(f for name, f in made.items() if name not in ITSELF and name in needing),
        spare=tuple(f for name, f in made.items() if name not in ITSELF and name not in needing),
        papers=tuple(
            wording.word(
                "start.evidence.kind",
                kind=name,
                title=wording.document(name),
                grade=kind.ceiling.name,
            )
            for name, kind in documents.items()
        ),
        searches=tuple(_rule_word(rule, wording) for rule in rules if is_search(rule)),
        reviews=tuple(_rule_word(rule, wording) for rule in rules if rule.effect is Effect.REVIEW),
    )


def _rule_word(rule: BoundRule, wording: Wording) -> StartWord:
    return StartWord(id=rule.id, title=wording.rule_title(rule))


def _needing(wording: Wording) -> dict[str, list[BoundRule]]:
    """Return the rules in force that read each field of the purchase, those on offers too."""
    found: dict[str, list[BoundRule]] = defaultdict(list)
    for rule in wording.bound.rules.values():
        for name in rule.inputs:
            if name.startswith(SCOPE):
                found[name.removeprefix(SCOPE)].append(rule)
    return found


def _field(
    field: Field, rules: Sequence[BoundRule], value: str | None, wording: Wording
) -> StartField:
    note = ITSELF.get(field.name)
    needed = value is None and field.name not in LATER and (note is not None or bool(rules))
    return StartField(
        name=field.name,
        title=wording.field_title(field),
        question=wording.question(field),
        form=wording.word(_form(field)),
        words=tuple(_words(field, wording)),
        note=wording.word(note) if note else None,
        rules=_rules_words(rules, wording) if rules else None,
        value=value,
        needed=needed,
    )


def _form(field: Field) -> str:
    if field.type in {FieldType.NUMBER, FieldType.INTEGER} and field.unit in UNITS:
        return UNITS[field.unit]
    return FORMS.get(field.type, "start.field.text")


def _words(field: Field, wording: Wording) -> Iterator[StartWord]:
    for code in field.codes:
        yield StartWord(id=code, title=wording.code(field, code) or code)


def _rules_words(rules: Sequence[BoundRule], wording: Wording) -> str:
    titles = "; ".join(map(wording.rule_title, rules))
    if len(rules) == 1:
        return wording.word("start.field.asked.one", rules=titles)
    return wording.word("start.field.asked.many", rules=titles, count=len(rules))
