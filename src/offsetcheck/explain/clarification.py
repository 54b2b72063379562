"""The form that asks again: of the open questions only those that decide and may be asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from offsetcheck.explain.needed import OFFERED, is_bidders
from offsetcheck.explain.question_words import question_on
from offsetcheck.explain.questionnaire import Asked, assembled
from offsetcheck.explain.setting import Setting
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.explained import Who
from offsetcheck.vocabulary.explanation import CandidateExplanation
from offsetcheck.vocabulary.finding_explanation import FindingLine, MissingLine
from offsetcheck.vocabulary.purchase import Stage
from offsetcheck.vocabulary.questionnaire import Form, FormKind, FormSheet, Question, Section
from offsetcheck.vocabulary.shown import shorten

SHOWN = (*OFFERED, "delivery", "serials")
"""What a request shows of an offer, so that its bidder knows which one is meant."""


@dataclass(frozen=True, slots=True)
class OpenOffer:
    """An offer with what was concluded of it."""

    candidate: Candidate
    explained: CandidateExplanation


@dataclass(frozen=True, slots=True)
class SameGap:
    """An offer of another bidder that waits for an answer that somebody else was asked for."""

    offer: str
    seller: str
    field: str
    title: str


def may_be_asked(setting: Setting) -> bool:
    """Whether the stage of the procedure still lets anything be asked."""
    return setting.purchase.stage is not Stage.FINAL


def open_fields(offer: OpenOffer, setting: Setting) -> tuple[str, ...]:
    """Return the fields that an offer's seller may be asked for, in the order of asking.

    They are what would decide the offer; where no list of answers does, what is open of the rules
    that decide. What is scored as it was offered, and cannot be cured, is not asked.
    """
    explained = offer.explained
    if explained.deciding is None or not may_be_asked(setting):
        return ()
    answers = explained.deciding.answers
    named = [answer.name for answer in answers if answer.who is Who.SELLER and not answer.signed]
    if not answers:
        named = _open_of_deciding(explained)
    known = setting.bound.dictionary.candidate
    curable = _curable(explained.findings)
    fitting = (name for name in named if name in known and is_bidders(known[name]))
    return tuple(dict.fromkeys(name for name in fitting if curable.get(name, True)))


def _open_of_deciding(explained: CandidateExplanation) -> list[str]:
    lines = (line for line in explained.findings if line.decides)
    missing = (one for line in lines for one in line.missing)
    return [one.field for one in missing if one.who is Who.SELLER]


def _curable(lines: Iterable[FindingLine]) -> dict[str, bool]:
    """Return whether any rule that waits for a field lets it be cured, by field."""
    found: dict[str, bool] = {}
    for line in lines:
        for missing in line.missing:
            found[missing.field] = found.get(missing.field, False) or line.curable
    return found


def clarification_form(
    setting: Setting, offers: Sequence[OpenOffer], number: int, asked: Asked
) -> Form:
    """Return the request for clarification no. `number`: a sheet for each offer with open fields.

    Only the open questions can be answered; what is known of the offer is shown and locked.
    """
    sheets = [
        _sheet(setting, offer, fields)
        for offer in offers
        if (fields := open_fields(offer, setting))
    ]
    form = assembled(setting, FormKind.CLARIFICATION, tuple(sheets), asked, number)
    listed = {sheet.offer: [q.field for q in sheet.questions() if q.asked] for sheet in sheets}
    told = "; ".join(f"{offer}: {' '.join(fields)}" for offer, fields in listed.items())
    return replace(form, about={**form.about, "asked": told})


def _sheet(setting: Setting, offer: OpenOffer, fields: Sequence[str]) -> FormSheet:
    wording = setting.wording
    known = setting.bound.dictionary.candidate
    missing = _missing(offer.explained.findings)
    shown = [_shown(name, offer.candidate, setting) for name in SHOWN if name in known]
    asked = [_asked(name, missing, offer.explained.findings, setting) for name in fields]
    word = wording.word
    return FormSheet(
        name=offer.candidate.id,
        title=word("questionnaire.sheet.title_offer", offer=offer.candidate.id),
        sections=(
            Section(
                word("questionnaire.section.open"),
                word("questionnaire.section.open_note"),
                tuple(asked),
            ),
            Section(
                word("questionnaire.section.locked"),
                word("questionnaire.section.locked_note"),
                tuple(question for question in shown if question is not None),
            ),
        ),
        offer=offer.candidate.id,
    )


def _missing(lines: Iterable[FindingLine]) -> dict[str, MissingLine]:
    found: dict[str, MissingLine] = {}
    for line in lines:
        for one in line.missing:
            found.setdefault(one.field, one)
    return found


def _asked(
    name: str,
    missing: Mapping[str, MissingLine],
    lines: Iterable[FindingLine],
    setting: Setting,
) -> Question:
    """Return an open question with what is known so far, and why that is not enough."""
    readers = [line.rule for line in lines if any(one.field == name for one in line.missing)]
    rules = [setting.bound.rules[rule] for rule in readers]
    question = question_on(setting.bound.dictionary.candidate[name], rules, setting.wording)
    have = missing[name].words if name in missing else ""
    return replace(question, have=shorten(have))


def _shown(name: str, candidate: Candidate, setting: Setting) -> Question | None:
    value = candidate.value(name)
    if value is None:
        return None
    question = question_on(setting.bound.dictionary.candidate[name], (), setting.wording)
    return replace(question, asked=False, answer=value, help="")


def same_gaps(
    asked: Mapping[str, Iterable[str]],
    offers: Iterable[OpenOffer],
    already: Mapping[str, Iterable[str]],
    setting: Setting,
) -> tuple[SameGap, ...]:
    """Return other bidders' offers that wait for what somebody was asked for, and were not asked.

    `asked` are the fields asked now, by offer, `already` those asked before.
    """
    every = list(offers)
    sellers = {seller_of(one.candidate) for one in every if one.candidate.id in asked}
    fields = {name for names in asked.values() for name in names}
    found = []
    for one in every:
        seller = seller_of(one.candidate)
        if one.candidate.id in asked or seller in sellers:
            continue
        done = set(already.get(one.candidate.id, ()))
        for name in open_fields(one, setting):
            if name in fields and name not in done:
                title = setting.wording.title(name)
                found.append(SameGap(one.candidate.id, seller, name, title))
    return tuple(found)


def seller_of(candidate: Candidate) -> str:
    """Return the name of an offer's seller; an offer that names none is a seller's of its own."""
    value = candidate.value("seller")
    return value if isinstance(value, str) else candidate.id
