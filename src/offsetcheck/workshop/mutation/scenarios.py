"""Whether a scenario tells a mistake: a whole offer, judged by the rulebook with the mistake."""

from dataclasses import dataclass, field

from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.scenarios.model import Scenario
from offsetcheck.vocabulary.problem import RulebookError
from offsetcheck.workshop.scenario_bench import ScenarioBench
from offsetcheck.workshop.scenarios import scenarios_of


@dataclass(slots=True)
class Bench:
    """The scenarios of a rulebook, each judged once as it is, and those of each layer apart."""

    rulebook: Rulebook
    scenarios: tuple[Scenario, ...]
    _of: dict[str | None, ScenarioBench] = field(default_factory=dict)

    def told_by_rule(self, rule: LoadedRule) -> str | None:
        """Return the name of the first scenario that a changed rule makes come out differently."""
        found = self._bench(None).first_failure_of_rule(rule)
        return None if found is None else found.name

    def told_by(self, changed: Rulebook, layer: str | None) -> str | None:
        """Return the name of the first scenario that comes out differently on a changed rulebook.

        With a `layer` those alone are judged whose city has it.
        """
        try:
            found = self._bench(layer).first_failure(changed)
        except RulebookError:  # no verdict is concluded any more
            return "no verdict"
        return None if found is None else found.name

    def _bench(self, layer: str | None) -> ScenarioBench:
        if layer not in self._of:
            chosen = (one for one in self.scenarios if layer is None or layer in self._layers(one))
            self._of[layer] = ScenarioBench(self.rulebook, chosen)
        return self._of[layer]

    def _layers(self, scenario: Scenario) -> tuple[str, ...]:
        return (scenario.city, *self.rulebook.cities[scenario.city].jurisdictions)


def bench_of(rulebook: Rulebook) -> Bench:
    """Return the scenarios of a rulebook's folder, ready to be tried; raises RulebookError."""
    return Bench(rulebook, scenarios_of(rulebook))
