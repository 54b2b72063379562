"""A case -> its offers, judged and explained."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from offsetcheck.api.case import Case
from offsetcheck.engine.assess import assess
from offsetcheck.explain.audit import audit
from offsetcheck.explain.candidate import explain_candidate
from offsetcheck.explain.setting import Setting
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.vocabulary.assessment import Assessment
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.explanation import CandidateExplanation, PurchaseExplanation
from offsetcheck.vocabulary.problem import Problem, RequestError


@dataclass(frozen=True, slots=True)
class JudgedOffer:
    """One offer with its assessment, and the explanation of it in words."""

    candidate: Candidate
    assessment: Assessment
    explained: CandidateExplanation


def judge(case: Case) -> Iterator[JudgedOffer]:
    """Yield every offer of a case, judged and explained, in the order of the input."""
    for candidate in case.table.candidates():
        yield judge_one(case.setting, case.purchase_explained, candidate)


def explain_offer(case: Case, offer_id: str) -> JudgedOffer:
    """Return one offer of a case, judged and explained; raises RequestError for an unknown id."""
    return judge_one(case.setting, case.purchase_explained, offer_named(case, offer_id))


def judge_one(made: Setting, purchase: PurchaseExplanation, candidate: Candidate) -> JudgedOffer:
    """Return one candidate judged and explained in a setting."""
    assessment = assess(candidate, made.bound, made.purchase)
    explained = explain_candidate(made, candidate, assessment, purchase)
    return JudgedOffer(candidate, assessment, explained)


def carried_over(case: Case, known: JudgedOffer) -> JudgedOffer:
    """Return what was judged of an offer before other files changed, as of the case now.

    The candidate, the purchase and the bound rulebook are those by which it was judged.
    """
    assessed = known.assessment
    now = audit(case.setting, assessed.findings, assessed.result_hash)
    return replace(known, explained=known.explained.model_copy(update={"audit": now}))


def offer_named(case: Case, offer: str) -> Candidate:
    """Return the offer of an id; an unknown one raises RequestError with the nearest."""
    ids = list(case.table.ids)
    if offer not in ids:
        said = f"no offer has the id `{offer}`"
        raise RequestError.about("offer", said, did_you_mean(offer, ids))
    return case.table.candidate(ids.index(offer))


def problems_of(case: Case, offer: str) -> tuple[Problem, ...]:
    """Return the problems of an offer's own row, and those that no other row bears."""
    line = case.table.lines[list(case.table.ids).index(offer)]
    return tuple(problem for problem in case.problems if _concerns(problem, case.table.file, line))


def _concerns(problem: Problem, file: str, line: int) -> bool:
    place = problem.place
    return place.file != file or place.line in (None, line) or line in problem.lines
