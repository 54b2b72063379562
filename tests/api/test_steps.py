"""A step of comparable tonnes is browsed and tried as a rule is."""

from dataclasses import replace
from datetime import date

import pytest

from offsetcheck.api.rules import rule_in_force
from offsetcheck.api.steps import step_in_force, try_step
from offsetcheck.explain.wording import words_in
from offsetcheck.ground.bundled import bundled
from offsetcheck.report.render import render
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.problem import RequestError
from offsetcheck.workshop.step_tests import run_step_examples

RULEBOOK = load_rulebook(bundled("rules"))
DAY = date(2026, 11, 27)
LASHOF = "tonnes.storage_time"


def shown(step, city="turku"):
    return step_in_force(RULEBOOK, step, city, DAY)


def tried(step, *statements, **kept):
    return try_step(RULEBOOK, step, statements, **{"as_of": DAY, **kept})


def text_of(explained):
    made = render(explained, "text", words_in(RULEBOOK.words, "en"))
    return " ".join(made.split())


def written(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (", ".join(map(str, value)) or "none") if isinstance(value, list) else str(value)


def bounds(line):
    return round(line.low, 6), round(line.high, 6)


@pytest.mark.parametrize("step", RULEBOOK.steps)
def test_all_that_a_step_file_says_is_shown(step):
    """Inputs, formula, choices, sources with their standing and examples stand in the text."""
    file, said = RULEBOOK.steps[step].file, text_of(shown(step))
    assert " ".join(file.why.split()) in said
    for one in file.inputs.values():
        assert all(" ".join(text.split()) in said for text in one.first_of)
    for cases in (file.factor, *(part.value for part in file.parts.values())):
        assert all(" ".join(case.value.split()) in said for case in cases)
    for choices in file.choices.values():
        assert all(f"{one.value}: {one.title['en']}" in said for one in choices)
    assert all(example.name in said for example in file.tests)
    assert said.count("[our own design]") >= sum(s.standing == "design" for s in file.sources)


def test_a_step_names_the_tables_that_it_asks():
    """What a programme took before it issued comes from a table, and the step says which."""
    assert "unit_deductions" in shown("tonnes.leakage").tables
    assert "unit_less_leakage" in shown("tonnes.leakage").fields


def test_an_example_that_comes_out_otherwise_is_marked():
    """Where the file is wrong about its own formula, whoever reads it sees so."""
    loaded = RULEBOOK.steps["tonnes.leakage"]
    wrong = loaded.file.tests[0].model_copy(update={"expect": (0.5, 0.5)})
    file = loaded.file.model_copy(update={"tests": (wrong, *loaded.file.tests[1:])})
    steps = {**RULEBOOK.steps, "tonnes.leakage": replace(loaded, file=file)}
    made = step_in_force(replace(RULEBOOK, steps=steps), "tonnes.leakage", None, DAY)
    assert [one.holds for one in made.examples] == [False] + [True] * (len(file.tests) - 1)


def test_examples_come_out_the_same_when_typed():
    """What each shipped example of a step gives comes to the same as statements of a command."""
    typed = 0
    for result in run_step_examples(RULEBOOK):
        example = RULEBOOK.steps[result.step].file.tests[result.index]
        texts = [f"{name}={written(value)}" for name, value in example.given.items()]
        made = tried(result.step, *texts, as_of=example.as_of or DAY)
        assert bounds(made.factor) == pytest.approx(example.expect), example.name
        typed += 1
    assert typed > 30


def test_a_choice_that_is_given_is_told_and_counts_for_the_trial_alone():
    """The curve is that which was given; the horizon stays open and is told as not chosen."""
    made = tried(
        LASHOF, "storage_type=biogenic", "monitoring_years=40", "deductions_applied=none",
        "shared.tonnes_curve=car",
    )  # fmt: skip
    assert {one.parameter: one.value for one in made.choices} == {
        "shared.tonnes_curve": "car",
        "shared.tonnes_horizon": None,
    }
    assert bounds(made.factor) == (0.4, 0.4)
    assert shown(LASHOF).choices[0].value is None


def test_what_is_open_has_bounds():
    """Nobody said whether leakage was taken, so that the factor reaches from one end to the other."""
    made = tried("tonnes.leakage", "leakage_percent=10")
    assert bounds(made.factor) == (0.9, 1)
    assert "0.9 to 1" in made.outcome


@pytest.mark.parametrize(
    ("statement", "said"),
    [("shared.tonnes_curve=lasho", "lashof"), ("shared.tonnes_horizon=200", "cannot be chosen"),
     ("shared.tonnes_confidence=0.9", "no field"), ("monitoring_yeers=3", "monitoring_years"),
     ("shared.assumed_storage_years=many", "")],
)  # fmt: skip
def test_what_cannot_be_stated_of_a_step_is_told(statement, said):
    """A word that no step offers, a choice of another step, and a field that is not there."""
    with pytest.raises(RequestError) as found:
        tried(LASHOF, statement)
    problem = found.value.problems[0]
    assert said in f"{problem.message} {problem.hint}"


def test_a_mistyped_step_is_told_with_the_nearest():
    """The name of a step is near that of a step, and of no rule."""
    with pytest.raises(RequestError) as found:
        rule_in_force(RULEBOOK, "tonnes.bufer", None, DAY)
    assert "tonnes.buffer" in str(found.value.problems[0].hint)


def test_before_a_step_acts_it_is_not_shown():
    """A day before the rulebook has no step, which is told."""
    with pytest.raises(RequestError):
        step_in_force(RULEBOOK, LASHOF, None, date(2020, 12, 31))
