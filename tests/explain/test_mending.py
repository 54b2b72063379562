"""Refuse and mend never stand together: what cannot be mended for this offer is never offered."""

from dataclasses import replace
from datetime import date

import pytest

from offsetcheck.engine.assess import assess
from offsetcheck.explain.candidate import explain_candidate
from offsetcheck.explain.mending import Mending, mending
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.rulebook.expression.nodes import And
from offsetcheck.vocabulary.purchase import Stage
from world import E2, E3, E4, cell, explained, made_setting, offer, purchase

LAPSED = cell(date(2020, 1, 1), E3)
PERMIT = "safeguards.permit"


def case_of(candidate, made=None):
    """Return what of an offer can be mended."""
    made = made or made_setting()
    assessment = assess(candidate, made.bound, made.purchase)
    return mending(assessment, SentenceContext.of(made, candidate, assessment.findings))


def gates(explanation):
    return {line.rule: line for line in explanation.findings if line.effect == "gate"}


def texts(explanation):
    return [action.text for action in explanation.actions]


def test_a_paper_that_nobody_checked_can_still_be_replaced():
    """An expired permit on a third party's word is mended, asked for, and refused only otherwise."""
    told = explained(offer(permit_until=LAPSED))
    assert case_of(offer(permit_until=LAPSED)) == Mending(frozenset({PERMIT}), for_good=False)
    assert gates(told)[PERMIT].curable
    assert [action.who.value for action in told.actions] == ["seller", "officer"]
    assert texts(told)[0].startswith("This may be mended in this procedure: ")
    assert texts(told)[1].endswith("unless the one point that can be mended is mended.")


@pytest.mark.parametrize(
    "facts",
    [
        {"registry_status": "withdrawn"},
        {"vintage": 2001},
        {"verified": cell(False, E2)},
        {"permit_until": cell(date(2020, 1, 1), E2)},
    ],
)
def test_what_is_settled_is_refused_and_nothing_is_asked(facts):
    """A status, a vintage or a verifier's answer is no seller's to change: refuse, ask nothing."""
    told = explained(offer(**facts, community=None, consent=None))
    assert told.verdict.verdict == "not_eligible"
    assert texts(told)[-1] == "Refuse the offer and give the reasons above."
    assert {action.who.value for action in told.actions} <= {"city", "officer"}
    assert bool(told.adopt_first) is ("vintage" in facts)  # its limit alone is our own
    assert told.questions == told.conditions == ()
    assert told.what_if.words.startswith("Nothing that the seller can still change")
    assert not any(line.curable for line in told.findings)


def test_what_alone_could_be_mended_is_not_beside_what_cannot():
    """A permit that could be renewed helps nobody whose project was withdrawn."""
    told = explained(offer(permit_until=LAPSED, registry_status="withdrawn"))
    assert not gates(told)[PERMIT].curable
    assert texts(told) == ["Refuse the offer and give the reasons above."]


def test_both_halves_of_a_requirement_must_be_mendable():
    """Of a requirement that fails twice a half that is settled bars it, whatever the other is."""
    made = made_setting()
    permit, vintage = (made.bound.rules[name] for name in (PERMIT, "vintage.age"))
    both = And((permit.requires, vintage.requires))
    one = replace(permit, conditions=((None, both),))
    other = replace(permit, conditions=((None, permit.requires),))
    old = offer(permit_until=LAPSED, vintage=2001)
    for rule, expected in ((one, frozenset()), (other, frozenset({PERMIT}))):
        rules = {**made.bound.rules, PERMIT: rule}
        assert case_of(old, replace(made, bound=replace(made.bound, rules=rules))).rules == expected


def test_a_rule_that_is_not_curable_is_not_mended():
    """Where the rule's author says that nothing cures it, an unchecked statement does not either."""
    made = made_setting()
    fixed = replace(made.bound.rules[PERMIT], curable=False)
    bound = replace(made.bound, rules={**made.bound.rules, PERMIT: fixed})
    assert case_of(offer(permit_until=LAPSED), replace(made, bound=bound)) == Mending(for_good=True)


def test_a_cap_that_the_project_can_lift_is_no_refusal_for_good():
    """A term of storage can be promised anew, also where a verifier has seen the old one."""
    short = offer(monitoring_years=cell(30.0, E2))
    told = explained(short)
    assert told.verdict.verdict == "not_eligible"
    assert case_of(short).rules == {"permanence.storage_floor"}
    assert "unless the one point that can be mended is mended" in texts(told)[-1]
    assert told.conditions == ()


def test_a_score_is_not_mended():
    """A grade that scored answers hold below the floor is refused for good."""
    poor = offer(carbon_revenue_share=cell(0.1, E4))
    assert case_of(poor).for_good


def test_at_the_end_nothing_is_mended():
    """At the final stage no more paper is taken; what was not shown still says what was missing."""
    final = purchase(stage=Stage.FINAL)
    told = explained(offer(permit_until=None), final)
    assert texts(told) == ["Refuse the offer and give the reasons above."]
    assert [line.field for line in told.questions] == ["permit_until"]


def test_conditions_stand_where_the_offer_may_still_be_bought():
    """A condition is printed for an offer on its word, and not once another gate refuses it."""
    on_word = {"verified": cell(True, E4)}
    assert len(explained(offer(**on_word)).conditions) == 1
    refused = explained(offer(**on_word, registry_status="withdrawn"))
    assert refused.conditions == ()
    assert all(line.condition is None for line in refused.findings)


def test_a_bought_offer_has_nothing_to_mend():
    """Where nothing is refused the case is empty."""
    made = made_setting()
    assessment = assess(offer(), made.bound, made.purchase)
    assert case_of(offer()) == Mending()
    assert explain_candidate(made, offer(), assessment).questions == ()
