from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from offsetcheck.engine.assess import assess
from offsetcheck.explain.first_reason import first_reason
from offsetcheck.explain.setting import Origin, Setting
from offsetcheck.explain.verdict_reasons import verdict_reasons
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.problem import RulebookError
from offsetcheck.workshop.mutation.policies import of_policies
from offsetcheck.workshop.scenario_bench import ScenarioBench
from offsetcheck.workshop.scenario_runs import (
    judge_scenario,
    pose_scenario,
    prepare,
    run_scenarios,
    setting_of,
)
from offsetcheck.workshop.scenarios import scenarios_of

RULEBOOK = load_rulebook(Path(__file__).parents[2] / "rules")
SCENARIOS = scenarios_of(RULEBOOK)
MISTAKES = tuple(of_policies(RULEBOOK))
NAMED = {"turku", "bogota", "melbourne", "iclei_utmc_default", "icvcm_ccp", "palo_alto"}
# A route has the weight of its first scale; what nobody adopts moves no scenario.
OTHER_WAYS = {"additionality.investment", "additionality.positive_list"}


@pytest.fixture(scope="module")
def bench():
    """Return all shipped scenarios on the shipped rules."""
    return ScenarioBench(RULEBOOK, SCENARIOS)


@cache
def bound_for(setting):
    """Return the shipped rules for a city and a day."""
    return bind(RULEBOOK, *setting)


def changed(rule, **keys):
    return replace(rule, file=rule.file.model_copy(update=keys))


def rules_with(key):
    rules = RULEBOOK.rules.values()
    return [rule for rule in rules if getattr(rule.file, key) and not rule.file.is_optional]


def guide_with(dimension, **keys):
    dimensions = dict(RULEBOOK.guide.dimensions)
    dimensions[dimension] = dimensions[dimension].model_copy(update=keys)
    return replace(RULEBOOK, guide=RULEBOOK.guide.model_copy(update={"dimensions": dimensions}))


def test_every_shipped_scenario_comes_out():
    """Each scenario comes to what it says, under six named profiles and more."""
    results = run_scenarios(RULEBOOK, SCENARIOS)
    assert [str(one.failure) for one in results if one.failure] == []
    assert len(results) >= 25
    assert {one.city for one in SCENARIOS} >= NAMED


def test_doubling_all_caps_is_told(bench):
    """All caps doubled at once turn a scenario."""
    doubled = {
        rule.file.id: changed(rule, cap=min(5, 2 * rule.file.cap)) for rule in rules_with("cap")
    }
    assert bench.first_failure(RULEBOOK.with_rules(doubled)) is not None


@pytest.mark.parametrize("rule", rules_with("cap"), ids=lambda rule: rule.file.id)
@pytest.mark.parametrize("by", [1, -1])
def test_each_cap_is_protected(bench, rule, by):
    """Each cap that is in force for everybody, a point higher or lower, turns a scenario."""
    assert bench.first_failure_of_rule(changed(rule, cap=rule.file.cap + by)) is not None


@pytest.mark.parametrize(
    "rule",
    [r for r in rules_with("weight") if r.file.effect == "score" and r.file.id not in OTHER_WAYS],
    ids=lambda rule: rule.file.id,
)
def test_each_weight_is_protected(bench, rule):
    """Each weight of a scale that is in force for everybody, one more, turns a scenario."""
    assert bench.first_failure_of_rule(changed(rule, weight=rule.file.weight + 1)) is not None


@pytest.mark.parametrize(
    ("dimension", "key"),
    [
        (name, key)
        for name, entry in RULEBOOK.guide.dimensions.items()
        for key in ("integrity", "value", "ceiling")
        if getattr(entry, key) is not None
    ],
)
def test_each_dimension_is_protected(bench, dimension, key):
    """Each weight of a dimension and each ceiling, changed, turns a scenario."""
    value = getattr(RULEBOOK.guide.dimensions[dimension], key)
    assert bench.first_failure(guide_with(dimension, **{key: value + 1})) is not None


@pytest.mark.parametrize("grade", list(RULEBOOK.guide.grades))
@pytest.mark.parametrize("by", [0.2, -0.2])
def test_each_cut_of_a_grade_is_protected(bench, grade, by):
    """Each cut of a grade, a fifth of a point higher or lower, turns a scenario."""
    cuts = {**RULEBOOK.guide.grades, grade: RULEBOOK.guide.grades[grade] + by}
    guide = RULEBOOK.guide.model_copy(update={"grades": cuts})
    assert bench.first_failure(replace(RULEBOOK, guide=guide)) is not None


def is_told(bench, changed_rulebook):
    """Return whether a scenario fails, or a finding is left without a verdict."""
    try:
        return bench.first_failure(changed_rulebook) is not None
    except RulebookError as error:
        return "no verdict is concluded" in str(error)


def decisions_without(part, verdict, index):
    """Return the decisions with one alternative of a verdict dropped."""
    decisions = RULEBOOK.decisions
    held = decisions.purchase if part == "purchase" else decisions
    kept = tuple(one for at, one in enumerate(held.conclusions[verdict]) if at != index)
    made = held.model_copy(update={"conclusions": {**held.conclusions, verdict: kept}})
    return decisions.model_copy(update={"purchase": made}) if part == "purchase" else made


@pytest.mark.parametrize(
    ("part", "verdict", "index"),
    [
        (part, verdict, index)
        for part, held in (
            ("candidate", RULEBOOK.decisions),
            ("purchase", RULEBOOK.decisions.purchase),
        )
        for verdict, alternatives in held.conclusions.items()
        for index in range(len(alternatives))
    ],
)
def test_each_entry_of_the_decisions_is_protected(bench, part, verdict, index):
    """Each alternative of a verdict, dropped, turns a scenario or leaves one without a verdict."""
    less = replace(RULEBOOK, decisions=decisions_without(part, verdict, index))
    assert is_told(bench, less)


def test_a_changed_rule_is_judged_as_the_whole_rulebook_is(bench):
    """What is found by judging again only what one rule moves is found by judging everything."""
    rules = list(RULEBOOK.rules.values())[::60]
    for rule in rules:
        for keys in ({"effect": "note"}, {"if_unknown": "hold"}, {"critical": True}):
            tried = changed(rule, **keys) if not rule.file.is_scale else changed(rule, weight=4)
            quick = bench.first_failure_of_rule(tried)
            whole = bench.first_failure(RULEBOOK.with_rules({rule.file.id: tried}))
            assert (quick is None) == (whole is None), (rule.file.id, keys)


@pytest.mark.parametrize("at", range(3, len(MISTAKES), len(MISTAKES) // 8))
def test_a_mistake_outside_of_rules_is_judged_as_the_whole_rulebook_is(bench, at):
    """What is found by judging again only what a mistake moves is found by judging everything."""
    mistake = MISTAKES[at]
    changed_rulebook = mistake.change(RULEBOOK)
    cities = [c for c, of in RULEBOOK.cities.items() if mistake.layer in (c, *of.jurisdictions)]
    there = cities if mistake.layer else list(RULEBOOK.cities)
    chosen = [one for one in SCENARIOS if one.city in there]
    failed = [r for r in run_scenarios(changed_rulebook, chosen) if r.failure is not None]
    quick = bench.first_failure(changed_rulebook, there)
    assert (quick is None) == (not failed), mistake.what
    assert quick is None or quick in [result.scenario for result in failed]


def test_what_a_mistake_turns_is_sought_in_the_cities_named_alone(bench):
    """A mistake that fails scenarios everywhere fails none where no city is named."""
    worse = guide_with(
        "permanence", integrity=RULEBOOK.guide.dimensions["permanence"].integrity + 1
    )
    assert bench.first_failure(worse, ["turku"]).city == "turku"
    assert bench.first_failure(worse, []) is None


def test_scenarios_are_judged_as_offers_are():
    """What a scenario comes to is what `assess` says of the same offer."""
    for scenario in SCENARIOS[::9]:
        bound = bound_for(setting_of(scenario))
        posed = pose_scenario(RULEBOOK.dictionary, scenario)
        quick = judge_scenario(posed, prepare(bound)).assessment
        whole = assess(posed.candidate, bound, posed.purchase)
        bare = tuple(replace(finding, leaves=()) for finding in whole.findings)
        assert quick == replace(whole, findings=bare, result_hash="")


def test_the_first_reason_is_that_of_the_report():
    """A rule that a scenario names as the reason is the first that the report's reasons name."""
    compared = 0
    for scenario in SCENARIOS:
        bound = bound_for(setting_of(scenario))
        posed = pose_scenario(RULEBOOK.dictionary, scenario)
        assessment = assess(posed.candidate, bound, posed.purchase)
        if assessment.verdict is Verdict.ELIGIBLE:
            continue
        setting = Setting(bound, posed.purchase, Wording(bound, "en"), Origin())
        said = verdict_reasons(setting, posed.candidate, assessment)
        named = first_reason(assessment, bound)
        if said[0].rule is not None:
            compared += 1
            assert said[0].rule == named, scenario.name
    assert compared > 15
