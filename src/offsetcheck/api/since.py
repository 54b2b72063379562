"""The order of the rooms for what changed since an earlier run of a tender."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from offsetcheck.api.assess import MAX_EXPLAINED_OFFERS
from offsetcheck.api.case import Case, open_case
from offsetcheck.api.judge import JudgedOffer, judge
from offsetcheck.api.output import result_folder
from offsetcheck.api.request import Request
from offsetcheck.api.write import file_names, whole_list
from offsetcheck.difference.since import Runs
from offsetcheck.difference.since import since as since_run
from offsetcheck.ground.publish.naming import write_text
from offsetcheck.intake.previous_run import LIST, OFFERS, SUFFIX, PreviousRun, read_previous
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.offer_change import SinceExplanation
from offsetcheck.vocabulary.offer_snapshot import OfferSnapshot, RunSnapshot, Snapshot
from offsetcheck.vocabulary.problem import RequestError

__all__ = ["PreviousRun", "Since", "keep_run", "read_previous", "since", "since_of"]


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
    _refuse_long(case)
    return since_of(case, list(judge(case)), earlier)


def since_of(case: Case, judged: Sequence[JudgedOffer], earlier: PreviousRun) -> Since:
    """Return what changed in a case whose every offer is judged since what `read_previous` read.

    Raises RequestError for a list that is too long.
    """
    _refuse_long(case)
    tender = whole_list(case, judged, {})
    offers = {one.candidate.id: one.explained for one in judged}
    explained = since_run(case.setting, Runs(earlier.run, earlier.offers, tender, offers))
    return Since(case, explained)


def keep_run(case: Case, judged: Sequence[JudgedOffer], folder: Path, *, command: str) -> None:
    """Write into a new folder what `since` needs of a run: a small part of `assess --format json`.

    Raises OutputError where the folder is there already or cannot be written, RequestError for a
    list that is too long.
    """
    _refuse_long(case)
    run = RunSnapshot.model_validate(whole_list(case, judged, {}).model_dump())
    names = file_names([one.candidate.id for one in judged])
    with result_folder(folder, replace=False, command=command) as making:
        write_text(making.draft / LIST, _text(run))
        (making.draft / OFFERS).mkdir()
        for one in judged:
            path = making.draft / OFFERS / f"{names[one.candidate.id]}{SUFFIX}"
            write_text(path, _text(OfferSnapshot.of(one.explained)))


def _text(snapshot: Snapshot) -> str:
    return f"{snapshot.model_dump_json(indent=1)}\n"


def _refuse_long(case: Case) -> None:
    if len(case.table) > MAX_EXPLAINED_OFFERS:
        message = f"{len(case.table):,} offers are too many to be held one by one against a run"
        raise RequestError.whole(message, "`drift` compares long lists")
