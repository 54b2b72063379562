from datetime import date

import pytest

from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.binding.bound import Sum
from offsetcheck.rulebook.expression.nodes import Compare, FieldRef, Lookup
from offsetcheck.rulebook.lint import check
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.problem import RulebookError

DAY = date(2025, 6, 30)
FILE = "fields/portfolio.yaml"
LARGEST = "{largest_share: tonnes, by: id}"


def edited(folder, old, new, file=FILE):
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return folder


def test_aggregates_are_bound_to_candidates(rulebook):
    """What is summed up, the condition and the groups are trees over one candidate."""
    found = bind(rulebook, "town", DAY).aggregates
    largest, removals = found["largest_project_share"], found["removal_share"]
    assert largest.kind is Sum.LARGEST_SHARE
    assert (largest.of.name, largest.by.name) == ("tonnes", "id")
    assert isinstance(removals.where, Compare)
    assert isinstance(removals.where.left, Lookup)
    assert found["worst_grade"].of is None
    assert found["covered_tonnes"].by_grade == {"A": 1, "B": 0.9, "C": 0.7, "D": 0, "E": 0}


def test_rules_of_the_portfolio_read_sums_as_facts(rulebook):
    """A rule reads a sum by its name, as it reads a stated field."""
    rule = bind(rulebook, "town", DAY).rules["portfolio.concentration"]
    assert isinstance(rule.requires.items[0].left, FieldRef)
    assert rule.inputs == (
        "largest_project_share",
        "removal_share",
        "worst_grade",
        "covered_tonnes",
        "purchase.residual_tonnes",
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [("by: id", "by: country"), ("A: 1, B: 0.9", "A: 1, B: 0.8"), ("<> 'none'", "= 'none'")],
)
def test_an_aggregate_counts_in_the_hash(folder, old, new):
    """Another way to sum up is another rulebook."""
    before = bind(load_rulebook(folder), "town", DAY).hash
    assert bind(load_rulebook(edited(folder, old, new)), "town", DAY).hash != before


def test_a_condition_in_quotes_may_stand_in_brackets(folder):
    """In quotes no comma splits an expression, so that it may stand on the line of its field."""
    where = "where: \"storage_type IN ('biogenic', 'product')\""
    edited(folder, LARGEST, f"{{share: tonnes, {where}}}")
    assert bind(load_rulebook(folder), "town", DAY).aggregates["largest_project_share"].where


def test_what_an_aggregate_reads_is_read(folder):
    """A computed field that only an aggregate reads is used; an aggregate that nobody reads is not."""
    edited(folder, "storage_type <> 'none'", "icvcm_decision = 'approved'")
    found = {problem.message for problem in check(load_rulebook(folder))}
    assert "no rule reads `icvcm_decision`" not in found
    edited(folder, "AND removal_share >= 0.1", "", "portfolio/concentration.yaml")
    path = folder / "portfolio" / "concentration.yaml"
    path.write_text(path.read_text().replace("removal_share, ", "").split("tests:")[0].rstrip())
    edited(folder, "status: stable", "status: draft", "portfolio/concentration.yaml")
    found = {problem.message for problem in check(load_rulebook(folder))}
    assert "no rule reads `removal_share`" in found


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ("{}", "5:14: an aggregate sums up one thing"),
        ("{total: tonnes, share: tonnes}", "5:14: an aggregate sums up one thing"),
        ("{largest_share: tonnes}", "5:14: `largest_share` needs the key `by`"),
        ("{share: tonnes}", "5:14: `share` needs the key `where`"),
        ("{total: tonnes, by: id}", "5:30: `by` has no meaning beside `total`"),
        ("{total: tons}", "5:22: there is no field `tons` of candidates"),
        ("{total: country}", "5:22: `country` is a text, and cannot be summed"),
        ("{largest_share: tonnes, by: land}", "5:42: there is no field `land` of candidates"),
        ("{worst: grade}", "5:14: `worst` is a code, and the field a number"),
        ("{worst: tonnes}", "5:22: `tonnes` cannot stand here"),
        ("{total: tonnes, sum: 1}", "5:30: `sum` is not a key that can stand here"),
        (
            "{total: tonnes, by_grade: {A: 1}}",
            "5:40: `by_grade` must name every grade of the guide and nothing else",
        ),
        (
            "{total: tonnes, by_grade: {A: -1, B: 1, C: 1, D: 1, E: 1}}",
            "5:44: a number of 0 or more is needed here",
        ),
        (
            "{total: tonnes, by_grade: {A: .inf, B: 1, C: 1, D: 1, E: 1}}",
            "5:44: a number is needed here",
        ),
        ("{share: tonnes, where: tonnes > 1}", "5:37: an expression cannot stand inside brackets"),
        ('{share: tonnes, where: "tons > 1"}', "5:38: there is no field `tons`"),
        ('{share: tonnes, where: "worst_grade = 1"}', "5:38: there is no field `worst_grade`"),
        ('{share: tonnes, where: "tonnes"}', "5:38: yes or no is needed here, not a number"),
    ],
)
def test_a_mistake_is_reported_at_its_place(folder, new, message):
    """Whatever is wrong with an aggregate stands at its line and column."""
    with pytest.raises(RulebookError) as raised:
        load_rulebook(edited(folder, LARGEST, new))
    found = [str(problem).splitlines()[0] for problem in raised.value.problems]
    assert [line for line in found if line.startswith(FILE)] == [f"{FILE}:{message}"]


def test_only_the_portfolio_sums_up(folder):
    """A candidate does not sum up candidates."""
    new = "price: {type: number, aggregate: {total: tonnes}, "
    edited(folder, "price: {type: number, ", new, "fields/candidate.yaml")
    with pytest.raises(RulebookError) as raised:
        load_rulebook(folder)
    found = {problem.message for problem in raised.value.problems}
    assert "only a field of the portfolio can sum up candidates" in found


def test_a_sum_has_a_name_of_its_own(folder):
    """A field of the portfolio that candidates have too could be read as either."""
    edited(folder, "removal_share:", "tonnes:")
    with pytest.raises(RulebookError) as raised:
        load_rulebook(folder)
    found = {problem.message for problem in raised.value.problems}
    assert "`tonnes` is also a field of candidates, so that rules could mean either" in found


def test_worst_grade_knows_every_grade(folder):
    """A code that lacks a grade of the guide could not say that it is the worst."""
    edited(folder, ", E: {title: {en: E}}}", "}")
    with pytest.raises(RulebookError) as raised:
        load_rulebook(folder)
    found = {problem.message for problem in raised.value.problems}
    assert "`codes` must name every grade of the guide and nothing else" in found
