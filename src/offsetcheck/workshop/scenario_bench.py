"""Scenarios judged once and tried again, quickly, on rulebooks that were changed in memory."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from offsetcheck.engine.assess import assess_findings, assess_purchase, finding_under
from offsetcheck.rulebook.binding.bind import bind, bind_rules
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.scenarios.model import Scenario
from offsetcheck.vocabulary.assessment import Assessment, PurchaseAssessment
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.finding import Finding, Outcome, State
from offsetcheck.workshop.scenario_came_out import Judged, first_difference
from offsetcheck.workshop.scenario_runs import (
    PosedScenario,
    Prepared,
    Setting,
    judge_scenario,
    pose_scenario,
    prepare,
    setting_of,
)


@dataclass(frozen=True, slots=True)
class _Known:
    """A scenario with what it came to on the rulebook as it is."""

    posed: PosedScenario
    assessment: Assessment
    purchase: PurchaseAssessment | None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings on its offer."""
        return self.assessment.findings


class ScenarioBench:
    """Scenarios on one rulebook, against which changed ones are tried.

    Conclusions are drawn by the plain fixpoint, so that nothing is compiled for a change that is
    thrown away. Messages are made by `scenario_runs`; here it is only said which scenario failed.
    """

    def __init__(self, rulebook: Rulebook, scenarios: Iterable[Scenario]) -> None:
        """Judge scenarios once; raises RulebookError for a city or day that cannot be bound."""
        self.rulebook = rulebook
        self._prepared: dict[Setting, Prepared] = {}
        self._known: dict[Setting, list[_Known]] = {}
        for scenario in scenarios:
            key = setting_of(scenario)
            if key not in self._prepared:
                self._prepared[key] = prepare(bind(rulebook, *key))
            posed = pose_scenario(rulebook.dictionary, scenario)
            self._known.setdefault(key, []).append(_known(posed, self._prepared[key]))

    def first_failure(self, changed: Rulebook) -> Scenario | None:
        """Return the first scenario that fails on a rulebook changed in any way, None where none.

        Each city and day is bound again: about 50 ms each.
        """
        for key, known in self._known.items():
            found = self._failure_of_setting(changed, key, known)
            if found is not None:
                return found
        return None

    def first_failure_of_rule(self, rule: LoadedRule) -> Scenario | None:
        """Return the first scenario that fails where one rule is as given, None where none does.

        Only this rule is bound and evaluated again, and only scenarios that it moves are scored.
        """
        changed = self.rulebook.with_rules({rule.file.id: rule})
        for key, known in self._known.items():
            made = bind_rules(changed, (rule.file.id,), *key).get(rule.file.id)
            before = self._prepared[key].bound.rules.get(rule.file.id)
            if made == before:
                continue
            if made is None or before is None:
                # A rule that comes or goes moves more than its own finding.
                found = self._failure_of_setting(changed, key, known)
            else:
                found = self._failure_of_bound(made, before, key, known)
            if found is not None:
                return found
        return None

    def _failure_of_setting(
        self, changed: Rulebook, key: Setting, known: Iterable[_Known]
    ) -> Scenario | None:
        prepared = prepare(bind(changed, *key))
        for one in known:
            posed = pose_scenario(changed.dictionary, one.posed.scenario)
            if first_difference(posed.scenario.expect, judge_scenario(posed, prepared)):
                return posed.scenario
        return None

    def _failure_of_bound(
        self, made: BoundRule, before: BoundRule, key: Setting, known: Iterable[_Known]
    ) -> Scenario | None:
        prepared = self._prepared[key]
        bound = replace(prepared.bound, rules={**prepared.bound.rules, made.id: made})
        decided = _decides(made) == _decides(before)
        there = replace(prepared, bound=bound) if decided else prepare(bound)
        weighs = _weighs(made) != _weighs(before)
        for one in known:
            if made.subject is Subject.PURCHASE:
                failed = _fails_purchase(one, there.bound)
            elif made.subject is Subject.CANDIDATE:
                failed = _fails(one, made, there, weighs=weighs)
            else:
                failed = False
            if failed:
                return one.posed.scenario
        return None


def _known(posed: PosedScenario, prepared: Prepared) -> _Known:
    judged = judge_scenario(posed, prepared)
    asked = posed.scenario.expect.purchase is not None
    return _Known(posed, judged.assessment, judged.purchase() if asked else None)


def _fails(one: _Known, made: BoundRule, there: Prepared, *, weighs: bool) -> bool:
    """Whether a scenario fails with one rule of its offer made again."""
    posed = one.posed
    again = finding_under(made, posed.candidate, there.bound, posed.purchase)
    before = next((found for found in one.findings if found.rule == made.id), None)
    if again == before and (not weighs or _counts_for_nothing(made, again)):
        return False
    findings = tuple(again if found.rule == made.id else found for found in one.findings)
    others = {d.dimension: d for d in one.assessment.dimensions if d.dimension != made.dimension}
    assessment = assess_findings(findings, posed.candidate, there.bound, there.conclusions, others)
    judged = Judged(assessment, there.bound, partial(_asked, one))
    return first_difference(posed.scenario.expect, judged) is not None


def _counts_for_nothing(made: BoundRule, finding: Finding) -> bool:
    """Whether a finding counts for nothing, whatever its rule weighs and does."""
    clear = not made.is_scale and finding.state is State.CLEAR and not finding.condition
    return clear or finding.outcome is Outcome.NOT_APPLICABLE


def _fails_purchase(one: _Known, bound: BoundRulebook) -> bool:
    wanted = one.posed.scenario.expect.purchase
    return wanted is not None and assess_purchase(one.posed.purchase, bound).verdict is not wanted


def _asked(one: _Known) -> PurchaseAssessment:
    """Return the purchase's own verdict as it was; no rule about offers moves it."""
    if one.purchase is None:
        raise AssertionError("it was judged because the scenario expects something of it")
    return one.purchase


def _decides(rule: BoundRule) -> tuple[object, ...]:
    """Return what of a rule decisions read."""
    return rule.effect, rule.dimension, rule.draft, rule.subject


def _weighs(rule: BoundRule) -> tuple[object, ...]:
    """Return what of a rule counts beside its finding."""
    counted = (rule.weight, rule.cap, rule.limit, rule.critical, rule.route, rule.if_unknown)
    return (*_decides(rule), *counted, rule.is_scale)
