"""Scenarios judged once and tried again, quickly, on rulebooks that were changed in memory."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from offsetcheck.engine.assess import (
    assess_findings,
    assess_purchase,
    finding_under,
    findings_untraced,
)
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
    found: Mapping[str, Finding]  # by rule, as they were before conditions were put to them

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

    def first_failure(
        self, changed: Rulebook, cities: Collection[str] | None = None
    ) -> Scenario | None:
        """Return the first scenario that fails on a rulebook changed in any way, None where none.

        With `cities` those of other cities are left out. Each city and day is bound again, about
        50 ms each; only rules that the change moves are evaluated again.
        """
        for key, known in self._known.items():
            if cities is not None and key[0] not in cities:
                continue
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
        if changed.dictionary is not self.rulebook.dictionary:
            return _failure_of_all(changed, key, known)
        before, bound = self._prepared[key], bind(changed, *key)
        moved = _moved(before.bound, bound)
        is_framed_alike = _frame(bound) == _frame(before.bound)
        if is_framed_alike and not moved and len(bound.rules) == len(before.bound.rules):
            return None
        there = prepare(bound)
        for one in known:
            judged = _judged_again(one, there, moved)
            if first_difference(one.posed.scenario.expect, judged):
                return one.posed.scenario
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
    expect = posed.scenario.expect
    asked = expect.purchase is not None or expect.outcomes is not None
    found = findings_untraced(posed.candidate, prepared.bound, posed.purchase)
    by_rule = {finding.rule: finding for finding in found}
    return _Known(posed, judged.assessment, judged.purchase() if asked else None, by_rule)


def _failure_of_all(changed: Rulebook, key: Setting, known: Iterable[_Known]) -> Scenario | None:
    """Return the first scenario that fails where fields are others: each is posed again."""
    prepared = prepare(bind(changed, *key))
    for one in known:
        posed = pose_scenario(changed.dictionary, one.posed.scenario)
        if first_difference(posed.scenario.expect, judge_scenario(posed, prepared)):
            return posed.scenario
    return None


def _moved(before: BoundRulebook, bound: BoundRulebook) -> frozenset[str]:
    """Return the rules that are others than before, those that came too."""
    return frozenset(name for name, rule in bound.rules.items() if before.rules.get(name) != rule)


def _frame(bound: BoundRulebook) -> tuple[object, ...]:
    """Return what beside its rules a rulebook judges one offer by."""
    return bound.city, bound.scheme, bound.candidate_decisions, bound.purchase_decisions


def _judged_again(one: _Known, there: Prepared, moved: frozenset[str]) -> Judged:
    """Return a scenario judged on a changed rulebook; what no moved rule found is as it was."""
    posed, bound = one.posed, there.bound
    findings = tuple(
        finding_under(rule, posed.candidate, bound, posed.purchase)
        if rule.id in moved
        else one.found[rule.id]
        for rule in bound.candidate_rules
    )
    assessment = assess_findings(findings, posed.candidate, bound, there.conclusions)
    return Judged(assessment, bound, partial(assess_purchase, posed.purchase, bound))


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
    if one.purchase is None:
        return False
    again = partial(assess_purchase, one.posed.purchase, bound)
    judged = Judged(one.assessment, bound, again)
    return first_difference(one.posed.scenario.expect, judged) is not None


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
