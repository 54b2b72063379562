"""The unit of a new field: that of the dictionary's fields whose names end in the same word."""

from collections import Counter
from collections.abc import Iterable

from offsetcheck.vocabulary.dictionary import Dictionary

NUMBERS = frozenset({"number", "integer"})
ENOUGH = 2  # fields that agree; one alone may be called so by chance


def unit_of(field: str, kind: str, dictionary: Dictionary) -> str | None:
    """Return the unit that a number's name ends with: `year` for `soil_years`, else None."""
    if kind not in NUMBERS:
        return None
    ending = _ending(field)
    units = Counter(unit for name, unit in _units(dictionary) if _ending(name) == ending)
    unit, times = max(units.items(), key=lambda item: item[1], default=("", 0))
    if times < ENOUGH and unit.casefold() != ending:
        return None
    return unit if times * 2 > units.total() else None


def _units(dictionary: Dictionary) -> Iterable[tuple[str, str]]:
    """Yield the name and unit of each number; a number without one is a word against a unit."""
    for fields in (dictionary.candidate, dictionary.purchase, dictionary.portfolio):
        for name, field in fields.items():
            if field.type in NUMBERS:
                yield name, field.unit or ""


def _ending(name: str) -> str:
    return name.rpartition("_")[2]
