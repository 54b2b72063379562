"""What a rule says is wrong: where it stands as the cause, and where the title stays."""

from dataclasses import replace

import pytest

from offsetcheck.engine.assess import assess
from offsetcheck.explain.candidate import explain_candidate
from world import made_setting, offer

AGE = "vintage.age"
STATUS = "governance.registry_status"
FLOOR = "permanence.storage_floor"
SCALE = "additionality.carbon_revenue"
CONSENT = "safeguards.consent"


def judged(rule, fails, language="en", floor="C", **facts):
    """Return an offer explained under rules of which one says what is wrong."""
    made = made_setting(language=language, floor=floor)
    written = made.bound.rules[rule]
    says = {**written.says, "en": replace(written.says["en"], fails=fails)}
    rules = {**made.bound.rules, rule: replace(written, says=says)}
    made = replace(made, bound=replace(made.bound, rules=rules))
    made.wording.bound = made.bound
    candidate = offer(**facts)
    return explain_candidate(made, candidate, assess(candidate, made.bound, made.purchase))


def line_of(explanation, rule):
    return next(line for line in explanation.findings if line.rule == rule)


def test_a_reason_says_what_is_wrong_in_place_of_the_title():
    """The sentence, filled with what was found and the limit, is the reason; the title is not."""
    said = judged(
        AGE, "The vintage is {vintage_age} old, but at most {$max_age} are allowed.", vintage=2001
    )
    [reason] = [reason for reason in said.reasons if reason.rule == AGE]
    assert reason.short == "The vintage is 25 years old, but at most 10 years are allowed."
    assert reason.text == f"{reason.short} (Max age: our own design)"
    assert line_of(said, AGE).fails == reason.short


def test_what_was_found_follows_a_sentence_that_names_no_value():
    """A sentence without a value of the offer is followed by what was found, once."""
    said = judged(STATUS, "The registry bars the project.", registry_status="withdrawn")
    assert said.reasons[0].short == "The registry bars the project."
    assert said.reasons[0].text.startswith("The registry bars the project. The registry says: ")


def test_a_sentence_that_names_what_is_unknown_leaves_the_title():
    """Where a value is not known nothing stands with a gap: the title is the cause."""
    said = judged(
        STATUS,
        "The permit of {permit_until} is void.",
        registry_status="withdrawn",
        permit_until=None,
    )
    line = line_of(said, STATUS)
    assert line.fails is None
    assert said.reasons[0].short == f"This is not met: {line.requires}"


@pytest.mark.parametrize("fact", [{"registry_status": None}, {}])
def test_only_what_is_not_met_is_said_to_be_wrong(fact):
    """An open requirement keeps saying what is not known, and a met one says nothing."""
    said = judged(STATUS, "The registry bars the project.", **fact)
    assert line_of(said, STATUS).fails is None
    assert "bars the project" not in " ".join(reason.text for reason in said.reasons)


def test_a_person_is_told_what_there_is_to_judge():
    """A review that is not met asks a person to judge what is wrong."""
    said = judged(CONSENT, "The community was asked too late.", community=True, consent="late")
    texts = [reason.short for reason in said.reasons if reason.rule == CONSENT]
    assert texts == ["A person must judge this: The community was asked too late."]


def test_a_grade_is_held_down_by_what_is_wrong():
    """The reason on the grade and the line of the ceiling name the cause, not the ideal."""
    fails = "Losses are made good for {monitoring_years} only."
    said = judged(FLOOR, fails, floor="A", monitoring_years=39.0)
    [ceiling] = [line for line in said.grade.ceilings if line.source == FLOOR]
    assert ceiling.binds
    assert ceiling.words.endswith(": Losses are made good for 39 years only.")
    [reason] = [reason for reason in said.reasons if reason.rule == FLOOR]
    assert reason.text.endswith(" It is held down by this: Losses are made good for 39 years only.")
    assert line_of(said, FLOOR).title not in reason.text


def test_a_condition_names_what_is_to_be_made_good():
    """Where an offer may be bought with a condition, the reason says what is wrong with it now."""
    said = judged(FLOOR, "Losses are made good too briefly.", floor="E", monitoring_years=39.0)
    [text] = [reason.text for reason in said.reasons if "made good as a condition" in reason.text]
    assert text.endswith(": Losses are made good too briefly.")


@pytest.mark.parametrize(("share", "says"), [(0.1, True), (1.0, False)])
def test_a_scale_says_what_is_wrong_where_it_gives_few_points(share, says):
    """A scale at three points or fewer says what is wrong, one that is well met does not."""
    line = line_of(
        judged(SCALE, "Carbon has {carbon_revenue_share}.", carbon_revenue_share=share), SCALE
    )
    assert (line.lower <= 3) is says
    assert (line.fails or "").startswith("Carbon has 10") is says


def test_a_sentence_that_is_not_translated_stands_in_english():
    """A language without the sentence gets the English one, as it gets the English title."""
    said = judged(FLOOR, "Losses are made good for less.", language="fi", monitoring_years=10.0)
    assert line_of(said, FLOOR).fails == "Losses are made good for less."
