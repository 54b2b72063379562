"""Whoever concludes says the same: the words, the rules that fired, the proof, the refusals."""

import importlib.util
from random import Random

import pytest
from decision_files import random_decisions, random_rules, random_words
from hypothesis import given, settings
from hypothesis import strategies as st

from offsetcheck.engine import conclude
from offsetcheck.engine.closure import fired_rules, first_verdict, levels, proof_of
from offsetcheck.engine.conclude import Concluder, concluded_by, concluder, conclusions
from offsetcheck.rulebook.binding.bound import ConclusionRule
from offsetcheck.rulebook.decisions.expand import expand, fixpoint
from offsetcheck.vocabulary.problem import OffsetcheckError, RulebookError

INSTALLED = importlib.util.find_spec("durable") is not None
needs_durable_rules = pytest.mark.skipif(not INSTALLED, reason="durable-rules is not installed")


@pytest.fixture(
    params=[pytest.param(Concluder.DURABLE_RULES, marks=needs_durable_rules), Concluder.FIXPOINT]
)
def ready(request, monkeypatch):
    """Return the function that makes rules ready, for each of those who can conclude."""
    monkeypatch.setenv("OFFSETCHECK_CONCLUDER", request.param)
    return conclusions


@pytest.mark.parametrize("seed", range(40))
def test_conclusions_equal_the_plain_fixpoint(seed, ready):
    """On random decision files words, fired rules and proofs are those of the fixpoint."""
    random = Random(seed)
    rules = random_rules(random)
    chain = tuple(expand(random_decisions(random, rules), rules))
    compiled = ready(chain)
    for _ in range(25):
        words = random_words(random, rules)
        known = fixpoint(chain, words)
        concluded = compiled.conclude(words)
        assert concluded.words == known
        assert concluded.fired == fired_rules(chain, known)
        for goal in known - words:
            steps = compiled.proof(goal, concluded.fired)
            assert steps == proof_of(goal, chain, fired_rules(chain, known), levels(chain))
            assert_proves(steps, goal, words)


def assert_proves(steps, goal, words):
    """Check that each step rests on given words or earlier steps, and that the goal is reached."""
    shown = set(words)
    for step in steps:
        assert shown.issuperset(step.premises)
        shown.add(step.conclusion)
    assert goal in shown


def test_a_word_may_feed_more_rules_than_a_fact_may_match(ready):
    """A word read by 500 rules, and a conclusion with 1,500 alternatives, stay within the limits."""
    wide = tuple(ConclusionRule(f"x{i}", ("all", f"b{i % 7}")) for i in range(500))
    many = tuple(ConclusionRule("fail", (f"rule{i} is fail",)) for i in range(1500))
    chain = (*wide, *many, ConclusionRule("end", ("fail", "x8")))
    words = {"all", "b1", "rule3 is fail", "rule1400 is fail"}
    assert ready(chain).conclude(words).words == fixpoint(chain, words)


def test_what_cannot_be_held_is_refused_by_all_alike(ready):
    """Too many premises, too many rules and circles raise before anything is concluded."""
    with pytest.raises(RulebookError, match="more than 15 premises"):
        ready((ConclusionRule("a", tuple(f"w{i}" for i in range(16))),))
    with pytest.raises(RulebookError, match="more than 4000 conclusions"):
        ready(tuple(ConclusionRule(f"c{i}", (f"w{i}",)) for i in range(4001)))
    copied = tuple(ConclusionRule(f"c{i}", ("w",)) for i in range(3990))
    with pytest.raises(RulebookError, match="more than 4000 conclusions"):
        ready(copied)
    with pytest.raises(RulebookError, match="follow from themselves: a, b"):
        ready((ConclusionRule("a", ("b",)), ConclusionRule("b", ("a",))))


def test_a_rule_without_premises_always_concludes(ready):
    """An empty conjunction holds."""
    assert "a" in ready((ConclusionRule("a", ()),)).conclude(()).words


def test_equal_rules_are_compiled_once(ready):
    """Compiling leaks in the engine's core, so equal decision files share one rule set."""
    rules = (ConclusionRule("a", ("x",)),)
    assert ready(rules) is ready((ConclusionRule("a", ("x",)),))


def test_without_a_verdict_there_is_an_error():
    """A pattern that concludes no verdict is a fault of the decisions, never a silent verdict."""
    with pytest.raises(RulebookError, match="no verdict is concluded"):
        first_verdict(("not_eligible", "eligible"), frozenset({"every_gate_clear"}))


@st.composite
def chains(draw):
    """Return rules in any order, with equal ones, shared words and empty conjunctions, no circle."""
    count = draw(st.integers(1, 30))
    words = [f"w{i}" for i in range(draw(st.integers(1, 12)))]
    rules = []
    for _ in range(count):
        level = draw(st.integers(0, 7))
        below = words + [f"c{i}" for i in range(level)]
        premises = draw(st.lists(st.sampled_from(below), max_size=6))
        rules.append(ConclusionRule(f"c{level}", tuple(premises)))
    given_words = draw(st.frozensets(st.sampled_from([*words, "c0", "c3", "unread"])))
    return tuple(draw(st.permutations(rules))), given_words


@needs_durable_rules
@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(chains())
def test_durable_rules_and_the_fixpoint_say_the_same(case):
    """On any rules and words both give the same words, fired rules, and proof of each word."""
    chain, words = case
    both = [conclude._ready(chain, who) for who in Concluder]
    first, second = (ready.conclude(words) for ready in both)
    assert first == second
    for goal in sorted(first.words - words):
        steps = [ready.proof(goal, first.fired) for ready in both]
        assert steps[0] == steps[1]
        assert_proves(steps[0], goal, words)


def test_who_concludes_can_be_wished_and_is_named(monkeypatch):
    """OFFSETCHECK_CONCLUDER=fixpoint asks the fixpoint, and the audit's words say so."""
    monkeypatch.setenv("OFFSETCHECK_CONCLUDER", "fixpoint")
    assert concluder() is Concluder.FIXPOINT
    assert concluded_by() == "plain fixpoint"


@needs_durable_rules
def test_durable_rules_is_named_with_its_version(monkeypatch):
    """The audit's words hold the version that is installed."""
    monkeypatch.setenv("OFFSETCHECK_CONCLUDER", "durable-rules")
    assert concluded_by() == "durable-rules 2.0.28"


def test_a_wish_that_cannot_be_met_is_a_clear_error(monkeypatch):
    """Neither an unknown name nor a missing library is passed over silently."""
    monkeypatch.setenv("OFFSETCHECK_CONCLUDER", "prolog")
    with pytest.raises(
        OffsetcheckError, match=r"`prolog` is no concluder\n    write durable-rules or fixpoint"
    ):
        concluder()
    monkeypatch.setattr(conclude, "_reason_against_durable_rules", lambda: "no such module")
    monkeypatch.setenv("OFFSETCHECK_CONCLUDER", "durable-rules")
    with pytest.raises(OffsetcheckError, match="cannot be imported: no such module"):
        concluder()


def test_without_durable_rules_the_fixpoint_concludes(monkeypatch):
    """Where it cannot be imported and nobody wishes for it, the fixpoint steps in."""
    monkeypatch.delenv("OFFSETCHECK_CONCLUDER", raising=False)
    monkeypatch.setattr(conclude, "_reason_against_durable_rules", lambda: "no compiler")
    assert concluder() is Concluder.FIXPOINT
    rules = (ConclusionRule("a", ("x",)),)
    assert conclusions(rules).conclude({"x"}) == (frozenset({"a", "x"}), (0,))
