"""What may be bought, summed up: values, what they wait for, and the findings on them."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from worlds import DAY, B, C, N, T, make_bound, make_rule

from offsetcheck.engine.portfolio import portfolio_of
from offsetcheck.rulebook.binding.bound import BoundAggregate, Sum
from offsetcheck.rulebook.expression.nodes import Calculate, Compare, Constant, FieldRef, In
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact
from offsetcheck.vocabulary.finding import Effect, Missing, Outcome
from offsetcheck.vocabulary.purchase import Purchase

TONNES, COUNTRY, MECHANISM = FieldRef("tonnes", N), FieldRef("country", T), FieldRef("mechanism", C)
REMOVAL = In(MECHANISM, (Constant("removal", C),))
AGGREGATES = {
    "total": BoundAggregate(Sum.TOTAL, TONNES),
    "removed": BoundAggregate(Sum.TOTAL, TONNES, REMOVAL),
    "removal_share": BoundAggregate(Sum.SHARE, TONNES, REMOVAL),
    "largest_project": BoundAggregate(Sum.LARGEST_SHARE, TONNES, by=FieldRef("id", T)),
    "largest_country": BoundAggregate(Sum.LARGEST_SHARE, TONNES, by=COUNTRY),
    "worst": BoundAggregate(Sum.WORST),
    "cover": BoundAggregate(
        Sum.TOTAL, TONNES, by_grade={"A": 1.0, "B": 0.5, "C": 0.25, "D": 0.0, "E": 0.0}
    ),
}
MOST_REMOVED = Compare(">=", FieldRef("removal_share", N), Constant(0.5, N))
NOT_TONNES, NOT_KIND = (Missing(n, Cause.NOT_STATED) for n in ("tonnes", "mechanism"))


def judged(name, verdict=Verdict.ELIGIBLE, grade="A", evidence=EvidenceGrade.E1, **facts):
    """Return a candidate with facts, and the two things that are read of its assessment."""
    made = {field: Fact(value=value, grade=evidence) for field, value in facts.items()}
    return Candidate(name, made), SimpleNamespace(verdict=verdict, grade_lower=grade)


def whole(offers, *rules, purchase=None):
    bound = replace(make_bound(rules), aggregates=AGGREGATES)
    return portfolio_of(offers, bound, purchase or Purchase())


def values(offers):
    return {name: fact.value for name, fact in whole(offers).facts().items()}


def rule(requires=MOST_REMOVED, **keys):
    reads = ("removal_share",)
    keys = {"effect": Effect.NOTE, "inputs": reads, **keys}
    return make_rule("alpha.whole", subject=Subject.PORTFOLIO, requires=requires, **keys)


OFFERS = [
    judged("A", tonnes=300, country="FI", mechanism="reduction"),
    judged("B", grade="C", tonnes=100, country="CO", mechanism="removal"),
    judged(
        "C",
        Verdict.ELIGIBLE_WITH_CONDITIONS,
        "B",
        tonnes=100,
        country="CO",
        mechanism="avoidance",
    ),
    judged("D", Verdict.UNDECIDED, "E", tonnes=9000, country="AU", mechanism="avoidance"),
    judged("E", Verdict.NOT_ELIGIBLE, "E"),
]


def test_sums_are_of_what_may_be_bought():
    """What may not be bought counts neither above nor below the line, known or not."""
    assert values(OFFERS) == {
        "total": 500,
        "removed": 100,
        "removal_share": pytest.approx(0.2),
        "largest_project": pytest.approx(0.6),
        "largest_country": pytest.approx(0.6),
        "worst": "C",
        "cover": 300 + 100 * 0.25 + 100 * 0.5,
    }


def test_offers_of_one_country_count_together():
    """Two offers from one host country add up to that country's share, two projects do not."""
    found = values([judged("A", tonnes=100, country="CO"), judged("B", tonnes=100, country="CO")])
    assert (found["largest_country"], found["largest_project"]) == (1, pytest.approx(0.5))


def test_offers_of_one_project_count_together():
    """Offers are told apart by the id that they state, else by the row."""
    offers = [judged("A", id="VCS1", tonnes=100), judged("A2", id="VCS1", tonnes=300)]
    assert values(offers)["largest_project"] == 1


def test_without_candidates_every_sum_is_unknown():
    """Where nothing may be bought every sum is not stated."""
    facts = whole(OFFERS[3:]).facts().values()
    assert {(fact.value, fact.cause) for fact in facts} == {(None, Cause.NOT_STATED)}


def test_a_share_of_nothing_cannot_be_computed():
    """Offers of no tonnes add up to none, of which nothing is a share."""
    facts = whole([judged("A", tonnes=0, country="FI", mechanism="removal")]).facts()
    assert facts["total"].value == 0
    for name in ("removal_share", "largest_country", "largest_project"):
        assert (facts[name].value, facts[name].cause) == (None, Cause.NOT_COMPUTABLE)


@pytest.mark.parametrize(
    ("lacking", "name", "missing"),
    [
        ({"tonnes": 1}, "removed", {NOT_KIND}),
        ({"tonnes": 1}, "removal_share", {NOT_KIND}),
        ({"mechanism": "removal"}, "removed", {NOT_TONNES}),
        ({"mechanism": "reduction"}, "removed", set()),
        ({"mechanism": "reduction"}, "removal_share", {NOT_TONNES}),
        ({"tonnes": 1}, "largest_country", {Missing("country", Cause.NOT_STATED)}),
        ({}, "largest_country", {Missing("country", Cause.NOT_STATED), NOT_TONNES}),
        ({}, "removed", {NOT_TONNES, NOT_KIND}),
        ({}, "worst", set()),
    ],
)
def test_a_sum_waits_for_what_it_needs(lacking, name, missing):
    """One unknown condition or value leaves a sum unknown; what cannot count is not waited for."""
    summed = whole([*OFFERS, judged("X", **lacking)]).summed(None)[name]
    assert summed.missing == missing
    assert (summed.value is None) == bool(missing)
    assert summed.waits_for == (("X",) if missing else ())


def test_a_sum_is_as_weak_as_its_weakest_part():
    """The grade of a sum is the worst of its parts, of those alone that it reads."""
    weak = judged("X", evidence=EvidenceGrade.E4, tonnes=1, mechanism="removal", country="FI")
    facts = whole([judged("A", tonnes=1, mechanism="removal", country="FI"), weak]).facts()
    assert facts["total"].grade is EvidenceGrade.E4
    assert facts["worst"].grade is EvidenceGrade.E1


def test_a_rule_on_the_whole_names_the_fields_of_candidates():
    """An open finding waits for the candidates' own field, and knows which candidates lack it."""
    portfolio = whole([*OFFERS, judged("X", tonnes=5), judged("Y", tonnes=5)], rule())
    (finding,) = portfolio.findings()
    assert finding.outcome is Outcome.UNKNOWN
    assert finding.missing == (NOT_KIND,)
    assert portfolio.waits_for(finding) == ("X", "Y")


def test_a_rule_that_asks_for_evidence_sees_no_weak_sum():
    """Where a rule asks for a grade, facts below it are missing in the sum as elsewhere."""
    weak = judged("X", evidence=EvidenceGrade.E4, tonnes=1, mechanism="removal")
    (finding,) = whole([weak], rule(at_least=EvidenceGrade.E2)).findings()
    assert finding.missing == (
        Missing("mechanism", Cause.EVIDENCE_TOO_WEAK),
        Missing("tonnes", Cause.EVIDENCE_TOO_WEAK),
    )
    (finding,) = whole([weak], rule(at_least=EvidenceGrade.E4)).findings()
    assert finding.outcome is Outcome.PASS


def test_a_sum_is_put_beside_the_purchase():
    """A rule on the whole reads the purchase: the cover after discount reaches what is left."""
    left = FieldRef("purchase.residual_tonnes", N)
    needs = Compare(">=", Calculate("-", FieldRef("cover", N), left), Constant(0.0, N))
    covers = rule(needs, inputs=("cover", "purchase.residual_tonnes"))

    def outcome(tonnes):
        facts = {"residual_tonnes": Fact(tonnes, EvidenceGrade.E1)}
        return whole(OFFERS, covers, purchase=Purchase(facts=facts)).findings()[0].outcome

    assert (outcome(375), outcome(376)) == (Outcome.PASS, Outcome.FAIL)


def test_a_fact_known_later_does_not_count():
    """A sum over facts that nobody knew on the day is not known yet."""
    candidate, found = judged("A")
    later = Fact(1.0, EvidenceGrade.E1, as_of=DAY + timedelta(days=1))
    facts = whole([(candidate.with_facts({"tonnes": later}), found)]).facts()
    assert facts["total"].cause is Cause.NOT_KNOWN_YET


def test_a_condition_may_be_any_expression():
    """What counts is told by an expression over one candidate, also one that the purchase is in."""
    own = Compare("=", FieldRef("purchase.in_house", B), Constant(True, B))
    bound = replace(make_bound(()), aggregates={"own": BoundAggregate(Sum.TOTAL, TONNES, own)})
    bought = Purchase(facts={"in_house": Fact(True, EvidenceGrade.E1)})
    assert portfolio_of(OFFERS, bound, bought).facts()["own"].value == 500
    assert portfolio_of(OFFERS, bound, Purchase()).summed(None)["own"].missing == {
        Missing("purchase.in_house", Cause.NOT_STATED)
    }


def test_a_sum_is_the_same_in_any_order():
    """Sums are exact, so that the order of the offers changes no limit."""
    offers = [
        judged(f"P{n}", tonnes=t, country="FI") for n, t in enumerate([0.1] * 9 + [0.7, 1e16])
    ]
    assert values(offers) == values(offers[::-1])
    assert values([judged("A", tonnes=0.1) for _ in range(10)])["total"] == 1


def test_what_no_number_holds_is_unknown():
    """A sum beyond every double cannot be computed, nor can a share of it."""
    huge = {"tonnes": 1.7e308, "country": "FI", "mechanism": "removal"}
    facts = whole([judged("A", **huge), judged("B", **huge)]).facts()
    for name in ("total", "removed", "removal_share", "largest_country"):
        assert (facts[name].value, facts[name].cause) == (None, Cause.NOT_COMPUTABLE)
