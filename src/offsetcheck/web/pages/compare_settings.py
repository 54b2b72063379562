"""One offer for other cities and standards, and all offers on two days: each as its report."""

from dataclasses import replace
from datetime import date
from typing import Any

from offsetcheck.api.compare import compare
from offsetcheck.api.drift import drift
from offsetcheck.vocabulary.problem import RequestError
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.kept import DAY, Opened, day_of, opened
from offsetcheck.web.offers_shown.comparing import Link, kinds_of, offers_named
from offsetcheck.web.offers_shown.listing import refuse_unknown
from offsetcheck.web.offers_shown.report_pages import ReportPart, report_part
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import GET, Page, RefusedError, Shown, Visit, Wrong
from offsetcheck.web.work.progress import takes_long

OFFER, CITY, ALL, SINCE = "offer", "city", "all", "from"
SECONDS_EACH = 0.05
"""What judging one offer for one more city takes, or on two more days."""


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


def _cities(visit: Visit) -> Page:
    tender, name, words = opened(visit), visit.part("tender"), words_of(visit)
    offer, chosen = visit.asked(OFFER), visit.asked_all(CITY)
    wrong: tuple[Wrong, ...] = ()
    part = None
    if offer:
        refuse_unknown(tender, offer)
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
    until = _day(visit.asked("to")) or day_of(visit)
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
        kinds=kinds_of(visit),
        offers=offers_named(tender),
        cities=tuple(sorted(titles, key=lambda pair: pair[1].casefold())),
        day=visit.asked(DAY),
        part=part,
        **{**empty, **filled},
    )


ROUTES = (
    Route(GET, "/t/{tender}/compare-cities", _cities),
    Route(GET, "/t/{tender}/compare-days", _days),
)
