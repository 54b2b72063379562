from collections.abc import Iterator
from re import compile as compiled

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.layer import set_values
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity

COUNTRY = "country"  # the fact of a city
COUNTRIES = "countries"  # so end the names of parameters that list countries
CODE = compiled("[A-Z]{2}")


def countries_are_codes(rulebook: Rulebook) -> Iterator[Problem]:
    """Find countries of cities and in the lists of layers that are no two capital letters."""
    for made in set_values(rulebook):
        listed = made.value if isinstance(made.value, tuple) else ()
        for index, country in enumerate(listed if made.full.endswith(COUNTRIES) else ()):
            if CODE.fullmatch(str(country)) is None:
                place = made.document.value_place((*made.steps, index))
                yield Problem(f"`{country}` is not the code of a country", place)
    for name, city in rulebook.cities.items():
        document, stated = rulebook.documents.get(f"cities/{name}.yaml"), city.facts.get(COUNTRY)
        own = None if stated is None or document is None else str(stated.value)
        if document is not None and own is not None and CODE.fullmatch(own) is None:
            place = document.value_place(("facts", COUNTRY, "value"))
            yield Problem(f"`{own}` is not the code of a country", place)


CHECK = Check(
    id="cities.country_not_a_code",
    severity=Severity.ERROR,
    title="A country is not written by its code",
    finds=(
        "Countries of cities, and entries of lists of countries in layers, that are no two "
        "capital letters."
    ),
    why="No project is ever in such a country: the code of every project is in capitals.",
    wrong="""\
parameters:
  locality.tier.neighbour_countries: {value: [SE, no, EE]}
""",
    right="""\
parameters:
  locality.tier.neighbour_countries: {value: [SE, "NO", EE]}
""",
    step="Write the two capital letters of the country, Norway's in quotes.",
    look=countries_are_codes,
)
