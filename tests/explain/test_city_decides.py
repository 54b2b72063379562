"""What the city has yet to decide, and what the engine says of each way to settle it."""

from dataclasses import replace
from datetime import date

import pytest

import offsetcheck
from offsetcheck.engine.assess import assess, assess_purchase
from offsetcheck.explain import city_decides, city_values
from offsetcheck.explain.city_decides import city_points
from offsetcheck.explain.setting import setting
from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.expression.nodes import Constant
from offsetcheck.rulebook.expression.walk import with_children
from offsetcheck.vocabulary.city_explanation import PointKind
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.purchase import Review

DAY = date(2026, 9, 30)


@pytest.fixture(scope="module")
def rulebook():
    return offsetcheck.open_rulebook()


@pytest.fixture(scope="module")
def turku(rulebook):
    """Return the sample tender of Turku, opened."""
    return offsetcheck.open_tender(bundled("samples") / "turku", rulebook, as_of=DAY)


def judged(bound, purchase, candidates):
    return [(c, assess(c, bound, purchase)) for c in candidates]


def points(case, purchase=None, ids=None):
    """Return what is open for a purchase of that case, for all offers or those named."""
    bought = case.setting.purchase if purchase is None else purchase
    made = setting(case.bound, bought)
    offers = [c for c in case.table.candidates() if ids is None or c.id in ids]
    told = assess_purchase(bought, case.bound)
    return city_points(made, told, judged(case.bound, bought, offers))


def test_an_undecided_value_tells_which_offers_turn_on_it(turku):
    """The value that stands in is named, and each offer that would be refused, as the engine says."""
    found = {point.name: point for point in points(turku)}
    vintage = found["vintage.age.max_age"]
    assert vintage.kind is PointKind.VALUE
    assert "10 years" in vintage.words
    met, not_met, *_ = vintage.ways
    assert {turn.offer for turn in met.turns} == set()
    eligible = {"PURO-ORCA", "ACR1129", "GS12335", "PURO100008", "VCS2930"}
    assert eligible <= {turn.offer for turn in not_met.turns}
    assert {turn.verdict for turn in not_met.turns} == {"not_eligible"}


def _value_named(point, value):
    return next(way for way in point.ways if value in way.settled)


@pytest.mark.parametrize(
    ("name", "said", "value"),
    [
        ("vintage.age.max_age", "as 3 years", 3),
        ("vintage.age.max_age", "as 1 year", 1),
        ("permanence.storage_floor.min_storage_years", "as 100 years", 100),
        (
            "governance.programme_accepted.accepted_programmes",
            "without Puro Standard",
            lambda listed: tuple(code for code in listed if code != "PURO"),
        ),
    ],
)
def test_each_value_tells_what_the_engine_says_of_it(turku, name, said, value):
    """With a value that is told entered into the rule, just the offers named turn, as told."""
    point = next(p for p in points(turku) if p.name == name)
    told = {turn.offer: turn.verdict for turn in _value_named(point, said).turns}
    assert told
    rule = turku.bound.rules[point.rule]
    parameter = next(p for p in rule.parameters.values() if name.endswith(p.name))
    entered = value(parameter.value) if callable(value) else value

    def with_value(node):
        if isinstance(node, Constant):
            return replace(node, value=entered) if node.name == f"${parameter.name}" else node
        return with_children(node, with_value)

    changed = rule.with_expressions(with_value)
    bound = replace(turku.bound, hash="other", rules={**turku.bound.rules, rule.id: changed})
    bought = turku.setting.purchase
    for candidate in turku.table.candidates():
        now, then = (assess(candidate, b, bought) for b in (turku.bound, bound))
        moved = now.verdict is not then.verdict or now.integrity != then.integrity
        assert (candidate.id in told) == moved
        assert told.get(candidate.id, then.verdict.value) == then.verdict.value


def test_values_are_told_only_where_they_turn_something_new(turku, monkeypatch):
    """No two values of a point turn the same, and there are only a few of each."""
    for point in (p for p in points(turku) if p.kind is PointKind.VALUE):
        turned = [tuple(turn.words for turn in way.turns) for way in point.ways[2:]]
        assert all(turned)
        assert len(set(turned)) == len(turned)
    monkeypatch.setattr(city_values, "MOST_VALUES", 1)
    assert all(len(p.ways) <= 3 for p in points(turku) if p.kind is PointKind.VALUE)


def test_the_three_values_that_offers_list_are_the_three_of_the_list(turku):
    """What an offer says is not decided stands in the list of what the city decides."""
    listed = {p.name for p in points(turku) if p.kind is PointKind.VALUE}
    of_offers = {
        line.name for offer in offsetcheck.judge(turku) for line in offer.explained.undecided
    }
    assert len(of_offers) == 3
    assert of_offers <= listed


def test_a_signature_turns_what_the_engine_says_once_it_is_given(rulebook):
    """Each turn that is told is what `assess` concludes with the review entered."""
    case = offsetcheck.open_tender(bundled("samples") / "melbourne", rulebook, as_of=DAY)
    reviews = [p for p in points(case) if p.kind is PointKind.REVIEW]
    assert reviews
    for point in reviews:
        for way, judgement in zip(point.ways, ("clear", "fail"), strict=True):
            told = {turn.offer: turn.verdict for turn in way.turns}
            for name in point.offers:
                candidate = next(c for c in case.table.candidates() if c.id == name)
                review = Review(name, point.rule, judgement, "seen", "A. B.", "officer", DAY)
                own = case.setting.purchase
                signed = replace(own, reviews=(*own.reviews, review))
                then = assess(candidate, case.bound, signed).verdict.value
                now = assess(candidate, case.bound, own).verdict.value
                assert then == told.get(name, now), (point.rule, judgement, name)


def test_a_missing_search_is_one_point_for_all_that_wait_for_it(turku):
    """Without any search the city is asked for one, and what is found would turn offers."""
    unsearched = replace(turku.setting.purchase, screenings=())
    (search,) = [p for p in points(turku, unsearched) if p.kind is PointKind.SEARCH]
    nothing, event = search.ways
    assert len(search.offers) == 11
    assert {turn.verdict for turn in event.turns} <= {"not_eligible", "undecided"}
    assert event.turns
    assert all(turn.verdict != "not_eligible" for turn in nothing.turns)


@pytest.mark.parametrize(
    ("name", "turned"), [("claim", {None}), ("year", {"PURO-ORCA", "ACR1129"})]
)
def test_a_fact_of_the_purchase_that_is_not_stated_is_asked_for(turku, name, turned):
    """It is asked for with what each answer would turn: the purchase itself, or offers."""
    facts = {k: v for k, v in turku.setting.purchase.facts.items() if k != name}
    without = points(turku, replace(turku.setting.purchase, facts=facts))
    (asked,) = [p for p in without if p.name == f"purchase.{name}"]
    assert asked.kind is PointKind.FACT
    assert turned <= {turn.offer for way in asked.ways for turn in way.turns}
    assert len(asked.ways) <= city_decides.MOST_VALUES


def test_a_currency_without_a_rate_is_asked_for(turku):
    """Offers in another currency wait for the city's rate, and no other offer is named."""
    swapped = [
        c.with_facts({"currency": Fact("SEK", EvidenceGrade.E4)}) if c.id == "VCS2930" else c
        for c in turku.table.candidates()
    ]
    own = turku.setting.purchase
    told = judged(turku.bound, own, swapped)
    found = city_points(turku.setting, assess_purchase(own, turku.bound), told)
    (rate,) = [p for p in found if p.kind is PointKind.RATE]
    assert rate.offers == ("VCS2930",)
    assert "SEK" in rate.words
    assert rate.ways == ()


def test_a_long_list_is_tried_on_its_first_offers_and_says_so(turku, monkeypatch):
    """The number of tries is bounded, and where it ran out the reader is told."""
    monkeypatch.setattr(city_decides, "MOST_TRIES", 3)
    trial_made = points(turku)
    assert sum(len(way.turns) for point in trial_made for way in point.ways) <= 3
    assert any("first offers only" in point.effect for point in trial_made)


def test_nothing_is_open_where_all_is_decided(rulebook):
    """A list without offers leaves the city nothing but what its purchase waits for."""
    bound = bind(rulebook, "turku", DAY)
    case = offsetcheck.open_tender(bundled("samples") / "turku", rulebook, as_of=DAY)
    made = setting(bound, case.setting.purchase)
    assert city_points(made, assess_purchase(made.purchase, bound), []) == ()
