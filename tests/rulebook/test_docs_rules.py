from offsetcheck.rulebook.lint import check
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Severity
from offsetcheck.workshop.rule_tests import failures, run_examples
from offsetcheck.workshop.scenario_runs import run_scenarios
from offsetcheck.workshop.scenarios import scenarios_of

KINDS = (
    "guide.yaml",
    "sources.yaml",
    "decisions.yaml",
    "fields/candidate.yaml",
    "fields/purchase.yaml",
    "fields/portfolio.yaml",
    "fields/documents.yaml",
    "tables/tables.yaml",
    "permanence/storage_floor.yaml",
    "jurisdictions/ex.yaml",
    "cities/town.yaml",
    "words/en.yaml",
    "scenarios/forest.yaml",
)


def test_every_kind_of_file_is_shown(files):
    """docs/rules.md shows one complete example of each kind of file."""
    assert set(KINDS) <= files.keys()
    assert any(name.endswith(".csv") for name in files)


def test_documented_rulebook_loads_and_its_examples_pass(rulebook: Rulebook):
    """The examples of docs/rules.md form a sound rulebook whose rules do what they say."""
    results = run_examples(rulebook)
    assert len(results) >= 15
    assert [str(problem) for problem in failures(results)] == []


def test_documented_scenarios_come_out(rulebook: Rulebook):
    """The scenarios of docs/rules.md come to what they say under its rules."""
    results = run_scenarios(rulebook, scenarios_of(rulebook))
    assert len(results) >= 3
    assert [str(result.failure) for result in results if result.failure] == []


def test_documented_rulebook_has_no_lint_errors(rulebook: Rulebook):
    """The documented rulebook passes every check that is an error."""
    assert [p for p in check(rulebook) if p.severity is Severity.ERROR] == []


def test_documented_files_show_both_forms_of_a_rule(rulebook: Rulebook):
    """A requirement and a scale, a purchase rule, a gate and a cap are among the examples."""
    rules = [rule.file for rule in rulebook.rules.values()]
    assert {rule.effect for rule in rules} >= {"gate", "cap", "score"}
    assert {rule.subject for rule in rules} >= {"candidate", "purchase"}
