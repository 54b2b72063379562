from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.policies.model import CityFile
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity

YEAR = "_year"
# Ours: no inventory is older, and no promise reaches further.
FIRST, LAST = 1900, 2200


def years_are_years(rulebook: Rulebook) -> Iterator[Problem]:
    """Find facts of cities that are named as years and can be none."""
    for name, city in sorted(rulebook.cities.items()):
        document = rulebook.documents.get(f"cities/{name}.yaml")
        if document is not None and _swapped(city):
            message = "the city is neutral no later than its base year"
            place = document.value_place(("facts", f"neutrality{YEAR}", "value"))
            yield Problem(message, place, f"look whether it and `base{YEAR}` are swapped")
        for fact, stated in city.facts.items() if document is not None else ():
            value = stated.value
            if not fact.endswith(YEAR) or isinstance(value, bool):
                continue
            if isinstance(value, int | float) and not _is_year(value):
                assert document is not None  # noqa: S101 - asked for above
                place = document.value_place(("facts", fact, "value"))
                hint = "write all four digits, without a fraction"
                yield Problem(f"`{fact}` can be no year: {value:g}", place, hint)


def _swapped(city: CityFile) -> bool:
    """Whether a city is neutral before the year against which it counts."""
    base, neutral = (city.facts.get(f"{name}{YEAR}") for name in ("base", "neutrality"))
    years = [one.value for one in (base, neutral) if one is not None]
    numbers = [year for year in years if isinstance(year, int | float) and _is_year(year)]
    return len(numbers) == 2 and numbers[0] >= numbers[1]  # noqa: PLR2004 - both


def _is_year(value: float) -> bool:
    return FIRST <= value <= LAST and value == int(value)


CHECK = Check(
    id="cities.year_impossible",
    severity=Severity.ERROR,
    title="A year of a city is none",
    finds=(
        "Facts of cities whose names end in `_year` and that lie before 1900 or after 2200, or "
        "have a fraction, and years of neutrality no later than the base year."
    ),
    why="Claims and balances are counted from it.",
    wrong="""\
facts:
  base_year: {value: 199}
""",
    right="""\
facts:
  base_year: {value: 1990}
""",
    step="Write the year with its four digits.",
    look=years_are_years,
)
