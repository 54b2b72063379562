"""The order of the rooms for a comparison: one offer, judged for each city and standard."""

import shlex
from dataclasses import dataclass, replace
from pathlib import Path

from offsetcheck.api.binding import bound_on
from offsetcheck.api.case import Case, case_of, read_input, read_registries
from offsetcheck.api.city import ChosenCity, cities_chosen, own_city_of
from offsetcheck.api.judge import judge_one, offer_named, problems_of
from offsetcheck.api.request import Knowledge, Request
from offsetcheck.difference.cities import compare_profiles
from offsetcheck.difference.phrases import Speech
from offsetcheck.difference.profile import Profile
from offsetcheck.engine.assess import assess_purchase
from offsetcheck.explain.purchase import explain_purchase
from offsetcheck.explain.setting import setting
from offsetcheck.report.format import Page
from offsetcheck.report.render import render
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.comparison import ComparisonExplanation, DriftExplanation
from offsetcheck.vocabulary.lookback import LookbackExplanation
from offsetcheck.vocabulary.problem import Problem, RequestError
from offsetcheck.vocabulary.reading import Reading

ALL = "all"
CITY = "city"
MIN_PROFILES = 2


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison, the words that a page of it is written in, and what could not be read.

    `problems` are those of the offer's own row and of what no other row bears.
    """

    explained: ComparisonExplanation
    speech: Speech
    problems: tuple[Problem, ...]
    readings: tuple[Reading, ...] = ()


def compare(request: Request, rulebook: Rulebook, offer: str, cities: str = ALL) -> Comparison:
    """Return one offer of a request's input compared under the profiles that `cities` names.

    `cities` is `all` or cities between commas, each an id or a folder or file of its own. Raises
    RequestError for an offer or profile that is not there.
    """
    own = own_city_of(request.path, rulebook)
    known = rulebook if own is None else own.rulebook
    tender = read_input(
        request.path, known, request.as_of, request.knowledge, asked=request.asked_of_offers()
    )
    first = tender.city if own is None else own.id
    chosen = profiles_named(cities, known, first)
    bound = bound_on(chosen[0].rulebook, chosen[0].id, request.as_of)
    case = case_of(request, tender, bound, read_registries(request, rulebook), chosen[0])
    candidate = offer_named(case, offer)
    command = reproduced(request, offer, cities)
    made = [_profile(case, city, candidate, command) for city in chosen]
    speech = Speech(made[0].setting.wording)
    words = _purchase_words(request, first, known, speech)
    problems = problems_of(case, candidate.id)
    return Comparison(compare_profiles(made, words), speech, problems, case.readings)


def profiles_named(cities: str, rulebook: Rulebook, first: str | None) -> tuple[ChosenCity, ...]:
    """Return the profiles that a text names: `all`, or at least two cities between commas.

    All are those of the rulebook, cities before standards, `first` before the others. Raises
    RequestError for a profile that is not there, or for fewer than two.
    """
    if cities == ALL:
        known = rulebook.cities

        def place(name: str) -> tuple[bool, bool, str]:
            return name != first, known[name].kind != CITY, name

        return tuple(ChosenCity(name, rulebook, name) for name in sorted(known, key=place))
    named = (part.strip() for part in cities.split(",") if part.strip())
    chosen = cities_chosen(named, rulebook, "cities")
    if len(chosen) < MIN_PROFILES:
        raise RequestError.about("cities", "name at least two, or `all`")
    return chosen


def _profile(case: Case, city: ChosenCity, candidate: Candidate, command: str) -> Profile:
    bound = bound_on(city.rulebook, city.id, case.bound.as_of)
    origin = replace(case.setting.origin, reproduce=command)
    made = setting(bound, case.purchase, case.setting.wording.language, origin)
    purchase = explain_purchase(made, assess_purchase(case.purchase, bound))
    judged = judge_one(made, purchase, candidate)
    return Profile(made, candidate, judged.assessment, judged.explained, purchase)


def _purchase_words(request: Request, named: str | None, rulebook: Rulebook, speech: Speech) -> str:
    if named is None:
        return speech.say("compare.purchase_file", year=request.as_of.year)
    known = rulebook.cities.get(named)
    city = speech.wording.pick(known.name, f"city_name.{known.id}") if known else named
    return speech.say("compare.purchase_tender", city=city)


def reproduced(request: Request, offer: str, cities: str) -> str:
    """Return the command that makes the same comparison again, without folders."""
    words = [
        f"offsetcheck compare {request.path.resolve().name} {offer} --cities {shlex.quote(cities)}"
    ]
    words += [f"--as-of {request.as_of.isoformat()}"]
    words += request.options()
    words += ["--knowledge today"] if request.knowledge is Knowledge.TODAY else []
    return " ".join(words)


def text_of(
    explained: ComparisonExplanation | DriftExplanation | LookbackExplanation,
    form: str,
    speech: Speech,
    templates: Path | None,
) -> Page:
    """Return a comparison, drift or look back as a page in a format of reports."""
    return render(explained, form, speech.words, templates=templates)
