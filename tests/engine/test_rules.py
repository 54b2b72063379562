"""What one rule says: outcome, levels, state, conditions, and the comparisons that decided."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from worlds import CS, DAY, B, C, D, N, T, make_rule

from offsetcheck.engine.evaluate import evaluate_rule
from offsetcheck.rulebook.binding.bound import IfUnknown
from offsetcheck.rulebook.expression.nodes import (
    And,
    Compare,
    Constant,
    FieldRef,
    Function,
    Lookup,
    Not,
    Or,
)
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact
from offsetcheck.vocabulary.finding import Effect, Missing, Outcome, State
from offsetcheck.vocabulary.purchase import Purchase, Review, Screening, Stage

E1, E4 = EvidenceGrade.E1, EvidenceGrade.E4
YEARS = FieldRef("years", N)
STORES = FieldRef("stores", B)
EVENTS = Lookup("events", CS, "events", (FieldRef("id", T),), {}, collect=True)


def at_least(points):
    return Compare(">=", YEARS, Constant(float(points), N), at=1)


def judge(rule, /, purchase=None, **values):
    """Return the finding on a candidate with these facts at E1, or as given."""
    made = {n: v if isinstance(v, Fact) else Fact(v, E1) for n, v in values.items()}
    return evaluate_rule(rule, Candidate("P1", made), DAY, purchase or Purchase())


FLOOR = make_rule("permanence.floor", applies_when=STORES, requires=at_least(40))


@pytest.mark.parametrize(
    ("facts", "outcome", "state", "missing"),
    [
        ({"stores": True, "years": 40}, Outcome.PASS, State.CLEAR, ()),
        ({"stores": True, "years": 39}, Outcome.FAIL, State.FAIL, ()),
        ({"stores": False}, Outcome.NOT_APPLICABLE, State.CLEAR, ()),
        ({"stores": True}, Outcome.UNKNOWN, State.OPEN, ("years",)),
        ({"years": 39}, Outcome.UNKNOWN, State.OPEN, ("stores",)),
        ({"years": 40}, Outcome.UNKNOWN, State.CLEAR, ("stores",)),
        ({}, Outcome.UNKNOWN, State.OPEN, ("stores", "years")),
    ],
)
def test_a_requirement(facts, outcome, state, missing):
    """It is met or not where it applies; one met whatever applies_when turns out to be holds nothing."""
    finding = judge(FLOOR, **facts)
    assert (finding.outcome, finding.state) == (outcome, state)
    assert finding.missing == tuple(Missing(field, Cause.NOT_STATED) for field in missing)


SCALE = make_rule(
    "permanence.term",
    effect=Effect.SCORE,
    applies_when=STORES,
    levels=((5, at_least(100)), (4, FieldRef("insured", B)), (3, at_least(40)), (1, None)),
)


@pytest.mark.parametrize(
    ("facts", "outcome", "bounds", "missing"),
    [
        ({"stores": True, "years": 100}, Outcome.SCORED, (5, 5), ()),
        ({"stores": True, "years": 50, "insured": True}, Outcome.SCORED, (4, 4), ()),
        ({"stores": True, "years": 50}, Outcome.UNKNOWN, (3, 4), ("insured",)),
        ({"stores": True, "insured": True}, Outcome.UNKNOWN, (4, 5), ("years",)),
        ({"stores": True}, Outcome.UNKNOWN, (1, 5), ("insured", "years")),
        ({"years": 100}, Outcome.UNKNOWN, (1, 5), ("stores",)),
        ({"stores": False}, Outcome.NOT_APPLICABLE, (None, None), ()),
    ],
)
def test_a_scale(facts, outcome, bounds, missing):
    """Levels are walked in order: a true one ends the walk, an unknown one is possible, a false one not."""
    finding = judge(SCALE, **facts)
    assert (finding.outcome, (finding.lower, finding.upper)) == (outcome, bounds)
    assert tuple(m.field for m in finding.missing) == missing


def test_a_scale_without_an_otherwise_ends_at_one():
    """What reaches no level has the lowest."""
    scale = make_rule("a.b", effect=Effect.SCORE, levels=((5, at_least(100)), (3, at_least(40))))
    assert (judge(scale, years=1).lower, judge(scale, years=1).upper) == (1, 1)
    assert (judge(scale).lower, judge(scale).upper) == (1, 5)


def test_evidence_is_asked_of_applies_when_too():
    """Else a seller's word could switch a gate off."""
    rule = make_rule("a.b", applies_when=STORES, requires=at_least(40), at_least=E1)
    finding = judge(rule, stores=Fact(value=False, grade=E4), years=39)
    assert finding.missing == (Missing("stores", Cause.EVIDENCE_TOO_WEAK),)


def test_a_declaration_passes_with_the_condition():
    """On the seller's own word the gate is clear and its condition stands."""
    rule = make_rule(
        "a.b", requires=at_least(40), at_least=E1, declare=True, condition={"en": "Prove it."}
    )
    finding = judge(rule, years=Fact(50, E4))
    assert (finding.outcome, finding.on_word, finding.condition) == (Outcome.PASS, True, True)
    assert judge(rule, years=Fact(30, E4)).outcome is Outcome.UNKNOWN
    assert judge(rule, years=50).condition is False


def test_a_condition_needs_words_and_something_unmet():
    """An unmet cap has its condition, a gate has none, and a rule without words neither."""
    words = {"en": "Agree on it."}
    assert judge(
        make_rule("a.b", effect=Effect.CAP, requires=at_least(40), condition=words), years=1
    ).condition
    assert not judge(make_rule("a.b", effect=Effect.CAP, requires=at_least(40)), years=1).condition
    assert not judge(make_rule("a.b", requires=at_least(40), condition=words), years=1).condition


@pytest.mark.parametrize("effect", [Effect.GATE, Effect.REVIEW])
@pytest.mark.parametrize(
    ("stage", "state", "condition"),
    [
        (Stage.SCREENING, State.CLEAR, False),
        (Stage.CLARIFICATION, State.CLEAR, True),
        (Stage.FINAL, State.OPEN, False),
    ],
)
def test_what_nobody_has_screened_for_weighs_by_stage(effect, stage, state, condition):
    """It is named in a list, a condition while points are cleared up, and asks the officer at the end."""
    rule = make_rule("a.b", effect=effect, requires=at_least(40), if_unknown=IfUnknown.SCREEN)
    finding = judge(rule, Purchase(stage=stage))
    assert (finding.state, finding.condition, finding.unscreened) == (state, condition, True)
    assert not finding.not_demonstrated


def test_a_search_is_not_due_twice():
    """What is still unknown once somebody has looked is named, and neither asks nor conditions."""
    rule = make_rule("a.b", requires=at_least(40), if_unknown=IfUnknown.SCREEN)
    search = Screening("A", DAY, ("court register",))
    for stage in Stage:
        finding = judge(rule, Purchase(stage=stage, screenings=(search,)))
        said = (finding.state, finding.condition, finding.unscreened)
        assert said == (State.CLEAR, False, True)


SEARCHED = make_rule(
    "a.b", requires=Compare("=", Function("size", (EVENTS,), N), Constant(0.0, N)),
    if_unknown=IfUnknown.SCREEN, screening_days=90,
)  # fmt: skip


@pytest.mark.parametrize(
    ("days_ago", "outcome"),
    [(-1, Outcome.UNKNOWN), (0, Outcome.PASS), (90, Outcome.PASS), (91, Outcome.UNKNOWN)],
)
def test_a_search_counts_for_its_term(days_ago, outcome):
    """A search clears on its ninetieth day, no longer on the next, and not before it was made."""
    search = Screening("A", DAY - timedelta(days=days_ago), ("court register",))
    finding = judge(SEARCHED, Purchase(screenings=(search,)), id="P1")
    assert finding.outcome is outcome
    assert finding.unscreened is (outcome is Outcome.UNKNOWN)


def test_a_search_without_a_term_counts_for_ever():
    """Where no layer sets a term an old search clears."""
    search = Screening("A", date(2001, 1, 1), ("court register",))
    rule = replace(SEARCHED, screening_days=None)
    assert judge(rule, Purchase(screenings=(search,)), id="P1").outcome is Outcome.PASS


def test_what_is_open_at_the_end_was_not_demonstrated():
    """At the final stage an open gate fails, and says that it was not shown and not that it is unmet."""
    final = Purchase(stage=Stage.FINAL)
    gate = judge(make_rule("a.b", requires=at_least(40)), final)
    review = judge(make_rule("a.b", effect=Effect.REVIEW, requires=at_least(40)), final)
    assert (gate.outcome, gate.state, gate.not_demonstrated) == (Outcome.UNKNOWN, State.FAIL, True)
    assert (review.state, review.not_demonstrated) == (State.OPEN, False)


def test_a_signed_review_stands():
    """A person's judgement replaces the state of a review rule, on that offer and rule alone."""
    rule = make_rule("a.b", effect=Effect.REVIEW, requires=at_least(40))
    signed = Review("P1", "a.b", "clear", "seen", "A", "officer", DAY)
    finding = judge(rule, Purchase(reviews=(signed,)), years=1)
    assert (finding.outcome, finding.state, finding.reviewed) == (Outcome.FAIL, State.CLEAR, True)
    other = Review("P2", "a.b", "clear", "seen", "A", "officer", DAY)
    assert judge(rule, Purchase(reviews=(other,)), years=1).state is State.FAIL
    gate = make_rule("a.b", requires=at_least(40))
    assert judge(gate, Purchase(reviews=(signed,)), years=1).state is State.FAIL


def test_a_draft_is_shown_without_effect():
    """Its outcome is there, its state is clear and no condition stands."""
    rule = make_rule(
        "a.b", draft=True, effect=Effect.CAP, requires=at_least(40), condition={"en": "x"}
    )
    finding = judge(rule, years=1)
    assert (finding.outcome, finding.state, finding.condition) == (Outcome.FAIL, State.CLEAR, False)


def test_an_undecided_parameter_is_named_with_its_rule():
    """What the city has not decided is missing as `$rule.parameter`."""
    undecided = Constant(None, N, "$minimum", Cause.CITY_UNDECIDED)
    rule = make_rule("a.b", requires=Compare(">=", YEARS, undecided))
    assert judge(rule, years=1).missing == (Missing("$a.b.minimum", Cause.CITY_UNDECIDED),)


def leaves(requires, /, **values):
    return judge(make_rule("a.b", requires=requires), **values).leaves


def test_a_leaf_says_what_was_found_and_how_far_it_is():
    """A number has its threshold and distance, under the name that the rule's author wrote."""
    minimum = Constant(40.0, N, "$min_years")
    (leaf,) = leaves(Compare(">=", YEARS, minimum, at=7), years=30)
    assert (leaf.text, leaf.truth, leaf.fields) == ("years >= $min_years", False, ("years",))
    assert (leaf.value, leaf.operator, leaf.threshold, leaf.distance, leaf.at) == (
        30,
        ">=",
        40,
        -10,
        7,
    )


def test_days_are_apart_in_days():
    """The distance of two dates is a number of days; codes have none."""
    start = Compare("<", FieldRef("start", D), Constant(date(2024, 1, 1), D))
    (leaf,) = leaves(start, start=date(2024, 3, 1))
    assert leaf.distance == 60
    (leaf,) = leaves(Compare("=", FieldRef("kind", C), Constant("x", C)), kind="y")
    assert (leaf.value, leaf.threshold, leaf.distance) == ("y", "x", None)


def test_only_what_decided_is_a_leaf():
    """All of a satisfied AND, only the false ones of a failed one, only the unknown of an unknown one."""
    both = And((at_least(40), STORES, FieldRef("insured", B)))
    assert len(leaves(both, years=50, stores=True, insured=True)) == 3
    assert [leaf.text for leaf in leaves(both, years=10, stores=True)] == ["years >= 40"]
    assert [leaf.text for leaf in leaves(both, years=50, stores=True)] == ["insured"]


def test_the_field_stands_on_the_left_of_a_leaf():
    """A constant on the left is turned round, and so is what stands under NOT."""
    (leaf,) = leaves(Compare("<", Constant(40.0, N), YEARS), years=30)
    assert (leaf.value, leaf.operator, leaf.threshold) == (30, ">", 40)
    (leaf,) = leaves(Not(Compare("<", YEARS, Constant(40.0, N))), years=30)
    assert (leaf.operator, leaf.truth) == (">=", False)


def test_membership_has_its_list_as_threshold():
    """A code that must be in a parameter's list is compared with the list."""
    accepted = Constant(("x", "y"), C, "$accepted")
    (leaf,) = leaves(Function("contains", (accepted, FieldRef("kind", C)), B), kind="z")
    assert (leaf.value, leaf.operator, leaf.threshold) == ("z", "in", ("x", "y"))


def test_what_does_not_apply_says_why():
    """The leaves of a rule that does not apply are those of applies_when."""
    rule = make_rule(
        "a.b", applies_when=Or((STORES, FieldRef("insured", B))), requires=at_least(40)
    )
    found = judge(rule, stores=False, insured=False).leaves
    assert [(leaf.text, leaf.truth) for leaf in found] == [("stores", False), ("insured", False)]
