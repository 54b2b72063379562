from datetime import date

import pytest

from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.binding.bind import bind, bind_guide
from offsetcheck.rulebook.decisions.expand import MAX_PREMISES, expand, undecided_combinations
from offsetcheck.rulebook.lint import check
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.problem import Severity
from offsetcheck.workshop.rule_tests import failures, run_examples

DAYS = [date(2022, 1, 1), date(2024, 2, 29), date(2026, 9, 30), date(2026, 11, 24)]


@pytest.fixture(scope="module")
def rulebook():
    return load_rulebook(bundled("rules"))


def test_bundled_examples_come_out_as_they_say(rulebook):
    """Every example of every rule that travels with the package comes out as it says."""
    results = run_examples(rulebook)
    assert len(results) > 200
    assert [str(problem) for problem in failures(results)] == []


def test_bundled_rules_have_no_lint_errors(rulebook):
    """The checks find no error in the rules that travel with the package."""
    assert [str(p) for p in check(rulebook) if p.severity is Severity.ERROR] == []


def test_bundled_rules_are_the_set_that_is_promised(rulebook):
    """The set holds the numbers of scales, caps, lookups, parameters, routes and limits it needs."""
    files = [rule.file for rule in rulebook.rules.values()]
    fields = rulebook.dictionary.candidate.values()
    parameters = [p for file in files for p in file.parameters.values() if p.values]
    assert len(files) >= 40
    assert sum(file.levels is not None for file in files) >= 10
    assert sum(file.effect == "cap" for file in files) >= 5
    assert sum(field.lookup is not None for field in fields) >= 5
    assert len(parameters) >= 5
    assert any(file.route for file in files)
    assert any(file.critical for file in files)
    assert sum(file.effect == "claim_limit" for file in files) >= 3


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_city_binds_on_any_day(rulebook, day):
    """Every city can be bound on every day, and every combination concludes a verdict."""
    bound = [bind(rulebook, city, day) for city in rulebook.cities]
    for one in [*bound, bind_guide(rulebook, day)]:
        assert undecided_combinations(one.candidate_decisions, one.candidate_rules) == []
        assert undecided_combinations(one.purchase_decisions, one.purchase_rules) == []
        expanded = expand(one.candidate_decisions, one.candidate_rules)
        assert all(len(rule.premises) <= MAX_PREMISES for rule in expanded)
    assert len({one.hash for one in bound}) == len(bound)
