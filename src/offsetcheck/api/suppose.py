"""The order of the rooms for "what if": an offer as it stands, and with some statements others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from offsetcheck.api.case import Case, case_of_purchase
from offsetcheck.api.judge import JudgedOffer, explain_offer, judge_one
from offsetcheck.difference.supposed import Supposed, suppose
from offsetcheck.explain.hanging import reversals_of
from offsetcheck.explain.whatif import smallest_change_of
from offsetcheck.intake.normalise.developers import with_developer_key
from offsetcheck.intake.supposed import PURCHASE, SupposedValue, read_supposed, supposed_text
from offsetcheck.intake.tables.amend import amended
from offsetcheck.intake.tender.rates import with_rates
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact
from offsetcheck.vocabulary.offer_change import SupposedExplanation
from offsetcheck.vocabulary.problem import Problem, RequestError
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


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that is supposed, as a person writes it; `grade` None: as what is stated now."""

    field: str
    value: str
    grade: EvidenceGrade | None = None

    def __str__(self) -> str:
        """Return it as `suppose_offer` takes it."""
        return f"{self.field}={self.value}{f'@{self.grade.name}' if self.grade else ''}"


def wrong_statements(case: Case, statements: Iterable[Statement]) -> Mapping[str, Problem]:
    """Return what is wrong with statements that cannot be supposed, by their fields."""
    wrong: dict[str, Problem] = {}
    for statement in statements:
        try:
            read_supposed([str(statement)], case.bound.dictionary)
        except RequestError as error:
            wrong[statement.field] = error.problems[0]
    return wrong


def shown_change(case: Case, judged: JudgedOffer) -> tuple[Statement, ...]:
    """Return what an offer's report shows as the smallest change; nothing where it shows none."""
    if judged.explained.what_if.smallest is None:
        return ()
    facts = smallest_change_of(case.setting, judged.candidate, judged.assessment)
    return tuple(
        Statement(name, supposed_text(fact.value), fact.grade) for name, fact in facts.items()
    )


def shown_reversals(case: Case, judged: JudgedOffer) -> tuple[Statement, ...]:
    """Return the reversals that an offer's report names as what its verdict hangs on most."""
    if not judged.explained.hangs_on:
        return ()
    facts = reversals_of(case.setting, judged.candidate, judged.assessment)
    named = [line.field for line in judged.explained.hangs_on if line.field in facts]
    return tuple(Statement(n, supposed_text(facts[n].value), facts[n].grade) for n in named)


def stated_text(case: Case, judged: JudgedOffer, field: str) -> str:
    """Return what is stated of a field, of the purchase's too, as a person would write it."""
    of_purchase = field.startswith(PURCHASE)
    subject = case.purchase if of_purchase else judged.candidate
    return supposed_text(subject.fact(field.removeprefix(PURCHASE)).value)


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
