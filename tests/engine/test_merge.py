"""What follows from merged words is what follows from the words themselves."""

from datetime import date
from random import Random

import pytest
from decision_files import random_decisions, random_rules, random_words

from offsetcheck.engine.conclude import conclusions
from offsetcheck.engine.merge import Kind, merge
from offsetcheck.engine.plan import plan_for
from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.binding.bound import ConclusionRule
from offsetcheck.rulebook.decisions.expand import expand
from offsetcheck.rulebook.load import load_rulebook

DECIDED = ConclusionRule("no", ("a is fail",)), ConclusionRule("no", ("b is fail",))


def assert_the_same(chain, words):
    """Check that merged words conclude what full ones do, with the same fired rules and proofs."""
    full, merged = conclusions(chain), merge(chain)
    concluded = full.conclude(words)
    few = conclusions(merged.rules).conclude(merged.reduced(words))
    names = {rule.conclusion for rule in chain}
    assert concluded.words & names == few.words & names
    again = merged.in_full(few, words, full.rules)
    assert again == concluded
    for goal in concluded.words - words:
        assert full.proof(goal, again.fired) == full.proof(goal, concluded.fired)


@pytest.mark.parametrize("seed", range(60))
def test_merged_words_conclude_the_same(seed):
    """On random decision files words, fired rules and proofs are those of the full words."""
    random = Random(seed)
    rules = random_rules(random)
    chain = tuple(expand(random_decisions(random, rules), rules))
    for _ in range(15):
        assert_the_same(chain, frozenset(random_words(random, rules)))


def test_random_files_have_words_to_merge():
    """Both kinds of merged words come up in the files drawn, also within one another."""
    found, nested = set(), 0
    for seed in range(60):
        random = Random(seed)
        rules = random_rules(random)
        merged = merge(expand(random_decisions(random, rules), rules)).merged
        found |= {parts.kind for parts in merged.values()}
        nested += any(word in merged for parts in merged.values() for word in parts.words)
    assert found == set(Kind)
    assert nested


def test_the_shipped_decisions_come_down_to_four_words():
    """Something says no, something leaves it open, all is clear and good enough, a condition."""
    bound = bind(load_rulebook(bundled("rules")), "turku", date(2026, 9, 30))
    assert len(plan_for(bound).merged_chain.read) == 4


def test_a_word_that_is_read_elsewhere_stays_apart():
    """Of two words that conclude the same, one that another rule reads too is not merged."""
    assert merge(DECIDED).read == ("merged 0",)
    chain = (*DECIDED, ConclusionRule("maybe", ("a is fail", "c is open")))
    assert set(merge(chain).read) == {"a is fail", "b is fail", "c is open"}


def test_words_of_one_way_are_merged_where_nothing_else_reads_them():
    """A conjunction of words that stand nowhere else is one word; it needs every one of them."""
    merged = merge((ConclusionRule("yes", ("a", "b", "c")),))
    assert merged.reduced({"a", "b"}) == frozenset()
    assert merged.reduced({"a", "b", "c"}) == {"merged 0"}
    assert merged.rules == (ConclusionRule("yes", ("merged 0",)),)


def test_a_conclusion_may_have_the_name_of_a_merged_word():
    """Merged words are called otherwise than what a file names."""
    chain = (*DECIDED, ConclusionRule("merged 0", ("c is open",)), ConclusionRule("x", ("d", "e")))
    assert set(merge(chain).read) == {"merged 1", "merged 2", "c is open"}
    assert_the_same(chain, frozenset({"c is open", "d", "e"}))
