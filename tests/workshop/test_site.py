"""What the site of a rulebook tells of it: values by day, who changes what, history, logic."""

import shutil
from datetime import date

import pytest

from offsetcheck.api.site import base_address, rulebook_site
from offsetcheck.explain.condition_words import ConditionWords
from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.problem import InputError, RequestError, RulebookError
from offsetcheck.workshop.site.history import Entry, entries
from offsetcheck.workshop.site.scope import Scope
from offsetcheck.workshop.site.values import compared
from world.rulebook import AS_OF, RULEBOOK, RULES

DAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def shipped():
    folder = bundled("rules")
    return rulebook_site(load_rulebook(folder), folder, as_of=DAY).explained


def page_of(site, rule):
    return next(page for page in site.rules if page.rule.rule == rule)


def stances(site, rule):
    return {line.profile: line.stance for line in page_of(site, rule).stances}


def test_every_rule_profile_field_source_and_table_has_a_page(shipped):
    """Nothing of the rulebook is left out."""
    book = load_rulebook(bundled("rules"))
    assert {page.rule.rule for page in shipped.rules} == set(book.rules)
    assert {page.city.id for page in shipped.profiles} == set(book.cities)
    assert {page.guide.id for page in shipped.sources} == set(book.guides)
    assert {page.id for page in shipped.tables} == set(book.tables)
    dictionary = book.dictionary
    fields = len(dictionary.candidate) + len(dictionary.purchase) + len(dictionary.portfolio)
    assert len(shipped.fields) == fields


def test_values_stand_by_day_and_say_how_they_compare(shipped):
    """The guide's values come by the day they begin; those of cities are held against them."""
    values = page_of(shipped, "permanence.storage_floor").values
    floor = [(v.since, v.value) for v in values if v.parameter == "min_storage_years"]
    assert floor == [("2021-01-01", "30 years"), ("2023-07-27", "40 years")]
    of_cities = [v for page in shipped.rules for v in page.values if v.setter != "guide"]
    assert {v.direction for v in of_cities} >= {"tighter", "looser"}


@pytest.mark.parametrize(
    ("value", "before", "side", "direction"),
    [(60, 40, "higher", "tighter"), (30, 40, "higher", "looser"), (30, 40, "lower", "tighter"),
     (40, 40, "higher", "same"), (("a",), ("a", "b"), "fewer", "tighter"),
     (("a", "c"), ("a", "b"), "fewer", "other"), ("x", "y", "none", "other"),
     (60, None, "higher", "other")],
)  # fmt: skip
def test_a_value_is_tighter_looser_or_just_another(value, before, side, direction):
    """Two values compare by the side that the parameter calls tighter."""
    assert compared(value, before, side) == direction


def test_it_is_told_who_adopts_leaves_out_and_changes_a_rule(shipped):
    """A cap that is a gate is tighter, a rule left out is named with its reason."""
    assert stances(shipped, "permanence.storage_floor") == {"icvcm_ccp": "tighter"}
    assert stances(shipped, "vintage.age")["london_boroughs"] == "left_out"
    adopting = load_rulebook(bundled("rules")).adopting("permanence.risk_score")
    assert {
        p for p, s in stances(shipped, "permanence.risk_score").items() if s == "adopts"
    } <= set(adopting)


def test_a_rule_is_in_force_for_those_who_have_it(shipped):
    """The count of profiles is that of their bound rulebooks."""
    page = page_of(shipped, "vintage.age")
    assert page.of == len(shipped.profiles)
    assert page.in_force == sum("vintage.age" in city.rules for city in shipped.profiles)


def test_examples_are_shown_with_what_comes_out(shipped):
    """Facts have titles and units, weaker grades are said, and all examples hold."""
    examples = page_of(shipped, "permanence.storage_floor").examples
    last = next(e for e in examples if e.name == "stated by the seller only")
    assert [(f.title, f.value) for f in last.facts][1] == (
        "Years of monitoring and compensation", "60 years",
    )  # fmt: skip
    assert last.facts[1].grade.startswith("E4")
    assert shipped.failed == 0
    assert all(e.holds for page in shipped.rules for e in page.examples)


def test_an_example_that_comes_out_differently_is_marked(tmp_path):
    """What a rule says of itself and does not hold is not shown as if it did."""
    folder = shutil.copytree(RULES, tmp_path / "rules")
    path = folder / "permanence" / "storage_floor.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("expect: pass", "expect: fail", 1), "utf-8")
    site = rulebook_site(load_rulebook(folder), folder, as_of=AS_OF).explained
    page = page_of(site, "permanence.storage_floor")
    assert site.failed == 1
    assert [e.holds for e in page.examples].count(False) == 1


def test_changes_of_the_changelog_stand_with_the_rule_that_they_name():
    """An entry belongs to its edition and ends where the next begins."""
    text = "# C\n\n## Two\n\n- **A**: `a.b`\n  goes on.\n\n- other\n\n## One\n\n* `a.b` again\n"
    assert entries(text) == (
        Entry("Two", "**A**: `a.b` goes on."), Entry("Two", "other"), Entry("One", "`a.b` again"),
    )  # fmt: skip
    assert entries("") == ()


def test_every_expression_of_the_shipped_rules_is_said_in_words(shipped):
    """No part of an expression is left without words, and no name of a field stands in one."""

    def words(part):
        yield part.words
        for one in part.parts:
            yield from words(one)

    said = [
        text
        for page in shipped.rules
        for line in page.conditions
        if line.said
        for text in words(line.said)
    ]
    assert len(said) > 500
    assert all(text.strip() and "{" not in text and "$" not in text for text in said)
    others = [
        line for page in shipped.rules for line in page.conditions
        if line.said is None and line.expression != "otherwise"
    ]  # fmt: skip
    assert others == []


def test_what_may_not_be_in_a_list_is_said_plainly(shipped):
    """`NOT contains(list, x)` reads as one plain sentence."""
    (_, asked) = page_of(shipped, "governance.icvcm_decision").conditions
    assert asked.said.words.startswith(
        "“Decision of the Integrity Council on the methodology” is not among Does not meet"
    )


@pytest.mark.parametrize("language", ["fi", "es"])
def test_logic_reads_in_other_languages(language):
    """The words of a language serve where they are there, and English where they are not."""
    scope = Scope(RULEBOOK, AS_OF, language, tuple(RULEBOOK.cities))
    rule = scope.rule("permanence.storage_floor")
    assert ConditionWords(scope.wording, rule).said(rule.requires).words


def test_some_cities_alone_are_shown():
    """With a city named only its policy and the law above it are there."""
    site = rulebook_site(RULEBOOK, RULES, as_of=AS_OF, cities=["turku"]).explained
    assert [page.city.id for page in site.profiles] == ["turku"]
    assert [law.id for law in site.laws] == ["eu", "fi"]
    assert all(page.of == 1 for page in site.rules)


def test_a_citys_own_folder_is_shown_beside_shipped_ones(tmp_path):
    """A city that is laid over the rulebook has its page and its values."""
    town = tmp_path / "town"
    town.mkdir()
    text = "id: town\nextends: turku\nname: {en: Town}\n"
    (town / "city.yaml").write_text(text, "utf-8")
    asked = [str(town), "turku"]
    site = rulebook_site(RULEBOOK, RULES, as_of=AS_OF, cities=asked).explained
    assert [page.city.city for page in site.profiles] == ["Town", "City of Turku"]
    assert all(page.of == 2 for page in site.rules)


def test_what_else_an_example_shows_is_said(tmp_path):
    """Effect, condition and whether it can be mended stand beside what comes out."""
    folder = shutil.copytree(RULES, tmp_path / "rules")
    path = folder / "permanence" / "storage_floor.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("expect: fail", "expect: fail, curable: yes", 1), "utf-8")
    site = rulebook_site(load_rulebook(folder), folder, as_of=AS_OF).explained
    said = [e.also for e in page_of(site, "permanence.storage_floor").examples if e.also]
    assert said == [("It can be mended.",)]


def test_a_folder_without_catalogue_and_changelog_has_a_site(tmp_path):
    """What the folder has not is left out; criteria are the codes that rules name."""
    site = rulebook_site(RULEBOOK, RULES, as_of=AS_OF).explained
    assert not (RULES / "catalogue.yaml").exists()
    codes = {c.code for family in site.families for c in family.criteria}
    assert "PER-02" in codes
    assert not any(line.markdown for page in site.rules for line in page.history)


def test_what_is_not_there_is_refused(tmp_path):
    """A city, a language, a day, a folder of pages and an address that do not fit are told."""
    for asked, error in (
        ({"cities": ["atlantis"]}, RequestError),
        ({"language": "xx"}, RequestError),
        ({"as_of": date(1999, 1, 1)}, RequestError),
        ({"pages": tmp_path / "none"}, InputError),
    ):
        with pytest.raises(error):
            rulebook_site(RULEBOOK, RULES, **{"as_of": AS_OF, **asked})
    (tmp_path / "catalogue.yaml").write_text("families: 3\n", "utf-8")
    with pytest.raises(RulebookError):
        rulebook_site(RULEBOOK, tmp_path, as_of=AS_OF)


@pytest.mark.parametrize(
    "base",
    ["javascript:alert(1)", "example.org", "https://x/?a", "https://x/#a", 'https://x/"',
     "https://x/ y", "https://ä.example/", "ftp://x/", "https://x/&amp;"],
)  # fmt: skip
def test_an_address_that_would_break_a_page_is_refused(base):
    """Only a plain address of the web may stand in the pages."""
    with pytest.raises(RequestError):
        base_address(base)


def test_an_address_ends_as_a_folder():
    """A missing slash is added, so that names can follow."""
    assert base_address("https://example.org/rules") == "https://example.org/rules/"


def test_every_step_has_a_page_that_leads_to_what_it_reads(shipped):
    """Fields, tables and sources name the steps that read or cite them, and the steps name them."""
    steps = {page.step.step: page for page in shipped.steps}
    assert set(steps) == set(load_rulebook(bundled("rules")).steps)
    leakage = steps["tonnes.leakage"]
    assert "unit_deductions" in {one.id for one in leakage.tables}
    assert "candidate.leakage_percent" in {one.id for one in leakage.reads}
    field = next(page for page in shipped.fields if page.id == "candidate.leakage_percent")
    assert [one.id for one in field.steps] == ["tonnes.leakage"]
    table = next(page for page in shipped.tables if page.id == "unit_deductions")
    assert {one.id for one in table.steps} >= {"tonnes.leakage", "tonnes.buffer"}
    source = next(page for page in shipped.sources if page.guide.id == "joos-2013")
    assert {one.id for line in source.clauses for one in line.steps} == {"tonnes.storage_time"}
    assert all(one.holds for page in shipped.steps for one in page.step.examples)


def test_what_a_city_chose_stands_on_the_page_of_its_step(tmp_path):
    """A city's choice and its assumption stand there in words, those of nobody else."""
    folder = tmp_path / "rules"
    shutil.copytree(bundled("rules"), folder)
    city = folder / "cities" / "turku.yaml"
    chosen = (
        "  shared.tonnes_curve: {value: lashof, source: {standing: design}}\n"
        "  shared.assumed_leakage: {value: 0.2, source: {standing: design}}\n"
    )
    text = city.read_text()
    assert "\nparameters:\n" in text
    city.write_text(text.replace("\nparameters:\n", f"\nparameters:\n{chosen}"))
    site = rulebook_site(load_rulebook(folder), as_of=DAY, cities=("turku", "bogota")).explained
    found = {(page.step.step, one.profile, one.value) for page in site.steps for one in page.chosen}
    assert found == {
        ("tonnes.storage_time", "turku", "Lashof"),
        ("tonnes.leakage", "turku", "0.2"),
    }
