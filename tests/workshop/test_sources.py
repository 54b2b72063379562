import json
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.explain.wording import Wording
from offsetcheck.report.render import render
from offsetcheck.rulebook.binding.bind import bind, bind_guide
from offsetcheck.rulebook.binding.rules import in_force
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.rulebook.rules.model import full_name
from offsetcheck.vocabulary.evidence import Standing
from offsetcheck.vocabulary.finding import Effect
from offsetcheck.workshop.sources import Basis, CitedBy, basis_of, city_basis, guides_used
from offsetcheck.workshop.sources_explained import explain_sources

RULES = Path(__file__).resolve().parents[2] / "rules"
DAY = date(2026, 9, 30)


@pytest.fixture(scope="module")
def rulebook():
    """Return the rulebook that travels with the package."""
    return load_rulebook(RULES)


def cited(guides):
    """Return (guide, clause, standing, kind, where) of every citation."""
    return {
        (use.guide.id, clause.clause, clause.standing, kind, where)
        for use in guides
        for clause in use.clauses
        for kind, names in clause.cited_by.items()
        for where in names
    }


def test_every_citation_of_every_rule_is_there_once(rulebook):
    """Each source of each rule and each number in force on the day stands under its guide."""
    found = cited(guides_used(rulebook, DAY))
    expected = set()
    for rule in in_force(rulebook, DAY):
        for source in rule.file.sources:
            expected.add(
                (source.guide, source.clause or "", source.standing, CitedBy.RULE, rule.file.id)
            )
        for name, parameter in rule.parameters.items():
            value = parameter.on(DAY)
            if value is not None:
                source, where = value[1].source, full_name(rule.file.id, name)
                expected.add(
                    (source.guide, source.clause or "", source.standing, CitedBy.NUMBER, where)
                )
    own = {one for one in found if one[3] in {CitedBy.RULE, CitedBy.NUMBER}}
    assert own == {one for one in expected if one[0] is not None}


def test_guides_come_in_the_order_of_their_file(rulebook):
    """Every guide of sources.yaml is there, cited or not, in its order."""
    guides = guides_used(rulebook, DAY)
    assert [use.guide.id for use in guides] == list(rulebook.guides)


def test_a_number_counts_from_its_day(rulebook):
    """Before July 2023 the shortest term comes from the risk tool, from then on from criterion 9."""
    where = "permanence.storage_floor.min_storage_years"

    def guide_on(day):
        return {one[0] for one in cited(guides_used(rulebook, day)) if one[4] == where}

    assert guide_on(date(2023, 7, 26)) == {"verra-nprt"}
    assert guide_on(date(2023, 7, 27)) == {"icvcm-af"}


def test_a_city_cites_what_is_in_force_for_it(rulebook):
    """For one city the values of another do not count, nor rules that it does not adopt."""
    bound = bind(rulebook, "turku", DAY)
    found = cited(guides_used(rulebook, DAY, bound))
    policies = {where.split(":")[0] for _, _, _, kind, where in found if kind is CitedBy.POLICY}
    assert "turku" in policies
    assert policies <= {"turku", *bound.city.jurisdictions}
    assert {where for _, _, _, kind, where in found if kind is CitedBy.RULE} <= set(bound.rules)


@pytest.mark.parametrize("city", ["turku", "bogota", "melbourne"])
def test_every_deciding_rule_and_number_is_counted_once(rulebook, city):
    """Rules by effect add up to the rules that decide, numbers to their parameters."""
    bound = bind(rulebook, city, DAY)
    deciding = [r for r in bound.rules.values() if r.effect is not Effect.NOTE and not r.draft]
    basis = city_basis(bound)
    assert sum(sum(counts.values()) for counts in basis.rules.values()) == len(deciding)
    names = {full_name(rule.id, name) for rule in deciding for name in rule.parameters}
    assert len(basis.numbers) == len(names)
    assert sum(basis.counts.values()) == len(basis.numbers)
    assert Effect.NOTE not in basis.rules


def test_a_rule_counts_at_its_weakest_point(rulebook):
    """One number of our own makes the rule our own, and an undecided one makes it undecided."""
    bound, guide = bind(rulebook, "turku", DAY), bind_guide(rulebook, DAY)
    floor = "permanence.storage_floor"
    assert {source.standing for source in guide.rules[floor].sources} >= {Standing.READ}
    assert basis_of(guide.rules[floor]) is Basis.DESIGN
    assert basis_of(bound.rules[floor]) is Basis.UNDECIDED
    for rule in guide.rules.values():
        standings = {source.standing for source in rule.sources}
        if Standing.DESIGN in standings:
            assert basis_of(rule) in {Basis.DESIGN, Basis.UNDECIDED}


def test_numbers_of_our_own_name_no_guide(rulebook):
    """What is listed as our own design rests on no guide's word."""
    bound = bind(rulebook, "bogota", DAY)
    for number in city_basis(bound).resting_on(Basis.DESIGN):
        parameter = bound.rules[number.rule].parameters[number.name]
        assert parameter.source is None or parameter.source.standing is Standing.DESIGN


def test_text_and_data_say_the_same(rulebook):
    """The text has a line for each guide in use and each number of our own; the data can be JSON."""
    bound = bind(rulebook, "melbourne", DAY)
    explained = explain_sources(rulebook, DAY, bound)
    words = Wording(bound, "en").words
    lines = render(explained, "text", words).splitlines()
    data = json.loads(render(explained, "json", words))
    used = [guide for guide in data["guides"] if guide["clauses"]]
    text = " ".join(" ".join(line.split()) for line in lines)
    assert used
    assert all(f"[{guide['id']}]" in text for guide in used)
    numbers = data["city"]["design_numbers"]
    assert numbers
    assert all(f"{full_name(number['rule'], number['number'])} = " in text for number in numbers)
    assert data["city"]["numbers"]["design"] == len(numbers)
    assert max(map(len, lines)) <= 110
    rules = sum(counts["design"] for counts in data["city"]["rules"].values())
    assert f"{rules} of " in text


def test_without_a_city_there_is_no_count(rulebook):
    """The whole rulebook is shown without the part on a city."""
    explained = explain_sources(rulebook, DAY)
    assert len(explained.guides) > 20
    assert explained.city is None


def test_steps_of_comparable_tonnes_cite_their_sources_and_those_of_their_choices(rulebook):
    """A step stands beside a clause as a rule does, with each choice behind its name."""
    found = {
        (guide, where)
        for guide, _, _, kind, where in cited(guides_used(rulebook, DAY))
        if kind is CitedBy.STEP
    }
    assert ("joos-2013", "tonnes.storage_time") in found
    assert ("car-permanence", "tonnes.storage_time: shared.tonnes_curve") in found
    assert not [
        one for one in cited(guides_used(rulebook, date(2020, 1, 1))) if one[3] is CitedBy.STEP
    ]
