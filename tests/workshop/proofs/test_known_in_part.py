"""What is known in part settles nothing that its members would not: proofs may leave it out."""

from dataclasses import replace
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from points import drawn
from worlds import DAY, FIELDS

from offsetcheck.vocabulary.finding import Outcome
from offsetcheck.workshop.proofs.situation import outcome_in, spoken_outcome


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**48))
def test_a_set_settles_only_what_each_member_settles_alike(seed):
    """Where a rule is settled by fields known in part, it is settled so by each of their values."""
    rule, situation, drawer = drawn(seed)
    names = [name for name in rule.inputs or FIELDS if name in situation.given]
    several = {
        name: tuple({drawer.whole(name, FIELDS[name]) for _ in range(3)})
        for name in names
        if name in FIELDS and drawer.chance(0.4)
    }
    whole = {name: value for name, value in situation.given.items() if name not in several}
    found = outcome_in(rule, replace(situation, given=whole, several=several), DAY)
    if found.outcome is Outcome.UNKNOWN or found.on_word:
        return
    for values in product(*several.values()):
        member = replace(situation, given=whole | dict(zip(several, values, strict=True)))
        assert spoken_outcome(outcome_in(rule, member, DAY)) == spoken_outcome(found)
