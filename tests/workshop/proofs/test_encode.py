from hypothesis import given, settings
from hypothesis import strategies as st
from points import drawn, outcome_at
from worlds import DAY

from offsetcheck.workshop.proofs.situation import outcome_in, spoken_outcome


def said(rule, situation):
    found = outcome_in(rule, situation, DAY)
    word = " on word" if found.on_word else ""
    return f"{spoken_outcome(found)} {found.lower or 0} {found.upper or 0}{word}"


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**48))
def test_formulas_say_of_one_situation_what_the_engine_says(seed):
    """A random rule comes by its formulas to the outcome, bounds and word that the engine finds."""
    rule, situation, _ = drawn(seed)
    assert outcome_at(rule, situation) == said(rule, situation)
