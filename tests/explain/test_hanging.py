"""What a verdict to buy hangs on: the weakest statements whose reversal would turn it."""

from dataclasses import replace
from datetime import date

import pytest

from offsetcheck.engine.assess import assess
from offsetcheck.explain.hanging import MAX_NAMED, hanging_lines
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.vocabulary.evidence import EvidenceGrade
from world import E1, E3, E4, cell, explained, made_setting, offer, offers, purchase

BOUGHT = ("eligible", "eligible_with_conditions")


def fields(explanation):
    return [line.field for line in explanation.hangs_on]


@pytest.mark.parametrize("name", offers())
def test_only_an_offer_that_may_be_bought_hangs_on_something(name):
    """An offer that is refused or open names nothing, a bought one at most three statements."""
    told = explained(offers()[name])
    assert (len(told.hangs_on) > 0) is (told.verdict.verdict in BOUGHT)
    assert len(told.hangs_on) <= MAX_NAMED


def test_the_weakest_evidence_stands_first():
    """Statements are named in the order of their evidence, the seller's own word first."""
    told = explained(offer(community=cell(False, E4), vintage=cell(2022, E4)))
    grades = [EvidenceGrade[line.grade] for line in told.hangs_on]
    assert grades == sorted(grades, reverse=True)
    assert told.hangs_on[0].grade == "E4"


def test_what_is_named_turns_the_verdict_when_shown():
    """Each statement, put in as its reverse on a record, gives the verdict that is named."""
    made = made_setting()
    good = offer(verified=cell(True, E4))
    assessment = assess(good, made.bound, made.purchase)
    lines = hanging_lines(SentenceContext.of(made, good, assessment.findings), assessment)
    [verified] = [line for line in lines if line.field == "verified"]
    assert (verified.value, verified.after, verified.verdict) == ("yes", "no", "not_eligible")
    shown = good.with_facts({"verified": cell(False, E1)})
    assert assess(shown, made.bound, made.purchase).verdict == verified.verdict


def test_the_line_names_the_paper():
    """The sentence holds statement, evidence grade, paper and page, and what it turns to."""
    [line] = [line for line in explained(offer()).hangs_on if line.field == "verified"]
    assert "E2 accredited verifier or public body · Verifier's report, p. 2" in line.words
    assert "Not eligible" in line.words


def test_a_day_that_a_registry_holds_is_no_statement_to_doubt():
    """A permit's day is doubted on a third party's word, and not on a registry's."""
    kept = {"verified": None, "community": None}
    for grade, named in ((E3, True), (E1, False)):
        told = explained(offer(permit_until=cell(date(2026, 10, 19), grade)))
        assert ("permit_until" in fields(told)) is named, kept


def test_a_search_for_events_is_a_statement_too():
    """Where only a search clears a gate the page names who searched, and what a find would do."""
    [line] = [line for line in explained(offer()).hangs_on if line.field == "screening"]
    assert "A. Officer, 1 September 2026" in line.words
    assert line.verdict == "not_eligible"
    silent = explained(offer(), purchase(screened=False))
    assert "screening" not in fields(silent)


def test_a_draft_turns_nothing():
    """A statement that only a draft reads is not named."""
    made = made_setting()
    drafted = {name: replace(rule, draft=True) for name, rule in made.bound.rules.items()}
    bare = replace(made, bound=replace(made.bound, rules=drafted))
    assessment = assess(offer(), bare.bound, bare.purchase)
    context = SentenceContext.of(bare, offer(), assessment.findings)
    assert hanging_lines(context, assessment) == ()
