"""The city and the day of a request -> the rulebook bound to them."""

from collections.abc import Iterable
from datetime import date

from offsetcheck.api.request import Request, check_day
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.tender.read import Tender
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import InputError, Place, Problem, RequestError


def decided_city(request: Request, tender: Tender, rulebook: Rulebook) -> str:
    """Return the city of the request, else of the tender.

    Raises RequestError where neither names one, or the request an unknown one; InputError where
    the tender does.
    """
    known = sorted(rulebook.cities)
    if request.city is not None:
        check_city(request.city, rulebook)
        return request.city
    if tender.city is None:
        raise RequestError.whole(f"name a city with `city`: {', '.join(known)}")
    return own_city(request, tender, rulebook)


def own_city(request: Request, tender: Tender, rulebook: Rulebook) -> str:
    """Return the city that a tender names; raises InputError for none, or one that is not there."""
    known = sorted(rulebook.cities)
    place = Place(str(request.path / "purchase.yaml"), field="city")
    if tender.city is None:
        raise InputError([Problem("this tender names no city", place, _city_hint("", known))])
    if tender.city not in rulebook.cities:
        problem = Problem(_unknown_city(tender.city), place, _city_hint(tender.city, known))
        raise InputError([problem])
    return tender.city


def remarks_on(request: Request, tender: Tender) -> tuple[str, ...]:
    """Return what is odd about a request and is done all the same, one sentence each."""
    if request.city is None or tender.city in {None, request.city}:
        return ()
    return (f"the tender names the city {tender.city}; it is judged for {request.city}",)


def bound_to(rulebook: Rulebook, city: str | None, as_of: date) -> BoundRulebook:
    """Return the rulebook bound to a city, to the guide's own profile where none is named.

    Raises RequestError for an unknown city or a day before any rule began.
    """
    if city is not None:
        check_city(city, rulebook)
    return bound_on(rulebook, city or _guide_profile(rulebook), as_of)


def bound_on(rulebook: Rulebook, city: str, as_of: date) -> BoundRulebook:
    """Return the rulebook bound to a city that it holds, on a day.

    Raises RequestError for a day before any rule began: where nothing is asked, all would pass.
    """
    check_day(as_of)
    first = rulebook.first_day
    if as_of < first:
        said = f"no rule is in force on {as_of}"
        raise RequestError.whole(said, f"the rulebook begins on {first}")
    return bind(rulebook, city, as_of)


def check_city(city: str, rulebook: Rulebook) -> None:
    """Raise RequestError for a city that the rulebook does not hold."""
    if city not in rulebook.cities:
        hint = _city_hint(city, sorted(rulebook.cities))
        raise RequestError.about("city", _unknown_city(city), hint)


def _guide_profile(rulebook: Rulebook) -> str:
    profiles = [name for name in sorted(rulebook.cities) if name.endswith("_default")]
    return (profiles or sorted(rulebook.cities))[0]


def _unknown_city(city: str) -> str:
    return f"the rulebook holds no city `{city}`"


def _city_hint(city: str, known: Iterable[str]) -> str:
    return did_you_mean(city, known) or f"it holds {', '.join(known)}"
