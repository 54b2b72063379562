"""Whether a scenario tells a mistake: a whole offer, judged by the rulebook with the mistake."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from offsetcheck.engine.evaluate import evaluate_rule
from offsetcheck.rulebook.binding.bind import bind, effective_under
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook
from offsetcheck.rulebook.binding.nodes import Binder
from offsetcheck.rulebook.binding.rules import bound_rule
from offsetcheck.rulebook.policies.city_values import city_constants
from offsetcheck.rulebook.policies.layers import layers_of
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.finding import Outcome
from offsetcheck.vocabulary.problem import RulebookError
from offsetcheck.workshop.scenario_came_out import first_difference
from offsetcheck.workshop.scenario_runs import (
    PosedScenario,
    Setting,
    judge_scenario,
    pose_scenario,
    setting_of,
)
from offsetcheck.workshop.scenarios import scenarios_of

# What of a rule decides beyond its own finding.
BEYOND = ("effect", "if_unknown", "weight", "cap", "limit", "critical", "route", "draft")


@dataclass(slots=True)
class Bench:
    """The scenarios of a rulebook by city and day, each setting bound once."""

    rulebook: Rulebook
    posed: Mapping[Setting, tuple[PosedScenario, ...]]
    bound: Mapping[Setting, BoundRulebook]
    _binders: dict[Setting, Binder] = field(default_factory=dict)

    def told_by_rule(self, rule: LoadedRule) -> str | None:
        """Return the first scenario that comes out differently with a changed rule."""
        for setting, posed in self.posed.items():
            bound = self.bound[setting]
            before, after = bound.rules.get(rule.file.id), self._bound(rule, setting)
            if before == after:
                continue
            changed = _with_rule(bound, rule.file.id, after)
            touched = (one for one in posed if _touches(before, after, one, setting[1]))
            told = next((one for one in touched if _differs(one, changed)), None)
            if told is not None:
                return told.scenario.name
        return None

    def told_by(self, changed: Rulebook, layer: str | None) -> str | None:
        """Return the first scenario that comes out differently under a changed rulebook.

        With a `layer` those alone are judged whose city has it.
        """
        for setting in self._settings_of(layer):
            bound = bind(changed, *setting)
            told = next((one for one in self.posed[setting] if _differs(one, bound)), None)
            if told is not None:
                return told.scenario.name
        return None

    def _settings_of(self, layer: str | None) -> Iterator[Setting]:
        for city, day in self.posed:
            own = (city, *self.rulebook.cities[city].jurisdictions)
            if layer is None or layer in own:
                yield city, day

    def _bound(self, rule: LoadedRule, setting: Setting) -> BoundRule | None:
        city, day = self.rulebook.cities[setting[0]], setting[1]
        since, until = rule.file.effective.since, rule.file.effective.until
        keys = effective_under(self.rulebook, rule, city)
        if keys is None or day < since or (until is not None and day >= until):
            return None
        layers = layers_of(city, self.rulebook.jurisdictions)
        if setting not in self._binders:
            constants = city_constants(self.rulebook, city, day)
            self._binders[setting] = Binder(self.rulebook, day, constants)
        binder = self._binders[setting]
        made = bound_rule(rule, keys, city=city, layers=layers, binder=binder, day=day)
        return replace(made, screening_days=self.bound[setting].screening_days)


def _with_rule(bound: BoundRulebook, name: str, rule: BoundRule | None) -> BoundRulebook:
    """Return a bound rulebook with one rule as given, or without it."""
    rules = {key: rule if key == name else one for key, one in bound.rules.items()}
    return replace(bound, rules={key: one for key, one in rules.items() if one is not None})


def _touches(
    before: BoundRule | None, after: BoundRule | None, posed: PosedScenario, day: date
) -> bool:
    """Whether a changed rule may change what a scenario comes to."""
    if before is None or after is None or before.subject is not Subject.CANDIDATE:
        return True
    first, second = (
        evaluate_rule(rule, posed.candidate, day, posed.purchase, traced=False)
        for rule in (before, after)
    )
    if first != second:
        return True
    silent = first.outcome is Outcome.NOT_APPLICABLE
    return not silent and any(getattr(before, key) != getattr(after, key) for key in BEYOND)


def _differs(posed: PosedScenario, bound: BoundRulebook) -> bool:
    """Whether a scenario comes out differently, or to no verdict at all."""
    try:
        return first_difference(posed.scenario.expect, judge_scenario(posed, bound)) is not None
    except RulebookError:
        return True


def bench_of(rulebook: Rulebook) -> Bench:
    """Return the scenarios of a rulebook's folder, ready to be tried; raises RulebookError."""
    posed: dict[Setting, list[PosedScenario]] = {}
    for scenario in scenarios_of(rulebook):
        one = pose_scenario(rulebook.dictionary, scenario)
        posed.setdefault(setting_of(scenario), []).append(one)
    bound = {setting: bind(rulebook, *setting) for setting in posed}
    return Bench(rulebook, {setting: tuple(found) for setting, found in posed.items()}, bound)
