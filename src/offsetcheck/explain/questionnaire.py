"""Which questions a form asks: the fields that rules in force need from a bidder, and no others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from offsetcheck.explain.needed import (
    OFFERED,
    Needed,
    may_apply,
    needed_fields,
    values_of,
)
from offsetcheck.explain.question_words import question_on
from offsetcheck.explain.setting import Setting
from offsetcheck.rulebook.binding.fingerprint import deciding_hash
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.questionnaire import (
    Case,
    Form,
    FormKind,
    FormSheet,
    Question,
    Role,
    Section,
)

ONLY_IF = ("questionnaire.only_if", "questionnaire.only_if_more")
NOT_IF = ("questionnaire.not_if", "questionnaire.not_if_more")
"""The sentence of a condition, and the one that counts the words which it does not name."""

CELLS = (*Role, "invalid", "instructions", "lists", "form_page")
"""The words of a workbook's own cells."""

OFFER, REGISTRY = "offer", "registry"
MOST_NAMED = 12
"""Words that a condition names; the rest is counted."""

VERSION = "1"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form is to ask: of projects of some types (None: any), by a seller, up to a day.

    `known` are projects of which a registry's record tells something already, one sheet for each;
    without any there are so many sheets as `offers`.
    """

    types: tuple[str, ...] = ()
    offers: int = 1
    known: tuple[Candidate, ...] = ()
    seller: str | None = None
    deadline: date | None = None


def bid_form(setting: Setting, asked: Asked) -> Form:
    """Return the form in which a bidder answers what the rules in force need to know."""
    needed = needed_fields(setting, asked.types)
    known: Sequence[Candidate | None] = asked.known or [None] * asked.offers
    several = len(known) > 1
    sheets = tuple(
        _sheet(setting, needed, candidate, asked, at if several else None)
        for at, candidate in enumerate(known, start=1)
    )
    return assembled(setting, FormKind.BID, sheets, asked)


def _sheet(
    setting: Setting,
    needed: Mapping[str, Needed],
    candidate: Candidate | None,
    asked: Asked,
    number: int | None,
) -> FormSheet:
    wording = setting.wording
    own = needed if candidate is None else _still_needed(needed, candidate, setting)
    made = {name: _question(need, candidate, asked, setting) for name, need in own.items()}
    name = wording.word("questionnaire.sheet.offer")
    title = wording.word("questionnaire.sheet.title")
    if number is not None:
        name = wording.word("questionnaire.sheet.offer_number", number=number)
        title = wording.word("questionnaire.sheet.title_number", number=number)
    return FormSheet(
        name=name,
        title=title,
        sections=tuple(_sections(own, made, setting)),
        offer=candidate.id if candidate else None,
    )


def _still_needed(
    needed: Mapping[str, Needed], candidate: Candidate, setting: Setting
) -> dict[str, Needed]:
    """Return what is needed of a project of which something is known: its rules, its type."""
    kept: dict[str, Needed] = {}
    for name, need in needed.items():
        rules = tuple(rule for rule in need.rules if may_apply(rule, candidate, setting))
        if rules or name in OFFERED:
            settled = need.case is not None and candidate.value(need.case.field) is not None
            kept[name] = replace(need, rules=rules, case=None if settled else need.case)
    return kept


def _question(
    need: Needed, candidate: Candidate | None, asked: Asked, setting: Setting
) -> Question:
    question = question_on(need.field, need.rules, setting.wording)
    question = replace(question, case=need.case, papers=need.field.name not in OFFERED)
    if need.field.name == "seller" and asked.seller is not None:
        return replace(question, asked=False, answer=asked.seller)
    if need.field.name == "id" and candidate is not None:
        return replace(question, asked=False, answer=candidate.id)
    fact = candidate.fact(need.field.name) if candidate else Fact()
    if fact.value is None or fact.grade is not EvidenceGrade.E1:
        return question
    return replace(question, asked=False, answer=fact.value, source=_source(fact, setting))


def _source(fact: Fact, setting: Setting) -> str:
    wording = setting.wording
    if fact.as_of is None:
        return wording.word("questionnaire.known", source=fact.source or "")
    day = wording.day(fact.as_of)
    return wording.word("questionnaire.known_on", source=fact.source or "", day=day)


def _sections(
    needed: Mapping[str, Needed], made: Mapping[str, Question], setting: Setting
) -> Iterable[Section]:
    placed = {name: _place(need) for name, need in needed.items()}
    scheme = [dimension.id for dimension in setting.bound.scheme.dimensions]
    dimensions = dict.fromkeys([*scheme, *placed.values()])
    for place in (OFFER, *(d for d in dimensions if d not in (OFFER, REGISTRY)), REGISTRY):
        own = [made[name] for name in needed if placed[name] == place]
        title, note = _heading(place, setting)
        yield from grouped(title, note, sorted(own, key=_order), setting)


def _heading(place: str, setting: Setting) -> tuple[str, str]:
    wording = setting.wording
    if place not in (OFFER, REGISTRY):
        return wording.dimension(place), ""
    if place == OFFER:
        key, note = "questionnaire.section.offer", "questionnaire.section.offer_note"
    else:
        key, note = "questionnaire.section.registry", "questionnaire.section.registry_note"
    return wording.word(key), wording.word(note)


def grouped(
    title: str, note: str, questions: Iterable[Question], setting: Setting
) -> Iterable[Section]:
    """Yield questions that are asked of all, then those of some types, each with the condition."""
    groups: dict[Case | None, list[Question]] = {}
    for question in questions:
        groups.setdefault(question.case, []).append(question)
    for case, own in groups.items():
        said = note if case is None else only_if(case, setting)
        yield Section(title, said, tuple(own))
        title, note = "", ""


def only_if(case: Case, setting: Setting) -> str:
    """Return the sentence that says in which case alone a question is put."""
    wording = setting.wording
    every = values_of(case.field, setting, ())
    fitting = [wording.value(case.field, one) for one in every if one in case.values]
    others = [wording.value(case.field, one) for one in every if one not in case.values]
    key, named = ONLY_IF, fitting
    if len(fitting) > len(others):
        key, named = NOT_IF, others
    more = len(named) - MOST_NAMED
    listed = "; ".join(named[:MOST_NAMED] if more > 1 else named)
    return wording.word(key[more > 1], title=wording.title(case.field), list=listed, count=more)


def _order(question: Question) -> tuple[int, int, bool]:
    """Who and what is offered first, then what is asked of all, then of most offers."""
    first = OFFERED.index(question.field) if question.field in OFFERED else len(OFFERED)
    narrow = 0 if question.case is None else 1000 - len(question.case.values)
    return first, narrow, not question.asked


def _place(need: Needed) -> str:
    """Return the section of a field: the offer, the registry, or the dimension that reads it."""
    field = need.field
    if (
        field.name in OFFERED
        or field.identity
        or field.name in {"delivery", "unit_type", "serials"}
    ):
        return OFFER
    if not field.question:
        return REGISTRY
    return need.rules[0].dimension


def assembled(
    setting: Setting, kind: FormKind, sheets: tuple[FormSheet, ...], asked: Asked, number: int = 0
) -> Form:
    """Return a form with its instructions and with what it says of itself."""
    wording, bound, purchase = setting.wording, setting.bound, setting.purchase
    bought = purchase.title or wording.word("questionnaire.untitled", city=wording.city())
    title = wording.word(f"questionnaire.title.{kind.value}", purchase=bought, number=number)
    deadline = asked.deadline or (purchase.deadline if kind is FormKind.BID else None)
    about = {
        "kind": kind.value,
        "version": VERSION,
        "round": str(number),
        "rulebook": deciding_hash(bound),
        "edition": bound.edition,
        "city": bound.city.id,
        "as_of": bound.as_of.isoformat(),
        "purchase": bought,
        "language": wording.language,
        "seller": asked.seller or "",
        "deadline": deadline.isoformat() if deadline else "",
        "yes": wording.word("bool.true"),
        "no": wording.word("bool.false"),
        "none": wording.word("questionnaire.none_of_these"),
    }
    return Form(
        kind=kind,
        language=wording.language,
        title=title,
        about=about,
        instructions=tuple(_instructions(setting, kind, deadline)),
        words={str(name): wording.word(f"questionnaire.cell.{name}") for name in CELLS},
        sheets=sheets,
        as_of=bound.as_of,
    )


def _instructions(setting: Setting, kind: FormKind, deadline: date | None) -> Iterable[str]:
    wording = setting.wording
    yield wording.word(f"questionnaire.what.{kind.value}", city=wording.city())
    if deadline is not None:
        yield wording.word("questionnaire.by", day=wording.day(deadline))
    yield wording.word(f"questionnaire.how.{kind.value}")
    yield wording.word("questionnaire.blank")
    yield wording.word("questionnaire.evidence")
    yield wording.word("questionnaire.lists")
    yield wording.word(f"questionnaire.last.{kind.value}")
