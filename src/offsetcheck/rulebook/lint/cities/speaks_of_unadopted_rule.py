from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.policies.layers import layers_of
from offsetcheck.rulebook.policies.model import CityFile
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.vocabulary.problem import Problem, Severity


def policies_speak_of_adopted_rules(rulebook: Rulebook) -> Iterator[Problem]:
    """Find what a city says of an optional rule that neither it nor its jurisdictions adopt."""
    for name, city in rulebook.cities.items():
        layers = layers_of(city, rulebook.jurisdictions)
        adopted = frozenset[str]().union(*(layer.adopts for layer in layers))
        document = rulebook.documents[f"cities/{name}.yaml"]
        for rule, steps in _spoken_of(city):
            loaded = rulebook.rules.get(rule)
            if loaded is not None and loaded.file.is_optional and rule not in adopted:
                message = f"the optional rule `{rule}` is not adopted here: this changes nothing"
                place = document.key_place(steps)
                yield Problem(message, place, "name it under `adopt_also`")


def _spoken_of(city: CityFile) -> Iterator[tuple[str, Steps]]:
    """Yield each rule that a city sets, leaves undecided or changes, and where."""
    for full in city.parameters:
        yield full.rpartition(".")[0], ("parameters", full)
    for index, full in enumerate(city.undecided):
        yield full.rpartition(".")[0], ("undecided", index)
    for index, change in enumerate(city.change):
        yield change.rule, ("change", index, "rule")


CHECK = Check(
    id="cities.speaks_of_unadopted_rule",
    severity=Severity.WARNING,
    title="A city speaks of an optional rule that it has not adopted",
    finds=(
        "Parameters, undecided values and changes of a city for an optional rule that "
        "neither it nor its jurisdictions adopt."
    ),
    why=(
        "An optional rule counts only where it is adopted, so what the city says "
        "changes nothing, and nobody notices."
    ),
    wrong="""\
adopt_also: []
parameters:
  transition.phase_out.last_year: {value: 2035}
""",
    right="""\
adopt_also: [transition.phase_out]
parameters:
  transition.phase_out.last_year: {value: 2035}
""",
    step="Name the rule under `adopt_also`, or leave out what the city says of it.",
    look=policies_speak_of_adopted_rules,
)
