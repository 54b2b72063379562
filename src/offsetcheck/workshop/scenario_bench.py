"""Scenarios judged once and tried again, quickly, on rulebooks that were changed in memory."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from offsetcheck.engine.assess import assess_findings, assess_purchase, finding_under
from offsetcheck.engine.conclusion import Conclusions
from offsetcheck.engine.plain import PlainConclusions
from offsetcheck.rulebook.binding.bind import bind, bind_rules
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook
from offsetcheck.rulebook.decisions.expand import expand
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.scenarios.model import Scenario
from offsetcheck.vocabulary.assessment import PurchaseAssessment
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.finding import Finding
from offsetcheck.workshop.scenario_came_out import Judged, first_difference
from offsetcheck.workshop.scenario_runs import PosedScenario, Setting, pose_scenario, setting_of


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A city and a day: the rulebook bound to them, and its decisions made ready."""

    bound: BoundRulebook
    conclusions: Conclusions


@dataclass(frozen=True, slots=True)
class _Known:
    """A scenario with its findings on the rulebook as it is."""

    posed: PosedScenario
    findings: tuple[Finding, ...]


class ScenarioBench:
    """Scenarios on one rulebook, against which changed ones are tried.

    Conclusions are drawn by the plain fixpoint, so that nothing is compiled for a change that is
    thrown away. Messages are made by `scenario_runs`; here it is only said which scenario failed.
    """

    def __init__(self, rulebook: Rulebook, scenarios: Iterable[Scenario]) -> None:
        """Judge scenarios once; raises RulebookError for a city or day that cannot be bound."""
        self.rulebook = rulebook
        self._prepared: dict[Setting, _Prepared] = {}
        self._known: dict[Setting, list[_Known]] = {}
        for scenario in scenarios:
            key = setting_of(scenario)
            if key not in self._prepared:
                self._prepared[key] = _prepare(bind(rulebook, *key))
            posed = pose_scenario(rulebook.dictionary, scenario)
            findings = _findings(posed, self._prepared[key].bound)
            self._known.setdefault(key, []).append(_Known(posed, findings))

    def first_failure(self, changed: Rulebook) -> Scenario | None:
        """Return the first scenario that fails on a rulebook changed in any way, None where none.

        Each city and day is bound again: about 50 ms each.
        """
        for key, known in self._known.items():
            prepared = _prepare(bind(changed, *key))
            for one in known:
                posed = pose_scenario(changed.dictionary, one.posed.scenario)
                if _fails(posed, _findings(posed, prepared.bound), prepared):
                    return posed.scenario
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
        prepared = _prepare(bind(changed, *key))
        for one in known:
            if _fails(one.posed, _findings(one.posed, prepared.bound), prepared):
                return one.posed.scenario
        return None

    def _failure_of_bound(
        self, made: BoundRule, before: BoundRule, key: Setting, known: Iterable[_Known]
    ) -> Scenario | None:
        prepared = self._prepared[key]
        bound = replace(prepared.bound, rules={**prepared.bound.rules, made.id: made})
        decided = _decides(made) == _decides(before)
        there = replace(prepared, bound=bound) if decided else _prepare(bound)
        weighs = _weighs(made) != _weighs(before)
        for one in known:
            findings = _with_finding(one, made, bound)
            if findings == one.findings and not weighs and not _is_of_purchase(made, one):
                continue
            if _fails(one.posed, findings, there):
                return one.posed.scenario
        return None


def _prepare(bound: BoundRulebook) -> _Prepared:
    chain = expand(bound.candidate_decisions, bound.candidate_rules)
    return _Prepared(bound, PlainConclusions(chain))


def _findings(posed: PosedScenario, bound: BoundRulebook) -> tuple[Finding, ...]:
    return tuple(
        finding_under(rule, posed.candidate, bound, posed.purchase)
        for rule in bound.candidate_rules
    )


def _with_finding(one: _Known, made: BoundRule, bound: BoundRulebook) -> tuple[Finding, ...]:
    """Return the findings of a scenario with that of one rule made again."""
    if made.subject is not Subject.CANDIDATE:
        return one.findings
    again = finding_under(made, one.posed.candidate, bound, one.posed.purchase)
    return tuple(again if finding.rule == made.id else finding for finding in one.findings)


def _is_of_purchase(made: BoundRule, one: _Known) -> bool:
    """Whether a rule is about the purchase, and a scenario expects something of it."""
    of_purchase = made.subject is Subject.PURCHASE
    return of_purchase and one.posed.scenario.expect.purchase is not None


def _fails(posed: PosedScenario, findings: tuple[Finding, ...], there: _Prepared) -> bool:
    assessment = assess_findings(findings, posed.candidate, there.bound, there.conclusions)
    purchase = partial(_purchase, posed, there.bound)
    judged = Judged(assessment, there.bound, purchase)
    return first_difference(posed.scenario.expect, judged) is not None


def _purchase(posed: PosedScenario, bound: BoundRulebook) -> PurchaseAssessment:
    return assess_purchase(posed.purchase, bound)


def _decides(rule: BoundRule) -> tuple[object, ...]:
    """Return what of a rule decisions read."""
    return rule.effect, rule.dimension, rule.draft, rule.subject


def _weighs(rule: BoundRule) -> tuple[object, ...]:
    """Return what of a rule counts beside its finding."""
    counted = (rule.weight, rule.cap, rule.limit, rule.critical, rule.route, rule.if_unknown)
    return (*_decides(rule), *counted, rule.is_scale)
