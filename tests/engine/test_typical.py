"""What is typical for a type stands in for an unknown scale, in the working score alone."""

from dataclasses import replace
from datetime import date

import pytest
from worlds import DAY, N, as_table, make_bound, make_rule

from offsetcheck.engine.assess import assess
from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.engine.typical import possible_types
from offsetcheck.rulebook.binding.bound import IfUnknown
from offsetcheck.rulebook.expression.nodes import Compare, Constant, FieldRef
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import Cause, Fact
from offsetcheck.vocabulary.finding import Effect, Outcome
from offsetcheck.vocabulary.purchase import Purchase

TYPICAL = {"x": 4, "y": 2, "z": 5}
LEVELS = (
    (5, Compare(">=", FieldRef("n1", N), Constant(10.0, N), at=1)),
    (3, Compare(">=", FieldRef("n2", N), Constant(10.0, N), at=1)),
    (1, None),
)
SCALE = make_rule(
    "alpha.scale",
    effect=Effect.SCORE,
    if_unknown=IfUnknown.TYPICAL,
    levels=LEVELS,
    typical=TYPICAL,
)
BOUND = make_bound((SCALE,))
SEVERAL = Fact(cause=Cause.SEVERAL_POSSIBLE, possible=("x", "y"))


def candidate(kind=None, **numbers):
    facts = {name: Fact(value) for name, value in numbers.items()}
    kinds = {} if kind is None else {"project_type": kind if isinstance(kind, Fact) else Fact(kind)}
    return Candidate("P1", {**kinds, **facts})


def judged(one, bound=BOUND):
    return assess(one, bound, Purchase())


@pytest.mark.parametrize(
    ("one", "points"),
    [
        (candidate("x"), 4),
        (candidate("y"), 2),
        (candidate(SEVERAL), 2),
        (candidate(), 2),
        (candidate(Fact("x", as_of=date(2030, 1, 1))), 2),
        (candidate("unheard"), None),
        (candidate("z", n1=1.0), 3),
        (candidate("x", n1=10.0), None),
    ],
    ids=["known", "other", "in part", "not stated", "known later", "no points", "held", "settled"],
)
def test_typical_points_stand_in_for_what_is_unknown(one, points):
    """The lowest of what the type may be counts, held between the levels still possible."""
    [finding] = judged(one).findings
    assert finding.typical == points


def test_outcomes_bounds_and_verdicts_never_rest_on_it():
    """With typical points or with the worst, all is the same but the working score."""
    worst = make_bound((replace(SCALE, if_unknown=IfUnknown.WORST, typical={}),))
    own, other = judged(candidate("x")), judged(candidate("x"), worst)
    assert own.findings[0].outcome is Outcome.UNKNOWN
    assert (own.verdict, own.integrity, own.value) == (other.verdict, other.integrity, other.value)
    assert (own.integrity_working, other.integrity_working) == (4000, 1000)


def test_both_evaluators_take_the_same_points():
    """Row by row the columnar working score is that of the candidate."""
    rows = (candidate("x"), candidate(SEVERAL), candidate(), candidate("z", n1=1.0))
    rows = tuple(replace(row, id=f"P{number}") for number, row in enumerate(rows))
    result = assess_table(as_table(rows), BOUND, Purchase())
    assert result.rows["integrity_working"].to_list() == [
        judged(row).integrity_working for row in rows
    ]


def test_a_type_is_read_as_it_was_known_on_the_day():
    """What became known later is no type yet, and several possible ones are all of them."""
    assert possible_types(Fact("x", as_of=DAY), DAY) == ("x",)
    assert possible_types(SEVERAL, DAY) == ("x", "y")
    assert possible_types(Fact("x", as_of=date(2030, 1, 1)), DAY) == ()
