"""The cities that a tender may name: those of the rulebook, and folders of a city's own."""

import os
from collections.abc import Iterator
from pathlib import Path

from offsetcheck import Rulebook
from offsetcheck.web.folder.tenders import NAME

CITY = "city.yaml"
Choice = tuple[str, str]


def shipped_cities(rulebook: Rulebook, language: str) -> tuple[Choice, ...]:
    """Return the cities and standards of a rulebook by id, with their names, in order of these."""
    named = [
        (one, city.name.get(language) or city.name["en"]) for one, city in rulebook.cities.items()
    ]
    return tuple(sorted(named, key=lambda each: each[1].casefold()))


def own_cities(folder: Path, before: str) -> tuple[Choice, ...]:
    """Return the folders of a city's own in a folder, as a tender names them after `before`."""
    return tuple((f"{before}{name}", name) for name in _own(folder))


def _own(folder: Path) -> Iterator[str]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name.casefold())
    except OSError:
        return
    for entry in entries:
        is_folder = entry.is_dir(follow_symlinks=False) and NAME.match(entry.name)
        if is_folder and (Path(entry.path) / CITY).is_file():
            yield entry.name


def cities_of_tender(tender: Path, rulebook: Rulebook, language: str) -> tuple[Choice, ...]:
    """Return every city that a tender may name, those of its own first."""
    own = (*own_cities(tender, "./"), *own_cities(tender.parent, "../"))
    return (*own, *shipped_cities(rulebook, language))
