"""Whether a scenario tells a mistake: a whole offer, judged by the rulebook with the mistake."""

from dataclasses import dataclass
from functools import cached_property

from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.scenarios.model import Scenario
from offsetcheck.vocabulary.problem import RulebookError
from offsetcheck.workshop.scenario_bench import ScenarioBench
from offsetcheck.workshop.scenarios import scenarios_of


@dataclass(frozen=True)
class Bench:
    """The scenarios of a rulebook, each judged once as it is; mistakes are tried against them."""

    rulebook: Rulebook
    scenarios: tuple[Scenario, ...]

    def told_by_rule(self, rule: LoadedRule) -> str | None:
        """Return the name of the first scenario that a changed rule makes come out differently."""
        found = self._judged.first_failure_of_rule(rule)
        return None if found is None else found.name

    def told_by(self, changed: Rulebook, layer: str | None) -> str | None:
        """Return the name of the first scenario that comes out differently on a changed rulebook.

        With a `layer` those alone are tried whose city has it.
        """
        cities = None if layer is None else self._cities_with(layer)
        try:
            found = self._judged.first_failure(changed, cities)
        except RulebookError:  # no verdict is concluded any more
            return "no verdict"
        return None if found is None else found.name

    @cached_property
    def _judged(self) -> ScenarioBench:
        return ScenarioBench(self.rulebook, self.scenarios)

    def _cities_with(self, layer: str) -> frozenset[str]:
        cities = self.rulebook.cities.items()
        return frozenset(name for name, city in cities if layer in (name, *city.jurisdictions))


def bench_of(rulebook: Rulebook) -> Bench:
    """Return the scenarios of a rulebook's folder, ready to be tried; raises RulebookError."""
    return Bench(rulebook, scenarios_of(rulebook))
