"""The shared world is a sound rulebook, read as any other."""

from offsetcheck.rulebook.lint import check
from offsetcheck.vocabulary.problem import Severity
from offsetcheck.workshop.rule_tests import failures, run_examples
from world import AS_OF, RULEBOOK, bound


def test_its_examples_come_out_as_they_say():
    """Every example of every rule of the shared world comes out as it says."""
    results = run_examples(RULEBOOK)
    assert len(results) > 30
    assert [str(problem) for problem in failures(results)] == []


def test_it_has_no_error():
    """The checks that authors run find no error in the shared world."""
    assert [str(p) for p in check(RULEBOOK) if p.severity is Severity.ERROR] == []


def test_it_binds_every_kind_of_effect():
    """What tests of explanations and reports rely on is there: each effect, a draft, a rule left out."""
    rules = bound().rules.values()
    assert {rule.effect.value for rule in rules} == {
        "gate", "cap", "score", "review", "note", "claim_limit",
    }  # fmt: skip
    assert any(rule.draft for rule in rules)
    assert [change.what for change in bound().city.left_out] == ["locality.tier"]
    assert bound().as_of == AS_OF
