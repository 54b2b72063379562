import pytest

from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.problem import RulebookError
from offsetcheck.workshop.rule_tests import failures, first_failure, run_examples

FLOOR = "permanence/storage_floor.yaml"
REVENUE = "additionality/carbon_revenue.yaml"
FINDING = "additionality/no_open_finding.yaml"
FAILS = "given: {storage_type: biogenic, monitoring_years: 39}\n    expect: fail"
LITTLE = "{carbon_revenue_share: 0.49}, expect: 1"
UNSTATED = "expect: unknown, missing: [carbon_revenue_share]"


def written(folder, file, old, new):
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def failed(folder, file, old, new):
    written(folder, file, old, new)
    return [str(problem) for problem in failures(run_examples(load_rulebook(folder)))]


@pytest.mark.parametrize(
    ("file", "old", "right"),
    [
        (FLOOR, FAILS, "effect: cap 3"),
        (FLOOR, FAILS, "condition: stands"),
        (FLOOR, FAILS, "curable: yes"),
        (REVENUE, LITTLE, "points: 1"),
        (REVENUE, LITTLE, "effect: score"),
        (REVENUE, UNSTATED, "points: 1"),
    ],
)
def test_what_is_right_passes(folder, file, old, right):
    """An example may say what its finding does, and comes out where that is so."""
    joint = "\n    " if "\n" in old else ", "
    assert failed(folder, file, old, f"{old}{joint}{right}") == []


@pytest.mark.parametrize(
    ("file", "old", "wrong", "said"),
    [
        (FLOOR, FAILS, "effect: cap 2", "expected effect cap 2, came out cap 3"),
        (FLOOR, FAILS, "effect: none", "expected effect none, came out cap 3"),
        (FLOOR, FAILS, "condition: none", "expected condition none, came out stands"),
        (FLOOR, FAILS, "curable: no", "expected curable no, came out yes"),
        (REVENUE, LITTLE, "points: 2", "expected points 2, came out 1"),
        (REVENUE, UNSTATED, "points: none", "expected points none, came out 1"),
    ],
)
def test_what_is_wrong_fails_with_lines_to_paste(folder, file, old, wrong, said):
    """A miss says what was expected, and gives the line that would be right."""
    joint = "\n    " if "\n" in old else ", "
    (problem,) = failed(folder, file, old, f"{old}{joint}{wrong}")
    key, came = wrong.split(":")[0], said.rpartition("came out ")[2]
    assert said in problem
    assert "if that is right, write" in problem
    assert f"{key}: {came}" in problem.partition("if that is right, write")[2]


def test_the_lines_to_paste_make_the_example_pass(folder):
    """What a miss prints, pasted into the file, comes out."""
    wrong = FAILS.replace("fail", "unknown") + "\n    missing: [project_type]\n    effect: gate"
    (problem,) = failed(folder, FLOOR, FAILS, wrong)
    pasted = problem.split("write\n")[1]
    given = FAILS.split("\n", maxsplit=1)[0]
    assert failed(folder, FLOOR, wrong, f"{given}\n{pasted}") == []


def test_a_screen_that_nobody_has_made_does_nothing(folder):
    """An unknown adverse event holds nothing up, and would where the rule held instead."""
    old = "as_of: 2023-10-30\n    expect: unknown"
    assert failed(folder, FINDING, old, f"{old}\n    effect: none") == []
    (problem,) = failed(folder, FINDING, "if_unknown: screen", "if_unknown: hold ")
    assert "expected effect none, came out gate" in problem


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (FLOOR, FAILS, "effect: cap two", "`cap two` is nothing that a finding can do"),
        (FLOOR, FAILS, "effect: gates", "did you mean `gate`?"),
        (FLOOR, FAILS, "points: 3", "a requirement gives no points"),
        (FLOOR, FAILS, "condition: yes", "`yes` cannot stand here"),
        (FLOOR, FAILS, "evidence: {purchase.year: E4}", "`purchase.year` is graded but not given"),
    ],
)
def test_what_no_finding_can_do_is_refused(folder, file, old, new, said):
    """What an example cannot mean is told where it stands."""
    written(folder, file, old, f"{old}\n    {new}")
    with pytest.raises(RulebookError) as raised:
        load_rulebook(folder)
    (problem,) = raised.value.problems
    assert problem.place.file == file
    assert said in str(problem)


@pytest.mark.parametrize(("grade", "outcome"), [("E2", "fail"), ("E3", "unknown")])
def test_evidence_of_the_purchase_is_graded_too(folder, grade, outcome):
    """A statement of the purchase below the grade that a rule asks for does not count."""
    written(
        folder,
        "vintage/age.yaml",
        "\ntests:\n",
        "\nevidence: {at_least: E2}\ntests:\n"
        "  - name: the year on weak word\n"
        "    given: {vintage: 2000, purchase.year: 2026}\n"
        f"    evidence: {{purchase.year: {grade}}}\n"
        f"    expect: {outcome}\n",
    )
    results = run_examples(load_rulebook(folder), ["vintage.age"])
    assert results[0].name == "the year on weak word"
    assert results[0].failure is None


def test_a_changed_rule_is_tried_in_memory(folder):
    """The first example that fails on a changed rule is found, and the rulebook stays as it is."""
    rulebook = load_rulebook(folder)
    rule = rulebook.rules["permanence.storage_floor"]
    written(folder, FLOOR, "value: 40", "value: 39")
    changed = load_rulebook(folder).rules["permanence.storage_floor"]
    assert first_failure(rulebook, rule) is None
    assert first_failure(rulebook, changed) == 1
    assert first_failure(rulebook, rulebook.rules["permanence.storage_floor"]) is None
