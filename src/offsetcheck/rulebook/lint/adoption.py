from collections.abc import Iterator

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
                yield Problem(message, place, "name it under `adopt_also`", Severity.WARNING)


def _spoken_of(city: CityFile) -> Iterator[tuple[str, Steps]]:
    """Yield each rule that a city sets, leaves undecided or changes, and where."""
    for full in city.parameters:
        yield full.rpartition(".")[0], ("parameters", full)
    for index, full in enumerate(city.undecided):
        yield full.rpartition(".")[0], ("undecided", index)
    for index, change in enumerate(city.change):
        yield change.rule, ("change", index, "rule")
