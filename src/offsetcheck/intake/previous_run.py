"""What an earlier run of `assess` wrote as JSON: the tender, and one file for each offer."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from offsetcheck.intake.files.read import read_bytes
from offsetcheck.vocabulary.offer_snapshot import OfferSnapshot, RunSnapshot, Snapshot
from offsetcheck.vocabulary.problem import InputError, Place, Problem

LIST, OFFERS, SUFFIX = "tender.json", "offers", ".json"
MAX_OFFERS = 1000  # what `assess` explains one by one
HINT = "write one with `offsetcheck assess … --format json`"
WHOLE_HINT = "name the folder that the run wrote, with all of its files"
Kind = TypeVar("Kind", bound=Snapshot)


@dataclass(frozen=True, slots=True)
class PreviousRun:
    """What a run said of a tender, and of each offer by its id."""

    run: RunSnapshot
    offers: dict[str, OfferSnapshot]


def read_previous(path: Path) -> PreviousRun:
    """Return what a run wrote into a folder, or beside the `tender.json` that is named.

    Raises InputError with each file that cannot be read or is no result of a run.
    """
    main = path / LIST if path.is_dir() else path
    if not main.is_file():
        raise InputError([Problem("there is no result of an earlier run", Place(str(path)), HINT)])
    run = _read(main, RunSnapshot)
    if run.kind != "tender":
        raise InputError([Problem(f"this is a {run.kind}, no tender", Place(main.name), HINT)])
    offers = {offer.offer.id: offer for offer in _offers(main.parent / OFFERS)}
    lost = [listed.id for listed in run.offers if listed.id not in offers]
    if lost:  # each would pass for an offer that came in since
        message = f"{len(lost)} of {len(run.offers)} offers of the run have no file in `{OFFERS}/`"
        raise InputError([Problem(message, Place(main.name), WHOLE_HINT)])
    return PreviousRun(run, offers)


def _offers(folder: Path) -> list[OfferSnapshot]:
    paths = sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []
    if len(paths) > MAX_OFFERS:
        message = f"there are {len(paths):,} offers; at most {MAX_OFFERS:,} are held against others"
        raise InputError([Problem(message, Place(folder.name))])
    problems: list[Problem] = []
    found = []
    for path in paths:
        try:
            found.append(_read(path, OfferSnapshot))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return found


def _read(path: Path, kind: type[Kind]) -> Kind:
    data = read_bytes(path)
    try:
        return kind.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        message = f"this is no result of a run: {first['msg'].lower()}"
        raise InputError([Problem(message, Place(path.name, field=where or None), HINT)]) from None
