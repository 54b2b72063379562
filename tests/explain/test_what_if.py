from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offsetcheck.engine.assess import assess
from offsetcheck.explain.mending import mending
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.turning import WORST_FIRST, smallest_changes
from offsetcheck.explain.whatif import what_if
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.dictionary import BidderCanChange
from offsetcheck.vocabulary.evidence import Fact
from offsetcheck.vocabulary.purchase import Stage
from world import DICTIONARY, E2, E3, E4, bound, cell, made_setting, offer, purchase

VALUES = {
    "registry_status": st.sampled_from(["registered", "withdrawn", "on_hold"]),
    "verified": st.booleans(),
    "vintage": st.integers(2005, 2026),
    "community": st.booleans(),
    "consent": st.sampled_from(["before_start", "late", "none"]),
    "carbon_revenue_share": st.floats(0, 1),
    "monitoring_years": st.floats(0, 120),
    "permit_until": st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    "labels": st.lists(st.sampled_from(["CCB_GOLD", "SD_VISTA"]), unique=True).map(tuple),
}
GRADES = st.sampled_from([E2, E4])


@st.composite
def drawn_offers(draw):
    facts = {}
    for name, values in VALUES.items():
        value = draw(st.none() | values)
        facts[name] = None if value is None else Fact(value=value, grade=draw(GRADES))
    if facts["registry_status"] is not None and draw(st.booleans()):
        facts["registry_status"] = None
        return offer(**{k: v for k, v in facts.items() if k != "registry_status"})
    return offer(**facts)


def applied(candidate, change):
    changed = candidate.with_facts({p.field: p.fact for p in change.proposals})
    return assess(changed, bound(), purchase()).verdict


def changes_of(candidate):
    assessment = assess(candidate, bound(), purchase())
    return smallest_changes(context_of(candidate, assessment), assessment)


def what_if_of(candidate):
    assessment = assess(candidate, bound(), purchase())
    context = context_of(candidate, assessment)
    return what_if(context, assessment, mending(assessment, context))


def context_of(candidate, assessment):
    return SentenceContext.of(made_setting(), candidate, assessment.findings)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(drawn_offers())
def test_applying_a_change_turns_the_verdict_as_said(candidate):
    """Each change that is shown, put into the input, gives the verdict that it names."""
    before = assess(candidate, bound(), purchase())
    for change in changes_of(candidate):
        after = applied(candidate, change)
        assert after is change.verdict
        assert after is not before.verdict
        assert WORST_FIRST.index(after) > WORST_FIRST.index(before.verdict)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(drawn_offers())
def test_no_change_touches_what_a_seller_cannot_change(candidate):
    """A change names at most two fields, each one that a seller can change."""
    for change in changes_of(candidate):
        fields = [p.field for p in change.proposals]
        assert 1 <= len(fields) == len(set(fields)) <= 2
        assert all(DICTIONARY.candidate[f].changes is not BidderCanChange.NEVER for f in fields)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("permit_until", cell(date(2026, 9, 29), E3), date(2026, 9, 30)),
        ("permit_until", cell(date(2001, 3, 4), E3), date(2026, 9, 30)),
    ],
)
def test_a_failed_gate_is_turned_by_the_nearest_value(name, value, expected):
    """The value shown is the first one on the other side of the limit."""
    candidate = offer(**{name: value})
    [change] = changes_of(candidate)
    assert [(p.field, p.fact.value) for p in change.proposals] == [(name, expected)]


def test_a_cap_is_lifted_at_the_limit_itself():
    """Thirty-nine years fall short; forty, the limit, is shown and not more."""
    candidate = offer(monitoring_years=39.0)
    assessment = assess(candidate, bound(), purchase())
    assert assessment.verdict is Verdict.NOT_ELIGIBLE
    [change] = changes_of(candidate)
    assert [(p.field, p.fact.value) for p in change.proposals] == [("monitoring_years", 40.0)]


def test_two_gates_need_a_change_of_two_statements():
    """Two failed gates that share no field are turned together."""
    candidate = offer(verified=None, permit_until=cell(date(2020, 1, 1), E3))
    final = replace(made_setting(), purchase=purchase(stage=Stage.FINAL))
    assessment = assess(candidate, final.bound, final.purchase)
    context = SentenceContext.of(final, candidate, assessment.findings)
    found = smallest_changes(context, assessment)
    assert {p.field for p in found[0].proposals} == {"verified", "permit_until"}


def test_where_nothing_can_be_changed_the_report_says_so():
    """A registry status is no bidder's to change: the report says that no change would do."""
    candidate = offer(registry_status="withdrawn")
    answer = what_if_of(candidate)
    assert answer.smallest is None
    assert answer.words.startswith("Nothing that the seller can still change or send")


def test_a_condition_is_lifted_by_better_evidence_for_the_same_value():
    """What is met on the seller's word alone needs the same statement from a verifier."""
    candidate = offer(verified=cell(True, E4))
    answer = what_if_of(candidate)
    assert "confirmed by E2" in answer.smallest.words
    assert answer.smallest.verdict == "eligible"
