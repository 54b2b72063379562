"""What changed in a tender since a state of it that somebody kept."""

from offsetcheck.api.since import read_previous, since_of
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.kept import Opened, opened
from offsetcheck.web.offers_shown.addresses import day_asked, tender_address
from offsetcheck.web.offers_shown.kept_states import is_name, keep_state, kept_states, state_named
from offsetcheck.web.offers_shown.report_pages import ReportPart, report_part
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

AGAINST, NAME = "against", "name"
PAGE = "changes"


class StateLine(Shown):
    """One state that is kept, and the address of what changed since; `here` where it is shown."""

    name: str
    to: str
    here: bool


class ChangesPage(Shown):
    """The states that are kept, what changed since one of them, and the form to keep this one."""

    states: tuple[StateLine, ...]
    against: str
    part: ReportPart | None
    keep: bool
    action: str
    name: str


def _changes(visit: Visit) -> Page:
    tender = opened(visit)
    against, part = visit.asked(AGAINST), None
    if against:
        folder = state_named(tender.folder, against)
        if folder is None:
            raise RefusedError(404, "web_changes.no_state", name=against)
        earlier = read_previous(folder)
        made = since_of(tender.case, tender.judged(), earlier)
        part = report_part(tender, made.explained)
    return _page(visit, tender, against, part)


def _page(
    visit: Visit,
    tender: Opened,
    against: str = "",
    part: ReportPart | None = None,
    wrong: str = "",
) -> Page:
    name, words = visit.part("tender"), words_of(visit)
    states = kept_states(tender.folder)
    shown = ChangesPage(
        states=tuple(
            StateLine(
                name=state,
                to=tender_address(name, PAGE, ((AGAINST, state), *day_asked(visit))),
                here=state == against,
            )
            for state in states
        ),
        against=against,
        part=part,
        keep=visit.may(Role.OFFICER, Role.EVALUATOR),
        action=tender_address(name, PAGE, day_asked(visit)),
        name=visit.filled(NAME) or _free(states, tender.request.as_of.isoformat()),
    )
    told = (Wrong(NAME, wrong),) if wrong else ()
    title = words["web_changes.title"]
    return Page(PAGE, title, shown, tender=name, status=422 if wrong else 200, wrong=told)


def _free(states: tuple[str, ...], day: str) -> str:
    """Return a name that is not taken: the day, with a number where it has been kept before."""
    number, name = 2, day
    while name in states:
        number, name = number + 1, f"{day}_{number}"
    return name


def _keep(visit: Visit) -> Answer:
    tender, words = opened(visit), words_of(visit)
    name = visit.filled(NAME)
    if not is_name(name):
        return _page(visit, tender, wrong=words["web_changes.bad_name"])
    if name in kept_states(tender.folder):
        return _page(visit, tender, wrong=words["web_changes.taken"])
    keep_state(visit.workplace, tender, name)
    return Redirect(
        tender_address(visit.part("tender"), PAGE, day_asked(visit)),
        said="web_changes.kept",
        values={"name": name},
        details={"name": name, "as_of": tender.request.as_of.isoformat()},
    )


WHO = frozenset({Role.OFFICER, Role.EVALUATOR})
ROUTES = (
    Route(GET, "/t/{tender}/changes", _changes, nav=120, label="web_changes.nav"),
    Route(POST, "/t/{tender}/changes", _keep, roles=WHO, act="state_kept"),
)
