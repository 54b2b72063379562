"""New rules, cities, tables and fields load as they are begun, and only want filling in."""

import shutil
from datetime import date

import pytest
import yaml

from offsetcheck.api.rule_tests import try_rules
from offsetcheck.api.rules import check_rules
from offsetcheck.api.scaffold import new_city, new_field, new_rule, new_table
from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.problem import OutputError, RequestError
from offsetcheck.workshop.scaffold.begin import field_entry, listing
from offsetcheck.workshop.scaffold.units import unit_of

DAY = date(2026, 9, 30)


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A copy of the shipped rules in which one of each kind is begun."""
    folder = tmp_path_factory.mktemp("begun") / "rules"
    shutil.copytree(bundled("rules"), folder)
    made = new_rule(folder, "vintage.fresh", DAY)
    copied = new_rule(folder, "permanence.longer", DAY, "permanence.storage_floor")
    new_city(folder, "springfield")
    new_table(folder, "soil_types", DAY)
    new_field(folder, "soil_depth", "number")
    return folder, made, copied


def test_what_is_begun_loads_and_wants_filling_in_alone(begun):
    """Nothing is wrong with a new file but that its texts are missing."""
    found = check_rules(begun[0])
    assert found.errors == 0
    own = [p for p in found.problems if p.check != "rules.title_twice"]  # the copy has its own
    assert {problem.check for problem in own} == {"rules.to_fill_in"}
    assert {problem.place.file for problem in own} == {
        "catalogue.yaml",
        "vintage/fresh.yaml",
        "cities/springfield.yaml",
        "tables/tables.yaml",
        "fields/candidate.yaml",
    }


def test_examples_of_what_is_begun_pass(begun):
    """The examples of a new rule hold before a word is written."""
    assert try_rules(("vintage.fresh", "permanence.longer"), begun[0]).different == ()


def test_a_new_rule_has_the_next_free_code(begun):
    """A code follows the last of its family, in rules and in the catalogue."""
    folder, made, copied = begun
    text = (folder / "catalogue.yaml").read_text()
    assert made.code.startswith("VIN-")
    assert copied.code.startswith("PER-")
    assert f"{made.code}: {{title" in text
    number = int(made.code.removeprefix("VIN-")) - 1
    assert f"VIN-{number:02d}" in text


def test_a_criterion_is_begun_with_its_family_where_the_catalogue_has_none():
    """A code of new letters gets a family of its own, and the others stay where they were."""
    text = "# ours\nfamilies:\n  VIN:\n    title: Vintage\n    criteria:\n      VIN-01:\n        {title: New}"
    made = yaml.safe_load(listing(text, "SOI-01"))
    assert list(made["families"]) == ["SOI", "VIN"]
    assert list(made["families"]["SOI"]["criteria"]) == ["SOI-01"]
    further = yaml.safe_load(listing(text, "VIN-02"))
    assert list(further["families"]["VIN"]["criteria"]) == ["VIN-01", "VIN-02"]


def test_a_copy_is_a_draft_of_another_id(begun):
    """A rule that is begun as a copy keeps all but its id, code and status."""
    folder, _, copied = begun
    text = copied.files[0].read_text()
    other = (folder / "permanence/storage_floor.yaml").read_text()
    assert "id: permanence.longer" in text
    assert "status: draft" in text
    assert (
        text.split("subject:")[1].split("status:")[0]
        == other.split("subject:")[1].split("status:")[0]
    )


def test_comments_of_files_that_are_added_to_are_kept(begun):
    """An entry stands at the end, and all that stood there before is as it was."""
    for file in ("tables/tables.yaml", "fields/candidate.yaml"):
        before = (bundled("rules") / file).read_text().rstrip()
        assert (begun[0] / file).read_text().startswith(before)


def test_nothing_is_overwritten(begun):
    """What is there already is refused, whatever it is."""
    folder = begun[0]
    with pytest.raises(OutputError):
        new_rule(folder, "vintage.age", DAY)
    with pytest.raises(OutputError):
        new_city(folder, "turku")
    with pytest.raises(RequestError):
        new_table(
            folder,
            "storage_types" if (folder / "tables/storage_types.csv").exists() else "soil_types",
            DAY,
        )
    with pytest.raises(RequestError):
        new_field(folder, "vintage", "number")


@pytest.mark.parametrize(
    ("rule", "copy", "said"),
    [
        ("vintages.fresh", None, "did you mean `vintage`?"),
        ("vintage.Fresh", None, "cannot be the name of a rule"),
        ("vintage", None, "cannot be the name of a rule"),
        ("vintage.../../x", None, "cannot be the name of a rule"),
        ("vintage.other", "vintage.agee", "did you mean `vintage.age`?"),
    ],
)
def test_what_cannot_be_begun_is_told(begun, rule, copy, said):
    """A name that leads nowhere, or out of the folder, is refused with a next step."""
    with pytest.raises(RequestError) as raised:
        new_rule(begun[0], rule, DAY, copy)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("field", "kind", "unit"),
    [
        ("soil_years", "number", "year"),
        ("clay_percent", "number", "percent"),
        ("clay_share", "number", "share"),
        ("lost_tonnes", "integer", "tCO2e"),
        ("road_km", "number", "km"),
        ("peat_loss", "number", None),  # one field alone ends so
        ("soil_depth", "number", None),
        ("soil_years", "text", None),
    ],
)
def test_a_number_is_begun_in_the_unit_that_its_name_ends_with(field, kind, unit):
    """The unit is that of the dictionary's numbers of the same last word, where they agree."""
    assert unit_of(field, kind, load_rulebook(bundled("rules")).dictionary) == unit
    entry = yaml.safe_load(field_entry(field, kind, unit))
    assert entry[field].get("unit") == unit


def test_a_field_of_no_type_is_refused(begun):
    """The types are named."""
    with pytest.raises(RequestError, match="is no type"):
        new_field(begun[0], "another", "decimal")
