"""The reasons of a verdict: which, in what order, and what stands in none."""

from dataclasses import replace

import pytest

from offsetcheck.engine.assess import assess
from offsetcheck.explain.candidate import explain_candidate
from offsetcheck.explain.deciding import deciding_rules, open_points
from offsetcheck.explain.mending import Mending
from offsetcheck.explain.reason import candidate_reasons
from offsetcheck.explain.screening import search_is_missing
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.turning import smallest_changes
from offsetcheck.explain.whatif import what_if
from offsetcheck.rulebook.binding.bound import IfUnknown, ScreeningTerm, Source
from offsetcheck.vocabulary.evidence import Standing
from offsetcheck.vocabulary.finding import State
from offsetcheck.vocabulary.purchase import Stage
from world import E2, bound, cell, explained, made_setting, offer, offers, purchase

SCREEN = "safeguards.no_open_finding"


def judged(made, candidate):
    """Return the context of a candidate's findings, and its assessment."""
    assessment = assess(candidate, made.bound, made.purchase)
    return SentenceContext.of(made, candidate, assessment.findings), assessment


def rules_of(explanation):
    return [reason.rule for reason in explanation.reasons]


def with_rule(rule, **changes):
    """Return a setting in which one rule of the world is another."""
    made = made_setting()
    rules = {**made.bound.rules, rule: replace(made.bound.rules[rule], **changes)}
    return replace(made, bound=replace(made.bound, rules=rules))


def test_what_is_unmet_stands_before_what_is_not_shown():
    """At the final stage a failed gate is named before one that was only not demonstrated."""
    final = purchase(stage=Stage.FINAL)
    refused = explained(offer(permit_until=None, vintage=2001), final)
    assert rules_of(refused)[:2] == ["vintage.age", "safeguards.permit"]
    refused = explained(offer(registry_status=None, verified=cell(False, E2)), final)
    assert rules_of(refused)[:2] == [
        "governance.independently_verified",
        "governance.registry_status",
    ]


def test_the_order_of_unmet_and_not_shown_is_the_reasons_own():
    """In whatever order findings come, what is unmet is a reason before what was not shown."""
    final = replace(made_setting(), purchase=purchase(stage=Stage.FINAL))
    refused = offer(permit_until=None, vintage=2001)
    lines = explained(refused, final.purchase).findings
    assessment = assess(refused, final.bound, final.purchase)
    context = SentenceContext.of(final, refused, assessment.findings)
    for order in (lines, lines[::-1]):
        reasons = candidate_reasons(assessment, order, context)
        assert [reason.rule for reason in reasons][:2] == ["vintage.age", "safeguards.permit"]


def test_the_grade_stands_second():
    """What the grade lacks is the second reason: a gate before it, the others after it."""
    low = {"carbon_revenue_share": 0.1, "monitoring_years": 10.0}
    refused = explained(offer(registry_status="withdrawn", vintage=2001, **low))
    assert rules_of(refused)[0] == "governance.registry_status"
    assert refused.reasons[1].text.startswith("Integrity")
    assert rules_of(refused)[2] == "vintage.age"
    undecided = explained(offers()["undecided"])
    assert undecided.reasons[1].text.startswith("Integrity")


def test_a_good_grade_is_said_to_be_beside_the_point():
    """A refused offer of a good grade is told that the grade is not what bars it, and no other is."""
    apart = made_setting().wording.word("reason.grade_apart")
    good = explained(offer(registry_status="withdrawn"))
    poor = explained(offer(registry_status="withdrawn", carbon_revenue_share=0.6))
    assert [reason.text for reason in good.reasons][-1] == apart
    assert poor.grade.lower not in ("A", "B")
    assert apart not in [reason.text for reason in poor.reasons]


def test_the_third_reason_names_all_that_are_left():
    """Of more than three reasons the third names each of the rest once, none is lost or said twice."""
    many = offer(
        registry_status="withdrawn", vintage=2001, permit_until=None, verified=cell(False, E2)
    )
    explanation = explained(many, purchase(stage=Stage.FINAL))
    told = " ".join(reason.text for reason in explanation.reasons)
    failed = [line for line in explanation.findings if line.decides]
    assert len(explanation.reasons) == 3
    assert len(failed) == 4
    assert all(told.count((line.fails or line.requires).rstrip(".")) == 1 for line in failed)


@pytest.mark.parametrize("verdict", ["eligible", "conditions"])
def test_an_unscreened_gate_is_named(verdict):
    """Where nobody looked for adverse events the verdict names each gate that waits for it."""
    title = "No court or regulator has an open finding"
    silent = explained(offers()[verdict], purchase(screened=False))
    asked = explained(offers()[verdict])
    assert silent.unscreened == (title,)
    assert asked.unscreened == ()
    told = [action.text for action in silent.actions]
    assert any(text.startswith("Look for adverse events") for text in told)
    assert not any(action.text.startswith("Look for") for action in asked.actions)
    in_contract = "Write the conditions into the contract before signing."
    assert (in_contract in told) is (verdict == "conditions")
    assert silent.verdict.verdict == "eligible_with_conditions"
    assert silent.reasons[0].text == (
        f"Nobody has looked for adverse events. One point waits for a search: {title}. You, the officer, "
        "have this searched before you sign."
    )
    assert not any("Nobody has looked" in reason.text for reason in asked.reasons)
    assert (
        sum(line.startswith("Before signature the city looks") for line in silent.conditions) == 1
    )


def test_without_a_search_nobody_is_told_to_sign():
    """A list names what nobody looked for and tells the officer to look; the end asks him."""
    listed = explained(offer(), purchase(stage=Stage.SCREENING, screened=False))
    assert listed.verdict.verdict == "eligible"
    assert listed.verdict.officer_words == "Look for adverse events before you sign"
    assert listed.conditions == ()
    final = explained(offer(), purchase(stage=Stage.FINAL, screened=False))
    assert final.verdict.verdict == "undecided"
    assert [reason.short for reason in final.reasons] == ["Nobody has looked for adverse events."]
    assert [action.who.value for action in final.actions] == ["officer"]
    assert final.what_if.words.startswith("The search for adverse events")


def test_a_search_that_is_too_old_is_named():
    """The reason names the search that no longer counts, and so does the audit; a new one is clean."""
    made = made_setting()
    term = ScreeningTerm(20, "turku", Source(Standing.DESIGN))
    rules = {name: replace(rule, screening_days=20) for name, rule in made.bound.rules.items()}
    short = replace(made, bound=replace(made.bound, rules=rules, screening=term))
    assessment = assess(offer(), short.bound, short.purchase)
    told = explain_candidate(short, offer(), assessment)
    assert told.reasons[0].text.endswith(
        "The search of 1 September 2026 by A. Officer is older than 20 days and counts no more."
    )
    assert told.audit.screenings[0].endswith("It is older than 20 days and counts no more.")
    assert (
        told.audit.screenings[1] == "A search counts for 20 days (City of Turku; our own design)."
    )
    assert explained(offer()).audit.screenings == (
        "A. Officer, 1 September 2026; looked in: court register",
    )


def test_only_gates_that_screen_are_unscreened():
    """A gate that is held open by what is missing is open, and is never called unscreened."""
    held = with_rule(SCREEN, if_unknown=IfUnknown.HOLD)
    judged = assess(offer(), held.bound, purchase(screened=False))
    assert (judged.verdict.value, judged.unscreened) == ("undecided", ())
    judged = assess(offer(), made_setting().bound, purchase(screened=False))
    assert (judged.verdict.value, judged.unscreened) == ("eligible_with_conditions", (SCREEN,))
    [finding] = [f for f in judged.findings if f.rule == SCREEN]
    assert finding.state is State.CLEAR


def test_a_screening_of_another_offer_screens_nothing():
    """A search that covers one offer leaves the gate of every other unscreened."""
    bought = purchase()
    [whole] = bought.screenings
    for offers_searched, unscreened in ((("VCS1",), ()), (("VCS9",), (SCREEN,))):
        partly = replace(bought, screenings=(replace(whole, offers=offers_searched),))
        assert assess(offer(), made_setting().bound, partly).unscreened == unscreened


def test_drafts_stand_in_no_reason_and_no_count():
    """A draft gate, met or not, changes neither the reasons nor how many gates are said to be met."""
    unmet, met = explained(offer(price=31.5)), explained(offer(price=0.5))
    assert unmet.reasons == met.reasons
    assert "All 5 requirements" in unmet.reasons[0].text


@pytest.mark.parametrize("candidate", [{"permit_until": None}, {"verified": None}])
def test_drafts_count_in_no_change(candidate):
    """The smallest change clears what bars the offer and never a draft that does not."""
    made = made_setting()
    barred = offer(price=31.5, **candidate)
    found = smallest_changes(*judged(made, barred))
    fields = {p.field for change in found for p in change.proposals}
    assert fields == set(candidate)
    assert len(found[0].proposals) == 1


def test_drafts_take_no_place_among_what_is_tried():
    """However many drafts stand first in the rulebook, the change of a rule in force is found."""
    made = made_setting()
    draft = made.bound.rules["transition.draft"]
    drafts = {f"a.draft{n}": replace(draft, id=f"a.draft{n}") for n in range(20)}
    crowded = replace(made, bound=replace(made.bound, rules={**drafts, **made.bound.rules}))
    barred = offer(permit_until=None)
    alone, beside = (smallest_changes(*judged(one, barred)) for one in (made, crowded))
    assert alone
    assert beside == alone


def test_a_draft_is_no_open_point_of_the_grade():
    """A draft that would score or cap keeps no bounds apart and decides nothing."""
    made = made_setting()
    scale = made.bound.rules["additionality.carbon_revenue"]
    drafted = replace(scale, id="additionality.draft", title="Drafted scale", draft=True)
    rules = {**made.bound.rules, drafted.id: drafted}
    both = replace(made, bound=replace(made.bound, rules=rules))
    unknown = offer(carbon_revenue_share=None)
    assessment = assess(unknown, both.bound, both.purchase)
    assert [f.rule for f in open_points(assessment, both.bound)] == [scale.id]
    assert drafted.id not in deciding_rules(assessment, both.bound)
    assert scale.id in deciding_rules(assessment, both.bound)


def test_a_draft_cannot_block_nor_add_to_what_blocks():
    """Three gates in the way are counted as three, a draft beside them as none."""
    made = made_setting()
    barred = offer(registry_status="withdrawn", vintage=2001, price=31.5, permit_until=None)
    final = replace(made, purchase=purchase(stage=Stage.FINAL))
    answer = what_if(*judged(final, barred), Mending())
    assert answer.smallest is None
    assert answer.words == final.wording.counted("whatif.blockers", 3)


def test_what_no_search_answers_is_not_called_unsearched():
    """A rule that reads no table of events holds nothing, and no search is asked for because of it."""
    plain = bound().rules["safeguards.permit"].requires
    silent = with_rule(SCREEN, conditions=((None, plain),), inputs=("permit_until",))
    candidate = offer(permit_until=None)
    assessment = assess(candidate, silent.bound, purchase(screened=False))
    assert SCREEN in assessment.unscreened
    assert not search_is_missing(
        assessment, SentenceContext.of(silent, candidate, assessment.findings)
    )
    told = explain_candidate(silent, candidate, assessment)
    assert told.unscreened == ()
    line = next(line for line in told.findings if line.rule == SCREEN)
    assert line.status_words == "Not known"
