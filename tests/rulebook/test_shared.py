"""A parameter that stands once for several rules, and lists to which a layer adds."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.binding.bind import bind, bind_guide
from offsetcheck.rulebook.files.kept import read_kept, without_documents, write_kept
from offsetcheck.rulebook.lint import check
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.rulebook.overlay.lay import lay_over
from offsetcheck.rulebook.policies.values import PolicyParameter, PolicyValue
from offsetcheck.vocabulary.evidence import Cause
from offsetcheck.vocabulary.problem import RulebookError
from offsetcheck.workshop.rule_tests import failures, run_examples

DAY = date(2025, 6, 30)
RULE = "permanence/storage_floor.yaml"
OWN = """  reversible_storage:
    tighter: more
    values:
      2021-01-01: {value: [biogenic, product], source: {standing: design}}
"""
SHARED = """tighter: more
title: {en: Storage that can be lost}
values:
  2021-01-01: {value: [biogenic], source: {standing: design}}
  2023-01-01: {value: [biogenic, product], source: {standing: design}}
"""
FULL = "shared.reversible_storage"


@pytest.fixture
def sharing(folder):
    """The documented rulebook, whose storage floor reads a shared list."""
    rule = folder / RULE
    text = rule.read_text()
    assert OWN in text
    rule.write_text(text.replace(OWN, "").replace("$reversible_storage", f"${FULL}"))
    shared = folder / "parameters" / "reversible_storage.yaml"
    shared.parent.mkdir()
    shared.write_text(SHARED)
    return folder


def town(folder, setting):
    """The rulebook whose town sets the shared list in this way."""
    city = folder / "cities/town.yaml"
    text = city.read_text()
    city.write_text(text.replace("parameters:\n", f"parameters:\n  {FULL}: {setting}\n", 1))
    return load_rulebook(folder)


def problems(load, *arguments):
    with pytest.raises(RulebookError) as raised:
        load(*arguments)
    return [str(problem).splitlines()[0] for problem in raised.value.problems]


def value(rulebook, city, day=DAY):
    bound = bind_guide(rulebook, day) if city is None else bind(rulebook, city, day)
    return bound.rules["permanence.storage_floor"].parameters[FULL].value


def test_a_rule_reads_a_shared_parameter_as_its_own(sharing):
    """The rule's examples come out as before, on the value of their day."""
    rulebook = load_rulebook(sharing)
    assert failures(run_examples(rulebook)) == ()
    assert [p for p in check(rulebook) if p.place.file.startswith("parameters")] == []
    assert value(rulebook, None, date(2022, 12, 31)) == ("biogenic",)
    assert value(rulebook, None, date(2023, 1, 1)) == ("biogenic", "product")


def test_a_shared_parameter_is_kept(sharing):
    """A rulebook that shares comes back from the cache as it was."""
    rulebook = load_rulebook(sharing)
    assert read_kept(write_kept(rulebook), sharing) == without_documents(rulebook)


def test_the_hash_tells_another_shared_value(sharing):
    """A report names another rulebook where a shared value is another."""
    before = bind_guide(load_rulebook(sharing), DAY).hash
    file = sharing / "parameters/reversible_storage.yaml"
    file.write_text(SHARED.replace("[biogenic, product]", "[biogenic]"))
    assert bind_guide(load_rulebook(sharing), DAY).hash != before


@pytest.mark.parametrize(
    ("setting", "found"),
    [
        (
            "{value: [biogenic, product, none], source: {standing: design}}",
            {"biogenic", "product", "none"},
        ),
        ("{add: [none], source: {standing: design}}", {"biogenic", "product", "none"}),
        ("{remove: [product], source: {standing: design}, reason: Ours.}", {"biogenic"}),
        (
            "{add: [none], remove: [product], source: {standing: design}, reason: Ours.}",
            {"biogenic", "none"},
        ),
        (
            "{values: {2024-01-01: {add: [none], source: {standing: design}}}}",
            {"biogenic", "product", "none"},
        ),
    ],
    ids=["value", "add", "remove", "both", "by day"],
)
def test_a_layer_sets_adds_or_removes(sharing, setting, found):
    """What a city says of a shared list stands in every rule that reads it."""
    bound = value(town(sharing, setting), "town")
    assert set(bound) == found
    assert len(bound) == len(found)


def test_what_is_added_is_added_to_the_list_of_the_day(sharing):
    """An addition rests on what the guide says on each day."""
    rulebook = town(sharing, "{add: [none], source: {standing: design}}")
    assert value(rulebook, "town", date(2022, 1, 1)) == ("biogenic", "none")
    assert value(rulebook, "town", date(2024, 1, 1)) == ("biogenic", "product", "none")


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        (
            "{remove: [product], source: {standing: design}}",
            "is not on its tighter side and needs a reason",
        ),
        (
            "{add: [product], source: {standing: design}, from: 2023-01-01}",
            "`product` is in the list already",
        ),
        (
            "{remove: [none], source: {standing: design}, reason: Ours.}",
            "`none` is not in the list",
        ),
        (
            "{add: [produkt], source: {standing: design}}",
            "`produkt` is not a code of `storage_type`",
        ),
        (
            "{add: product, source: {standing: design}}",
            "a list is needed after `add`, not `product`",
        ),
        ("{add: [none], value: [none], source: {standing: design}}", "`value` sets the whole list"),
        (
            "{add: [none], remove: [none], source: {standing: design}}",
            "`none` is added and removed",
        ),
        ("{add: [none], source: {standing: design}, from: 2020-01-01}", "there is no list beneath"),
        ("{add: [7], source: {standing: design}}", "this value is not of type codes"),
        ("{value: 7, source: {standing: design}}", "this value is not of type codes"),
        ("{add: [none]}", "a value needs a source"),
        ("{source: {standing: design}}", "a `value` is needed here, or `values` by day"),
    ],
)
def test_what_a_layer_cannot_say_of_a_list(sharing, setting, said):
    """Each mistake in a change of a list is told once, in the city's file."""
    found = problems(town, sharing, setting)
    assert len(found) == 1
    assert found[0].startswith("cities/town.yaml:11:")
    assert said in found[0]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "parameters/reversible_storage.yaml",
            "tighter: more",
            "tighter: mor",
            ["parameters/reversible_storage.yaml:1:10: `mor` cannot stand here"],
        ),
        (
            "parameters/reversible_storage.yaml",
            "[biogenic]",
            "[biogenik]",
            ["parameters/reversible_storage.yaml:4:24: `biogenik` is not a code of `storage_type`"],
        ),
        (
            "parameters/reversible_storage.yaml",
            "[biogenic]",
            "7",
            [
                "parameters/reversible_storage.yaml:1:1: the values of `reversible_storage` are of different kinds"
            ],
        ),
        (
            "parameters/reversible_storage.yaml",
            "{standing: design}",
            "{guide: nowhere, standing: read}",
            ["parameters/reversible_storage.yaml:4:51: the guide `nowhere` is not in sources.yaml"],
        ),
        (
            RULE,
            f"${FULL}",
            "$reversible_storage",
            [f"{RULE}:12:24: there is no parameter `$reversible_storage`"],
        ),
        (RULE, f"${FULL}", FULL, [f"{RULE}:12:24: there is no field `{FULL}`"]),
    ],
    ids=["faulty file", "no code", "two kinds", "no guide", "without shared", "without a dollar"],
)
def test_a_mistake_is_told_where_it_stands(sharing, file, old, new, said):
    """A faulty shared parameter is told in its own file, and not in the rules that read it."""
    path = sharing / file
    path.write_text(path.read_text().replace(old, new, 1))
    assert sorted(problems(load_rulebook, sharing)) == sorted(said)


def test_a_shared_parameter_that_no_rule_uses_is_told(sharing):
    """A file that nothing reads is left over, or misspelt."""
    (sharing / "parameters" / "old_list.yaml").write_text(SHARED)
    assert problems(load_rulebook, sharing) == [
        "parameters/old_list.yaml:1:1: no rule uses the parameter `shared.old_list`"
    ]


def test_a_city_that_names_the_old_copy_is_told_of_the_shared_one(sharing):
    """Who sets what was a rule's own is told under which name it stands now."""
    city = sharing / "cities/town.yaml"
    line = "parameters:\n  permanence.storage_floor.reversible_storage: {value: [none]}\n"
    city.write_text(city.read_text().replace("parameters:\n", line, 1))
    with pytest.raises(RulebookError) as raised:
        load_rulebook(sharing)
    assert [problem.hint for problem in raised.value.problems] == [
        f"it is shared by several rules: write `{FULL}`"
    ]


def test_an_undecided_shared_parameter_is_told_once(sharing):
    """A city lists a shared parameter as undecided; without a value its rules wait for the city."""
    file = sharing / "parameters/reversible_storage.yaml"
    file.write_text("tighter: more\ntype: codes\n")
    city = sharing / "cities/town.yaml"
    city.write_text(city.read_text().replace("undecided: [", f"undecided: [{FULL}, ", 1))
    rulebook = load_rulebook(sharing)
    rule = bind(rulebook, "town", DAY).rules["permanence.storage_floor"]
    assert rule.parameters[FULL].undecided
    waiting = [one for one in run_examples(rulebook, ["permanence.storage_floor"]) if one.finding]
    causes = {(m.field, m.cause) for one in waiting for m in one.finding.missing}
    assert (f"${FULL}", Cause.CITY_UNDECIDED) in causes


def test_a_layers_change_may_name_a_shared_parameter(sharing):
    """A condition that a city puts in place of a rule's own reads shared parameters too."""
    city = sharing / "cities/town.yaml"
    change = (
        "change:\n  - rule: additionality.carbon_revenue\n    reason: Ours.\n"
        f"    applies_when: contains(${FULL}, storage_type)\n"
    )
    city.write_text(city.read_text().replace("change:\n", change, 1))
    rule = bind(load_rulebook(sharing), "town", DAY).rules["additionality.carbon_revenue"]
    assert rule.parameters[FULL].value == ("biogenic", "product")


def test_a_city_of_its_own_adds_to_the_list_of_the_city_it_extends(sharing, tmp_path):
    """What is added stands with what the extended city has added and not taken away."""
    rulebook = town(sharing, "{add: [none], source: {standing: design}}")
    own = tmp_path / "ours" / "city.yaml"
    own.parent.mkdir()
    own.write_text(
        f"id: ours\nname: {{en: Ours}}\nextends: town\nparameters:\n  {FULL}:\n"
        "    remove: [biogenic]\n    source: {standing: design}\n    reason: Ours.\n"
    )
    laid = lay_over(rulebook, own.parent, "ours")
    assert value(laid.rulebook, "ours") == ("product", "none")


def test_shipped_rules_hold_no_second_copy_of_a_shared_parameter():
    """A name that stands in parameters/ is no rule's own as well."""
    rulebook = load_rulebook(bundled("rules"))
    own = {name for rule in rulebook.rules.values() for name in rule.file.parameters}
    assert len(rulebook.shared) >= 5
    assert not own & {name.removeprefix("shared.") for name in rulebook.shared}


ENTRIES = st.lists(st.sampled_from("abcd"), unique=True).map(tuple)


@given(base=ENTRIES, first=ENTRIES, second=ENTRIES, beneath=ENTRIES)
def test_settings_on_top_of_each_other_are_as_one_after_the_other(base, first, second, beneath):
    """A city that builds on another gets what both changes give in turn."""

    def setting(add, remove):
        removed = tuple(entry for entry in remove if entry not in add)
        return PolicyValue(add=add, remove=removed) if add or removed else None

    below, above = setting(base, first), setting(second, base)
    if below is None or above is None:
        return
    in_turn = above.over(below.over(beneath))
    assert set(above.on_top_of(below).over(beneath)) == set(in_turn)


def test_a_setting_by_day_on_top_of_another_has_the_days_of_both():
    """Each day has what is in force of both on it."""
    own = PolicyParameter(add=["c"])
    other = PolicyParameter.model_validate(
        {"values": {"2024-01-01": {"value": ["a"]}, "2025-01-01": {"value": ["b"]}}}
    )
    made = own.on_top_of(other)
    assert made.on(date(2024, 6, 1))[1].value == ("a", "c")
    assert made.on(date(2025, 6, 1))[1].value == ("b", "c")
    assert made.on(date(2020, 1, 1))[1].add == ("c",)
