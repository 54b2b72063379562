import pytest

from offsetcheck.rulebook.files.compiled import load_compiled
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.problem import RulebookError
from offsetcheck.workshop.scenario_runs import run_scenarios
from offsetcheck.workshop.scenarios import scenarios_of

FILE = "scenarios/forest.yaml"
FIRST = "offer:\n  id: VCS1"
EXPECT = "grade: A, claim: offset, reason: none"


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ("city: town", "city: towm", "2:7", "there is no city `towm`"),
        ("as_of: 2026-06-30", "as_of: 2020-13-30", "3:8", "there is no day `2020-13-30`"),
        ("stage: final", "stage: finale", "4:8", "did you mean `final`?"),
        (FIRST, "offer:\n  ids: VCS1", "7:3", "there is no field `ids`"),
        (FIRST, "offer:\n  storage_type: biogenic\n  id: VCS1", "7:3", "is worked out"),
        ("monitoring_years: 40\n", "monitoring_years: long\n", "12:21", "`monitoring_years` is"),
        ("programme: VCS", "programme: VSC", "8:14", "`VSC` is not a code of"),
        ("  - name: forty years", "  - nam: forty years", "15:5", "`nam` is not a key"),
        ("without: [carbon_revenue_share]", "without: [carbon]", "26:15", "is not stated anyway"),
        (EXPECT, EXPECT.replace("A", "F"), "16:40", "`F` cannot stand here"),
        (EXPECT, EXPECT.replace("offset", "neutral"), "16:50", "`neutral` cannot stand here"),
        (EXPECT, EXPECT.replace("none", "age"), "16:66", "there is no rule `age`"),
        ("integrity: 5}", "integrity: good}", "16:83", "points are needed here"),
        ("{additionality: 1 to 5}", "{aditionality: 1}", "27:81", "there is no dimension"),
        ("caps: [permanence.storage_floor]", "caps: [permanence]", "24:14", "there is no rule"),
        ("name: nobody says what pays for it", "name: forty years", "25:11", "have this name"),
        (EXPECT, "outcomes: {vintage.ages: pass}", "16:44", "there is no rule `vintage.ages`"),
        (EXPECT, "outcomes: {vintage.age: passed}", "16:57", "an outcome is needed here"),
        ("offer: {monitoring_years: 39}", "each: {monitoring: [39]}", "18:12", "there is no field"),
        ("offer: {monitoring_years: 39}", "each: {programme: [VCS, VSC]}", "18:29", "`VSC` is not"),
        (
            "offer: {monitoring_years: 39}",
            "each: {city: [town, towm]}",
            "18:25",
            "there is no city",
        ),
        (f"{{verdict: eligible, {EXPECT}, integrity: 5}}", "{}", "16:13", "nothing is expected"),
    ],
)
def test_what_a_scenario_cannot_name_is_refused_at_its_place(folder, old, new, at, said):
    """What a scenario cannot name or state is told once, with file, line and column."""
    path = folder / FILE
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RulebookError) as raised:
        load_rulebook(folder)
    problems = [str(problem) for problem in raised.value.problems]
    found = [one for one in problems if said in one]
    assert found, problems
    assert found[0].startswith(f"{FILE}:{at}")


def test_for_whom_and_when_must_be_said_once(folder):
    """A file whose scenarios are for nobody is told once."""
    path = folder / FILE
    path.write_text(path.read_text("utf-8").replace("city: town", "# no city"), encoding="utf-8")
    with pytest.raises(RulebookError) as raised:
        load_rulebook(folder)
    (problem,) = raised.value.problems
    assert "the key `city` is missing" in str(problem)


def test_a_broken_city_is_told_once(folder):
    """A city file that cannot be read is told there, and not again in each scenario."""
    path = folder / "cities/town.yaml"
    path.write_text(path.read_text("utf-8").replace("kind: city", "kind: village"), "utf-8")
    with pytest.raises(RulebookError) as raised:
        load_rulebook(folder)
    assert {problem.place.file for problem in raised.value.problems} == {"cities/town.yaml"}


def test_a_broken_dictionary_is_told_once(folder):
    """A field that is misspelt in the dictionary is not told again by each offer that states it."""
    path = folder / "fields/candidate.yaml"
    path.write_text(path.read_text("utf-8").replace("vintage: {type", "vintage: {typ"), "utf-8")
    with pytest.raises(RulebookError) as raised:
        load_rulebook(folder)
    assert "scenarios" not in {one.place.file.split("/")[0] for one in raised.value.problems}


def test_a_file_without_scenarios_is_told(folder):
    """A file in which no scenario stands protects nothing, and is told."""
    text = "title: Nothing\ncity: town\nas_of: 2026-06-30\nscenarios: []\n"
    (folder / "scenarios/empty.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RulebookError) as raised:
        load_rulebook(folder)
    (problem,) = raised.value.problems
    assert str(problem).startswith("scenarios/empty.yaml:4:12: no scenario stands here")


def test_a_miss_says_what_came_out(folder):
    """A scenario that comes out differently names the first difference and gives the lines."""
    path = folder / FILE
    text = path.read_text("utf-8")
    path.write_text(text.replace("grade: A, claim: offset", "grade: B, claim: none"), "utf-8")
    rulebook = load_rulebook(folder)
    failed = [one.failure for one in run_scenarios(rulebook, scenarios_of(rulebook)) if one.failure]
    (problem,) = failed
    assert problem.message == (
        "the scenario “forty years” failed: expected grade B, came out A, and 1 more"
    )
    assert str(problem).startswith(f"{FILE}:15:5: ")
    assert str(problem.hint).split("\n") == [
        "if that is right, write below `expect`",
        "      grade: A",
        "      claim: offset",
    ]


def test_a_kept_rulebook_has_the_same_scenarios(folder):
    """Scenarios are read from the folder where the rulebook comes from the cache."""
    read, kept = load_rulebook(folder), load_compiled(folder)
    assert scenarios_of(kept) == scenarios_of(read)


def test_a_word_on_all_facts_counts_for_each(folder):
    """`all` under `evidence` grades every fact that has no grade of its own."""
    path = folder / FILE
    added = (
        "  - name: the seller says so\n"
        "    evidence: {all: E4, carbon_revenue_share: E1}\n"
        "    expect: {verdict: undecided, integrity: 3 to 5}\n"
    )
    path.write_text(path.read_text("utf-8") + added, encoding="utf-8")
    rulebook = load_rulebook(folder)
    results = run_scenarios(rulebook, scenarios_of(rulebook))
    assert results[-1].scenario.grade_of("monitoring_years") == "E4"
    assert results[-1].scenario.grade_of("carbon_revenue_share") == "E1"


def test_each_value_of_a_field_is_a_scenario_of_its_own(folder):
    """A scenario over several values runs once for each, under a name that holds the value."""
    path = folder / FILE
    text = path.read_text("utf-8")
    more = """  - name: a term
    each: {monitoring_years: [40, 39]}
    expect: {outcomes: {permanence.storage_floor: pass}}
"""
    path.write_text(text.rstrip("\n") + "\n" + more, encoding="utf-8")
    rulebook = load_rulebook(folder)
    run = run_scenarios(rulebook, scenarios_of(rulebook))
    by_name = {one.scenario.name: one.failure for one in run}
    assert by_name["a term: 40"] is None
    said = str(by_name["a term: 39"])
    assert "expected outcomes {permanence.storage_floor: pass}" in said
    assert "came out {permanence.storage_floor: fail}" in said
