"""Two rulebooks for one city and day: which rules mean something else, and what they turn."""

from dataclasses import replace
from datetime import date

import pytest
from town import AGE, documented, offers_of, purchase_in, stove

from offsetcheck.difference.exchange import DECISIONS, FLOOR, SCHEME
from offsetcheck.difference.inputs import ChangedInput, ShiftKind
from offsetcheck.difference.rulebooks import (
    ChangedRule,
    RuleChange,
    changed_rules,
    compare_rulebooks,
)
from offsetcheck.rulebook.binding.bind import bind

DAY = date(2025, 9, 30)
FLOOR_RULE = "permanence/storage_floor.yaml"
TOWN = "cities/town.yaml"
FROM, LATER = "effective: {from: 2021-01-01}", "effective: {from: 2026-01-01}"


@pytest.fixture
def change(tmp_path):
    """Return a function that gives the documented rulebook as it is, and with changed texts."""

    def both(*changes):
        books = documented(tmp_path / "old"), documented(tmp_path / "new", changes)
        return [bind(book, "town", DAY) for book in books]

    return both


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (AGE, "{value: 5,", "{value: 3,", [("vintage.age", (RuleChange.VALUE,))]),
        (AGE, "<= $max_age", "< $max_age", [("vintage.age", (RuleChange.MEANING,))]),
        (
            TOWN,
            "weight: 1",
            "weight: 3",
            [("additionality.carbon_revenue", (RuleChange.SCORING,))],
        ),
        (
            FLOOR_RULE,
            "at_least: E2",
            "at_least: E3",
            [("permanence.storage_floor", (RuleChange.MEANING,))],
        ),
        (AGE, FROM, LATER, [("vintage.age", (RuleChange.REMOVED,))]),
        (AGE, "why: Old", "why: Very old", []),
        (AGE, "requires: vintage_age <= $max_age", "requires: vintage_age   <=   $max_age", []),
    ],
)
def test_a_rule_changes_by_what_it_decides(change, file, old, new, expected):
    """Values, expressions, evidence and weights count; words, reasons and spaces do not."""
    before, after = change((file, old, new))
    assert changed_rules(before, after) == tuple(ChangedRule(*one) for one in expected)


def test_a_table_is_a_change_of_the_rules_that_read_it(change):
    """Another row in a table changes the rules that look it up, and no other rule."""
    row = "VCS902,finding,open,2023-10-31,,E1,registry notice"
    before, after = change(("tables/events.csv", row, row.replace("VCS902", "VCS903")))
    assert changed_rules(before, after) == (
        ChangedRule("additionality.no_open_finding", (RuleChange.TABLE,)),
    )


def test_what_turns_an_offer_is_named_by_rule_and_value(change):
    """An offer that a tighter value rules out is put down to the rule and its value."""
    books = change((AGE, "{value: 5,", "{value: 3,"))
    offers = offers_of(stove("VCS1", vintage=2021), stove("VCS2", vintage=2024))
    found = compare_rulebooks(*books, offers, purchase_in(2026))
    assert [row.id for row in found.turned.verdicts] == ["VCS1"]
    [topic] = found.causes.topics
    assert (topic.topic, topic.rows) == ("vintage.age", (0,))
    assert topic.traced[0].offer.inputs["vintage.age"] == (
        ChangedInput(ShiftKind.VALUE, "max_age"),
    )


def test_what_turns_an_offer_is_named_by_the_meaning_of_a_rule(change):
    """An offer at the limit that a stricter comparison rules out is put down to the meaning."""
    books = change((AGE, "<= $max_age", "< $max_age"))
    offers = offers_of(stove("VCS1", vintage=2021), stove("VCS2", vintage=2024))
    found = compare_rulebooks(*books, offers, purchase_in(2026))
    assert [row.id for row in found.turned.verdicts] == ["VCS1"]
    [topic] = found.causes.topics
    assert topic.traced[0].offer.inputs["vintage.age"] == (
        ChangedInput(ShiftKind.MEANING, "vintage.age"),
    )


def test_an_offer_that_a_rule_no_longer_bars_is_put_down_to_its_end(change):
    """Where a rule is not asked, what it barred comes free, and its end is the cause."""
    books = change((AGE, FROM, LATER))
    found = compare_rulebooks(*books, offers_of(stove(vintage=2021)), purchase_in(2030))
    [topic] = found.causes.topics
    kinds = [one.kind for one in topic.traced[0].offer.inputs["vintage.age"]]
    assert (topic.topic, kinds) == ("vintage.age", [ShiftKind.ENDED])


@pytest.mark.parametrize("topic", [FLOOR, SCHEME, DECISIONS])
def test_what_is_no_rule_is_a_cause_of_its_own(change, topic):
    """Where no rule changed, an offer that turns is put down to floor, scoring or conclusions."""
    before, _ = change()
    after = _with_another(topic, before)
    found = compare_rulebooks(before, after, offers_of(MIDDLING), purchase_in(2026))
    assert (found.rules, found.frame) == ((), (topic,))
    [cause] = found.causes.topics
    assert (cause.topic, cause.traced[0].offer.turning.alone) == (topic, True)


MIDDLING = stove(carbon_revenue_share=0.5, vintage=2024)


def _with_another(topic, bound):
    """Return a rulebook with the lowest floor, with easy grades, or in which gates alone decide."""
    if topic == FLOOR:
        return replace(bound, city=replace(bound.city, floor=bound.scheme.grades[-1][0]))
    if topic == SCHEME:
        easy = tuple((letter, min(cut, 100)) for letter, cut in bound.scheme.grades)
        return replace(bound, scheme=replace(bound.scheme, grades=easy))
    own = bound.candidate_decisions
    easy = {**own.conclusions, "eligible": ({"all": ["every_gate_clear"]},)}
    kind = replace(own, verdicts=tuple(reversed(own.verdicts)), conclusions=easy)
    return replace(bound, candidate_decisions=kind)


def test_two_cities_are_not_two_rulebooks(rulebook):
    """Rulebooks bound to different cities or days are refused: more would differ than rules."""
    turku = bind(rulebook, "turku", DAY)
    offers, purchase = offers_of(stove()), purchase_in(2026)
    for other in (bind(rulebook, "oslo", DAY), bind(rulebook, "turku", date(2025, 1, 1))):
        with pytest.raises(ValueError, match="one city and one day"):
            compare_rulebooks(turku, other, offers, purchase)
