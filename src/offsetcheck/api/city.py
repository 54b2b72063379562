"""The city that a request or a tender names: a shipped one, or a folder or file of its own."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from offsetcheck.api.request import Request
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.tender.city import city_named
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import InputError, Place, Problem, RequestError

PURCHASE = "purchase.yaml"
WHERE = "the city's folder or file lies within the tender's folder or right beside it"


@dataclass(frozen=True, slots=True)
class ChosenCity:
    """A city that somebody named: its id in a rulebook that holds it, and its own templates.

    `named` is the city as the command line was told it; None: the tender names a city of its own.
    """

    id: str
    rulebook: Rulebook
    named: str | None = None
    templates: Path | None = None


def city_chosen(named: str, rulebook: Rulebook) -> ChosenCity:
    """Return the city that a text names: an id of the rulebook, else a folder or file.

    An id comes before a folder of the same name, which `./NAME` names. Raises RequestError for
    what is neither, RulebookError with every problem of a city's own files.
    """
    if named in rulebook.cities:
        return ChosenCity(named, rulebook, named)
    if not (is_path(named) or _is_there(named)):
        known = sorted(rulebook.cities)
        raise RequestError.about("city", unknown_city(named), city_hint(named, known))
    if not _is_there(named):
        said = f"there is no folder or file `{named}` with a city's policy"
        raise RequestError.about("city", said, "`offsetcheck init city NAME` writes one")
    return _own(Path(named), named, rulebook, named)


def cities_chosen(
    names: Iterable[str], rulebook: Rulebook, argument: str
) -> tuple[ChosenCity, ...]:
    """Return the cities of some names, each once; RequestError where two have one id."""
    found: dict[str, ChosenCity] = {}
    for name in dict.fromkeys(names):
        city = city_chosen(name, rulebook)
        if city.id in found:
            said = f"`{found[city.id].named}` and `{name}` are both the city `{city.id}`"
            raise RequestError.about(argument, said, "name one of them, or give it another id")
        found[city.id] = city
    return tuple(found.values())


def city_of(request: Request, rulebook: Rulebook) -> ChosenCity | None:
    """Return the city of a request, else that of its tender where it names a folder or file.

    None where the tender names a shipped city, an unknown one or none, which only whoever reads
    the tender whole can tell. Raises as `city_chosen`, and InputError for a path that a tender may
    not name.
    """
    if request.city is not None:
        return city_chosen(request.city, rulebook)
    return own_city_of(request.path, rulebook)


def own_city_of(tender: Path, rulebook: Rulebook) -> ChosenCity | None:
    """Return the folder or file that a tender names as its city, None where it names none."""
    return own_city_named(
        city_named(tender / PURCHASE) if tender.is_dir() else None, tender, rulebook
    )


def own_city_named(named: str | None, tender: Path, rulebook: Rulebook) -> ChosenCity | None:
    """Return the folder or file that a tender is to name as its city; as `own_city_of`."""
    if named is None or named in rulebook.cities or not named.isprintable():
        return None
    path = tender / named
    if not (is_path(named) or os.path.lexists(path)):
        return None
    check_lies_near(path, named, tender)
    return _own(path, os.path.normpath(path), rulebook, None)


def is_path(named: str) -> bool:
    """Whether a text names a folder or file, whether or not there is one."""
    if not named.isprintable():
        return False
    return "/" in named or os.sep in named or named in {".", ".."} or named.endswith(".yaml")


def _is_there(named: str) -> bool:
    """Whether something bears a name, be it a link that leads nowhere."""
    return named.isprintable() and os.path.lexists(named)


def unknown_city(city: str) -> str:
    """Return the sentence that the rulebook holds no such city."""
    return f"the rulebook holds no city `{city}`"


def city_hint(city: str, known: Iterable[str]) -> str:
    """Return the nearest city, else all of them."""
    return did_you_mean(city, known) or f"it holds {', '.join(known)}"


def _own(path: Path, said: str, rulebook: Rulebook, named: str | None) -> ChosenCity:
    # Reading a policy needs the parser of expressions, which a shipped city does without.
    from offsetcheck.rulebook.overlay.lay import lay_over

    own = lay_over(rulebook, path, said)
    return ChosenCity(own.id, own.rulebook, named, own.templates)


def check_lies_near(path: Path, named: str, tender: Path) -> None:
    """Raise InputError for a path that leads elsewhere: a tender may come from a stranger."""
    home, there = Path(os.path.realpath(tender)), Path(os.path.realpath(path))
    message = None
    if Path(named).is_absolute() or (
        there != home and not there.is_relative_to(home) and there.parent != home.parent
    ):
        message = f"the city `{named}` lies elsewhere"
    elif there == home:
        message = "the tender's folder is no city's folder"
    elif not there.exists():
        message = f"there is no folder or file `{named}` with a city's policy"
    if message is not None:
        raise InputError([Problem(message, Place(str(tender / PURCHASE), field="city"), WHERE)])
