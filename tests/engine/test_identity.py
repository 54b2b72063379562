"""Fields that say who and what is offered settle, on the seller's word, that a rule does not apply."""

from dataclasses import replace
from random import Random

import pytest
from worlds import DAY, Drawer, as_table, make_bound, make_rule

from offsetcheck.engine.assess import assess, assess_changed
from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.engine.evaluate import evaluate_rule
from offsetcheck.rulebook.expression.nodes import (
    Compare,
    Constant,
    FieldRef,
    Function,
    Lookup,
    TableRow,
)
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact
from offsetcheck.vocabulary.finding import Effect, Outcome, State
from offsetcheck.vocabulary.purchase import Purchase, Screening

B, C, CS, T = FieldType.BOOLEAN, FieldType.CODE, FieldType.CODES, FieldType.TEXT
E1, E3, E4 = EvidenceGrade.E1, EvidenceGrade.E3, EvidenceGrade.E4
IN_FINLAND = Compare("=", FieldRef("country", C), Constant("fi", C))
LAND = make_rule(
    "alpha.land", applies_when=IN_FINLAND, requires=FieldRef("land", B), at_least=E3,
    heard=("country",), condition={"en": "The land register is seen."},
)  # fmt: skip
RECORD = make_rule(
    "claim.record", dimension="claim", effect=Effect.NOTE, requires=FieldRef("seen", B),
    for_identity=True, condition={"en": "The record is seen."},
)  # fmt: skip
BOUND = make_bound((LAND, RECORD), floor="E")
PURCHASE = Purchase()


def offer(**facts: tuple[object, EvidenceGrade]) -> Candidate:
    """Return an offer of facts with their grades."""
    given = {name: Fact(value, grade) for name, (value, grade) in facts.items()}  # type: ignore[arg-type]
    return Candidate("P1", {"id": Fact("P1", E4), **given})


def finding(candidate: Candidate, rule=LAND):
    return evaluate_rule(rule, candidate, DAY, PURCHASE)


def test_the_sellers_word_on_the_country_rules_out_what_is_of_another():
    """A project elsewhere is not asked for the land register, and the finding says on whose word."""
    found = finding(offer(country=("ke", E4)))
    assert (found.outcome, found.state, found.missing) == (Outcome.NOT_APPLICABLE, State.CLEAR, ())
    assert (found.on_word, found.condition) == (True, False)
    assert found.leaves[0].value == "ke"


def test_a_record_of_the_country_needs_no_word():
    """Where a registry says it, nothing rests on the seller."""
    found = finding(offer(country=("ke", E1)))
    assert (found.outcome, found.on_word) == (Outcome.NOT_APPLICABLE, False)


def test_the_sellers_word_brings_no_rule_to_bear_and_meets_none():
    """That a rule applies is shown by the grade it asks for, and so is that it is met."""
    found = finding(offer(country=("fi", E4), land=(True, E1)))
    assert (found.outcome, found.on_word) == (Outcome.UNKNOWN, False)
    assert {missing.cause for missing in found.missing} == {Cause.EVIDENCE_TOO_WEAK}


def test_other_fields_are_not_heard_in_what_applies():
    """A claim about the project rules nothing out on the seller's word."""
    rule = replace(LAND, heard=())
    assert finding(offer(country=("ke", E4)), rule).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(("grade", "stands"), [(E4, True), (E1, False)])
def test_the_condition_stands_once_where_any_rule_is_ruled_out_on_word(grade, stands):
    """The registry's record has to be seen before signature; with a record nothing is left."""
    assessment = assess(offer(country=("ke", grade), seen=(True, E1)), BOUND, PURCHASE)
    assert assessment.conditions == ((RECORD.id,) if stands else ())
    expected = Verdict.ELIGIBLE_WITH_CONDITIONS if stands else Verdict.ELIGIBLE
    assert assessment.verdict is expected


def test_the_condition_goes_where_a_better_source_is_tried():
    """What is tried without judging all anew comes to the same conditions."""
    candidate = offer(country=("ke", E4), seen=(True, E1))
    tried = {"country": Fact("ke", E1)}
    changed = assess_changed(assess(candidate, BOUND, PURCHASE), candidate, tried, BOUND, PURCHASE)
    assert changed.conditions == ()
    assert changed.verdict is Verdict.ELIGIBLE


def test_both_evaluators_hear_what_identifies_an_offer():
    """Outcome, conditions and what rests on the word are the same in columns."""
    candidates = tuple(
        replace(offer(country=(country, grade)), id=f"P{number}")
        for number, (country, grade) in enumerate([("ke", E4), ("ke", E1), ("fi", E4), ("fi", E1)])
    )
    result = assess_table(as_table(candidates), BOUND, PURCHASE)
    single = [assess(candidate, BOUND, PURCHASE) for candidate in candidates]
    assert result.rows["conditions"].to_list() == [list(one.conditions) for one in single]
    on_word = [[f.rule for f in one.findings if f.on_word] for one in single]
    assert result.rows["on_word"].to_list() == on_word
    assert on_word[0] == [LAND.id]
    outcomes = [one.findings[0].outcome.value for one in single]
    assert result.outcomes[LAND.id].to_list() == outcomes


def test_random_worlds_hear_identity():
    """Rules that do not apply on the seller's word are drawn often enough to hold both alike."""
    findings = [
        found
        for seed in range(20)
        for world in [Drawer(Random(seed)).world(7, 4)]
        for candidate in world.candidates
        for found in assess(candidate, world.bound, world.purchase).findings
    ]
    ruled_out = [f for f in findings if f.on_word and f.outcome is Outcome.NOT_APPLICABLE]
    assert len(ruled_out) > len(findings) / 200


EVENTS = Lookup(
    "events", CS, "events", (FieldRef("id", T),), {("P9",): (TableRow("open", E1, None),)},
    collect=True,
)  # fmt: skip
NO_EVENT = make_rule(
    "alpha.events",
    requires=Compare(
        "=",
        Function("size", (EVENTS,), FieldType.NUMBER),
        Constant(0, FieldType.NUMBER),
    ),
)


def waits(cause: Cause | None, identity: str = "P1", screenings: tuple[Screening, ...] = ()):
    """Return for which causes a rule on events waits, for an id that bears a cause."""
    candidate = Candidate("P1", {"id": Fact(identity, E4, cause)})
    purchase = Purchase(screenings=screenings)
    found = evaluate_rule(NO_EVENT, candidate, DAY, purchase)
    result = assess_table(as_table((candidate,)), make_bound((NO_EVENT,)), purchase)
    assert result.missing["cause"].to_list() == [m.cause.value for m in found.missing]
    return found.outcome, {missing.cause for missing in found.missing}


def test_no_table_of_events_clears_an_id_that_is_not_known():
    """The cause is that of the id; an event that is found counts, and a search clears."""
    unknown = Cause.ID_NOT_RECOGNISED
    assert waits(unknown) == (Outcome.UNKNOWN, {unknown})
    assert waits(None) == (Outcome.UNKNOWN, {Cause.NO_ROW})
    assert waits(unknown, "P9") == (Outcome.FAIL, set())
    assert waits(unknown, screenings=(Screening("A", DAY, ("news",), ("P1",)),)) == (
        Outcome.PASS, set(),
    )  # fmt: skip
