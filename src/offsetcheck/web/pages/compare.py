"""Offers of a tender side by side, what differs first."""

from typing import Any

from offsetcheck.api.judge import JudgedOffer
from offsetcheck.api.report_in_page import LOOKS, VERDICT_LOOKS, list_bars, look_of
from offsetcheck.api.web_page import say
from offsetcheck.api.write import whole_list
from offsetcheck.vocabulary.tender_explanation import TenderExplanation, TenderOffer, TenderRow
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.kept import DAY, Opened, opened
from offsetcheck.web.offers_shown.addresses import day_asked, offer_address
from offsetcheck.web.offers_shown.comparing import Link, kinds_of, offers_named
from offsetcheck.web.offers_shown.listing import refuse_unknown
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import GET, Page, Shown, Visit, Wrong

LEAST, MOST = 2, 7
"""How many offers stand side by side: as many columns as a page holds."""
OFFER, CITY, ALL, SINCE = "offer", "city", "all", "from"
SECONDS_EACH = 0.05
"""What judging one offer for one more city takes, or on two more days."""


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


def _offers(visit: Visit) -> Page:
    tender, name, words = opened(visit), visit.part("tender"), words_of(visit)
    chosen = tuple(dict.fromkeys(visit.asked_all(OFFER)))
    refuse_unknown(tender, *chosen)
    wrong: tuple[Wrong, ...] = ()
    if len(chosen) > MOST or (len(chosen) < LEAST and visit.asked("shown")):
        said = say(words, "web_compare.how_many", least=LEAST, most=MOST, chosen=len(chosen))
        wrong = (Wrong(OFFER, said),)
    enough = LEAST <= len(chosen) <= MOST
    judged = [tender.offer(offer) for offer in chosen] if enough else []
    shown = ComparePage(
        kinds=kinds_of(visit),
        offers=offers_named(tender),
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


ROUTES = (Route(GET, "/t/{tender}/compare", _offers, nav=70, label="web_compare.nav"),)
