"""The first page: the tenders of the served folder."""

from urllib.parse import quote

from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.tenders import tenders
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import GET, Page, Shown, Visit


class TenderLine(Shown):
    """One tender of the list, and its address."""

    name: str
    to: str


class TendersPage(Shown):
    """The tenders of the served folder."""

    tenders: tuple[TenderLine, ...]
    folder: str


def _list(visit: Visit) -> Page:
    found = tenders(visit.workplace)
    lines = tuple(TenderLine(name=one.name, to=f"/t/{quote(one.name)}") for one in found)
    shown = TendersPage(tenders=lines, folder=str(visit.workplace.folder))
    return Page("tenders", words_of(visit)["web_tenders.title"], shown)


ROUTES = (Route(GET, "/", _list, nav=10, label="web_tenders.nav"),)
