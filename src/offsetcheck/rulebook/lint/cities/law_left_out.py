from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity

COUNTRY = "country"


def laws_of_the_country_bind(rulebook: Rulebook) -> Iterator[Problem]:
    """Find cities that do not list the jurisdiction of their own country, where there is one."""
    for name, city in sorted(rulebook.cities.items()):
        document, stated = rulebook.documents.get(f"cities/{name}.yaml"), city.facts.get(COUNTRY)
        if document is None or stated is None:
            continue
        law = str(stated.value).lower()
        if law in rulebook.jurisdictions and law not in city.jurisdictions:
            message = f"the city lies in {stated.value} and leaves out the jurisdiction `{law}`"
            place = document.key_place(("jurisdictions",))
            yield Problem(message, place, f"add `{law}`")


CHECK = Check(
    id="cities.law_left_out",
    severity=Severity.ERROR,
    title="A city leaves out the law of its country",
    finds="Cities whose `country` has a file in jurisdictions/ that they do not list.",
    why="What that law sets would not hold for the city.",
    wrong="""\
jurisdictions: [eu]
facts:
  country: {value: FI}
""",
    right="""\
jurisdictions: [eu, fi]
facts:
  country: {value: FI}
""",
    step="Add the jurisdiction of the country.",
    look=laws_of_the_country_bind,
)
