"""The integer arithmetic above the rule, by hand."""

import pytest
from worlds import SCHEME, make_rule

from offsetcheck.engine.scores import mean_points, mean_thousandths, score
from offsetcheck.rulebook.binding.bound import IfUnknown
from offsetcheck.rulebook.expression.nodes import Constant
from offsetcheck.vocabulary.assessment import Bounds, Completeness
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.finding import Effect, Finding, Outcome, State

YES = Constant(value=True, type=FieldType.BOOLEAN)


def scale(name, dimension="alpha", **values):
    made = {"effect": Effect.SCORE, "levels": ((5, None),), "if_unknown": IfUnknown.WORST, **values}
    return make_rule(f"{dimension}.{name}", dimension=dimension, **made)


def cap(name, at, dimension="claim"):
    return make_rule(
        f"{dimension}.{name}", dimension=dimension, effect=Effect.CAP, requires=YES, cap=at
    )


def between(lower, upper):
    return Outcome.SCORED if lower == upper else Outcome.UNKNOWN, lower, upper


def scores(*judged):
    """Return the scores of (rule, (outcome, lower, upper)) or (rule, state)."""
    rules, findings = {}, []
    for rule, said in judged:
        rules[rule.id] = rule
        if isinstance(said, State):
            outcome = {
                State.FAIL: Outcome.FAIL,
                State.OPEN: Outcome.UNKNOWN,
                State.CLEAR: Outcome.PASS,
            }[said]
            findings.append(Finding(rule.id, outcome, said))
        else:
            outcome, lower, upper = said
            findings.append(Finding(rule.id, outcome, State.CLEAR, lower, upper))
    return score(rules, findings, SCHEME)


def dimension(result, name="alpha"):
    return next(d for d in result.dimensions if d.dimension == name)


@pytest.mark.parametrize(
    ("entries", "thousandths"),
    [
        ([(1, 4)], 4000),
        ([(1, 4), (2, 5)], 4667),
        ([(2, 1), (1, 2)], 1333),
        ([(1, 1), (7, 2)], 1875),
    ],
)
def test_a_mean_is_rounded_half_up_in_thousandths(entries, thousandths):
    """(2000*S + W) // (2*W), and the same again for thousandths."""
    assert mean_points(entries) == thousandths
    assert mean_thousandths([(w, 1000 * p) for w, p in entries]) == thousandths
    assert mean_thousandths([(1, 1000), (1, 1001)]) == 1001


def test_bounds_are_means_of_bounds():
    """Each rule ranges on its own."""
    result = scores((scale("a", weight=2), between(4, 4)), (scale("b"), between(1, 5)))
    assert dimension(result).bounds == Bounds(3000, 4333)


def test_a_critical_scale_bounds_its_dimension():
    """At its score plus half a point, each bound by its own."""
    result = scores(
        (scale("a", critical=True), between(2, 3)), (scale("b", weight=3), between(5, 5))
    )
    assert dimension(result).bounds == Bounds(2500, 3500)


def test_a_route_counts_once_by_its_best():
    """The best lower and the best upper bound of its scales, with one weight."""
    result = scores(
        (scale("a", route="way", weight=2), between(1, 4)),
        (scale("b", route="way", weight=2), between(3, 3)),
        (scale("c", weight=1), between(5, 5)),
    )
    assert dimension(result).bounds == Bounds((3 * 2 + 5) * 1000 // 3 + 1, 4333)
    assert dimension(result).completeness == Completeness(1, 3)


def test_additionality_is_a_ceiling():
    """Integrity is no higher than alpha, and no higher than beta plus one point."""
    result = scores((scale("a"), between(2, 2)), (scale("b", "beta"), between(5, 5)))
    assert result.integrity == Bounds(2000, 2000)
    assert [(c.source, c.binds) for c in result.ceilings] == [("alpha", True), ("beta", False)]


def test_a_fired_cap_lowers_both_bounds_and_a_possible_one_the_lower():
    """A cap that is met changes nothing."""
    full = (scale("a"), between(5, 5))
    assert scores(full, (cap("x", 2), State.FAIL)).integrity == Bounds(2000, 2000)
    assert scores(full, (cap("x", 2), State.OPEN)).integrity == Bounds(2000, 5000)
    assert scores(full, (cap("x", 2), State.CLEAR)).integrity == Bounds(5000, 5000)


def test_the_level_of_a_cap_scale_is_itself_the_ceiling():
    """It limits integrity between its bounds and has no part in the mean of its dimension."""
    limiting = scale("x", effect=Effect.CAP)
    result = scores((scale("a"), between(5, 5)), (limiting, between(2, 4)))
    assert result.integrity == Bounds(2000, 4000)
    assert dimension(result).bounds == Bounds(5000, 5000)


def test_a_dimension_that_does_not_apply_scores_five_in_integrity():
    """Nothing stored cannot be released; in the value such a dimension is left out."""
    result = scores((scale("a", "gamma"), (Outcome.NOT_APPLICABLE, None, None)))
    assert dimension(result, "gamma").bounds is None
    assert result.integrity == Bounds(5000, 5000)
    assert result.value is None


def test_value_is_apart_from_integrity():
    """The dimensions of value have their own mean and completeness."""
    result = scores((scale("a", "delta"), between(1, 1)), (scale("b", "locality"), between(2, 4)))
    assert result.value == Bounds(1286, 1857)
    assert result.value_completeness == Completeness(1, 2)
    assert result.integrity == Bounds(5000, 5000)


def test_if_unknown_shapes_the_working_score_alone():
    """`worst` counts the lowest level, `skip` leaves the scale out; the bounds are the same."""
    known = (scale("a"), between(4, 4))
    worst = scores(known, (scale("b"), between(1, 5)))
    skip = scores(known, (scale("b", if_unknown=IfUnknown.SKIP), between(1, 5)))
    assert dimension(worst).bounds == dimension(skip).bounds == Bounds(2500, 4500)
    assert (dimension(worst).working, dimension(skip).working) == (2500, 4000)


def test_a_draft_counts_for_nothing():
    """It is in no mean and in no completeness."""
    result = scores((scale("a", draft=True), between(1, 1)), (scale("b"), between(4, 4)))
    assert dimension(result).bounds == Bounds(4000, 4000)
    assert result.completeness == Completeness(1, 1)


def test_completeness_counts_a_requirement_as_one():
    """Settled weight over weight that applies or may apply."""
    gate = make_rule("claim.gate", dimension="claim", requires=YES)
    result = scores(
        (scale("a", weight=3), between(4, 4)), (gate, State.OPEN), (cap("x", 2), State.CLEAR)
    )
    assert result.completeness == Completeness(4, 5)
