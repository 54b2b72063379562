"""A whole result explained: offers with findings, and with the values that are known on the day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from offsetcheck.engine.knowledge import known_by
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.tender import place_of, problem_line
from offsetcheck.explain.wording import shorten_and_encode
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.decision import Decision
from offsetcheck.vocabulary.evidence import Fact, Value
from offsetcheck.vocabulary.explanation import CandidateExplanation
from offsetcheck.vocabulary.problem import Place, Problem
from offsetcheck.vocabulary.result_explanation import (
    AwardedLine,
    DecisionLine,
    KnownLine,
    PlaceLine,
    Plain,
    ResultExplanation,
    ResultOffer,
)
from offsetcheck.vocabulary.tender_explanation import TenderExplanation

PURCHASE = "purchase."


def explain_result(
    setting: Setting,
    tender: TenderExplanation,
    offers: Sequence[tuple[Candidate, CandidateExplanation]],
    problems: Iterable[Problem] = (),
    decision: Decision | None = None,
) -> ResultExplanation:
    """Return a whole result; `tender` is its first page, `problems` what could not be read.

    A `decision` counts once it is whole and its day has come.
    """
    wording = setting.wording
    ordered = sorted(offers, key=lambda pair: place_of(pair[1]))
    return ResultExplanation(
        language=wording.language,
        city=wording.city(),
        city_id=setting.bound.city.id,
        title=tender.title,
        stage=setting.purchase.stage.value,
        purchase=_known(setting.purchase.facts, setting, PURCHASE),
        offers=tuple(_offer(candidate, explained, setting) for candidate, explained in ordered),
        tender=tender,
        problems=tuple(problem_line(problem) for problem in problems),
        audit=tender.audit,
        decision=_decided(decision, offers, setting.bound.as_of) if decision else None,
    )


def _decided(
    decision: Decision, offers: Iterable[tuple[Candidate, CandidateExplanation]], as_of: date
) -> DecisionLine | None:
    """Return a decision with what it leaves as offered; None for a draft or one of a later day."""
    if decision.reference is None or decision.on is None or decision.missing or decision.on > as_of:
        return None
    known = {candidate.id: explained.offer for candidate, explained in offers}
    ends = decision.standstill_ends
    return DecisionLine(
        reference=shorten_and_encode(decision.reference),
        on=decision.on.isoformat(),
        standstill_ends=ends.isoformat() if ends else None,
        awarded=tuple(
            AwardedLine(
                offer=one.offer,
                tonnes=known[one.offer].tonnes if one.tonnes is None else one.tonnes,
                price=known[one.offer].price if one.price is None else one.price,
            )
            for one in decision.awarded
            if one.offer in known
        ),
    )


def _offer(candidate: Candidate, explained: CandidateExplanation, setting: Setting) -> ResultOffer:
    known = _known(candidate.facts, setting)
    places = [fact.place for fact in candidate.facts.values() if fact.place]
    own = candidate.fact("id").place or (places[0] if places else None)
    row = PlaceLine(file=own.file, line=own.line, sheet=own.sheet) if own else None
    return ResultOffer(known=known, explained=explained, row=row)


def _known(facts: Mapping[str, Fact], setting: Setting, prefix: str = "") -> tuple[KnownLine, ...]:
    """Return the fields of which a value is known on the day, in the order of their names."""
    by_day = known_by(facts, setting.bound.as_of)
    return tuple(
        _line(name, fact.value, fact, setting, prefix)
        for name, fact in sorted(by_day.items())
        if fact.value is not None
    )


def _line(name: str, value: Value, fact: Fact, setting: Setting, prefix: str) -> KnownLine:
    wording = setting.wording
    return KnownLine(
        field=name,
        title=wording.title(prefix + name),
        value=_plain(value),
        words=wording.value(prefix + name, value),
        grade=fact.grade.name,
        place=_place(fact.place),
    )


def _plain(value: Value) -> Plain:
    if isinstance(value, date):
        return value.isoformat()
    return shorten_and_encode(value) if isinstance(value, str) else value


def _place(place: Place | None) -> PlaceLine | None:
    if place is None:
        return None
    return PlaceLine(
        file=place.file, line=place.line, column=place.column, sheet=place.sheet, field=place.field
    )
