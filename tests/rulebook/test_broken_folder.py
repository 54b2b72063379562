from pathlib import Path

import pytest

from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.problem import RulebookError

HERE = Path(__file__).parent
EXPECTED = (HERE / "broken_expected.txt").read_text().splitlines()


def problems(folder: Path):
    with pytest.raises(RulebookError) as raised:
        load_rulebook(folder)
    return raised.value.problems


def test_every_mistake_is_reported_at_its_place():
    """A folder with 69 mistakes is reported whole, each as file:line:column: message."""
    found = [str(problem).splitlines()[0] for problem in problems(HERE / "broken")]
    assert found == EXPECTED
    assert len(found) > 25


def test_hints_stand_indented_below():
    """What to do about a problem stands on one indented line below it."""
    hints = [str(problem).splitlines()[1:] for problem in problems(HERE / "broken") if problem.hint]
    assert hints
    assert all(len(lines) == 1 and lines[0].startswith("    ") for lines in hints)


def test_no_words_of_a_library_reach_the_reader():
    """Neither the validator's nor the parser's own words, nor Python's, are shown."""
    text = "\n".join(str(problem) for problem in problems(HERE / "broken")).lower()
    for word in (
        "pydantic",
        "input_value",
        "input should",
        "validation error",
        "sqlglot",
        "traceback",
    ):
        assert word not in text


def test_missing_folder_is_a_located_problem(tmp_path):
    """A folder that is not there, or is a file, is refused in one sentence."""
    (tmp_path / "file").write_text("x")
    assert "there is no such folder" in str(problems(tmp_path / "absent")[0])
    assert "this is not a folder" in str(problems(tmp_path / "file")[0])


def test_empty_folder_names_every_file_it_needs(tmp_path):
    """An empty folder is told each file that every rulebook has."""
    assert {problem.place.file for problem in problems(tmp_path)} == {
        "guide.yaml",
        "sources.yaml",
        "decisions.yaml",
        "fields/candidate.yaml",
        "fields/purchase.yaml",
    }


def test_link_out_of_the_folder_is_refused(folder, tmp_path):
    """A link that leads out of the folder is not followed."""
    (tmp_path / "secret.yaml").write_text("id: x")
    (folder / "vintage" / "secret.yaml").symlink_to(tmp_path / "secret.yaml")
    assert [p.message for p in problems(folder)] == ["this link leads out of the folder"]


@pytest.mark.parametrize(
    ("file", "old", "new", "first"),
    [
        (
            "cities/town.yaml",
            "undecided: [permanence",
            "undecided: [residual.share.max_share, permanence",
            "cities/town.yaml:15:13: `residual.share.max_share` is undecided here and set under `parameters`",
        ),
        (
            "cities/town.yaml",
            "parameters:\n",
            "parameters:\n  vintage.age.max_age: {value: 5, source: {standing: design}}\n",
            "cities/town.yaml:11:3: `vintage.age.max_age` is set by law in `ex` and cannot be loosened",
        ),
        (
            "cities/town.yaml",
            "adopt: all",
            "adopt: [vintage.age]",
            "cities/town.yaml:8:1: leaving rules out needs a reason",
        ),
        (
            "cities/town.yaml",
            "floor: {integrity: B",
            "floor: {integrity: D",
            "cities/town.yaml:20:20: a floor below the guide's C needs a reason",
        ),
        (
            "cities/town.yaml",
            "floor: {integrity: B",
            "screening: {holds_days: 91}\nfloor: {integrity: B",
            "cities/town.yaml:20:25: a search that counts for more than 90 days needs a reason",
        ),
        (
            "cities/town.yaml",
            "floor: {integrity: B",
            "floor: {integrity: F",
            "cities/town.yaml:20:20: there is no grade `F`",
        ),
        (
            "cities/town.yaml",
            "    weight: 1\n    reason: The town has few such projects on offer.\n",
            "    evidence: {at_least: E4}\n  - {rule: permanence.storage_floor, evidence: {at_least: E3}}\n",
            "cities/town.yaml:19:5: asking for weaker evidence needs a reason",
        ),
        (
            "cities/town.yaml",
            "    weight: 1\n    reason: The town has few such projects on offer.\n",
            "    levels:\n      5: carbon_revenue_shares >= 0.95\n    reason: Stricter here.\n",
            "cities/town.yaml:19:10: there is no field `carbon_revenue_shares`",
        ),
        (
            "permanence/storage_floor.yaml",
            "[biogenic, product]",
            "[biogenic, produkt]",
            "permanence/storage_floor.yaml:22:38: `produkt` is not a code of `storage_type`",
        ),
        (
            "permanence/storage_floor.yaml",
            "value: 40",
            "value: [40, forty]",
            "permanence/storage_floor.yaml:18:27: the values of a list must be of one kind",
        ),
        (
            "decisions.yaml",
            "all: [every_gate_clear, integrity reaches_floor]\npurchase",
            "all: [every_gate_clear, integrity at_best A]\npurchase",
            "decisions.yaml:2:1: nothing is concluded where a gate is clear, integrity reaches_floor, no condition stands",
        ),
        (
            "decisions.yaml",
            "all: [integrity below_floor]",
            "all: [undecided]",
            "decisions.yaml:2:1: nothing is concluded where a gate is clear, integrity below_floor, a condition stands",
        ),
        (
            "decisions.yaml",
            "all: [integrity below_floor]",
            "all: [not_eligible]",
            "decisions.yaml:3:3: these conclusions rest on each other: not_eligible → not_eligible",
        ),
        (
            "decisions.yaml",
            "all: [integrity below_floor]",
            "all: [NOT every_gate_clear]",
            "decisions.yaml:5:13: `NOT` cannot stand in a decision",
        ),
        (
            "vintage/age.yaml",
            "status: stable",
            "status: retired",
            "vintage/age.yaml:6:12: a retired rule needs the day on which it ends",
        ),
        (
            "tables/methodologies_2025.csv",
            "1-13.",
            "one to 13",
            "tables/methodologies_2025.csv:3 (column “version”): `one to 13` is no range of versions",
        ),
        (
            "tables/storage.csv",
            "cookstoves,none",
            "cookstoves,nothing",
            "tables/storage.csv:4 (column “storage”): `nothing` is no value of `storage_type`",
        ),
        (
            "fields/candidate.yaml",
            "project_type:\n  type: code",
            "project_type:\n  type: text",
            "fields/candidate.yaml:18:3: only a code field has codes",
        ),
        (
            "guide.yaml",
            "ceiling: 0",
            "ceiling: '0'",
            "guide.yaml:4:71: a number is needed here, not `0`",
        ),
    ],
)
def test_one_mistake_is_reported_at_its_place(folder, file, old, new, first):
    """One mistake in a sound folder is reported where it stands."""
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    assert first in [str(problem).splitlines()[0] for problem in problems(folder)]


def test_cities_state_a_fact_in_one_kind(folder):
    """A fact that two cities state in different kinds is reported in both."""
    text = (folder / "cities" / "town.yaml").read_text()
    other = text.replace("id: town", "id: other").replace("{value: EX,", "{value: 7,")
    (folder / "cities" / "other.yaml").write_text(other)
    found = [str(problem).splitlines()[0] for problem in problems(folder)]
    assert found == [
        "cities/other.yaml:22:3: cities state `country` in values of different kinds",
        "cities/town.yaml:22:3: cities state `country` in values of different kinds",
    ]
