"""Comparisons: offers side by side, one offer for other cities, and the list on two days."""

from dataclasses import replace
from datetime import date
from typing import Any

from offsetcheck.api.compare import compare
from offsetcheck.api.drift import drift
from offsetcheck.api.judge import JudgedOffer, offer_named
from offsetcheck.api.report_in_page import LOOKS, VERDICT_LOOKS, list_bars, look_of
from offsetcheck.api.web_page import say
from offsetcheck.api.write import whole_list
from offsetcheck.vocabulary.problem import RequestError
from offsetcheck.vocabulary.tender_explanation import TenderExplanation, TenderOffer, TenderRow
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.kept import DAY, Opened, day_of, opened
from offsetcheck.web.offers_shown.addresses import day_asked, offer_address, tender_address
from offsetcheck.web.offers_shown.report_pages import ReportPart, report_part
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import GET, Page, RefusedError, Shown, Visit, Wrong
from offsetcheck.web.work.progress import takes_long

LEAST, MOST = 2, 7
"""How many offers stand side by side: as many columns as a page holds."""
OFFER, CITY, ALL, SINCE = "offer", "city", "all", "since"
SECONDS_EACH = 0.05
"""What judging one offer for one more city takes, or on two more days."""


class Link(Shown):
    """An address and its words; `here` says that it is this page."""

    to: str
    words: str
    here: bool = False


class Column(Shown):
    """One offer of a comparison."""

    id: str
    name: str
    to: str
    look: dict[str, str]
    bar: dict[str, Any] | None
    cells: dict[str, str]


class Cell(Shown):
    """What came out of a rule for one offer."""

    words: str
    look: str
    sign: str


class Row(Shown):
    """A rule on which the offers differ."""

    title: str
    code: str
    cells: tuple[Cell, ...]


class Table(Shown):
    """Offers side by side; `same` are rules and what came out alike."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    same: tuple[tuple[str, str], ...]


class ComparePage(Shown):
    """The choice of offers, and those chosen side by side once there are enough."""

    kinds: tuple[Link, ...]
    offers: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]
    day: str
    table: Table | None


class AsReportPage(Shown):
    """A comparison whose report stands in the page, and the form that asks for another."""

    kinds: tuple[Link, ...]
    offers: tuple[tuple[str, str], ...]
    offer: str
    cities: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]
    since: str
    until: str
    day: str
    part: ReportPart | None


def _kinds(visit: Visit) -> tuple[Link, ...]:
    words, name = words_of(visit), visit.part("tender")
    pages = {"compare": "offers", "compare-cities": "cities", "compare-days": "days"}
    made = {page: tender_address(name, page, day_asked(visit)) for page in pages}
    return tuple(
        Link(
            to=to,
            words=words[f"web_compare.of_{pages[page]}"],
            here=visit.path == f"/t/{name}/{page}",
        )
        for page, to in made.items()
    )


def _named(tender: Opened) -> tuple[tuple[str, str], ...]:
    titles = {c.id: str(c.value("name") or "") for c in tender.case.table.candidates()}
    return tuple((offer, f"{titles[offer]} ({offer})") for offer in tender.ids)


def _refuse_unknown(tender: Opened, *offers: str) -> None:
    for offer in offers:
        try:
            offer_named(tender.case, offer)
        except RequestError as error:
            raise RefusedError(404, "web_offer.none", error.problems, offer=offer) from None


def _offers(visit: Visit) -> Page:
    tender, name, words = opened(visit), visit.part("tender"), words_of(visit)
    chosen = tuple(dict.fromkeys(visit.asked_all(OFFER)))
    _refuse_unknown(tender, *chosen)
    wrong: tuple[Wrong, ...] = ()
    if len(chosen) > MOST or (len(chosen) < LEAST and visit.asked("shown")):
        said = say(words, "web_compare.how_many", least=LEAST, most=MOST, chosen=len(chosen))
        wrong = (Wrong(OFFER, said),)
    enough = LEAST <= len(chosen) <= MOST
    judged = [tender.offer(offer) for offer in chosen] if enough else []
    shown = ComparePage(
        kinds=_kinds(visit),
        offers=_named(tender),
        chosen=chosen,
        day=visit.asked(DAY),
        table=_table(visit, tender, judged) if judged else None,
    )
    title = words["web_compare.title"]
    return Page("compare", title, shown, tender=name, status=422 if wrong else 200, wrong=wrong)


def _table(visit: Visit, tender: Opened, judged: list[JudgedOffer]) -> Table:
    together = whole_list(tender.case, judged, {})
    said = {one.candidate.id: one for one in judged}
    bars = list_bars(together)
    columns = tuple(
        _column(visit, offer, said[offer.id], bars.get(offer.id)) for offer in together.offers
    )
    same = tuple((row.title, row.words) for row in together.same)
    return Table(columns=columns, rows=_rows(together), same=same)


def _column(
    visit: Visit, offer: TenderOffer, judged: JudgedOffer, bar: dict[str, Any] | None
) -> Column:
    cells = {
        "verdict": offer.verdict.words,
        "officer": offer.verdict.officer_words or "",
        "place": offer.place_words,
        "grade": offer.grade,
        "claim": offer.claim,
        "tonnes": offer.tonnes_words,
        "price": offer.price_words,
        "reason": judged.explained.reasons[0].short if judged.explained.reasons else "",
        "answers": offer.answers_words or "",
    }
    return Column(
        id=offer.id,
        name=offer.name,
        to=offer_address(visit.part("tender"), offer.id, day_asked(visit)),
        look=dict(VERDICT_LOOKS[offer.verdict.verdict]),
        bar=bar,
        cells=cells,
    )


def _rows(together: TenderExplanation) -> tuple[Row, ...]:
    return tuple(
        Row(title=row.title, code=row.code or "", cells=tuple(_cells(row)))
        for row in together.differing
    )


def _cells(row: TenderRow) -> list[Cell]:
    return [
        Cell(
            words=cell.words,
            look=look_of(cell.status, row.effect),
            sign=LOOKS[cell.status]["sign"],
        )
        for cell in row.cells
    ]


def _cities(visit: Visit) -> Page:
    tender, name, words = opened(visit), visit.part("tender"), words_of(visit)
    offer, chosen = visit.asked(OFFER), visit.asked_all(CITY)
    wrong: tuple[Wrong, ...] = ()
    part = None
    if offer:
        _refuse_unknown(tender, offer)
        known = tender.case.chosen.rulebook.cities
        if any(city not in known for city in chosen):  # a path of one's own is for the terminal
            raise RefusedError(404, "web_compare.no_city")
        takes_long((len(chosen) or len(known)) * SECONDS_EACH)
        try:
            named = ",".join(chosen) or ALL
            made = compare(tender.request, tender.rulebook, offer, named)
            part = report_part(tender, made.explained)
        except RequestError as error:
            wrong = tuple(Wrong(CITY, str(problem.message)) for problem in error.problems)
    shown = _asked(visit, tender, part, offer=offer, chosen=chosen)
    title = words["web_compare.cities_title"]
    return Page(
        "compare_cities", title, shown, tender=name, status=422 if wrong else 200, wrong=wrong
    )


def _days(visit: Visit) -> Page:
    tender, name, words = opened(visit), visit.part("tender"), words_of(visit)
    until = _day(visit.asked("until")) or day_of(visit)
    since = _day(visit.asked(SINCE))
    wrong: tuple[Wrong, ...] = ()
    part = None
    if visit.asked(SINCE) and since is None:
        wrong = (Wrong(SINCE, words["web_compare.no_day"]),)
    elif since is not None:
        takes_long(2 * len(tender.ids) * SECONDS_EACH)
        try:
            made = drift(replace(tender.request, as_of=until), tender.rulebook, since)
            part = report_part(tender, made.explained)
        except RequestError as error:
            wrong = tuple(Wrong(SINCE, problem.message) for problem in error.problems)
    shown = _asked(visit, tender, part, since=visit.asked(SINCE), until=until.isoformat())
    title = words["web_compare.days_title"]
    return Page(
        "compare_days", title, shown, tender=name, status=422 if wrong else 200, wrong=wrong
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _asked(visit: Visit, tender: Opened, part: ReportPart | None, **filled: Any) -> AsReportPage:
    wording, cities = tender.case.setting.wording, tender.case.chosen.rulebook.cities
    titles = [(one, wording.pick(cities[one].name, f"city_name.{one}")) for one in cities]
    empty = {"offer": "", "chosen": (), "since": "", "until": ""}
    return AsReportPage(
        kinds=_kinds(visit),
        offers=_named(tender),
        cities=tuple(sorted(titles, key=lambda pair: pair[1].casefold())),
        day=visit.asked(DAY),
        part=part,
        **{**empty, **filled},
    )


ROUTES = (
    Route(GET, "/t/{tender}/compare", _offers, nav=70, label="web_compare.nav"),
    Route(GET, "/t/{tender}/compare-cities", _cities),
    Route(GET, "/t/{tender}/compare-days", _days),
)
