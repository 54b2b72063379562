"""What is proved of the rules that are shipped."""

from importlib.util import find_spec

import pytest

from offsetcheck.api import proofs
from offsetcheck.api.check import check_folder
from offsetcheck.vocabulary.problem import RequestError


def found(*, proofs):
    """Return the id of every problem of the shipped rules."""
    return [one.problem.check or "" for one in check_folder(proofs=proofs).found]


def test_nothing_is_proved_against_the_shipped_rules_but_what_is_excepted():
    """Every rule, value of a city and decision that is shipped can come out either way, or says why not."""
    assert [one for one in found(proofs=True) if one.startswith(("proofs.", "exceptions."))] == []


def test_without_the_solver_it_is_said_what_to_install(monkeypatch):
    """Where z3 is missing a proof is refused before anything is read, with what to install."""
    monkeypatch.setattr(proofs, "find_spec", lambda name: None if name == "z3" else find_spec(name))
    with pytest.raises(RequestError) as refused:
        check_folder(proofs=True)
    [problem] = refused.value.problems
    assert "z3 is not installed" in problem.message
    assert "offsetcheck[proofs]" in problem.hint


def test_a_check_without_proofs_needs_no_solver(monkeypatch):
    """Without `--proofs` nothing asks whether a solver is there."""
    monkeypatch.setattr(proofs, "find_spec", lambda _: pytest.fail("the solver was asked for"))
    assert not any(one.startswith("proofs.") for one in found(proofs=False))
