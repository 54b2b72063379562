"""The shortest list of answers that would decide an offer, and the one that would end it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offsetcheck.engine.assess import assess, with_changed
from offsetcheck.explain.answers import deciding_answers, hardness
from offsetcheck.explain.favourable import open_fields
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.trying import BOUGHT, Side
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.evidence import Cause, Fact
from offsetcheck.vocabulary.purchase import Review, Stage
from world import E1, E4, bound, cell, explained, made_setting, offer, purchase, tender_explained

DROPPABLE = (
    "registry_status",
    "verified",
    "vintage",
    "community",
    "consent",
    "permit_until",
    "carbon_revenue_share",
    "monitoring_years",
    "labels",
    "article6_status",
)


def judged(candidate, bought=None):
    """Return an offer's assessment, what would decide it, and the setting of both."""
    made = made_setting(bought)
    assessment = assess(candidate, made.bound, made.purchase)
    context = SentenceContext.of(made, candidate, assessment.findings)
    return assessment, deciding_answers(context, assessment), context


def verdict_with(candidate, answers, bought=None):
    """Return the verdict of an offer with answers, judged from the beginning."""
    facts = {a.name: a.fact for a in answers if a.fact is not None}
    changed, wanted = with_changed(candidate, bought or purchase(), facts)
    signed = tuple(
        Review(candidate.id, a.name, "clear", "seen", "B. Chief", "lawyer", date(2026, 9, 2))
        for a in answers
        if a.fact is None
    )
    wanted = replace(wanted, reviews=(*wanted.reviews, *signed))
    return assess(changed, bound(), wanted).verdict


@given(st.sets(st.sampled_from(DROPPABLE), min_size=1), st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_answers_decide_and_none_can_be_spared(dropped, on_word):
    """With all answers an offer may be bought, without any one of them it may not."""
    changes = dict.fromkeys(sorted(dropped))
    if on_word and "consent" not in dropped:
        changes["consent"] = cell("before_start", E4)
    candidate = offer(**changes)
    assessment, found, _ = judged(candidate)
    if assessment.verdict is not Verdict.UNDECIDED:
        assert found is None
        return
    if not found.answers:
        assert found.held
        return
    assert verdict_with(candidate, found.answers) is found.verdict
    assert found.verdict in BOUGHT
    for answer in found.answers:
        others = [other for other in found.answers if other is not answer]
        assert verdict_with(candidate, others) not in BOUGHT


def test_the_list_is_much_shorter_than_what_is_missing():
    """What only adds to the score is not on the list where the floor is reached without it."""
    candidate = offer(permit_until=None, carbon_revenue_share=None, labels=None)
    _, found, _ = judged(candidate)
    assert [answer.name for answer in found.answers] == ["carbon_revenue_share", "permit_until"]


def test_an_answer_is_no_better_than_it_has_to_be():
    """Of a number the least is asked that is enough, and on which side of it others would do."""
    _, found, _ = judged(offer(carbon_revenue_share=None))
    [answer] = found.answers
    assert (answer.fact.value, answer.side, answer.fact.grade) == (0.5, Side.AT_LEAST, E4)


def test_what_is_stated_too_weakly_is_confirmed_as_it_is():
    """A statement on the seller's word is to be shown by a paper, and is not wished another."""
    _, found, _ = judged(offer(registry_status=cell("registered", E4)))
    [answer] = found.answers
    assert answer.fact == Fact(value="registered", grade=E1)
    assert answer.side is Side.AS_STATED


def test_what_is_stated_too_weakly_and_against_it_blocks():
    """Where what is stated would have the offer refused once it is shown, no answer helps."""
    candidate = offer(registry_status=cell("withdrawn", E4), permit_until=None)
    _, found, _ = judged(candidate)
    assert (found.answers, [f.rule for f in found.held]) == ((), ["governance.registry_status"])
    line = explained(candidate).deciding
    assert line.answers == ()
    assert line.words.startswith(
        "No answer to the open questions can make it eligible. As it is stated"
    )
    assert "cannot be met" not in line.words


def test_one_answer_ends_it():
    """The ending answer by itself has the offer refused, by the rule that is named."""
    candidate = offer(permit_until=None, carbon_revenue_share=None)
    _, found, _ = judged(candidate)
    answer, rule = found.ending
    assert rule == "safeguards.permit"
    assert verdict_with(candidate, [answer]) is Verdict.NOT_ELIGIBLE


def test_a_person_who_has_to_sign_stands_on_the_list():
    """A review that no paper clears is an entry of its own, for the officer."""
    candidate = offer(community=True, consent="none")
    _, found, _ = judged(candidate)
    assert [(a.name, a.fact) for a in found.answers] == [("safeguards.consent", None)]
    assert explained(candidate).deciding.answers[0].signed


def test_what_no_answer_settles_is_said():
    """A contradiction that no stated value resolves well leaves the offer below the floor."""
    torn = Fact(
        cause=Cause.SOURCES_CONTRADICT,
        others=(cell(0.1, E4, source="a"), cell(0.2, E4, source="b")),
    )
    _, found, _ = judged(offer(carbon_revenue_share=torn))
    assert found.answers == ()


def test_easy_answers_come_before_hard_ones():
    """The list begins with what the officer knows and ends with what verifiers must issue."""
    assessment, _, context = judged(offer(permit_until=None, monitoring_years=None, consent=None))
    rules = [bound().rules[f.rule] for f in assessment.findings]
    fields = sorted(open_fields(rules, context), key=lambda field: hardness(field, context))
    ranks = [hardness(field, context)[0] for field in fields]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) > 1


def test_a_like_offer_is_served_from_what_was_found():
    """An offer of which the very same is told gets the same list, and is not searched again."""
    made = made_setting()
    lists = []
    for name in ("One Ltd", "Two Ltd"):
        candidate = offer(seller=cell(name), permit_until=None)
        assessment = assess(candidate, made.bound, made.purchase)
        context = SentenceContext.of(made, candidate, assessment.findings)
        lists.append(deciding_answers(context, assessment))
    assert lists[0].answers == lists[1].answers
    assert len(made.found) == 1


@pytest.mark.parametrize("format_", ["html", "md", "text"])
def test_every_format_says_what_would_decide(format_):
    """The page, the text and the terminal name the answers before the findings."""
    from offsetcheck.report.render import render

    shown = explained(offer(permit_until=None))
    text = render(shown, format_, made_setting().wording.words)
    assert text.index("would decide it") < text.index("Findings")
    assert "would end it" in text


def test_the_nearest_undecided_offer_stands_first():
    """Of undecided offers the one that the fewest answers would decide stands first."""
    whole = {
        "far": offer(id="VCS10", permit_until=None, consent=None, community=None),
        "near": offer(id="VCS11", permit_until=None),
        "never": offer(id="VCS12", permit_until=None, registry_status=cell("withdrawn", E4)),
    }
    rows = tender_explained(whole).offers
    assert [row.id for row in rows] == ["VCS11", "VCS10", "VCS12"]
    assert [row.answers for row in rows] == [1, len(whole) - 1, 0]
    assert all(row.answers_words for row in rows)


def test_questions_leave_out_what_can_move_nothing():
    """A note and what is already as good as it can be are not asked."""
    shown = explained(offer(permit_until=None, tonnes=None))
    assert [line.field for line in shown.questions] == ["permit_until"]


def test_one_search_is_one_answer():
    """At the final stage the search that nobody has done is one entry, in words of its own."""
    told = explained(offer(), purchase(stage=Stage.FINAL, screened=False)).deciding
    assert [(line.name, line.signed) for line in told.answers] == [("screening", True)]
    assert told.answers[0].words.startswith("Somebody looks for adverse events")


def test_an_open_offer_is_asked_for_what_is_on_its_list():
    """The things to do ask for the shortest list of answers and for nothing besides."""
    told = explained(offer(permit_until=None, consent=None, community=True))
    named = {line.name for line in told.deciding.answers}
    by_rule = {line.rule: line for line in told.findings}
    asked = [by_rule[action.rule] for action in told.actions if action.rule]
    assert asked
    assert all(named & {line.rule, *(m.field for m in line.missing)} for line in asked)
