"""Every check is one file that says what it finds, why, and what to do."""

import re
from dataclasses import replace

import pytest

from offsetcheck.rulebook import lint
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.problem import Place, Problem, Severity

EVERY = lint.checks()


@pytest.mark.parametrize("check", EVERY, ids=lambda check: check.id)
def test_a_check_tells_authors_what_they_need(check):
    """Each check has a title, whole sentences, two snippets that differ, and stands where its id says."""
    assert check.look.__module__.endswith(f".lint.{check.id}")
    assert re.fullmatch(r"[a-z]+\.[a-z][a-z_]+", check.id)
    assert check.title
    assert not check.title.endswith(".")
    assert all(text.rstrip().endswith(".") for text in (check.finds, check.why, check.step))
    assert check.wrong.strip() != check.right.strip()
    assert check.wrong.endswith("\n")
    assert check.right.endswith("\n")


def test_checks_have_ids_of_their_own():
    """No two checks share an id, a title or a function."""
    for of in (lambda c: c.id, lambda c: c.title, lambda c: c.look):
        assert len({of(check) for check in EVERY}) == len(EVERY)


def test_a_problem_carries_the_id_and_severity_of_its_check(folder):
    """What a check yields is told under its id, as seriously as the check says."""
    said = Problem("wrong", Place("guide.yaml", 1, 1), severity=Severity.NOTE)
    for check in EVERY:
        [problem] = replace(check, look=lambda _: iter([said])).problems(load_rulebook(folder))
        assert (problem.check, problem.severity) == (check.id, check.severity)
