"""Which scenarios expect something of which rule, as the page of the rule lists them."""

from collections.abc import Iterable, Iterator, Mapping

from offsetcheck.rulebook.scenarios.model import Scenario
from offsetcheck.vocabulary.site_explanation import ScenarioLine
from offsetcheck.workshop.site.scope import Scope


def scenarios_by_rule(
    scope: Scope, scenarios: Iterable[Scenario]
) -> Mapping[str, tuple[ScenarioLine, ...]]:
    """Return by rule the scenarios whose expectation names it, in the order of their files."""
    found: dict[str, list[ScenarioLine]] = {}
    for scenario in scenarios:
        for rule, expects in _named(scenario):
            if rule in scope.rulebook.rules:
                found.setdefault(rule, []).append(_line(scope, scenario, expects))
    return {rule: tuple(lines) for rule, lines in found.items()}


def _named(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Yield each rule that a scenario names with the key that names it, and what it expects."""
    expect = scenario.expect
    told: dict[str, list[str]] = {}
    for rule, outcome in (expect.outcomes or {}).items():
        told.setdefault(rule, []).append(outcome)
    for key in ("reason", "caps", "held_by", "conditions"):
        named = getattr(expect, key)
        for rule in (named,) if isinstance(named, str) else named or ():
            told.setdefault(rule, []).append(key)
    yield from ((rule, ", ".join(words)) for rule, words in told.items())


def _line(scope: Scope, scenario: Scenario, expects: str) -> ScenarioLine:
    city = scope.rulebook.cities.get(scenario.city)
    return ScenarioLine(
        name=scenario.name,
        place=str(scenario.place),
        city=scope.wording.pick(city.name) if city is not None else scenario.city,
        day=scope.wording.day(scenario.as_of),
        expects=expects,
    )
