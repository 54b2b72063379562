from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.standing import is_ours
from offsetcheck.rulebook.policies.model import CityFile, Jurisdiction
from offsetcheck.rulebook.policies.values import PolicyParameter
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity

CITY = "city"
SAY_DESIGN = "say `origin: design`, and bind nobody by it as by law"


def our_values_are_not_a_citys_or_the_laws(rulebook: Rulebook) -> Iterator[Problem]:
    """Find values of our own design that are said to come from a city or to be law."""
    for name, city in rulebook.cities.items():
        yield from _borrowed(rulebook, f"cities/{name}.yaml", city)
    for name, jurisdiction in rulebook.jurisdictions.items():
        yield from _borrowed(rulebook, f"jurisdictions/{name}.yaml", jurisdiction)


def _borrowed(rulebook: Rulebook, file: str, policy: CityFile | Jurisdiction) -> Iterator[Problem]:
    document = rulebook.documents[file]
    for full, parameter in policy.parameters.items():
        law = isinstance(policy, Jurisdiction) and policy.binds(full)
        whose = _whose(parameter, law=law)
        if whose is not None:
            message = f"a value of our own design is said to be {whose}"
            place = document.key_place(("parameters", full))
            yield Problem(message, place, SAY_DESIGN)
    floor = policy.floor if isinstance(policy, CityFile) else None
    if floor is not None and floor.origin == CITY and is_ours(floor.source):
        message = "a floor of our own design is said to be the city's"
        yield Problem(message, document.key_place(("floor",)), SAY_DESIGN)


def _whose(parameter: PolicyParameter, *, law: bool) -> str | None:
    """Return whose a value of ours is said to be, None where it is said to be ours."""
    for value in parameter.dated.values():
        if is_ours(value.source or parameter.source):
            if law:
                return "law"
            if (value.origin or parameter.origin) == CITY:
                return "the city's"
    return None


CHECK = Check(
    id="sources.our_value_as_anothers",
    severity=Severity.ERROR,
    title="A value of our own design is said to be a city's, or law",
    finds=(
        "Values and floors under a source of our own design that have `origin: city` "
        "or bind as law."
    ),
    why=("A bidder would be told that a city or a law asks for what is only our proposal."),
    wrong="""\
parameters:
  vintage.age.max_age: {value: 5, origin: city, source: {standing: design, note: Ours.}}
""",
    right="""\
parameters:
  vintage.age.max_age: {value: 5, origin: design, source: {standing: design, note: Ours.}}
""",
    step="Say `origin: design`, or cite what the city or the law says.",
    look=our_values_are_not_a_citys_or_the_laws,
)
