"""Files that come in for a tender: looked at first, set right, and stored when a person says so."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from offsetcheck.api.as_if import EVIDENCE_FOLDER
from offsetcheck.api.incoming_place import offers_there
from offsetcheck.api.web_page import said_number, say
from offsetcheck.vocabulary.problem import OffsetcheckError
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.kept import opened
from offsetcheck.web.folder.tenders import TenderFolder, tender_named
from offsetcheck.web.incoming.looks import ProblemLine, Seen, looked_at, problem_line
from offsetcheck.web.incoming.staging import Staged, staging_of
from offsetcheck.web.incoming.stored import list_name
from offsetcheck.web.incoming.storing import in_the_way, planned, state_of, store, tried
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import (
    GET,
    POST,
    Answer,
    Page,
    Redirect,
    RefusedError,
    Role,
    Shown,
    Visit,
    Wrong,
)

FILES = "files"
MOST_SHOWN = 40


class FileLine(Shown):
    """A file of the tender, and how many bytes it has."""

    name: str
    what: str
    size: str
    to: str


class WaitingLine(Shown):
    """A file that waits: what it is taken for, and what is to be said before it is stored."""

    number: str
    name: str
    original: str
    size: str
    to: str
    seen: Seen
    storable: bool
    store: bool
    replaces: tuple[str, ...]
    replace: bool
    aside: int


class OffersPage(Shown):
    """What a tender holds of offers, and what waits to be stored."""

    at: str
    files: tuple[FileLine, ...]
    offers: int | None
    problems: tuple[ProblemLine, ...]
    more_problems: int
    waiting: tuple[WaitingLine, ...]
    state: str
    can_write: bool


def _page(visit: Visit, wrong: tuple[Wrong, ...] = ()) -> Page:
    tender = tender_named(visit.workplace, visit.part("tender"))
    words = words_of(visit)
    staged = staging_of(visit, tender).files()
    waiting = tuple(
        _waiting(visit, tender, one, seen) for one, seen in looked_at(visit, tender, staged)
    )
    offers, problems = _as_it_is(visit)
    shown = OffersPage(
        at=_at(tender),
        files=_files(tender, words),
        offers=offers,
        problems=problems[:MOST_SHOWN],
        more_problems=max(0, len(problems) - MOST_SHOWN),
        waiting=waiting,
        state=state_of(tender),
        can_write=visit.may(Role.OFFICER),
    )
    status = 422 if wrong else 200
    return Page("offers", words["web_offers.title"], shown, tender.name, status, wrong)


def _at(tender: TenderFolder) -> str:
    return f"/t/{quote(tender.name, safe='')}/offers"


def _as_it_is(visit: Visit) -> tuple[int | None, tuple[ProblemLine, ...]]:
    """Return how many offers a tender has, None where it cannot be read, and its problems."""
    try:
        case = opened(visit).case
    except OffsetcheckError as error:
        return None, tuple(map(problem_line, error.problems))
    return len(case.table), tuple(map(problem_line, case.problems))


def _files(tender: TenderFolder, words: Mapping[str, str]) -> tuple[FileLine, ...]:
    """Return the files of a tender that somebody handed in."""
    papers, listed = tender.path / EVIDENCE_FOLDER, list_name(tender)
    named = [(name, "offers") for name in offers_there(tender.path)]
    named += [
        (f"{EVIDENCE_FOLDER}/{path.name}", "paper")
        for path in (sorted(papers.iterdir()) if papers.is_dir() else ())
        if path.is_file() and not path.name.startswith(".")
    ]
    return tuple(
        FileLine(
            name=name,
            what=words[f"web_offers.is_{what}"],
            size=said_number(Path(tender.path, name).stat().st_size, words),
            to=f"{_at(tender)}/columns" if name == listed else "",
        )
        for name, what in named
    )


def _waiting(visit: Visit, tender: TenderFolder, one: Staged, seen: Seen) -> WaitingLine:
    asked = visit.method == POST and visit.path.endswith("/store")
    in_way = in_the_way(tender, one, seen) if seen.storable else ()
    return WaitingLine(
        number=one.number,
        name=one.name,
        original=one.original,
        size=said_number(one.size, words_of(visit)),
        to=f"{_at(tender)}/file/{one.number}",
        seen=seen,
        storable=seen.storable,
        store=seen.storable and (not asked or one.number in visit.filled_all("store")),
        replaces=in_way,
        replace=one.number in visit.filled_all("replace"),
        aside=seen.account.aside_count if seen.account else 0,
    )


def _take(visit: Visit) -> Answer:
    tender = tender_named(visit.workplace, visit.part("tender"))
    if not visit.uploads:
        return _page(visit, (Wrong(FILES, words_of(visit)["web_offers.choose"]),))
    taken = staging_of(visit, tender).take(visit.uploads)
    details = {"files": ", ".join(one.name for one in taken)}
    return Redirect(_at(tender), "web_offers.taken", {"count": str(len(taken))}, details)


def _drop(visit: Visit) -> Answer:
    tender = tender_named(visit.workplace, visit.part("tender"))
    staging = staging_of(visit, tender)
    if number := visit.filled("number"):
        staging.drop(number)
    else:
        staging.drop_all()
    return Redirect(_at(tender), "web_offers.dropped")


def _store(visit: Visit) -> Answer:
    tender = tender_named(visit.workplace, visit.part("tender"))
    words = words_of(visit)
    staging = staging_of(visit, tender)
    wanted = set(visit.filled_all("store"))
    if not wanted:
        return _page(visit, (Wrong("", words["web_offers.tick"]),))
    files = [one for one in staging.files() if one.number in wanted]
    if len(files) < len(wanted):
        raise RefusedError(404, "web_offers.gone")
    chosen = [(one, seen) for one, seen in looked_at(visit, tender, files) if seen.storable]
    plan = planned(tender, chosen, frozenset(visit.filled_all("replace")))
    wrong = tuple(
        Wrong(
            f"store-{wish.number}",
            say(words, wish.key, **_named(files, wish.number), **wish.values),
        )
        for wish in plan.wishes
    )
    if not wrong:
        wrong = tuple(
            Wrong("", f"{p.place}: {p.message}. {p.hint or ''}") for p in tried(visit, tender, plan)
        )
    if wrong:
        return _page(visit, wrong)
    store(visit, tender, plan, visit.filled("state"))
    for one, _ in chosen:
        staging.drop(one.number)
    stored = "; ".join(f"{name} {digest[:12]}" for name, digest in plan.stored)
    away = ", ".join(name for name, said in plan.changes.items() if said is None)
    details = {"stored": stored, **({"taken_away": away} if away else {})}
    return Redirect(_at(tender), "web_offers.stored", {"count": str(len(plan.stored))}, details)


def _named(files: list[Staged], number: str) -> dict[str, str]:
    return {"name": next((one.name for one in files if one.number == number), "")}


OFFERS = "/t/{tender}/offers"
OFFICER = frozenset({Role.OFFICER})
ROUTES = (
    Route(GET, OFFERS, _page, nav=30, label="web_offers.nav"),
    Route(POST, OFFERS, _take, OFFICER, uploads=True, act="files_handed_in"),
    Route(POST, f"{OFFERS}/store", _store, OFFICER, act="files_stored"),
    Route(POST, f"{OFFERS}/drop", _drop, OFFICER, act="files_dropped"),
)
