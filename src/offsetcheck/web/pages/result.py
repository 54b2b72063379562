"""The result of a tender as files, and as the whole report that the command line writes."""

from offsetcheck.api.result_file import result_formats
from offsetcheck.api.web_page import say
from offsetcheck.api.write import whole_list
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.kept import opened
from offsetcheck.web.offers_shown.addresses import day_asked, offer_address, tender_address
from offsetcheck.web.offers_shown.report_pages import is_page, whole_report
from offsetcheck.web.offers_shown.result_files import is_made, known_form, made_file
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import GET, Answer, Download, Page, Redirect, Report, Shown, Visit

LIST, FILES, READY = "verdicts", "result", "result-ready"


class ReadyPage(Shown):
    """A file that lies ready."""

    to: str
    words: str
    back: str


def _file(visit: Visit) -> Answer:
    """Answer the result as a file; what took long is announced by a page with a link to it."""
    form, tender = known_form(visit.asked("form"), result_formats), opened(visit)
    made = made_file(visit, tender, form)
    if visit.patient:
        query = (("form", form), *day_asked(visit))
        return Redirect(tender_address(visit.part("tender"), READY, query))
    return Download(f"{tender.folder.name}-{made.name}", made.media, made.data)


def _ready(visit: Visit) -> Answer:
    """Answer the page that says that a file is there; without a format, the list of formats."""
    if not visit.asked("form"):
        return Redirect(tender_address(visit.part("tender"), LIST, day_asked(visit)))
    form, tender = known_form(visit.asked("form"), result_formats), opened(visit)
    query = (("form", form), *day_asked(visit))
    to = tender_address(visit.part("tender"), FILES, query)
    if not is_made(visit, tender, form):
        return Redirect(to)
    words = words_of(visit)
    size = len(made_file(visit, tender, form).data) / 1_000_000
    said = say(
        words,
        "web_verdicts.download",
        form=words.get(f"web_verdicts.form_{form}", form),
        size=f"{size:.1f}",
    )
    shown = ReadyPage(
        to=to, words=said, back=tender_address(visit.part("tender"), LIST, day_asked(visit))
    )
    return Page("result_ready", words["web_verdicts.ready"], shown, tender=visit.part("tender"))


def _report(visit: Visit) -> Report:
    """Answer the whole report of the tender, whose links lead to pages of the app."""
    tender = opened(visit)
    judged, name = tender.judged(), visit.part("tender")
    links = {one.candidate.id: offer_address(name, one.candidate.id) for one in judged}
    addresses = {page: tender_address(name, page) for page in ("award", "claim")}
    pages = {page: to for page, to in addresses.items() if is_page(to)}
    return whole_report(tender, whole_list(tender.case, judged, links, pages))


ROUTES = (
    Route(GET, "/t/{tender}/result", _file),
    Route(GET, "/t/{tender}/result-ready", _ready),
    Route(GET, "/t/{tender}/report", _report),
)
