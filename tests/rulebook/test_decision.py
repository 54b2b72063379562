from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from offsetcheck.rulebook.binding.bind import bind_guide
from offsetcheck.rulebook.binding.bound import ConclusionRule, Decisions
from offsetcheck.rulebook.decisions.expand import (
    MAX_PREMISES,
    expand,
    fixpoint,
    undecided_combinations,
)
from offsetcheck.vocabulary.finding import Effect


@dataclass(frozen=True)
class Rule:
    id: str
    effect: Effect = Effect.GATE
    dimension: str = "additionality"
    draft: bool = False


def decisions(**conclusions):
    return Decisions(tuple(conclusions), conclusions)


def test_any_is_one_alternative_per_rule_and_state():
    """`any` over gates becomes one conjunction for each gate and state; drafts have no effect."""
    written = decisions(no=({"any": {"effect": "gate", "finding": ("fail", "open")}},))
    rules = [Rule("a.x"), Rule("a.y"), Rule("a.n", Effect.NOTE), Rule("a.d", draft=True)]
    assert expand(written, rules) == (
        ConclusionRule("no", ("a.x is fail",)),
        ConclusionRule("no", ("a.x is open",)),
        ConclusionRule("no", ("a.y is fail",)),
        ConclusionRule("no", ("a.y is open",)),
    )


def test_dimension_and_rule_narrow_a_quantifier():
    """A quantifier may name a dimension or one rule."""
    rules = [Rule("a.x"), Rule("p.x", dimension="permanence")]
    narrow = decisions(no=({"any": {"dimension": "permanence", "finding": ("fail",)}},))
    one = decisions(no=({"any": {"rule": "a.x", "finding": ("fail",)}},))
    assert [rule.premises for rule in expand(narrow, rules)] == [("p.x is fail",)]
    assert [rule.premises for rule in expand(one, rules)] == [("a.x is fail",)]


@settings(deadline=None)
@given(st.integers(1, 600), st.data())
def test_every_becomes_a_tree_that_means_the_same(count, data):
    """`every` over many rules is cut into conjunctions within the limit, and means all of them."""
    rules = [Rule(f"a.r{n}") for n in range(count)]
    expanded = expand(decisions(yes=({"every": {"effect": "gate", "finding": ("clear",)}},)), rules)
    assert all(len(rule.premises) <= MAX_PREMISES for rule in expanded)
    words = {f"{rule.id} is clear" for rule in rules}
    assert "yes" in fixpoint(expanded, words)
    gone = data.draw(st.sampled_from(sorted(words)))
    assert "yes" not in fixpoint(expanded, words - {gone})


def test_documented_decisions_conclude_one_verdict_for_each_combination(rulebook):
    """Each combination of gates, floor and condition concludes a verdict."""
    bound = bind_guide(rulebook, rulebook.latest_day)
    assert undecided_combinations(bound.candidate_decisions, bound.candidate_rules) == []
    assert undecided_combinations(bound.purchase_decisions, bound.purchase_rules) == []


def test_a_gap_is_found():
    """A combination that concludes nothing is named in words."""
    gap = decisions(yes=({"all": ("every_gate_clear", "integrity reaches_floor")},))
    found = undecided_combinations(gap, [Rule("a.x")])
    assert "a gate is fail, integrity below_floor, a condition stands" in found
    assert all(
        "a gate is clear, integrity reaches_floor" not in combination for combination in found
    )
