"""The order of the rooms for "what if": an offer as it stands, and with some statements others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from offsetcheck.api.case import Case, case_of_purchase
from offsetcheck.api.judge import JudgedOffer, explain_offer, judge_one
from offsetcheck.difference.supposed import Supposed, suppose
from offsetcheck.intake.normalise.developers import with_developer_key
from offsetcheck.intake.supposed import PURCHASE, SupposedValue, read_supposed
from offsetcheck.intake.tables.amend import amended
from offsetcheck.intake.tender.rates import with_rates
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact
from offsetcheck.vocabulary.offer_change import SupposedExplanation
from offsetcheck.vocabulary.purchase import Purchase

VINTAGE = "vintage"
DAYS_OF_VINTAGE = ("vintage_start", "vintage_end")
MARCH, FIRST = 3, 1


@dataclass(frozen=True, slots=True)
class SupposedOffer:
    """An offer as it stands, as it would be, and what is otherwise."""

    before: JudgedOffer
    after: JudgedOffer
    explained: SupposedExplanation


def suppose_offer(case: Case, offer: str, statements: Iterable[str]) -> SupposedOffer:
    """Return an offer of a case with some statements supposed to be others.

    Statements are written as `price=9`, `purchase.year=2027` or `monitoring_years=60@E2`; without
    a grade the new value stands on what the old one stands on, a new one on the seller's word. The
    days of a lot move with its vintage. Raises RequestError for what cannot be supposed.
    """
    wanted = read_supposed(statements, case.bound.dictionary)
    before = explain_offer(case, offer)
    facts = _candidate_facts(before.candidate, wanted)
    supposed = case_of_purchase(case, _purchase(case.purchase, wanted))
    candidate = _candidate(supposed, before.candidate.id, facts)
    after = judge_one(supposed.setting, supposed.purchase_explained, candidate)
    changes = tuple(
        [Supposed(name, before.candidate.fact(name), fact) for name, fact in facts.items()]
        + [_of_purchase(name, case.purchase, supposed.purchase) for name in _purchase_names(wanted)]
    )
    explained = suppose(case.setting, changes, before.explained, after.explained)
    return SupposedOffer(before, after, explained)


def _candidate_facts(candidate: Candidate, wanted: Mapping[str, SupposedValue]) -> dict[str, Fact]:
    facts = {
        name: _fact(candidate.fact(name), value, EvidenceGrade.E4)
        for name, value in wanted.items()
        if not name.startswith(PURCHASE)
    }
    return {**facts, **_moved_days(candidate, facts)}


def _moved_days(candidate: Candidate, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Return the days of the lot in the year of another vintage: they would contradict it."""
    old, new = candidate.value(VINTAGE), facts.get(VINTAGE, Fact()).value
    if not isinstance(old, int) or not isinstance(new, int) or old == new:
        return {}
    stated = {name: candidate.fact(name) for name in DAYS_OF_VINTAGE if name not in facts}
    return {
        name: replace(fact, value=_years_on(fact.value, new - old), raw=None)
        for name, fact in stated.items()
        if isinstance(fact.value, date)
    }


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February, in a year without one
        return date(day.year + years, MARCH, FIRST)


def _fact(old: Fact, new: SupposedValue, weakest: EvidenceGrade) -> Fact:
    grade = new.grade or (weakest if old.value is None else old.grade)
    cause = Cause.NOT_STATED if new.value is None else None
    return Fact(value=new.value, grade=grade, cause=cause)


def _purchase_names(wanted: Mapping[str, SupposedValue]) -> list[str]:
    return [name.removeprefix(PURCHASE) for name in wanted if name.startswith(PURCHASE)]


def _purchase(purchase: Purchase, wanted: Mapping[str, SupposedValue]) -> Purchase:
    facts = {
        name: _fact(purchase.fact(name), wanted[f"{PURCHASE}{name}"], EvidenceGrade.E1)
        for name in _purchase_names(wanted)
    }
    return replace(purchase, facts={**purchase.facts, **facts}) if facts else purchase


def _of_purchase(name: str, before: Purchase, after: Purchase) -> Supposed:
    return Supposed(f"{PURCHASE}{name}", before.fact(name), after.fact(name))


def _candidate(case: Case, offer: str, facts: Mapping[str, Fact]) -> Candidate:
    row = list(case.table.ids).index(offer)
    table = amended(case.table, {name: {row: fact} for name, fact in facts.items()})
    dictionary = case.bound.dictionary
    table = with_rates(with_developer_key(table, dictionary), case.purchase, dictionary)
    return table.candidate(row)
