"""The order of the rooms for what changed since an earlier run of a tender."""

from dataclasses import dataclass
from pathlib import Path

from offsetcheck.api.assess import MAX_EXPLAINED_OFFERS
from offsetcheck.api.case import Case, open_case
from offsetcheck.api.judge import judge
from offsetcheck.api.request import Request
from offsetcheck.api.write import whole_list
from offsetcheck.difference.since import Runs
from offsetcheck.difference.since import since as since_run
from offsetcheck.intake.previous_run import read_previous
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.offer_change import SinceExplanation
from offsetcheck.vocabulary.problem import RequestError


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since an earlier run, and the case of now."""

    case: Case
    explained: SinceExplanation


def since(request: Request, rulebook: Rulebook, previous: Path) -> Since:
    """Return what changed in a tender since the run whose JSON a folder or `tender.json` holds.

    Raises InputError for what is no result of a run, RequestError for a list that is too long.
    """
    earlier = read_previous(previous)
    case = open_case(request, rulebook)
    if len(case.table) > MAX_EXPLAINED_OFFERS:
        message = f"{len(case.table):,} offers are too many to be held one by one against a run"
        raise RequestError.whole(message, "`drift` compares long lists")
    judged = list(judge(case))
    tender = whole_list(case, judged, {})
    offers = {one.candidate.id: one.explained for one in judged}
    explained = since_run(case.setting, Runs(earlier.run, earlier.offers, tender, offers))
    return Since(case, explained)
