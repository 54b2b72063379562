"""A city's own folder or file on top of a rulebook: as if its files lay there, and nothing copied."""

import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.binding.bound import ANY_LANGUAGE
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.rulebook.overlay.lay import lay_over
from offsetcheck.vocabulary.problem import RulebookError

DAY = date(2026, 9, 30)
CITY = """\
id: port
name: {en: Port}
jurisdictions: [ex]
languages: [en]
scope: community
offsetting: permitted
"""


def write_files(folder: Path, files: dict[str, str]) -> Path:
    """Write texts by their paths within a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def overlay(folder: Path, files: dict[str, str]) -> Path:
    """Write the files of a city's own folder."""
    return write_files(folder / "port", {"city.yaml": CITY, **files})


def problems_of(rulebook, path: Path, named: str = "port") -> list[str]:
    """Return what is wrong with a city's files, each in one line without its hint."""
    with pytest.raises(RulebookError) as raised:
        lay_over(rulebook, path, named)
    return [str(problem).partition("\n")[0] for problem in raised.value.problems]


values = st.sampled_from([0.05, 0.1, 0.2, 3, 4, 5, 12, 40, 100, "text", [1]])
parameters = st.dictionaries(
    st.sampled_from(
        [
            "vintage.age.max_age",
            "permanence.storage_floor.min_storage_years",
            "residual.share.max_share",
            "residual.share.none_such",
        ]
    ),
    st.fixed_dictionaries(
        {
            "value": values,
            "source": st.sampled_from(
                [
                    {"standing": "design"},
                    {"guide": "town-plan", "standing": "read"},
                    {"guide": "own-plan", "standing": "read"},
                ]
            ),
        },
        optional={"reason": st.just("why"), "origin": st.just("city")},
    ),
    max_size=3,
)
changes = st.lists(
    st.fixed_dictionaries(
        {"rule": st.sampled_from(["vintage.age", "additionality.carbon_revenue", "own.none"])},
        optional={
            "reason": st.just("why"),
            "leave_out": st.just(True),
            "weight": st.integers(1, 4),
            "effect": st.sampled_from(["note", "gate", "cap"]),
            "applies_when": st.sampled_from(
                ["vintage >= 2000", "vintage >= 'x'", "city.home = 'EX'"]
            ),
        },
    ),
    max_size=2,
)
policies = st.fixed_dictionaries(
    {},
    optional={
        "parameters": parameters,
        "change": changes,
        "jurisdictions": st.sampled_from([["ex"], [], ["ex", "home"], ["nowhere"]]),
        "undecided": st.lists(
            st.sampled_from(["vintage.age.max_age", "a.b"]), max_size=2, unique=True
        ),
        "adopt_also": st.lists(
            st.sampled_from(["vintage.after_2020", "vintage.own_rule"]), max_size=2, unique=True
        ),
        "floor": st.sampled_from([{"integrity": "A"}, {"integrity": "E"}, {"integrity": "Z"}]),
        "facts": st.sampled_from([{"home": {"value": "EX"}}, {"country": {"value": "EX"}}]),
        "notes": st.just(["A note."]),
        "scope": st.sampled_from(["community", "planet"]),
    },
)
OWN_RULE = """\
id: vintage.own_rule
code: VIN-9
title: The vintage is of the city's own kind
subject: candidate
status: stable
adoption: optional
effective: {from: 2021-01-01}
sources: [{standing: design}]
why: The city wants it.
requires: vintage >= 2022
effect: gate
says: {en: {requires: It is of 2022 or later., fails: "It is of {vintage}."}}
tests:
  - {name: the first year, given: {vintage: 2022}, expect: pass}
  - {name: the year before, given: {vintage: 2021}, expect: fail}
  - {name: not stated, expect: unknown, missing: [vintage]}
"""
HOME = "id: home\nname: {en: Homeland}\nparameters:\n  vintage.age.max_age: {value: 3, source: {standing: design}}\n"
SOURCES = "own-plan: {title: Plan of the port}\n"


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(policies)
def test_a_folder_on_top_is_as_its_files_within_a_copy(files, policy):
    """The same policy gives the same rulebook hash, or the same problems, on top as within a copy."""
    text = json.dumps(
        {
            "id": "port",
            "name": {"en": "Port"},
            "jurisdictions": ["ex"],
            "languages": ["en"],
            "scope": "community",
            "offsetting": "permitted",
            **policy,
        },
        indent=1,
    )
    own = {
        "sources.yaml": SOURCES,
        "jurisdictions/home.yaml": HOME,
        "rules/vintage/own_rule.yaml": OWN_RULE,
    }
    with TemporaryDirectory() as place:
        whole = write_files(
            Path(place, "copy"),
            {
                **files,
                "cities/port.yaml": text,
                "sources.yaml": files["sources.yaml"] + SOURCES,
                "jurisdictions/home.yaml": HOME,
                "vintage/own_rule.yaml": OWN_RULE,
            },
        )
        base = load_rulebook(write_files(Path(place, "rules"), files))
        folder = write_files(Path(place, "port"), {**own, "city.yaml": text})
        within, on_top = (
            outcome(lambda: load_rulebook(whole)),
            outcome(lambda: lay_over(base, folder, "port").rulebook),
        )
    assert on_top == within


def outcome(load):
    """Return the hash of what was loaded, or its problems by line and column."""
    try:
        return bind(load(), "port", DAY).hash
    except RulebookError as error:
        return {(p.place.line, p.place.column, p.message, p.hint) for p in error.problems}


def test_one_file_is_a_policy(rulebook, tmp_path):
    """A file alone adds its city and leaves the rulebook beneath as it was."""
    path = write_files(tmp_path, {"port.yaml": CITY}) / "port.yaml"
    own = lay_over(rulebook, path, "port.yaml")
    assert own.id == "port"
    assert own.templates is None
    assert "port" not in rulebook.cities
    assert bind(own.rulebook, "town", DAY).hash == bind(rulebook, "town", DAY).hash


def test_every_problem_is_told_at_its_place(rulebook, tmp_path):
    """Problems of all files of a folder come at once, each with the name that its user gave it."""
    folder = overlay(
        tmp_path,
        {
            "city.yaml": CITY + "floor: {integrity: Z}\n",
            "citty.yaml": "id: x\n",
            "words/en.yaml": "verdict: [1]\n",
            "jurisdictions/ex.yaml": HOME,
            "sources.yaml": "icvcm-af: {title: Another}\n",
            "rules/vintage/own_rule.yaml": OWN_RULE.replace("optional", "default"),
            "rules/weather/own_rule.yaml": OWN_RULE,
            "notes.yml": "",
        },
    )
    found = problems_of(rulebook, folder, "cities/port/")
    assert found == [
        "cities/port/citty.yaml: this file is not read",
        "cities/port/city.yaml:7:20: there is no grade `Z`",
        "cities/port/jurisdictions/ex.yaml:1:5: `ex` is a jurisdiction of the rulebook already",
        "cities/port/notes.yml: this file is not read",
        "cities/port/rules/vintage/own_rule.yaml:1:5: a city's own rule binds no other city",
        "cities/port/rules/weather/own_rule.yaml:1:5: `vintage.own_rule` is not the path of the file",
        "cities/port/sources.yaml:1:1: `icvcm-af` is a source of the rulebook already",
        "cities/port/words/en.yaml:1:10: a text is needed here, not a list",
    ]


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"city.yaml": CITY.replace("port", "town")}, "`town` is the id of a shipped city"),
        ({"city.yaml": CITY.replace("port", "ex")}, "`ex` is the id of something else"),
        ({"city.yaml": CITY.replace("port", "all")}, "`all` is the id of something else"),
        ({"city.yaml": CITY.replace("port", "../up")}, "`../up` cannot be the id of a city"),
        ({"jurisdictions/town.yaml": HOME}, "`town` is the id of a shipped city"),
        (
            {"city.yaml": CITY + "facts: {country: {value: 5, source: {standing: design}}}\n"},
            "cities state `country` in values of different kinds",
        ),
    ],
)
def test_what_is_shipped_is_not_told_anew(rulebook, tmp_path, own, said):
    """An id that is taken, an odd one, and a fact of another kind are each refused."""
    assert said in " ".join(problems_of(rulebook, overlay(tmp_path, own)))


def test_a_law_binds_the_city_and_its_own_jurisdiction(rulebook, tmp_path):
    """Neither the city nor a jurisdiction that it brings loosens what a shipped law sets."""
    looser = (
        "parameters:\n  vintage.age.max_age: {value: 9, reason: why, source: {standing: design}}\n"
    )
    files = {
        "city.yaml": CITY.replace("[ex]", "[ex, home]") + looser,
        "jurisdictions/home.yaml": "id: home\nname: {en: Homeland}\nbinding: law\n" + looser,
    }
    found = problems_of(rulebook, overlay(tmp_path, files))
    law = "`vintage.age.max_age` is set by law in `ex` and cannot be loosened"
    assert f"port/jurisdictions/home.yaml:5:3: {law}" in found


def test_an_extended_city_is_the_shipped_one_but_for_what_is_written(rulebook, tmp_path):
    """A city that only adds its remedy has all else of the shipped one, down to each rule."""
    path = write_files(tmp_path, {"t.yaml": "id: town\nextends: town\nremedy: Appeal here.\n"})
    own = lay_over(rulebook, path / "t.yaml", "t.yaml")
    shipped, extended = bind(rulebook, "town", DAY), bind(own.rulebook, "town", DAY)
    assert extended.city.remedy == {ANY_LANGUAGE: "Appeal here."}
    assert extended.rules == shipped.rules
    assert shipped.city.remedy is None


def test_an_extension_is_as_the_policy_written_whole(rulebook, tmp_path):
    """What is set anew replaces, what is listed anew is added, what is decided is undecided no more."""
    own = """\
id: quarter
extends: town
parameters:
  permanence.storage_floor.min_storage_years: {value: 50, source: {standing: design}}
undecided: [residual.share.max_share]
change: [{rule: vintage.age, effect: cap, cap: 2, reason: Milder here.}]
notes: [A quarter of the town.]
"""
    path = write_files(tmp_path, {"q.yaml": own})
    city = lay_over(rulebook, path / "q.yaml", "q.yaml").rulebook.cities["quarter"]
    base = rulebook.cities["town"]
    assert set(city.parameters) == {"permanence.storage_floor.min_storage_years"}
    assert city.undecided == ("residual.share.max_share",)
    assert [change.rule for change in city.change] == [
        "additionality.carbon_revenue",
        "vintage.age",
    ]
    assert city.notes == (*base.notes, "A quarter of the town.")
    assert (city.name, city.floor, city.adopt_also) == (base.name, base.floor, base.adopt_also)


def test_a_problem_of_an_extension_is_told_at_its_own_line(rulebook, tmp_path):
    """Entries that are added to a shipped list are told where they stand in the city's own file."""
    own = "id: q\nextends: town\nchange:\n  - {rule: vintage.agee, weight: 2}\nundecided: [a.b]\n"
    path = write_files(tmp_path, {"q.yaml": own}) / "q.yaml"
    assert problems_of(rulebook, path, "q.yaml") == [
        "q.yaml:4:12: there is no rule `vintage.agee`",
        "q.yaml:5:13: there is no parameter `a.b`",
    ]


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("id: q\nextends: tovn\n", "q.yaml:2:10: no shipped city is `tovn`"),
        (
            "id: q\nextends: town\njurisdictions: []\n",
            "q.yaml:3:16: `ex` is left out, in which `town` lies",
        ),
        ("id: q\nextends: town\nname: null\n", "q.yaml:3:7: "),
        ("id: town\nextends: other\n", "q.yaml:2:10: no shipped city is `other`"),
        ("id: q\nextend: town\n", "q.yaml:2:1: `extend` is not a key that can stand here"),
    ],
)
def test_an_extension_keeps_to_its_base(rulebook, tmp_path, own, said):
    """An unknown base, a jurisdiction left out and an empty name are refused."""
    path = write_files(tmp_path, {"q.yaml": own}) / "q.yaml"
    assert any(line.startswith(said) for line in problems_of(rulebook, path, "q.yaml"))


def test_words_and_rules_of_its_own_hold_for_the_city_alone(rulebook, tmp_path):
    """Its words stand over the shipped ones; its rule is in force where it adopts it, nowhere else."""
    folder = overlay(
        tmp_path,
        {
            "city.yaml": CITY + "adopt_also: [vintage.own_rule]\n",
            "rules/vintage/own_rule.yaml": OWN_RULE,
            "words/en.yaml": "verdict: {eligible: Buy it}\n",
            "words/eo.yaml": "locale: eo\n",
            "templates/page.html.jinja": "",
            "scenarios/a/purchase.yaml": "x",
            "README.md": "text",
        },
    )
    own = lay_over(rulebook, folder, "port")
    assert own.rules == ("vintage.own_rule",)
    assert own.templates == folder / "templates"
    bound = bind(own.rulebook, "port", DAY)
    assert "vintage.own_rule" in bound.rules
    assert "vintage.own_rule" not in bind(own.rulebook, "town", DAY).rules
    assert bound.words["en"]["verdict.eligible"] == "Buy it"
    assert bound.words["en"]["verdict.not_eligible"] == "Must not be bought"
    assert "eo" in bound.words


def test_a_folder_leads_nowhere_else(rulebook, tmp_path):
    """A link out of the folder, a pipe-like oddity and a folder without a policy are refused."""
    secret = write_files(tmp_path, {"secret.yaml": CITY}) / "secret.yaml"
    folder = overlay(tmp_path, {})
    (folder / "city.yaml").unlink()
    (folder / "city.yaml").symlink_to(secret)
    assert problems_of(rulebook, folder) == ["port/city.yaml: this link leads out of the folder"]
    empty = tmp_path / "empty"
    empty.mkdir()
    assert problems_of(rulebook, empty, "empty") == ["empty/city.yaml: this file is missing"]
    assert problems_of(rulebook, tmp_path / "none", "none")[0].startswith("none: this city cannot")
