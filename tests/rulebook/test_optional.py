from datetime import date

import pytest

from offsetcheck.rulebook.binding.bind import bind, bind_guide
from offsetcheck.rulebook.binding.bound import LayerChange
from offsetcheck.rulebook.lint import check
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.problem import RulebookError

DAY = date(2025, 6, 30)
OPTIONAL = "vintage.after_2020"
ADOPTED = f"adopt_also: [{OPTIONAL}]     # optional rules; jurisdictions have this key too\n"


def edited(folder, file, old, new):
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return folder


def test_an_optional_rule_is_in_force_where_a_city_adopts_it(rulebook):
    """The city that adopts an optional rule has it, and the rule says who adopted it."""
    rule = bind(rulebook, "town", DAY).rules[OPTIONAL]
    assert rule.changes == (LayerChange("town", "adopted", kind="adopted"),)


def test_an_optional_rule_that_nobody_adopts_is_not_in_force(folder):
    """A city that adopts all has the default rules; an optional one is not even left out."""
    bound = bind(load_rulebook(edited(folder, "cities/town.yaml", ADOPTED, "")), "town", DAY)
    assert OPTIONAL not in bound.rules
    assert "vintage.age" in bound.rules
    assert bound.city.left_out == ()


def test_a_jurisdiction_adopts_for_its_cities(folder):
    """What a jurisdiction adopts is in force in each of its cities."""
    edited(folder, "cities/town.yaml", ADOPTED, "")
    edited(folder, "jurisdictions/ex.yaml", "binding: g", f"adopt_also: [{OPTIONAL}]\nbinding: g")
    rule = bind(load_rulebook(folder), "town", DAY).rules[OPTIONAL]
    assert rule.changes == (LayerChange("ex", "adopted", kind="adopted"),)


def test_a_list_of_adopted_rules_may_name_an_optional_one(folder):
    """Naming an optional rule in the list adopts it; leaving it out of the list needs no reason."""
    rulebook = load_rulebook(folder)
    default = [name for name in rulebook.rules if name != OPTIONAL]
    edited(folder, "cities/town.yaml", ADOPTED, "")
    edited(folder, "cities/town.yaml", "adopt: all", f"adopt: [{', '.join(default)}]")
    assert OPTIONAL not in bind(load_rulebook(folder), "town", DAY).rules
    edited(folder, "cities/town.yaml", "adopt: [", f"adopt: [{OPTIONAL}, ")
    assert OPTIONAL in bind(load_rulebook(folder), "town", DAY).rules


def test_an_adopted_rule_can_be_left_out_again(folder):
    """A city leaves out, with a reason, what its jurisdiction adopted."""
    edited(folder, "cities/town.yaml", ADOPTED, "")
    edited(folder, "jurisdictions/ex.yaml", "binding: g", f"adopt_also: [{OPTIONAL}]\nbinding: g")
    edited(
        folder,
        "cities/town.yaml",
        "change:\n",
        f"change:\n  - {{rule: {OPTIONAL}, leave_out: yes, reason: Not asked here.}}\n",
    )
    bound = bind(load_rulebook(folder), "town", DAY)
    assert OPTIONAL not in bound.rules
    (left_out,) = bound.city.left_out
    assert (left_out.layer, left_out.kind, left_out.name) == ("town", "left_out", OPTIONAL)
    assert left_out.reason == "Not asked here."


def test_the_guide_alone_shows_optional_rules(rulebook):
    """The examples of optional rules run on the guide alone, which therefore holds them all."""
    assert OPTIONAL in bind_guide(rulebook, DAY).rules


def test_adoption_counts_in_the_hash(folder):
    """Two cities that differ in one adopted rule have different hashes."""
    with_rule = bind(load_rulebook(folder), "town", DAY).hash
    edited(folder, "cities/town.yaml", ADOPTED, "")
    assert bind(load_rulebook(folder), "town", DAY).hash != with_rule


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        (
            "vintage.age",
            "cities/town.yaml:9:14: `vintage.age` is not optional: it is in force as it is",
            "leave it out here",
        ),
        (
            "vintage.after_2021",
            "cities/town.yaml:9:14: there is no optional rule `vintage.after_2021`",
            "did you mean `vintage.after_2020`?",
        ),
    ],
)
def test_only_an_optional_rule_can_be_adopted_too(folder, name, message, hint):
    """`adopt_also` names optional rules; anything else is a located problem with a hint."""
    edited(folder, "cities/town.yaml", ADOPTED, ADOPTED.replace(OPTIONAL, name))
    with pytest.raises(RulebookError) as raised:
        load_rulebook(folder)
    assert [str(p) for p in raised.value.problems] == [f"{message}\n    {hint}"]


def test_kind_of_a_profile_is_read_by_rules(folder):
    """A standard is no city, and a rule can tell by `city.kind` and `city.offsetting`."""
    standard = "kind: standard\nspeaks_of: {value: [territory], source: {standing: design}}"
    edited(folder, "cities/town.yaml", "kind: city", standard)
    edited(
        folder,
        "residual/share.yaml",
        "city.scope = 'community'",
        "city.scope = 'community' AND city.kind = 'standard' AND city.offsetting = 'permitted'",
    )
    bound = bind(load_rulebook(folder), "town", DAY)
    assert bound.city.kind == "standard"
    values = [item.left.value for item in bound.rules["residual.share"].applies_when.items]
    assert values == ["community", "standard", "permitted"]


@pytest.mark.parametrize("line", ["effective: {from: 2021-01-01}", None])
def test_a_day_before_the_first_is_refused(folder, line):
    """Where no rule was in force yet nothing can be judged: the first day is named."""
    if line is None:
        path = folder / "guide.yaml"
        path.write_text(path.read_text().split("effective:")[0])
    rulebook = load_rulebook(folder)
    with pytest.raises(RulebookError) as raised:
        bind(rulebook, "town", date(2020, 12, 31))
    assert str(raised.value.problems[0]).splitlines() == [
        "guide.yaml: no rule is in force on 2020-12-31",
        "    the rulebook begins on 2021-01-01: name a later day",
    ]
    assert bind(rulebook, "town", date(2021, 1, 1)).rules


def test_what_a_city_says_of_a_rule_that_it_lacks_is_remarked(folder):
    """A value or a change for an optional rule has no effect where nobody adopts the rule."""
    change = f"change:\n  - {{rule: {OPTIONAL}, effect: note, reason: Ours.}}\n"
    edited(folder, "cities/town.yaml", "change:\n", change)
    message = f"the optional rule `{OPTIONAL}` is not adopted here: this changes nothing"
    assert message not in {problem.message for problem in check(load_rulebook(folder))}
    edited(folder, "cities/town.yaml", ADOPTED, "")
    assert message in {problem.message for problem in check(load_rulebook(folder))}


def test_who_adopts_a_rule_can_be_asked(folder):
    """The cities where an optional rule is in force are known, those of a jurisdiction too."""
    assert load_rulebook(folder).adopting(OPTIONAL) == ("town",)
    edited(folder, "cities/town.yaml", ADOPTED, "")
    assert load_rulebook(folder).adopting(OPTIONAL) == ()
    edited(folder, "jurisdictions/ex.yaml", "binding: g", f"adopt_also: [{OPTIONAL}]\nbinding: g")
    assert load_rulebook(folder).adopting(OPTIONAL) == ("town",)
