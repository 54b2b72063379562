from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity

ENGLISH = "en"


def names_are_of_one_city(rulebook: Rulebook) -> Iterator[Problem]:
    """Find cities and profiles of one name."""
    first: dict[str, str] = {}
    for name, city in sorted(rulebook.cities.items()):
        document, called = rulebook.documents.get(f"cities/{name}.yaml"), city.name.get(ENGLISH, "")
        other = first.setdefault(called.casefold(), name)
        if document is not None and other != name:
            message = f"`{other}` is called “{called}” too"
            yield Problem(message, document.value_place(("name", ENGLISH)))


CHECK = Check(
    id="cities.name_twice",
    severity=Severity.WARNING,
    title="Two cities have one name",
    finds="Cities and profiles with one English name.",
    why="Nobody can tell from a page whose policy decided.",
    wrong="""\
# cities/springfield_north.yaml
name: {en: City of Springfield}
""",
    right="""\
# cities/springfield_north.yaml
name: {en: City of Springfield (North)}
""",
    step="Write in the name what is special of each.",
    look=names_are_of_one_city,
)
