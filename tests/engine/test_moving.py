"""Rules whose answer can no longer move anything are told from those that still can."""

from dataclasses import replace
from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import Drawer

from offsetcheck.engine.assess import assess
from offsetcheck.engine.claim import claim_of
from offsetcheck.engine.moving import still_moving
from offsetcheck.engine.scores import score
from offsetcheck.vocabulary.finding import Outcome, State


def settled(rule, finding, points, state):
    """Return an unknown finding settled: a scale at some points, a requirement in a state."""
    if rule.is_scale:
        return replace(finding, outcome=Outcome.SCORED, lower=points, upper=points)
    outcome = Outcome.FAIL if state is State.FAIL else Outcome.PASS
    return replace(finding, outcome=outcome, state=state)


def completed(bound, findings, draw, apart):
    """Return findings of which all unknown ones are settled at random, but one."""
    return tuple(
        settled(
            bound.rules[f.rule],
            f,
            draw.randint(f.lower or 1, f.upper or 1),
            draw.choice((State.FAIL, State.CLEAR)),
        )
        if f.outcome is Outcome.UNKNOWN and f.rule != apart
        else f
        for f in findings
    )


@given(st.randoms(use_true_random=True))
@settings(max_examples=120, deadline=None)
def test_what_is_not_moving_moves_nothing(random):
    """Whatever all other unknowns turn out to be, an answer left out changes no score or claim."""
    world = Drawer(random).world(8, 3)
    bound = world.bound
    for candidate in world.candidates:
        assessment = assess(candidate, bound, world.purchase)
        moving = still_moving(assessment, bound)
        still = [
            f
            for f in assessment.findings
            if f.outcome is Outcome.UNKNOWN
            and f.rule not in moving
            and not bound.rules[f.rule].draft
            and not f.reviewed
            and (bound.rules[f.rule].is_scale or f.state is not State.CLEAR)
        ]
        for finding in still:
            others = completed(bound, assessment.findings, random, finding.rule)
            results = {
                outputs(bound, others, finding, points, state)
                for points, state in chain(
                    ((p, State.CLEAR) for p in range(finding.lower or 1, (finding.upper or 1) + 1)),
                    ((finding.lower or 1, State.FAIL),),
                )
            }
            assert len(results) == 1, (finding, results)


def outputs(bound, findings, finding, points, state):
    """Return integrity, value and claim with one finding settled."""
    rule = bound.rules[finding.rule]
    after = tuple(
        settled(rule, f, points, state) if f.rule == finding.rule else f for f in findings
    )
    scores = score(bound.rules, after, bound.scheme)
    claim = claim_of(bound.rules, after)
    return scores.integrity, scores.value, claim.limit, claim.may_say_permanent
