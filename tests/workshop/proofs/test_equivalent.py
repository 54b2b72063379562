"""Two versions of a rule: the same under another writing, or told apart by facts of the engine."""

from dataclasses import replace

import pytest
from points import NO_FIELDS
from worlds import DAY, make_rule

from offsetcheck.rulebook.expression.nodes import And, Compare, Constant, FieldRef, In, Not, Or
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade
from offsetcheck.workshop.proofs.equivalent import Different, Equivalent, equivalent, told

YEARS = FieldRef("n1", FieldType.NUMBER)
KIND = FieldRef("c1", FieldType.CODE)


def limit(operator, number):
    return Compare(operator, YEARS, Constant(number, FieldType.NUMBER))


def is_kind(word):
    return Compare("=", KIND, Constant(word, FieldType.CODE))


def compared(first, second, **values):
    one, other = make_rule("a.one", requires=first), make_rule("a.one", requires=second, **values)
    return one, other, equivalent(one, other, NO_FIELDS, DAY)


def test_a_negation_written_out_is_the_same():
    """`NOT x < 40` and `x >= 40` come to the same for all facts, those not stated too."""
    _, _, found = compared(Not(limit("<", 40)), limit(">=", 40))
    assert found == Equivalent()


def test_a_limit_that_includes_its_number_is_another_one():
    """`>=` and `>` differ at the number itself, and that is the counter-example."""
    one, other, found = compared(limit(">=", 40), limit(">", 40))
    assert isinstance(found, Different)
    assert found.counterexample.given == {"n1": 40}
    assert told(one, found.counterexample, DAY) != told(other, found.counterexample, DAY)


def test_what_is_always_met_once_it_is_known_is_not_always_met():
    """`x < 5 OR x >= 5` needs x to be stated, so that it differs from what holds anyway."""
    always = Constant(value=True, type=FieldType.BOOLEAN)
    _, _, found = compared(Or((limit("<", 5), limit(">=", 5))), always)
    assert isinstance(found, Different)
    assert found.counterexample.given == {}


def test_a_list_and_its_members_differ_for_what_is_known_in_part():
    """`IN ('x', 'y')` is met by what is x or y; two comparisons leave that open."""
    words = (Constant("x", FieldType.CODE), Constant("y", FieldType.CODE))
    _, _, found = compared(In(KIND, words), Or((is_kind("x"), is_kind("y"))))
    assert isinstance(found, Different)
    assert set(found.counterexample.several["c1"]) <= {"x", "y"}


@pytest.mark.parametrize("grade", [EvidenceGrade.E1, EvidenceGrade.E3])
def test_an_evidence_floor_is_told_by_a_fact_just_below(grade):
    """A rule with a floor differs from one without by a fact of a grade that does not count."""
    _, _, found = compared(limit(">=", 40), limit(">=", 40), at_least=grade)
    assert isinstance(found, Different)
    assert found.counterexample.grades["n1"] > grade


def test_a_condition_that_another_holds_already_can_go():
    """`x >= 40 AND x >= 30` is `x >= 40`: a change of the 30 is no change."""
    both = And((limit(">=", 40), limit(">=", 30)))
    assert compared(both, limit(">=", 40))[2] == Equivalent()
    assert compared(both, And((limit(">=", 40), limit(">=", 35))))[2] == Equivalent()


def test_a_value_that_nobody_has_set_hides_no_change():
    """`x >= $limit` and `x > $limit` differ for some limit, though no layer has set one."""
    unset = Constant(None, FieldType.NUMBER, "$limit", Cause.CITY_UNDECIDED)
    _, _, found = compared(Compare(">=", YEARS, unset), Compare(">", YEARS, unset))
    assert isinstance(found, Different)
    assert found.counterexample.given["$limit"] == found.counterexample.given["n1"]


def test_a_rule_is_the_same_as_itself():
    """Nothing is asked of a rule beside itself."""
    rule = make_rule("a.one", requires=limit("<", 1))
    assert equivalent(rule, replace(rule, weight=3), NO_FIELDS, DAY) == Equivalent()
