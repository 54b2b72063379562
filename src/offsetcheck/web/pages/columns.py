"""The list that a tender holds: its columns and rows set right on the spot, looked at first."""

from urllib.parse import quote

from offsetcheck.api.columns import COLUMNS_FILE, ColumnsChange
from offsetcheck.api.incoming import Taken, fields_offered, wording_of
from offsetcheck.vocabulary.problem import InputError
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.edits import seen
from offsetcheck.web.folder.kept import rulebook_of
from offsetcheck.web.folder.tenders import TenderFolder, tender_named
from offsetcheck.web.incoming.looks import ProblemLine, Seen, problem_line, request_of
from offsetcheck.web.incoming.said import change_said, said_again
from offsetcheck.web.incoming.stored import (
    Tried,
    columns_path,
    columns_there,
    list_path,
    mark_of,
    refuse_other,
    seen_list,
    tried,
    write_columns,
)
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import GET, POST, Answer, Page, Redirect, Role, Shown, Visit, Wrong

MOST_SHOWN = 60


class AnswerLine(Shown):
    """One answer of an offer, as it is and as it would be."""

    offer: str
    title: str
    before: str
    after: str


class TriedLines(Shown):
    """What another reading of the list would change."""

    text: str
    answers: tuple[AnswerLine, ...]
    more: int
    gone: tuple[str, ...]
    come: tuple[str, ...]
    problems: tuple[ProblemLine, ...]


class ColumnsPage(Shown):
    """A tender's list, with what can be said of its columns and rows."""

    at: str
    back: str
    seen: Seen
    fields: tuple[tuple[str, str], ...]
    said: str
    mark: str
    again: tuple[tuple[str, str], ...]
    tried: TriedLines | None
    can_write: bool


def _page(visit: Visit, wrong: tuple[Wrong, ...] = (), what: Tried | None = None) -> Page:
    tender = tender_named(visit.workplace, visit.part("tender"))
    found = seen_list(visit, tender)
    wording = wording_of(request_of(visit, tender), rulebook_of(visit.workplace.rules))
    is_list = found.mappable and found.taken in {Taken.OFFERS, Taken.NOTHING}
    shown = ColumnsPage(
        at=_at(tender),
        back=f"/t/{quote(tender.name, safe='')}/offers",
        seen=found,
        fields=fields_offered(wording) if is_list else (),
        said=columns_there(tender) or "",
        mark=mark_of(tender),
        again=tuple(said_again(visit)),
        tried=None if what is None else _lines(what),
        can_write=visit.may(Role.OFFICER),
    )
    status = 422 if wrong else 200
    return Page("columns", list_path(tender).name, shown, tender.name, status, wrong)


def _at(tender: TenderFolder) -> str:
    return f"/t/{quote(tender.name, safe='')}/offers/columns"


def _lines(what: Tried) -> TriedLines:
    answers = what.change.answers
    return TriedLines(
        text=what.text,
        answers=tuple(
            AnswerLine(offer=one.offer, title=one.title, before=one.before, after=one.after)
            for one in answers[:MOST_SHOWN]
        ),
        more=max(0, len(answers) - MOST_SHOWN),
        gone=what.change.gone,
        come=what.change.come,
        problems=tuple(map(problem_line, what.problems[:MOST_SHOWN])),
    )


def _show(visit: Visit) -> Page:
    return _page(visit)


def _tried(visit: Visit, tender: TenderFolder) -> Tried | Page:
    """Return what a form would change, or the page again that says why it cannot be."""
    refuse_other(tender, visit.filled("seen"))
    change = change_said(visit, seen_list(visit, tender).columns)
    if change == ColumnsChange():
        return _page(visit, (Wrong("columns", words_of(visit)["web_offers.said_nothing"]),))
    try:
        return tried(visit, tender, change)
    except InputError as error:
        return _page(visit, tuple(Wrong("columns", str(p)) for p in error.problems))


def _look(visit: Visit) -> Answer:
    tender = tender_named(visit.workplace, visit.part("tender"))
    what = _tried(visit, tender)
    return what if isinstance(what, Page) else _page(visit, what=what)


def _write(visit: Visit) -> Answer:
    tender = tender_named(visit.workplace, visit.part("tender"))
    what = _tried(visit, tender)
    if isinstance(what, Page):
        return what
    write_columns(visit, tender, what.text, visit.filled("seen"))
    details = {
        "list": list_path(tender).name,
        COLUMNS_FILE: seen(columns_path(tender)),
        "answers": str(len(what.change.answers)),
    }
    return Redirect(_at(tender), "web_offers.columns_written", details=details)


COLUMNS = "/t/{tender}/offers/columns"
OFFICER = frozenset({Role.OFFICER})
ROUTES = (
    Route(GET, COLUMNS, _show),
    Route(POST, f"{COLUMNS}/look", _look, OFFICER),
    Route(POST, COLUMNS, _write, OFFICER, act="columns_set_right"),
)
