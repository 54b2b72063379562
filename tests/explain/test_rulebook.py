"""A rulebook shown without an offer: every rule's sentences filled, every city's policy."""

from dataclasses import replace
from datetime import date

import pytest

from offsetcheck.api.rules import rule_in_force, shown_rule
from offsetcheck.explain.rulebook import explain_city, explain_rule
from offsetcheck.explain.wording import Wording
from offsetcheck.ground.bundled import bundled
from offsetcheck.report.format import format_names
from offsetcheck.report.render import render
from offsetcheck.rulebook.binding.bind import bind, bind_guide
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.rulebook.rules.model import full_name

RULEBOOK = load_rulebook(bundled("rules"))
DAY = date(2026, 9, 30)


def guide(language="en"):
    return Wording(bind_guide(RULEBOOK, DAY), language)


@pytest.mark.parametrize("language", sorted(RULEBOOK.words))
def test_no_rule_shows_a_gap(language):
    """No sentence of any rule shows a placeholder such as {$cap}, in any language."""
    wording = guide(language)
    for rule in wording.bound.rules.values():
        explained = explain_rule(rule, wording)
        assert "{" not in explained.requires, rule.id
        assert "{" not in (explained.condition or ""), rule.id


def test_a_sentence_shows_the_value_that_is_in_force():
    """A parameter in a sentence reads as its value with the unit, as in reports."""
    wording = guide()
    explained = explain_rule(wording.bound.rules["permanence.storage_floor"], wording)
    assert "at least 40 years" in explained.requires
    assert [value.parameter for value in explained.parameters] == [
        "min_storage_years",
        "shared.reversible_storage",
    ]


def test_a_value_that_nobody_has_set_reads_as_not_decided():
    """Where a city and the guide are silent, the sentence says so, and the value is None."""
    wording = guide()
    rule = wording.bound.rules["vintage.age"]
    (name, parameter), *_ = rule.parameters.items()
    silent = replace(rule, parameters={name: replace(parameter, value=None)})
    explained = explain_rule(silent, wording)
    assert explained.requires == "The vintage is at most (the city has not decided) old."
    assert explained.parameters[0].value is None


@pytest.mark.parametrize("city", sorted(RULEBOOK.cities))
def test_each_city_is_shown_with_what_it_has_set(city):
    """Each value that a layer above the guide has set, and each undecided one, stands in the text."""
    wording = Wording(bind(RULEBOOK, city, DAY), "en")
    explained = explain_city(wording)
    text = render(explained, "text", wording.words)
    assert all(f"{full_name(line.rule, line.parameter)}: " in text for line in explained.values)
    assert all(line.layer != "guide" for line in explained.values)
    assert all(name in text for name in wording.bound.city.undecided)


@pytest.mark.parametrize("form", format_names("rule", "city"))
def test_rules_and_cities_are_shown_in_each_format(form):
    """Title and name of a rule and of a city stand in every format that shows them."""
    wording = Wording(bind(RULEBOOK, "turku", DAY), "en")
    rule = wording.bound.rules["vintage.age"]
    assert rule.title in render(explain_rule(rule, wording), form, wording.words)
    assert "City of Turku" in render(explain_city(wording), form, wording.words)


def test_a_rule_is_shown_with_what_each_sets_and_from_which_day():
    """Values of the guide, laws and cities stand in a list by day; of one city where it is asked."""
    setter = {
        (name, full) for name, city in RULEBOOK.cities.items() for full in city.parameters
        if full.startswith("vintage.")
    }  # fmt: skip
    city, full = min(setter)
    rule = full.rpartition(".")[0]
    for asked in (None, city):
        shown = rule_in_force(RULEBOOK, rule, asked, DAY)
        explained = shown_rule(shown, Wording(shown.bound, "en"))
        setters = {line.setter for line in explained.by_day}
        assert {"guide", city} <= setters
        assert asked is None or not (setters & RULEBOOK.cities.keys()) - {city}
        text = render(explained, "text", Wording(shown.bound, "en").words)
        assert "Values by day:" in text
        assert all(line.value.split()[0] in text for line in explained.by_day)
