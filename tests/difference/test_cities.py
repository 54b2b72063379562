"""One offer under several cities and standards, and which rule makes each difference."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.difference.cities import compare_profiles
from offsetcheck.difference.exchange import (
    differing_topics,
    exchanged,
    grade_turned_by,
    verdict_turned_by,
)
from offsetcheck.difference.phrases import Speech
from offsetcheck.difference.profile import Profile
from offsetcheck.difference.terms import Terms, assess_under
from offsetcheck.engine.assess import assess, assess_purchase
from offsetcheck.explain.candidate import explain_candidate
from offsetcheck.explain.purchase import explain_purchase
from offsetcheck.explain.setting import setting
from offsetcheck.report.format import format_names
from offsetcheck.report.render import render
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.vocabulary.comparison import comparison_schema
from pages import read

SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "comparison.schema.json"
AS_OF = date(2026, 9, 30)
UNIT = "governance.accepted_unit_type"


@pytest.fixture(scope="module")
def profiles(rulebook, tender):
    """Return a function that judges one offer of the sample under profiles, each once."""
    bounds = {city: bind(rulebook, city, AS_OF) for city in rulebook.cities}

    def made(offer, *cities):
        candidate = next(c for c in tender.table.candidates() if c.id == offer)
        return [_profile(bounds[city], tender.purchase, candidate) for city in cities]

    return made


def _profile(bound, purchase, candidate):
    own = setting(bound, purchase)
    bought = explain_purchase(own, assess_purchase(purchase, bound))
    assessment = assess(candidate, bound, purchase)
    return Profile(
        own, candidate, assessment, explain_candidate(own, candidate, assessment, bought), bought
    )


def test_an_exchange_of_all_that_differs_gives_the_other_result(rulebook, tender):
    """With every differing topic exchanged an offer comes out as under the other profile."""
    first, *others = (bind(rulebook, city, AS_OF) for city in ("turku", *sorted(rulebook.cities)))
    for candidate in tender.table.candidates():
        own = assess_under(candidate, Terms(first, tender.purchase))
        assert exchanged(own, own, ()) == own.result
        for bound in others:
            other = assess_under(candidate, Terms(bound, tender.purchase))
            result = exchanged(own, other, differing_topics(own, other))
            assert (result.verdict, result.grades) == (other.result.verdict, other.result.grades)


def test_a_cause_turns_the_verdict_and_none_of_it_can_be_spared(rulebook, tender):
    """Each topic said to be enough is enough; of those that count together none can be spared."""
    first = bind(rulebook, "turku", AS_OF)
    turned = 0
    for city in sorted(rulebook.cities):
        bound = bind(rulebook, city, AS_OF)
        for candidate in tender.table.candidates():
            own, other = (
                assess_under(candidate, Terms(b, tender.purchase)) for b in (first, bound)
            )
            for cause, part in ((verdict_turned_by, "verdict"), (grade_turned_by, "grades")):
                found, wanted = cause(own, other), getattr(other.result, part)
                turned += bool(found.topics)
                _check(own, other, found, part, wanted)
    assert turned >= 10


def _check(own, other, cause, part, wanted):
    def reached(topics):
        return getattr(exchanged(own, other, topics), part) == wanted

    if cause.alone:
        assert all(reached([topic]) for topic in cause.topics)
    else:
        assert reached(cause.topics)
        assert not any(reached(set(cause.topics) - {topic}) for topic in cause.topics)


def test_the_unit_that_one_city_does_not_take_is_named_in_words(profiles):
    """ACR1129 falls in Melbourne on the kind of unit, and the sentence says so."""
    found = compare_profiles(profiles("ACR1129", "turku", "melbourne"), "")
    first, melbourne = found.profiles
    assert (first.verdict.verdict, melbourne.verdict.verdict) == ("eligible", "not_eligible")
    assert [cause.rule for cause in melbourne.causes] == [UNIT]
    assert "is not of an accepted kind” (not met" in melbourne.cause_words
    assert found.differences[0].topic == UNIT
    assert found.differences[0].turns == ("City of Melbourne",)


def test_each_position_names_who_set_its_values_on_which_source(profiles):
    """What a city asks stands with the layer that set it and the source with its standing."""
    found = compare_profiles(profiles("ACR1129", "turku", "melbourne"), "")
    positions = {p.profiles: p for p in found.differences[0].positions}
    values = " ".join(positions["City of Melbourne",].values)
    assert "set by City of Melbourne" in values
    assert "Climate Active" in values
    assert "[general knowledge]" in values


def test_every_profile_stands_in_one_position_of_each_difference(profiles, rulebook):
    """No profile is lost and none stands twice on any point."""
    cities = ("turku", *sorted(set(rulebook.cities) - {"turku"}))
    found = compare_profiles(profiles("ACR1129", *cities), "")
    names = sorted(profile.name for profile in found.profiles)
    for line in (*found.differences, *found.asked_differently):
        assert len(line.positions) > 1
        assert sorted(name for p in line.positions for name in p.profiles) == names


def test_each_rule_is_told_once(profiles, rulebook):
    """A rule differs, is asked differently, or is the same: never two of these."""
    found = compare_profiles(profiles("VCS902", "turku", "bogota", "melbourne"), "")
    told = [x.topic for x in (*found.differences, *found.asked_differently)]
    assert len(told) == len(set(told))
    same = sum(line.count for line in found.same)
    same += sum(len(line.points) for line in found.not_asked)
    apart = [topic for topic in told if topic in rulebook.rules]
    every = {
        line.rule
        for profile in profiles("VCS902", "turku", "bogota", "melbourne")
        for line in (*profile.explained.findings, *profile.purchase.findings)
    }
    assert len(apart) + same == len(every)


def test_a_city_that_does_not_offset_says_so(profiles):
    """Under a city without offsetting nothing is bought, and its purchase rule says why."""
    found = compare_profiles(profiles("ACR1129", "turku", "oslo"), "")
    oslo = found.profiles[1]
    assert "does not offset" in oslo.purchase_words
    assert oslo.purchase.verdict == "not_ready"
    assert not oslo.agrees
    assert "The city does not let offsets be bought in its name." in oslo.cause_words


def test_profiles_that_agree_are_named_in_one_sentence(profiles):
    """Two cities with one result share a sentence; nothing else is said to turn a verdict."""
    found = compare_profiles(profiles("ACR1129", "turku", "bogota"), "")
    assert found.agreeing is not None
    assert "City of Bogotá" in found.agreeing
    assert all(line.turns == () for line in found.differences)


def test_a_comparison_needs_a_profile():
    """Nothing cannot be compared."""
    with pytest.raises(ValueError, match="nothing to compare"):
        compare_profiles([], "")


@pytest.mark.parametrize("form", format_names("comparison"))
def test_every_format_carries_the_reason_of_each_difference(profiles, form):
    """Each format says which rule turned a verdict, twice the same bytes."""
    made = profiles("ACR1129", "turku", "melbourne", "oslo")
    found = compare_profiles(made, "")
    words = Speech(made[0].setting.wording).words
    page = render(found, form, words)
    assert "because of “The unit," in " ".join(read(page).split())
    assert page == render(compare_profiles(made, ""), form, words)


def test_no_name_of_a_stranger_becomes_markup(rulebook, tender):
    """An offer's name is text in every page, and each page closes what it opens."""
    attack = "</style><script>1</script>{{ 7 * 7 }} | b\n# heading"
    candidate = next(tender.table.candidates())
    candidate = candidate.with_facts({"name": replace(candidate.fact("name"), value=attack)})
    bounds = [bind(rulebook, city, AS_OF) for city in ("turku", "melbourne")]
    made = [_profile(bound, tender.purchase, candidate) for bound in bounds]
    words = Speech(made[0].setting.wording).words
    page = render(compare_profiles(made, ""), "html", words)
    assert "<script" not in page
    assert "{{ 7 * 7 }}" in page
    assert _unclosed(page) == []
    assert "\n# heading" not in render(compare_profiles(made, ""), "md", words)


def _unclosed(page):
    """Return the elements of a page that nothing closes; raise where one closes another."""
    tags = re.findall(r"<(/?)([a-z][a-z0-9]*)", page.split("</style>")[1].split("</main>")[0])
    stack = ["html", "head"]
    for closes, tag in tags:
        if closes:
            assert stack.pop() == tag
        elif tag not in {"br", "hr", "meta"}:
            stack.append(tag)
    return [tag for tag in stack if tag not in {"html", "body", "main"}]


def test_the_published_schema_is_current():
    """The schema of comparisons and drifts in the documentation is the one that the code writes."""
    current = json.dumps(comparison_schema(), indent=2, sort_keys=True) + "\n"
    assert SCHEMA.read_text(encoding="utf-8") == current
