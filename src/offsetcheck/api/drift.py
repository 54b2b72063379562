"""The order of the rooms for a drift: one list read once and judged on two days."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from offsetcheck.api.binding import bound_on
from offsetcheck.api.case import Case, case_of, read_for_city, read_registries
from offsetcheck.api.city import ChosenCity
from offsetcheck.api.request import Request, city_words
from offsetcheck.difference.days import Days
from offsetcheck.difference.days import drift as drift_of_days
from offsetcheck.difference.phrases import Speech
from offsetcheck.explain.setting import Setting, setting
from offsetcheck.intake.tender.read import Tender
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.comparison import DriftExplanation
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.problem import Problem, RequestError
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.reading import Reading


@dataclass(frozen=True, slots=True)
class Drift:
    """A drift, the words that a page of it is written in, and what could not be read.

    `templates` is the city's own folder of them.
    """

    explained: DriftExplanation
    speech: Speech
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    templates: Path | None = None


def drift(request: Request, rulebook: Rulebook, since: date, shown: int = 20) -> Drift:
    """Return how a request's list drifts from a day to the request's own day.

    `shown` is how many changed offers are explained one by one. Raises RequestError where the
    first day is not the earlier one.
    """
    if since >= request.as_of:
        raise RequestError.about("since", "the earlier day lies before the later one")
    tender, city = read_for_city(request, rulebook)
    bound = bound_on(city.rulebook, city.id, request.as_of)
    case = case_of(request, tender, bound, read_registries(request, rulebook), city)
    before = _setting(case, city, request, since, since)
    after = _setting(case, city, request, since, request.as_of)
    speech = Speech(after.wording)
    words = _purchase_words(tender, since, request.as_of, speech)
    days = Days(city.rulebook, before, after, words)
    explained = drift_of_days(case.table, days, shown)
    return Drift(explained, speech, case.problems, case.remarks, case.readings, case.templates)


def _setting(case: Case, city: ChosenCity, request: Request, since: date, day: date) -> Setting:
    bound = bound_on(city.rulebook, city.id, day)
    origin = replace(case.setting.origin, reproduce=_reproduced(city, request, since))
    return setting(bound, _purchase_on(case, day), request.language, origin)


def _purchase_on(case: Case, day: date) -> Purchase:
    """Return the purchase of a tender; of a list, one whose only fact is the year of the day."""
    if case.tender.city is not None:
        return case.purchase
    return replace(case.purchase, facts={"year": Fact(value=day.year, grade=EvidenceGrade.E1)})


def _purchase_words(tender: Tender, since: date, until: date, speech: Speech) -> str:
    if tender.city is not None:
        return speech.say("drift.purchase_tender")
    return speech.say("drift.purchase_file", since_year=since.year, until_year=until.year)


def _reproduced(city: ChosenCity, request: Request, since: date) -> str:
    words = [f"offsetcheck drift {request.path.resolve().name}", *city_words(city.named)]
    words += [f"--from {since.isoformat()} --to {request.as_of.isoformat()}"]
    words += request.options()
    return " ".join(words)
