"""Cities and standards as profiles: what holds for each of them, and what none may change."""

from datetime import date

import pytest

from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.finding import Effect, Outcome

from .profile_cases import DAY, PROFILES, PURCHASE, finding, ods
from .test_known_projects import failing

EARLIER = date(2023, 6, 30)
STANDARDS = {
    "climate_active",
    "corsia_phase_1",
    "eu_mission_2030",
    "icvcm_ccp",
    "iclei_utmc_default",
    "iso_14068_1",
    "oxford_2024",
    "sbti_cnz2",
    "vcmi",
}


@pytest.mark.parametrize("day", [EARLIER, DAY])
@pytest.mark.parametrize("city", PROFILES)
def test_each_profile_binds_on_two_days(rulebook, city, day):
    """Each city and standard decides on 2026-09-30 and on a day three years earlier."""
    bound = bind(rulebook, city, day)
    assert bound.rules
    assert bound.city.floor in {"A", "B", "C", "D", "E"}


def test_standards_are_marked_as_such(rulebook):
    """The purchasing standards are no cities, and every other profile is one."""
    kinds = {name: city.kind for name, city in rulebook.cities.items()}
    assert {name for name, kind in kinds.items() if kind == "standard"} == STANDARDS


@pytest.mark.parametrize("city", PROFILES)
def test_each_value_names_who_set_it_and_where_it_stands(rulebook, city):
    """Each value of a profile has an origin, and a source with a standing."""
    for name, parameter in rulebook.cities[city].parameters.items():
        for value in parameter.dated.values():
            assert value.origin is not None, name
            assert value.source is not None, name
            assert value.source.standing == "design" or value.source.guide is not None, name


@pytest.mark.parametrize("city", PROFILES)
def test_each_fact_of_a_city_names_its_source(rulebook, city):
    """Each fact that a profile states cites a text."""
    for name, fact in rulebook.cities[city].facts.items():
        assert fact.source is not None, name
        assert fact.source.guide is not None, name


@pytest.mark.parametrize("city", PROFILES)
def test_a_profile_has_all_default_rules_or_says_why_not(rulebook, city):
    """A profile adds to the default rules; what it leaves out has a reason in words."""
    bound = bind(rulebook, city, DAY)
    default = {name for name, rule in rulebook.rules.items() if not rule.file.is_optional}
    left_out = {change.what: change.reason for change in bound.city.left_out}
    assert default - set(bound.rules) <= set(left_out)
    assert all(left_out.values())


@pytest.mark.parametrize("city", PROFILES)
def test_only_oslo_may_not_buy(rulebook, city):
    """Oslo is the one profile under which offsets are not permitted."""
    expected = "not_permitted" if city == "oslo" else "permitted"
    assert bind(rulebook, city, DAY).city.offsetting == expected


def test_a_profile_never_changes_the_facts(judge):
    """What was found of ACR1129 is the same under every profile; only what is asked differs."""
    found = {}
    for city in PROFILES:
        for item in ods(judge, city).findings:
            for leaf in item.leaves:
                values = found.setdefault((item.rule, leaf.at, leaf.fields), set())
                values.add((leaf.value,))
    assert len(found) > len(PROFILES)
    assert {key: values for key, values in found.items() if len(values) > 1} == {}


def integrity_rules(bound):
    """Give what makes the grade: each scale and cap of the four integrity dimensions."""
    integrity = {d.id for d in bound.scheme.dimensions if d.integrity_weight}
    return {
        (rule.id, rule.effect, rule.cap, rule.weight)
        for rule in bound.rules.values()
        if rule.effect is Effect.CAP
        or (rule.effect is Effect.SCORE and rule.dimension in integrity)
    }


def integrity(judge):
    """Give the integrity of ACR1129 under a profile."""
    return lambda city: ods(judge, city).integrity


def test_a_grade_moves_only_with_an_integrity_rule(judge, rulebook):
    """ACR1129 keeps its grade under each profile that has the caps and scales of the default."""
    rules = {city: integrity_rules(bind(rulebook, city, DAY)) for city in PROFILES}
    same = {city for city in PROFILES if rules[city] == rules["iclei_utmc_default"]}
    assert {"bogota", "melbourne", "toronto", "climate_active"} <= same
    assert len({(bounds.lower, bounds.upper) for bounds in map(integrity(judge), same)}) == 1


@pytest.mark.parametrize("city", PROFILES)
def test_t9_credits_that_another_buyer_retired_are_for_nobody(judge, city):
    """T9, 2026-09-30: a serial block that is used up can be bought under no profile of units."""
    assessment = ods(judge, city, retired=261826, remaining=0)
    if city == "london_boroughs":
        assert "double_counting.units_available" not in {f.rule for f in assessment.findings}
    else:
        assert "double_counting.units_available" in failing(assessment)
        assert assessment.verdict is Verdict.NOT_ELIGIBLE


@pytest.mark.parametrize(
    ("city", "residual", "expected"),
    [
        ("turku", 100_000, Outcome.PASS),
        ("turku", 200_000, Outcome.FAIL),
        ("helsinki", 200_000, Outcome.PASS),
        ("helsinki", 200_001, Outcome.FAIL),
        ("espoo", 200_000, Outcome.PASS),
        ("espoo", 200_001, Outcome.FAIL),
        ("joensuu", 400_000, Outcome.PASS),
        ("joensuu", 400_001, Outcome.FAIL),
        ("paris", 200_000, Outcome.PASS),
        ("paris", 200_001, Outcome.FAIL),
        ("eu_mission_2030", 200_000, Outcome.PASS),
        ("eu_mission_2030", 400_000, Outcome.FAIL),
        ("climate_active", 1_000_000, Outcome.PASS),
        ("melbourne", 1_000_000, Outcome.PASS),
    ],
)
def test_t14_each_profile_holds_a_city_to_its_own_residual_share(
    judge_purchase, city, residual, expected
):
    """T14, 2026-09-30: the share allowed is 10, 20, 40 or 100 per cent, as each plan says."""
    assessment = judge_purchase(DAY, PURCHASE | {"residual_tonnes": residual}, city=city)
    assert finding(assessment, "residual.share").outcome is expected


def test_t14_turkus_share_was_wider_before_its_plan_of_2022(judge_purchase):
    """T14: 20 per cent passed on the day before Turku's plan of 16 May 2022, not on that day."""
    facts = PURCHASE | {"year": 2022, "residual_tonnes": 200_000}
    before = judge_purchase(date(2022, 5, 15), facts, city="turku")
    after = judge_purchase(date(2022, 5, 16), facts, city="turku")
    assert finding(before, "residual.share").outcome is Outcome.PASS
    assert finding(after, "residual.share").outcome is Outcome.FAIL
