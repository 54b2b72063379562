import pytest

from offsetcheck.engine.assess import assess
from offsetcheck.explain.candidate import explain_candidate
from offsetcheck.vocabulary.finding_explanation import Status
from offsetcheck.vocabulary.purchase import Review, Stage
from world import (
    E4,
    UNKNOWN,
    bound,
    cell,
    explained,
    made_setting,
    offer,
    offers,
    purchase,
    purchase_explained,
)

WORDS = {
    "eligible": ("eligible", "sign"),
    "conditions": ("eligible_with_conditions", "sign_with_conditions"),
    "undecided": ("undecided", "ask"),
    "not_eligible": ("not_eligible", "refuse"),
}


def finding(explanation, rule):
    return next(line for line in explanation.findings if line.rule == rule)


@pytest.mark.parametrize("name", WORDS)
def test_each_verdict_has_its_own_officer_word(name):
    """Sign, sign with conditions, ask or refuse follows from the verdict alone."""
    verdict = explained(offers()[name]).verdict
    assert (verdict.verdict, verdict.officer) == WORDS[name]


@pytest.mark.parametrize("name", offers())
def test_no_verdict_has_more_than_three_reasons_or_things_to_do(name):
    """An officer reads at most three reasons and three things to do, and at least one of each."""
    explanation = explained(offers()[name])
    assert 1 <= len(explanation.reasons) <= 3
    assert 1 <= len(explanation.actions) <= 3


@pytest.mark.parametrize("name", offers())
def test_every_rule_of_the_rulebook_has_one_finding(name):
    """Nothing is dropped between the assessment and its explanation."""
    candidate_rules = {r.id for r in bound().candidate_rules}
    lines = [line.rule for line in explained(offers()[name]).findings]
    assert len(lines) == len(set(lines))
    assert set(lines) == candidate_rules


def test_unmet_and_open_findings_stand_before_met_ones():
    """A reader sees what is unmet, open or for a person before scores and what is met."""
    groups = {Status.SCORED: 1, Status.MET: 2, Status.NOT_APPLICABLE: 3}
    for candidate in offers().values():
        places = [groups.get(line.status, 0) for line in explained(candidate).findings]
        assert places == sorted(places)


def test_what_decides_stands_first():
    """Of what is unmet or open, the findings that the verdict follows from come first."""
    first = [x for x in explained(offers()["undecided"]).findings if x.status is not Status.MET]
    deciding = [line.decides for line in first if line.status is not Status.SCORED]
    assert deciding == sorted(deciding, reverse=True)
    assert any(deciding)


def test_found_is_used_only_where_its_fields_are_known():
    """An unknown field is never printed as a finding; the finding says what is not stated."""
    line = finding(explained(offer(permit_until=None)), "safeguards.permit")
    assert line.found is None
    assert "Permit valid until: not stated" in line.unknown


def test_found_names_value_and_unit():
    """A found sentence shows the value with its unit in words."""
    line = finding(explained(offer(monitoring_years=1.0)), "permanence.storage_floor")
    assert line.found == "Losses are made good for 1 year."
    assert line.requires == "Losses are made good for at least 40 years."


def test_weak_evidence_says_what_would_be_enough():
    """A value on too weak evidence is shown with its grade and the grade that is needed."""
    weak = offer(registry_status=cell("registered", E4))
    line = finding(explained(weak), "governance.registry_status")
    assert line.missing[0].cause == "evidence_too_weak"
    assert "Registered" in line.missing[0].words
    assert "E1" in line.missing[0].words


def test_contradictions_are_shown_with_both_values():
    """Where sources contradict each other both values stand in the report with their sources."""
    explanation = explained(offers()["undecided"])
    [line] = explanation.contradictions
    assert [other.value for other in line.others] == ["30 years", "45 years"]
    assert finding(explanation, "permanence.storage_floor").status is Status.NEEDS_PERSON


def test_final_stage_never_says_not_met_of_an_open_gate():
    """At the final stage an open gate reads "not demonstrated", never "not met"."""
    candidate = offer(permit_until=None)
    explanation = explained(candidate, purchase(stage=Stage.FINAL))
    line = finding(explanation, "safeguards.permit")
    assert explanation.verdict.verdict == "not_eligible"
    assert line.status is Status.NOT_DEMONSTRATED
    assert line.status_words == "Not demonstrated"
    assert not any("not met" in reason.text for reason in explanation.reasons)


def test_clarification_gives_each_question_its_deadline():
    """At the clarification stage a request to the seller names the day by which to answer."""
    explanation = explained(offer(permit_until=None))
    assert "Answer by 15 October 2026" in explanation.actions[0].text


def test_screening_stage_names_no_deadline():
    """A deadline belongs to the clarification stage alone."""
    explanation = explained(offer(permit_until=None), purchase(stage=Stage.SCREENING))
    assert "Answer by" not in explanation.actions[0].text


def test_unready_purchase_stamps_every_candidate():
    """A candidate is judged all the same, and stamped while the purchase is not ready."""
    explanation = explained(offer(), purchase(authorised="none"))
    assert explanation.verdict.verdict == "eligible"
    assert explanation.verdict.stamp.startswith("Not to be awarded until")
    assert "The council has not authorised the purchase" in explanation.verdict.stamp


def test_ready_purchase_stamps_nobody():
    """No stamp stands where the purchase is ready."""
    assert explained(offer()).verdict.stamp is None


def test_silence_is_no_screening():
    """Without a screening the gates that look for adverse events are named as not screened."""
    explanation = explained(offer(), purchase(screened=False))
    assert explanation.verdict.verdict == "eligible_with_conditions"
    assert explanation.unscreened == ("No court or regulator has an open finding",)
    assert finding(explanation, "safeguards.no_open_finding").status is Status.NOT_SCREENED


def test_a_signed_review_names_who_judged():
    """A review that a person signed shows the name, the role, the day and the reason."""
    review = Review(
        "VCS1", "safeguards.consent", "clear", "papers seen", "B. Chief", "lawyer", bound().as_of
    )
    bought = purchase()
    signed = type(bought)(
        bought.stage, bought.facts, bought.screenings, (review,), bought.deadline, bought.title
    )
    explanation = explained(offer(community=True, consent="late"), signed)
    line = finding(explanation, "safeguards.consent")
    assert line.status is Status.MET
    assert "B. Chief (lawyer) on 30 September 2026: papers seen" in line.notes[0]


def test_draft_rules_are_shown_without_effect():
    """A draft rule that is not met is shown and decides nothing."""
    explanation = explained(offer())
    line = finding(explanation, "transition.draft")
    assert line.draft
    assert not line.decides
    assert line.consequence is None
    assert explanation.verdict.verdict == "eligible"


def test_undecided_values_of_the_city_are_named():
    """A value that the city has not decided is listed with the value that stands in."""
    [line] = explained(offer()).undecided
    assert line.rule == "vintage.age"
    assert "10 years" in line.words


def test_standing_counts_each_deciding_rule_once():
    """The share of standings adds up to the number of deciding rules."""
    explanation = explained(offer())
    share = explanation.standing
    total = share.read + share.read_second_hand + share.known + share.design + share.city_undecided
    assert total == sum(line.decides for line in explanation.findings)
    assert share.city_undecided == 1


def test_open_grade_names_its_points():
    """Bounds that lie apart name both ends, and once, as a reason, the points between them."""
    told = explained(offer(carbon_revenue_share=None))
    assert told.grade.lower_score < told.grade.upper_score
    assert "badly 1.000, if well 5.000" in told.grade.open_words
    point = "The project needs the revenue from credits"
    said = [*(reason.text for reason in told.reasons), told.grade.open_words]
    assert sum(point in text for text in said) == 1


def test_distance_to_the_next_cut_is_exact():
    """The distance from the sure score to the next grade is printed in thousandths."""
    grade = explained(offer(carbon_revenue_share=0.6)).grade
    higher = [cut for _, cut in grade.cuts if cut > grade.lower_score]
    assert grade.to_next_cut == min(higher) - grade.lower_score


def test_a_language_with_words_is_used_and_marked():
    """A rule's sentence stands in the report's language where it is there, else in English, marked."""
    explanation = explained(offer(monitoring_years=30.0), language="fi")
    line = finding(explanation, "permanence.storage_floor")
    assert line.requires == "Menetykset korvataan vähintään 40 vuotta."
    assert line.translated
    assert not finding(explanation, "vintage.age").translated
    assert explanation.city == "Turun kaupunki"


def test_stranger_braces_are_not_read_as_placeholders():
    """A value with braces is shown as it is."""
    status = explained(offer(seller="{name} {$max_age}")).offer
    assert ("Seller", "{name} {$max_age}") in status.facts


def test_explanations_are_equal_in_two_runs():
    """The same candidate, rulebook and day give the same explanation."""
    made = made_setting()
    candidate = offers()["undecided"]
    twice = [
        explain_candidate(
            made, candidate, assess(candidate, made.bound, made.purchase), purchase_explained(made)
        )
        for _ in range(2)
    ]
    assert twice[0] == twice[1]


def test_an_empty_candidate_is_explained():
    """A candidate that states nothing but its id is undecided, and everything is asked for."""
    nothing = type(offer())("VCS0", {"id": offer().facts["id"], "name": UNKNOWN})
    explanation = explained(nothing)
    assert explanation.verdict.verdict == "undecided"
    asked = {line.field for line in explanation.questions}
    read = {name for rule in bound().candidate_rules if not rule.draft for name in rule.inputs}
    assert asked <= read
    assert {"permit_until", "vintage", "verified"} <= asked
