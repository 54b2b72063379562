import pytest

from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.workshop.rule_tests import failures, run_examples


def failed(folder, file, old, new):
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return [str(problem) for problem in failures(run_examples(load_rulebook(folder)))]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "permanence/storage_floor.yaml",
            "monitoring_years: 39}\n    expect: fail",
            "monitoring_years: 39}\n    expect: pass",
            "expected pass, came out fail",
        ),
        (
            "permanence/storage_floor.yaml",
            "    missing: [monitoring_years]",
            "    missing: [project_type]",
            "expected missing project_type, came out monitoring_years",
        ),
        (
            "additionality/carbon_revenue.yaml",
            "carbon_revenue_share: 0.49}, expect: 1",
            "carbon_revenue_share: 0.49}, expect: 3",
            "expected 3, came out 1",
        ),
        (
            "vintage/age.yaml",
            "as_of: 2024-12-31",
            "as_of: 2020-12-31",
            "the rule does not apply on 2020-12-31",
        ),
        (
            "vintage/age.yaml",
            "as_of: 2024-12-31",
            "as_of: 2025-01-01",
            "expected pass, came out fail",
        ),
        (
            "permanence/storage_floor.yaml",
            "evidence: {monitoring_years: E4}\n    expect: unknown\n    missing: [monitoring_years]",
            "evidence: {monitoring_years: E4}\n    expect: pass",
            "expected pass, came out unknown: missing monitoring_years (evidence_too_weak)",
        ),
    ],
)
def test_wrong_expectations_fail_at_their_example(folder, file, old, new, said):
    """An example that expects something else fails at its line, with what came out."""
    found = failed(folder, file, old, new)
    assert len(found) == 1
    assert found[0].startswith(f"{file}:")
    assert said in found[0]


def test_rules_can_be_chosen(rulebook):
    """Only the examples of the named rules run."""
    results = run_examples(rulebook, ["vintage.age"])
    assert {result.rule for result in results} == {"vintage.age"}
    assert len(results) == 4
    assert all(result.failure is None and result.problems == () for result in results)


def test_table_days_count_as_days_of_the_rule(rulebook):
    """A rule that reads a table runs its examples on the day of the newest edition."""
    results = {
        result.name: result for result in run_examples(rulebook, ["additionality.no_open_finding"])
    }
    assert results["an open finding"].failure is None
    assert results["before it was known"].failure is None
