"""Where a city's floor and values are from: which source and standing each carries."""

from datetime import date

import pytest

from offsetcheck.rulebook.binding.bind import bind, bind_guide
from offsetcheck.rulebook.binding.bound import Source
from offsetcheck.vocabulary.evidence import Standing
from world import RULEBOOK, bound

DAY = date(2026, 9, 30)
PLAN = Source(Standing.READ_SECOND_HAND, "plan", "3")
OWN_FLOOR = "floor: {integrity: B, origin: city, source: {guide: town-plan, standing: read}}"


def test_a_city_without_a_floor_has_the_guides():
    """Floor and source are the guide's where the city sets none, and for the guide alone."""
    for profile in (bind(RULEBOOK, "turku", DAY).city, bind_guide(RULEBOOK, DAY).city):
        assert (profile.floor, profile.floor_source) == ("C", Source(Standing.DESIGN))
        assert profile.notes == ()


def test_a_citys_floor_carries_the_citys_source():
    """A floor of the city's own names its guide, clause and standing, and its reason as a note."""
    profile = bind(RULEBOOK, "lax", DAY).city
    assert (profile.floor, profile.floor_source) == ("D", PLAN)
    assert (profile.floor, profile.floor_reason) == ("D", "Few are on offer.")


@pytest.mark.parametrize(
    ("written", "source"),
    [
        (OWN_FLOOR, Source(Standing.READ, "town-plan")),
        ("floor: {integrity: B, origin: city}", Source(Standing.DESIGN)),
        (
            OWN_FLOOR.replace("read}", "known, clause: '7', note: draft, status: under_reform}"),
            Source(Standing.KNOWN, "town-plan", "7", "draft", "under_reform"),
        ),
    ],
)
def test_each_part_of_a_floors_source_is_kept(written, source, folder):
    """What the city's file says of its floor stands in the profile; said without source: design."""
    from offsetcheck.rulebook.load import load_rulebook

    path = folder / "cities" / "town.yaml"
    path.write_text(path.read_text("utf-8").replace(OWN_FLOOR, written), encoding="utf-8")
    profile = bind(load_rulebook(folder), "town", DAY).city
    assert (profile.floor, profile.floor_source) == ("B", source)


def test_a_citys_value_carries_the_citys_source_and_reason():
    """A value that the city set names layer, origin and source; another city has the guide's."""
    own = bind(RULEBOOK, "lax", DAY).rules["vintage.age"]
    parameter = own.parameters["max_age"]
    assert (parameter.value, parameter.layer, parameter.origin) == (12, "lax", "city")
    assert parameter.source == Source(Standing.READ_SECOND_HAND, "plan", "4")
    assert (parameter.since, parameter.undecided) == (None, False)
    assert [(c.layer, c.what, c.reason) for c in own.changes] == [
        ("lax", "max_age: 10 → 12", "Few are on offer.")
    ]
    other = bind(RULEBOOK, "turku", DAY).rules["vintage.age"].parameters["max_age"]
    assert (other.value, other.layer, other.source) == (10, "guide", Source(Standing.DESIGN))
    assert other.since == date(2021, 1, 1)


@pytest.mark.parametrize(
    ("day", "value", "layer", "origin", "source"),
    [
        (date(2024, 12, 31), 40, "guide", None, Source(Standing.READ, "af", "criterion 9")),
        (date(2025, 1, 1), 50, "lax", "city", Source(Standing.READ, "plan", "5")),
        (date(2025, 12, 31), 50, "lax", "city", Source(Standing.READ, "plan", "5")),
        (date(2026, 1, 1), 60, "lax", "design", Source(Standing.KNOWN, "plan", "6")),
    ],
)
def test_a_dated_value_carries_its_own_source_else_that_of_all(day, value, layer, origin, source):
    """Source and origin of a value are those written beside it, else those of the parameter."""
    rule = bind(RULEBOOK, "lax", day).rules["permanence.storage_floor"]
    parameter = rule.parameters["min_years"]
    assert (parameter.value, parameter.layer, parameter.origin) == (value, layer, origin)
    assert parameter.source == source


def test_a_city_that_names_its_rules_has_these_alone():
    """What is not on the city's list is left out, each with the city's reason."""
    made = bind(RULEBOOK, "lax", DAY)
    assert set(made.rules) == {
        "governance.registry_status", "vintage.age", "permanence.storage_floor",
        "permanence.storage_term", "additionality.carbon_revenue",
    }  # fmt: skip
    assert {change.what for change in made.city.left_out} == set(RULEBOOK.rules) - set(made.rules)
    reasons = {(change.layer, change.reason) for change in made.city.left_out}
    assert reasons == {("lax", "The city judges the rest by hand.")}


def test_a_profile_says_who_is_bound():
    """Name, jurisdictions, languages, scope and what is undecided are the city's own."""
    turku, lax = bound().city, bound("D", "lax").city
    assert (turku.jurisdictions, lax.jurisdictions) == (("eu", "fi"), ("fi",))
    assert (turku.languages, lax.languages) == (("fi", "en"), ("en",))
    assert (turku.scope, lax.scope) == ("community", "organisation")
    assert (turku.undecided, lax.undecided) == (("vintage.age.max_age",), ())
    assert bind(RULEBOOK, "turku", DAY).rules["permanence.storage_floor"].cap == 2
    assert bind(RULEBOOK, "lax", DAY).rules["permanence.storage_floor"].cap == 3
