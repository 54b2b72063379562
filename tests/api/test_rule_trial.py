"""A rule tried on statements says what an example with the same statements says."""

from datetime import date

import pytest

from offsetcheck.api.rule_trial import try_rule
from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.finding import Outcome
from offsetcheck.vocabulary.problem import RequestError
from offsetcheck.workshop.rule_tests import default_day, run_examples

RULEBOOK = load_rulebook(bundled("rules"))
DAY = date(2026, 9, 30)
FLOOR = "permanence.storage_floor"
PLAIN = (str, int, float, bool, list)


def tried(rule, *statements, evidence=(), **kept):
    return try_rule(RULEBOOK, rule, statements, evidence, **{"as_of": DAY, **kept}).explained


def written(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def can_be_typed(rulebook, rule, example):
    """Whether a command line can state what an example gives: no city, no value in part."""
    fields = rulebook.dictionary.of(rule.file.subject)
    listed = {"codes", "integers"}
    return all(
        not name.startswith("city.")
        and isinstance(value, PLAIN)
        and (not isinstance(value, list) or (name in fields and fields[name].type in listed))
        and value not in ([], "none")
        for name, value in example.given.items()
    )


def test_examples_come_out_the_same_when_typed():
    """What examples of shipped rules give comes to the same as statements of a command."""
    typed = 0
    for name in ("permanence.storage_floor", "permanence.storage_term", "vintage.age"):
        rule = RULEBOOK.rules[name]
        for example, ran in zip(rule.file.tests, run_examples(RULEBOOK, [name]), strict=True):
            if ran.finding is None or not can_be_typed(RULEBOOK, rule, example):
                continue
            made = tried(
                name,
                *(f"{field}={written(value)}" for field, value in example.given.items()),
                evidence=[f"{field}={grade}" for field, grade in example.evidence.items()],
                as_of=example.as_of or default_day(RULEBOOK, rule),
            )
            typed += 1
            assert made.outcome == ran.finding.outcome.value, (name, example.name)
            if ran.finding.outcome is Outcome.SCORED:
                assert made.points == ran.finding.lower, (name, example.name)
    assert typed > 5


def test_each_part_of_a_condition_has_its_truth_and_what_it_reads():
    """An author sees which comparison fails, and on which numbers."""
    made = tried(FLOOR, "storage_type=biogenic", "monitoring_years=39")
    assert made.outcome == "fail"
    applies, requires = made.conditions
    assert [part.truth for part in applies.parts] == [True]
    assert [(part.truth, part.text) for part in requires.parts] == [
        (False, "monitoring_years >= $min_storage_years")
    ]
    assert [read.words for read in requires.parts[0].reads] == [
        "monitoring_years = 39",
        "$min_storage_years = 40",
    ]
    assert made.finding.fails is not None
    assert made.ask is None


def test_what_is_not_stated_is_unknown_with_its_cause():
    """What is missing is named with the question that a bidder gets."""
    made = tried(FLOOR, "storage_type=biogenic")
    assert made.outcome == "unknown"
    assert [(line.field, line.cause) for line in made.finding.missing] == [
        ("monitoring_years", "not_stated")
    ]
    assert made.ask is not None


def test_weak_evidence_does_not_count():
    """A statement on the seller's word is too weak where the rule asks for more."""
    weak = tried(
        FLOOR, "storage_type=biogenic", "monitoring_years=60", evidence=["monitoring_years=E4"]
    )
    beside = tried(FLOOR, "storage_type=biogenic", "monitoring_years=60@e4")
    assert weak.finding.missing[0].cause == "evidence_too_weak"
    assert (weak.outcome, weak.conditions) == (beside.outcome, beside.conditions)


def test_a_level_below_the_one_that_holds_decides_nothing():
    """Of a scale only the levels down to the first that holds are reached."""
    made = tried("permanence.storage_term", "storage_type=biogenic", "monitoring_years=60")
    reached = {condition.key: condition.reached for condition in made.conditions}
    assert made.points == 4
    assert reached["levels.4"]
    assert not reached["levels.3"]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("monitoring_year=39", "there is no field `monitoring_year`"),
        ("monitoring_years", "states nothing"),
        ("monitoring_years=many", "many"),
        ("city.scope=community", "there is no field `city.scope`"),
        ("storage_type=biogenik", "biogenik"),
    ],
)
def test_what_cannot_be_stated_is_refused(statement, said):
    """A field, value or form that is not there is told with a next step."""
    with pytest.raises(RequestError) as raised:
        tried(FLOOR, statement)
    (problem,) = raised.value.problems
    assert said in problem.message
    assert problem.hint


def test_every_mistake_of_a_command_is_told_at_once():
    """One run tells of all statements and grades that are wrong."""
    with pytest.raises(RequestError) as raised:
        tried(FLOOR, "a=1", "storage_type=biogenic", "storage_type=product", evidence=["x=E9"])
    assert len(raised.value.problems) == 3


def test_a_grade_of_what_is_not_stated_is_refused():
    """A grade belongs to a statement."""
    with pytest.raises(RequestError, match="is graded and not stated"):
        tried(FLOOR, "storage_type=biogenic", evidence=["monitoring_years=E4"])
