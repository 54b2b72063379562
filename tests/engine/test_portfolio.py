from types import SimpleNamespace

import pytest

from offsetcheck.engine.portfolio import portfolio_facts
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact


def judged(name, verdict=Verdict.ELIGIBLE, **facts):
    """Return a candidate with facts at E1, and the one thing that is read of its assessment."""
    made = {field: Fact(value=value, grade=EvidenceGrade.E1) for field, value in facts.items()}
    return Candidate(name, made), SimpleNamespace(verdict=verdict)


def test_shares_are_of_what_may_be_bought():
    """Tonnes that may not be bought count neither above nor below the line."""
    facts = portfolio_facts(
        [
            judged("A", tonnes=300, country="FI", mechanism="reduction"),
            judged("B", tonnes=100, country="CO", mechanism="impermanent_removal"),
            judged("C", tonnes=100, country="CO", mechanism="avoidance"),
            judged("D", Verdict.UNDECIDED, tonnes=9000, country="AU", mechanism="avoidance"),
        ]
    )
    assert facts["total_tonnes"].value == 500
    assert facts["largest_project_share"].value == pytest.approx(0.6)
    assert facts["largest_country_share"].value == pytest.approx(0.6)
    assert facts["removal_share"].value == pytest.approx(0.2)


def test_offers_of_one_project_count_together():
    """Two offers from one host country add up to that country's share."""
    facts = portfolio_facts(
        [
            judged("A", tonnes=100, country="CO", mechanism="reduction"),
            judged("B", tonnes=100, country="CO", mechanism="reduction"),
        ]
    )
    assert facts["largest_country_share"].value == 1
    assert facts["largest_project_share"].value == pytest.approx(0.5)


@pytest.mark.parametrize("offers", [[], [judged("A", country="CO")]], ids=["none", "no tonnes"])
def test_a_share_of_nothing_is_unknown(offers):
    """Where nothing may be bought, or tonnes are not stated, every sum and share is unknown."""
    assert {fact.value for fact in portfolio_facts(offers).values()} == {None}


def test_a_sum_is_as_weak_as_its_weakest_part():
    """The grade of a sum is the worst of its parts."""
    own_word = Candidate("B", {"tonnes": Fact(value=1, grade=EvidenceGrade.E4)})
    offers = [judged("A", tonnes=1), (own_word, SimpleNamespace(verdict=Verdict.ELIGIBLE))]
    assert portfolio_facts(offers)["total_tonnes"].grade is EvidenceGrade.E4
