"""The verdicts of a tender: a list to filter and sort, what it comes to, the ways to its files."""

from typing import Any

from offsetcheck.api.offer_rows import OfferRow
from offsetcheck.api.report_in_page import VERDICT_LOOKS, bar, supply_bar
from offsetcheck.api.result_file import result_formats
from offsetcheck.api.web_page import said_number, say
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.kept import Opened, opened
from offsetcheck.web.offers_shown.addresses import day_asked, offer_address, tender_address
from offsetcheck.web.offers_shown.chosen import (
    SORT,
    SORTS,
    Choice,
    Chosen,
    choices,
    chosen_of,
    rule_choices,
)
from offsetcheck.web.offers_shown.listing import Listing, listing_of
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import GET, Page, Shown, Visit

ON_A_PAGE = 100
MOST_REMARKS = 50
LIST, FILES, PAGE = "verdicts", "result", "page"
FOR_PEOPLE = ("html", "pdf", "xlsx", "csv", "json", "md", "text")
BY_DEFAULT = (SORT, "verdict")


class Line(Shown):
    """One offer of the list."""

    to: str
    row: dict[str, Any]
    look: dict[str, str]
    bar: dict[str, Any] | None


class Column(Shown):
    """A column that one can sort by: what `aria-sort` says, and where its heading leads."""

    name: str
    words: str
    direction: str
    to: str
    number: bool


class Filter(Shown):
    """One filter of the list: its values with how many offers each has."""

    name: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...]


class Link(Shown):
    """An address and its words; without one it is where the reader is."""

    to: str
    words: str
    here: bool = False


class VerdictsPage(Shown):
    """The list, its filter, what all offers come to, and the files of the result."""

    context: str
    purchase: str
    purchase_look: dict[str, str]
    conservation: str
    need: str
    supply: tuple[dict[str, Any], ...]
    supply_bar: dict[str, Any] | None
    filters: tuple[Filter, ...]
    text: str
    filtered: bool
    day: str
    sort: str
    counted: str
    all_offers: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    pages: tuple[Link, ...]
    files: tuple[Link, ...]
    report: str
    remarks: tuple[str, ...]
    remarks_words: str


def _list(visit: Visit) -> Page:
    tender = opened(visit)
    listing, chosen = listing_of(tender), chosen_of(visit)
    rows = listing.rows
    wanted = chosen.rows(rows)
    pages = max(1, -(-len(wanted) // ON_A_PAGE))
    number = min(_number(visit.asked(PAGE)), pages)
    on_page = wanted[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    words, case = words_of(visit), tender.case
    wording = case.setting.wording
    come_to = listing.supplied
    verdict = case.purchase_explained.verdict
    remarks = [f"{one.place}: {one.message}" for one in case.problems]
    shown = VerdictsPage(
        context=" · ".join(
            (wording.city(), case.purchase_explained.title, wording.day(case.bound.as_of))
        ),
        purchase=verdict.words,
        purchase_look=dict(VERDICT_LOOKS[verdict.verdict]),
        conservation=say(words, "report.conservation", offers=len(case.table), verdicts=len(rows)),
        need=come_to.need_words,
        supply=tuple(
            {"look": dict(VERDICT_LOOKS[line.verdict]), **line.model_dump(mode="json")}
            for line in come_to.supply
        ),
        supply_bar=supply_bar(come_to),
        filters=_filters(listing, chosen, words),
        text=chosen.text,
        filtered=chosen.filtered,
        day=dict(day_asked(visit)).get("on", ""),
        sort=chosen.sort,
        counted=_counted(words, len(on_page), len(wanted), len(rows)),
        all_offers=_address(visit, (*Chosen(sort=chosen.sort).pairs,)),
        columns=tuple(_column(visit, chosen, name, words) for name in SORTS),
        lines=tuple(_line(visit, tender, chosen, row) for row in on_page),
        pages=_pages(visit, chosen, pages, number),
        files=_files(visit, words),
        report=tender_address(visit.part("tender"), "report", day_asked(visit)),
        remarks=tuple(remarks[:MOST_REMARKS]),
        remarks_words=say(words, "web_verdicts.remarks", count=len(remarks)),
    )
    return Page("verdicts", words["web_verdicts.title"], shown, tender=visit.part("tender"))


def _number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1  # noqa: PLR2004


def _address(visit: Visit, pairs: tuple[tuple[str, str], ...]) -> str:
    return tender_address(visit.part("tender"), LIST, (*pairs, *day_asked(visit)))


def _counted(words: Any, shown: int, wanted: int, every: int) -> str:
    key = "web_verdicts.counted" if shown == wanted else "web_verdicts.counted_part"
    return say(
        words,
        key,
        **{
            name: said_number(count, words)
            for name, count in (("shown", shown), ("wanted", wanted), ("all", every))
        },
    )


def _column(visit: Visit, chosen: Chosen, name: str, words: Any) -> Column:
    pairs = [pair for pair in chosen.pairs if pair[0] != SORT]
    to = _address(visit, (*pairs, (SORT, chosen.next_sort(name))))
    return Column(
        name=name,
        words=words[f"web_verdicts.column_{name}"],
        direction=chosen.direction(name),
        to=to,
        number=name in {"tonnes", "price", "missing"},
    )


def _line(visit: Visit, tender: Opened, chosen: Chosen, row: OfferRow) -> Line:
    bound = tender.case.setting.bound
    cuts = tuple(bound.scheme.grades)
    floor = dict(cuts).get(bound.city.floor)
    query = (*(chosen.pairs if chosen.sort else (*chosen.pairs, BY_DEFAULT)), *day_asked(visit))
    named = {name: getattr(row, name) for name in ROW}
    return Line(
        to=offer_address(visit.part("tender"), row.id, query),
        row=named,
        look=dict(VERDICT_LOOKS[row.verdict]),
        bar=bar(row.integrity, cuts, floor, row.grade) if cuts else None,
    )


ROW = (
    "id", "name", "seller", "type_words", "country_words", "tonnes_words", "price_words",
    "verdict_words", "officer_words", "grade", "reason", "missing",
)  # fmt: skip


def _filters(listing: Listing, chosen: Chosen, words: Any) -> tuple[Filter, ...]:
    rows, unstated = listing.rows, words["web_verdicts.unstated"]
    found: dict[str, tuple[Choice, ...]] = {
        "verdict": choices(rows, "verdict", unstated),
        "type": choices(rows, "type", unstated),
        "country": choices(rows, "country", unstated),
        "rule": rule_choices(rows, lambda rule: listing.titles.get(rule, rule)),
    }
    return tuple(
        Filter(
            name=name,
            label=words[f"web_verdicts.filter_{name}"],
            value=getattr(chosen, name),
            options=tuple(
                (one.value, f"{one.words} ({said_number(one.count, words)})") for one in values
            ),
        )
        for name, values in found.items()
    )


def _pages(visit: Visit, chosen: Chosen, pages: int, number: int) -> tuple[Link, ...]:
    if pages == 1:
        return ()
    return tuple(
        Link(
            to=_address(visit, (*chosen.pairs, (PAGE, str(one)))),
            words=str(one),
            here=one == number,
        )
        for one in range(1, pages + 1)
    )


def _files(visit: Visit, words: Any) -> tuple[Link, ...]:
    return tuple(
        Link(
            to=tender_address(visit.part("tender"), FILES, (("form", form), *day_asked(visit))),
            words=words.get(f"web_verdicts.form_{form}", form),
        )
        for form in sorted(result_formats(), key=_place_of)
    )


def _place_of(form: str) -> tuple[int, str]:
    """Return the place of a format: those for people first, then those of other systems."""
    return (FOR_PEOPLE.index(form) if form in FOR_PEOPLE else len(FOR_PEOPLE)), form


ROUTES = (Route(GET, "/t/{tender}/verdicts", _list, nav=60, label="web_verdicts.nav"),)
