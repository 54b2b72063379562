"""Conclusions by durable-rules equal the plain fixpoint, within limits and with flat memory."""

import os
from pathlib import Path
from random import Random

import pytest
from worlds import make_rule

from offsetcheck.engine.closure import fired_rules, first_verdict, levels, proof_of
from offsetcheck.engine.conclude import Conclusions, check_ids, conclusions, fnv32
from offsetcheck.rulebook.binding.bound import ConclusionRule, Decisions
from offsetcheck.rulebook.decisions.expand import expand, fixpoint
from offsetcheck.vocabulary.finding import Effect, State
from offsetcheck.vocabulary.problem import RulebookError

STATES = tuple(State)
FLOORS = ("below_floor", "floor_open", "reaches_floor")


def random_rules(random):
    """Return rules of every effect, more than fit into one conjunction."""
    effects = (Effect.GATE, Effect.GATE, Effect.REVIEW, Effect.CAP, Effect.CLAIM_LIMIT)
    return tuple(
        make_rule(f"größe.regel{i}", effect=random.choice(effects), draft=random.random() < 0.1)
        for i in range(random.randint(1, 40))
    )


def random_decisions(random, rules):
    """Return a decision file: any, every, and conjunctions of words and earlier conclusions."""
    conclusions_, names = {}, [f"word{i}" for i in range(random.randint(2, 8))]
    for place, name in enumerate(names):
        entries = [random_entry(random, rules, names[:place]) for _ in range(random.randint(1, 3))]
        conclusions_[name] = tuple(entries)
    return Decisions(tuple(reversed(names)), conclusions_)


def random_entry(random, rules, earlier):
    """Return one way to a conclusion."""
    states = tuple(random.sample([state.value for state in STATES], random.randint(1, 2)))
    form = random.choice(("any", "every", "all", "all"))
    if form == "all":
        words = [f"{r.id} is {random.choice(STATES).value}" for r in rules] + list(earlier) * 3
        words += [f"integrity {floor}" for floor in FLOORS] + ["every_gate_clear"]
        return {"all": tuple(random.sample(words, random.randint(1, min(18, len(words)))))}
    finding = states if form == "any" else states[0]
    return {form: {"effect": random.choice(("gate", "review", "cap")), "finding": finding}}


def random_words(random, rules):
    """Return the words of some findings."""
    lean = random.choice(STATES)
    states = {r.id: lean if random.random() < 0.8 else random.choice(STATES) for r in rules}
    words = {f"{rule} is {state.value}" for rule, state in states.items()}
    return words | {f"integrity {random.choice(FLOORS)}"} | {"every_gate_clear"}


@pytest.mark.parametrize("seed", range(40))
def test_conclusions_equal_the_plain_fixpoint(seed):
    """On random decision files words, fired rules and proofs are those of the fixpoint."""
    random = Random(seed)
    rules = random_rules(random)
    chain = expand(random_decisions(random, rules), rules)
    compiled = Conclusions(chain)
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


def test_ids_with_one_hash_are_refused():
    """durable-rules would take these two ids for the same fact, so compiling them is refused."""
    assert fnv32("P329599") == fnv32("P532382")
    with pytest.raises(ValueError, match="P329599 and P532382 have one hash"):
        check_ids(["P1", "P329599", "P532382"])


def test_words_with_one_hash_stay_apart():
    """Words are not ids: two whose hashes collide are told apart all the same."""
    rules = (ConclusionRule("a", ("P329599",)), ConclusionRule("b", ("P532382",)))
    assert Conclusions(rules).conclude({"P532382"}).words == {"P532382", "b"}


def test_a_word_may_feed_more_rules_than_a_fact_may_match():
    """A word read by 500 rules, and a conclusion with 1,500 alternatives, stay within the limits."""
    wide = tuple(ConclusionRule(f"x{i}", ("all", f"b{i % 7}")) for i in range(500))
    many = tuple(ConclusionRule("fail", (f"rule{i} is fail",)) for i in range(1500))
    chain = (*wide, *many, ConclusionRule("end", ("fail", "x8")))
    words = {"all", "b1", "rule3 is fail", "rule1400 is fail"}
    assert Conclusions(chain).conclude(words).words == fixpoint(chain, words)


def test_what_the_engine_cannot_hold_is_refused_when_compiled():
    """Too many premises, too many rules and circles raise before any session is opened."""
    with pytest.raises(RulebookError, match="more than 15 premises"):
        Conclusions((ConclusionRule("a", tuple(f"w{i}" for i in range(16))),))
    with pytest.raises(RulebookError, match="more than 4000 conclusions"):
        Conclusions(tuple(ConclusionRule(f"c{i}", (f"w{i}",)) for i in range(4001)))
    with pytest.raises(RulebookError, match="follow from themselves: a, b"):
        Conclusions((ConclusionRule("a", ("b",)), ConclusionRule("b", ("a",))))


def test_a_rule_without_premises_always_concludes():
    """An empty conjunction holds."""
    assert "a" in Conclusions((ConclusionRule("a", ()),)).conclude(()).words


def test_what_an_action_raises_is_raised_again(monkeypatch):
    """The engine swallows exceptions of actions; ours come out, and the next session is sound."""
    compiled = Conclusions((ConclusionRule("a", ("x",)), ConclusionRule("b", ("a",))))
    honest = compiled._assert

    def broken(assert_fact, code):
        if code == compiled._codes["a"]:
            raise RuntimeError("lost")
        honest(assert_fact, code)

    with monkeypatch.context() as patch:
        patch.setattr(compiled, "_assert", broken)
        with pytest.raises(RuntimeError, match="lost"):
            compiled.conclude({"x"})
    assert compiled.conclude({"x"}).words == {"x", "a", "b"}


def test_equal_rules_are_compiled_once():
    """Compiling leaks in the engine's core, so equal decision files share one rule set."""
    rules = (ConclusionRule("a", ("x",)),)
    assert conclusions(rules) is conclusions((ConclusionRule("a", ("x",)),))


def test_without_a_verdict_there_is_an_error():
    """A pattern that concludes no verdict is a fault of the decisions, never a silent verdict."""
    with pytest.raises(RulebookError, match="no verdict is concluded"):
        first_verdict(("not_eligible", "eligible"), frozenset({"every_gate_clear"}))


def resident_bytes():
    """Return the memory that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs Linux to read memory")
def test_a_hundred_thousand_sessions_leave_memory_flat():
    """Each session is deleted: 100,000 of them add less than two megabytes."""
    chain = (ConclusionRule("a", ("x", "y")), ConclusionRule("b", ("a", "z")))
    compiled = conclusions(chain)
    patterns = [({"x", "y", "z"}, True), ({"x"}, False), ({"y", "x"}, False), (set(), False)]
    for words, _ in patterns * 500:
        compiled.conclude(words)
    before = resident_bytes()
    for words, expected in patterns * 25_000:
        assert ("b" in compiled.conclude(words).words) is expected
    assert resident_bytes() - before < 2_000_000
