"""Comparable tonnes of a tender's offers, one of them with every step, and the city's own sinks."""

from offsetcheck.api.balance import balance_of_case, has_sinks
from offsetcheck.api.judge import offer_named
from offsetcheck.api.tonnes import tonnes_of
from offsetcheck.vocabulary.problem import RequestError
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.kept import DAY, opened
from offsetcheck.web.offers_shown.addresses import day_asked, offer_address, tender_address
from offsetcheck.web.offers_shown.report_pages import ReportPart, report_part
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import GET, Page, RefusedError, Shown, Visit
from offsetcheck.web.work.progress import takes_long

OFFER, SINKS = "offer", "sinks"
SECONDS_EACH, SECONDS_BALANCED = 0.015, 0.03
"""What one offer takes, and what it takes in a balance, where it is judged too."""


class TonnesPage(Shown):
    """Comparable tonnes as a report; `sinks` is the address of the balance, None without sinks."""

    offers: tuple[tuple[str, str], ...]
    offer: str
    to_offer: str | None
    all_offers: str | None
    sinks: str | None
    day: str
    part: ReportPart | None


class SinksPage(Shown):
    """The balance of the city's own sinks; `part` is None where the tender states none."""

    tonnes: str
    part: ReportPart | None


def _tonnes(visit: Visit) -> Page:
    tender, name, words = opened(visit), visit.part("tender"), words_of(visit)
    offer = visit.asked(OFFER)
    titles = {c.id: str(c.value("name") or "") for c in tender.case.table.candidates()}
    if offer:
        try:
            offer_named(tender.case, offer)
        except RequestError as error:
            raise RefusedError(404, "web_offer.none", error.problems, offer=offer) from None
    else:
        takes_long(len(titles) * SECONDS_EACH)
    part = None
    if titles:
        part = report_part(tender, tonnes_of(tender.case, offer or None).explained)
    day = day_asked(visit)
    shown = TonnesPage(
        offers=tuple((one, f"{title} ({one})") for one, title in titles.items()),
        offer=offer,
        to_offer=offer_address(name, offer, day) if offer else None,
        all_offers=tender_address(name, "tonnes", day) if offer else None,
        sinks=tender_address(name, SINKS, day) if has_sinks(tender.case) else None,
        day=visit.asked(DAY),
        part=part,
    )
    return Page("tonnes", words["web_tonnes.title"], shown, tender=name)


def _sinks(visit: Visit) -> Page:
    tender, name, words = opened(visit), visit.part("tender"), words_of(visit)
    part = None
    if has_sinks(tender.case):
        takes_long(len(tender.ids) * SECONDS_BALANCED)
        part = report_part(tender, balance_of_case(tender.case).explained)
    shown = SinksPage(tonnes=tender_address(name, "tonnes", day_asked(visit)), part=part)
    return Page("sinks", words["web_tonnes.sinks_title"], shown, tender=name)


ROUTES = (
    Route(GET, "/t/{tender}/tonnes", _tonnes, nav=110, label="web_tonnes.nav"),
    Route(GET, "/t/{tender}/sinks", _sinks),
)
