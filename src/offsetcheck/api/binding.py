"""The city and the day of a request -> the rulebook bound to them."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from offsetcheck.api.city import ChosenCity, city_chosen, city_hint, city_of, unknown_city
from offsetcheck.api.request import Request, check_day
from offsetcheck.intake.tender.read import Tender
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import InputError, Place, Problem, RequestError

REMEMBERED = 8  # a process seldom serves more cities and days than this at once


@dataclass(frozen=True, slots=True, eq=False)
class _This:
    """One rulebook by which it is, not by what it says: an edited one is another."""

    rulebook: Rulebook

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and self.rulebook is other.rulebook

    def __hash__(self) -> int:
        return id(self.rulebook)


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
        raise InputError([Problem("this tender names no city", place, city_hint("", known))])
    if tender.city not in rulebook.cities:
        problem = Problem(unknown_city(tender.city), place, city_hint(tender.city, known))
        raise InputError([problem])
    return tender.city


def chosen_for(request: Request, tender: Tender, rulebook: Rulebook) -> ChosenCity:
    """Return the city of a request, else of the tender, a folder or file of its own too.

    Raises as `decided_city`, and RulebookError for a city's own files with problems.
    """
    own = city_of(request, rulebook)
    if own is not None:
        return own
    city = decided_city(request, tender, rulebook)
    return ChosenCity(city, rulebook, city)


def remarks_on(request: Request, tender: Tender) -> tuple[str, ...]:
    """Return what is odd about a request and is done all the same, one sentence each."""
    if request.city is None or tender.city in {None, request.city}:
        return ()
    return (f"the tender names the city {tender.city}; it is judged for {request.city}",)


def bound_to(rulebook: Rulebook, city: str | None, as_of: date) -> BoundRulebook:
    """Return the rulebook bound to a city, to the guide's own profile where none is named.

    The city is an id, or a folder or file of its own. Raises RequestError for an unknown city or a
    day before any rule began, RulebookError for a city's own files with problems.
    """
    chosen = city_or_guide(rulebook, city)
    return bound_on(chosen.rulebook, chosen.id, as_of)


def city_or_guide(rulebook: Rulebook, city: str | None) -> ChosenCity:
    """Return the city that a text names, the guide's own profile where none is named."""
    return city_chosen(city or _guide_profile(rulebook), rulebook)


def bound_on(rulebook: Rulebook, city: str, as_of: date) -> BoundRulebook:
    """Return the rulebook bound to a city that it holds, on a day; the last few are remembered.

    Raises RequestError for a day before any rule began: where nothing is asked, all would pass.
    """
    check_day(as_of)
    first = rulebook.first_day
    if as_of < first:
        said = f"no rule is in force on {as_of}"
        raise RequestError.whole(said, f"the rulebook begins on {first}")
    return _bound(_This(rulebook), city, as_of)


@lru_cache(REMEMBERED)
def _bound(this: _This, city: str, as_of: date) -> BoundRulebook:
    return bind(this.rulebook, city, as_of)


def check_city(city: str, rulebook: Rulebook) -> None:
    """Raise RequestError for a city that the rulebook does not hold."""
    if city not in rulebook.cities:
        hint = city_hint(city, sorted(rulebook.cities))
        raise RequestError.about("city", unknown_city(city), hint)


def _guide_profile(rulebook: Rulebook) -> str:
    profiles = [name for name in sorted(rulebook.cities) if name.endswith("_default")]
    return (profiles or sorted(rulebook.cities))[0]
