import re
from datetime import date

import pytest

from offsetcheck.rulebook.binding.bind import bind, bind_guide, bind_rules_of_guide
from offsetcheck.rulebook.binding.fingerprint import deciding_hash
from offsetcheck.rulebook.expression.nodes import Compare, Constant, Derived, FieldRef, Lookup
from offsetcheck.rulebook.expression.walk import children
from offsetcheck.rulebook.fields.names import field_named
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade
from offsetcheck.vocabulary.finding import Effect
from offsetcheck.vocabulary.problem import RulebookError

DAY = date(2025, 6, 30)


def edited(folder, file, old, new):
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return load_rulebook(folder)


def all_nodes(node):
    yield node
    for child in children(node):
        yield from all_nodes(child)


def find_lookup(rulebook, name, day):
    bound = bind_guide(rulebook, day)
    trees = (
        tree for rule in bound.rules.values() for tree in (rule.applies_when, rule.requires) if tree
    )
    return next(
        n for tree in trees for n in all_nodes(tree) if isinstance(n, Lookup) and n.name == name
    )


def test_unknown_city_gets_a_suggestion(rulebook):
    """A city that the rulebook does not have is answered with the nearest one."""
    with pytest.raises(RulebookError) as raised:
        bind(rulebook, "twon", DAY)
    assert raised.value.problems[0].hint == "did you mean `town`?"


@pytest.mark.parametrize(
    ("day", "value", "layer"),
    [
        (date(2024, 12, 31), 10, "guide"),
        (date(2025, 1, 1), 5, "guide"),
        (date(2025, 12, 31), 5, "guide"),
        (date(2026, 1, 1), 4, "ex"),
    ],
)
def test_last_layer_in_force_wins(rulebook, day, value, layer):
    """A parameter has the value of the last layer that has one in force on the day."""
    parameter = bind(rulebook, "town", day).rules["vintage.age"].parameters["max_age"]
    assert (parameter.value, parameter.layer) == (value, layer)


def test_city_stands_above_guidance(folder):
    """The city's own value wins over a jurisdiction that only guides, with its source and reason."""
    edited(folder, "jurisdictions/ex.yaml", "binding: law", "binding: guidance")
    rulebook = edited(
        folder,
        "cities/town.yaml",
        "parameters:\n",
        "parameters:\n  vintage.age.max_age:\n    value: 8\n    from: 2026-06-01\n"
        "    origin: city\n    source: {guide: town-plan, standing: read}\n    reason: Few are on offer.\n",
    )
    before = bind(rulebook, "town", date(2026, 5, 31)).rules["vintage.age"].parameters["max_age"]
    after = bind(rulebook, "town", date(2026, 6, 1)).rules["vintage.age"].parameters["max_age"]
    assert (before.value, before.layer) == (4, "ex")
    assert (after.value, after.layer, after.origin, after.since) == (
        8,
        "town",
        "city",
        date(2026, 6, 1),
    )
    rule = bind(rulebook, "town", date(2026, 6, 1)).rules["vintage.age"]
    assert [(c.layer, c.what, c.reason) for c in rule.changes] == [
        ("town", "max_age: 4 → 8", "Few are on offer.")
    ]
    assert after.source is not None
    assert after.source.guide == "town-plan"


def test_nobody_has_decided(rulebook):
    """A parameter without a value is unknown, cause city_undecided; the guide alone has none."""
    rule = bind_guide(rulebook, DAY).rules["residual.share"]
    assert rule.parameters["max_share"].value is None
    assert rule.parameters["max_share"].undecided
    assert isinstance(rule.requires, Compare)
    assert isinstance(rule.requires.right, Constant)
    assert rule.requires.right.cause is Cause.CITY_UNDECIDED
    assert rule.requires.right.name == "$max_share"


def test_undecided_stands_at_the_guides_value_and_is_marked(rulebook):
    """What the city lists as undecided has the guide's value and says so."""
    parameter = (
        bind(rulebook, "town", DAY)
        .rules["permanence.storage_floor"]
        .parameters["min_storage_years"]
    )
    assert (parameter.value, parameter.layer, parameter.undecided) == (40, "guide", True)


def test_change_is_noted_with_its_reason(rulebook):
    """A changed rule carries what was, what is, who changed it and why."""
    rule = bind(rulebook, "town", DAY).rules["additionality.carbon_revenue"]
    assert rule.weight == 1
    assert [(c.layer, c.what, c.reason) for c in rule.changes] == [
        ("town", "weight: 2 → 1", "The town has few such projects on offer.")
    ]
    assert bind_guide(rulebook, DAY).rules["additionality.carbon_revenue"].weight == 2


def test_stricter_changes_need_no_reason(folder):
    """Cap to gate and evidence towards E1 are free; the rule is bound so."""
    rulebook = edited(
        folder,
        "cities/town.yaml",
        "change:\n",
        "change:\n  - {rule: permanence.storage_floor, effect: gate, evidence: {at_least: E1}}\n"
        "  - {rule: additionality.no_open_finding, if_unknown: hold}\n",
    )
    bound = bind(rulebook, "town", DAY)
    rule = bound.rules["permanence.storage_floor"]
    assert (rule.effect, rule.at_least) == (Effect.GATE, EvidenceGrade.E1)
    assert rule.documents == ("risk_report",)
    assert bound.rules["additionality.no_open_finding"].if_unknown == "hold"


def test_changed_levels_are_bound(folder):
    """Levels that a city changes are parsed, bound and shown as the city wrote them."""
    rulebook = edited(
        folder,
        "cities/town.yaml",
        "    weight: 1\n",
        "    levels:\n      5: carbon_revenue_share >= 0.95\n      2: otherwise\n",
    )
    rule = bind(rulebook, "town", DAY).rules["additionality.carbon_revenue"]
    assert [points for points, _ in rule.levels] == [5, 2]
    assert isinstance(rule.levels[0][1], Compare)
    assert rule.levels[1][1] is None
    assert rule.texts["levels.5"] == "carbon_revenue_share >= 0.95"
    assert "levels.3" not in rule.texts


def test_left_out_rules_are_listed(folder):
    """A rule that the city leaves out is not bound, and the profile says which and why."""
    rulebook = edited(
        folder,
        "cities/town.yaml",
        "change:\n",
        "change:\n  - {rule: vintage.age, leave_out: yes, reason: Another law says so.}\n",
    )
    bound = bind(rulebook, "town", DAY)
    assert "vintage.age" not in bound.rules
    assert [(c.what, c.reason) for c in bound.city.left_out] == [
        ("vintage.age", "Another law says so.")
    ]


def test_life_of_a_rule(folder):
    """A rule applies from its first day to the day before its last; drafts are marked."""
    rulebook = edited(
        folder,
        "vintage/age.yaml",
        "status: stable\neffective: {from: 2021-01-01}",
        "status: retired\neffective: {from: 2021-01-01, until: 2026-01-01}",
    )
    assert "vintage.age" not in bind_guide(rulebook, date(2020, 12, 31)).rules
    assert "vintage.age" in bind_guide(rulebook, date(2025, 12, 31)).rules
    assert "vintage.age" not in bind_guide(rulebook, date(2026, 1, 1)).rules


def test_rules_stand_in_report_order(rulebook):
    """Rules come in the order of the dimensions, then by id."""
    assert list(bind_guide(rulebook, DAY).rules) == [
        "additionality.carbon_revenue",
        "additionality.no_open_finding",
        "permanence.storage_floor",
        "vintage.after_2020",
        "vintage.age",
        "residual.share",
        "portfolio.concentration",
    ]


def test_trees_are_fully_bound(rulebook):
    """No parameter without a name and no computed field is left unresolved; inputs are listed."""
    bound = bind(rulebook, "town", DAY)
    rule = bound.rules["vintage.age"]
    assert isinstance(rule.requires, Compare)
    assert isinstance(rule.requires.left, Derived)
    assert rule.inputs == ("purchase.year", "vintage")
    storage = bound.rules["permanence.storage_floor"]
    assert storage.inputs == ("project_type", "monitoring_years")
    residual = bound.rules["residual.share"]
    assert residual.inputs == ("purchase.residual_tonnes", "purchase.baseline_tonnes")
    for one in bound.rules.values():
        for tree in (one.applies_when, one.requires):
            for node in all_nodes(tree) if tree else ():
                if isinstance(node, FieldRef):
                    field = field_named(rulebook.dictionary, node.name)
                    assert field is not None
                    assert field.is_input or field.aggregate is not None


def test_city_values_become_constants(rulebook):
    """`city.scope` is the city's; with the guide alone it is undecided."""
    town = bind(rulebook, "town", DAY).rules["residual.share"].applies_when
    guide = bind_guide(rulebook, DAY).rules["residual.share"].applies_when
    assert isinstance(town, Compare)
    assert isinstance(guide, Compare)
    assert isinstance(town.left, Constant)
    assert isinstance(guide.left, Constant)
    assert town.left.value == "community"
    assert guide.left.cause is Cause.CITY_UNDECIDED


def test_rows_count_on_their_days(rulebook):
    """`known_from` hides a row before that day; each row has its grade."""
    before = find_lookup(rulebook, "finding_events", date(2023, 10, 30))
    after = find_lookup(rulebook, "finding_events", date(2023, 10, 31))
    later = find_lookup(rulebook, "finding_events", date(2026, 1, 1))
    assert before.rows == {}
    assert [row.value for row in after.rows[("VCS902",)]] == ["open"]
    assert [row.grade for row in later.rows[("VCS902",)]] == [EvidenceGrade.E1, EvidenceGrade.E2]


@pytest.mark.parametrize(
    ("day", "edition", "stale", "decisions"),
    [
        (date(2024, 6, 5), None, True, {}),
        (date(2024, 6, 6), "2024-06-06", False, {("VCS", "VM0047"): ["approved"]}),
        (date(2025, 5, 31), "2024-06-06", False, {("VCS", "VM0047"): ["approved"]}),
        (date(2025, 6, 1), "2025, second", False, None),
        (date(2027, 6, 1), "2025, second", False, None),
        (date(2027, 6, 2), "2025, second", True, None),
    ],
)
def test_edition_in_force_serves(folder, day, edition, stale, decisions):
    """An edition serves from its day to the next one's, and is stale past its days."""
    path = folder / "vintage" / "method.yaml"
    path.write_text(
        (folder / "vintage" / "age.yaml")
        .read_text()
        .split("parameters:")[0]
        .replace("vintage.age", "vintage.method")
        + "requires: icvcm_decision <> 'does_not_meet'\neffect: note\nsays: {en: {requires: Met.}}\n"
        + "tests: [{name: n, given: {icvcm_decision: approved}, expect: pass}]\n"
    )
    rulebook = load_rulebook(folder)
    found = find_lookup(rulebook, "icvcm_decision", day)
    assert bind_guide(rulebook, day).tables.get("methodologies") == edition
    assert found.stale is stale
    if decisions is not None:
        assert {key: [row.value for row in rows] for key, rows in found.rows.items()} == decisions
    else:
        assert found.rows[("VCS", "VM0009")][0].version is None
        assert found.rows[("VCS", "AMS-II.G")][0].version == "1-13."


def test_hash_follows_the_content(folder):
    """Comments and the order of keys leave the hash; a number, a table cell or the city changes it."""
    rulebook = load_rulebook(folder)
    first = bind(rulebook, "town", DAY).hash
    assert first == bind(load_rulebook(folder), "town", DAY).hash
    assert first != bind_guide(rulebook, DAY).hash
    path = folder / "vintage" / "age.yaml"
    path.write_text("# a remark\n" + path.read_text())
    assert bind(load_rulebook(folder), "town", DAY).hash == first
    changed = edited(folder, "vintage/age.yaml", "value: 5", "value: 6")
    second = bind(changed, "town", DAY).hash
    assert second != first
    cell = edited(folder, "tables/storage.csv", "biochar,product", "biochar,biogenic")
    assert bind(cell, "town", DAY).hash not in {first, second}


def test_what_decides_has_a_hash_without_its_words(folder):
    """Titles, sentences and sources leave it; a limit, a table cell and a code each change it."""
    first = deciding_hash(bind(load_rulebook(folder), "town", DAY))
    path = folder / "vintage" / "age.yaml"
    path.write_text(re.sub(r"(?m)^title: .*$", "title: Worded anew", path.read_text()))
    assert deciding_hash(bind(load_rulebook(folder), "town", DAY)) == first
    changed = edited(folder, "vintage/age.yaml", "value: 5", "value: 6")
    second = deciding_hash(bind(changed, "town", DAY))
    cell = edited(folder, "tables/storage.csv", "biochar,product", "biochar,biogenic")
    third = deciding_hash(bind(cell, "town", DAY))
    assert len({first, second, third}) == 3


@pytest.mark.parametrize(
    "written",
    [
        "{value: [product], source: {standing: design}, reason: Ours.}",
        "{values: {2022-01-01: {value: [product], source: {standing: design}, reason: Ours.}}}",
    ],
    ids=["one value", "by day"],
)
def test_a_city_sets_a_list(folder, written):
    """A layer sets a list as it sets a number, at once or by day."""
    line = f"parameters:\n  permanence.storage_floor.reversible_storage: {written}\n"
    rulebook = edited(folder, "cities/town.yaml", "parameters:\n", line)
    rule = bind(rulebook, "town", DAY).rules["permanence.storage_floor"]
    assert rule.parameters["reversible_storage"].value == ("product",)


@pytest.mark.parametrize("day", [date(2021, 1, 1), DAY, date(2026, 1, 1)])
def test_rules_bound_alone_are_those_of_the_guide(rulebook, day):
    """A rule bound on its own, as for its examples, is the rule that the whole guide has."""
    names = {"vintage.age", "permanence.storage_floor", "residual.share"}
    alone = bind_rules_of_guide(rulebook, names, day)
    guide = bind_guide(rulebook, day).rules
    assert alone == {name: guide[name] for name in guide if name in names}


def test_tables_of_another_day_are_other_tables(rulebook):
    """What serves is kept by day: going back and forth between days changes nothing."""
    days = [date(2024, 6, 30), date(2025, 6, 30), date(2023, 1, 1)]
    first = [bind(rulebook, "town", day).hash for day in days]
    again = [bind(rulebook, "town", day).hash for day in reversed(days)]
    assert first == again[::-1]
    assert len(set(first)) == len(days)


def test_a_layer_sets_how_long_a_search_counts(folder):
    """The guide's term stands until a layer sets its own, which the rules of the city then carry."""
    guide = load_rulebook(folder)
    assert bind(guide, "town", DAY).screening_days == 90
    assert bind_guide(guide, DAY).screening.layer == "guide"
    law = (
        "screening: {holds_days: 60, source: {guide: town-plan, standing: read}}\nbinding: guidance"
    )
    wide = edited(folder, "jurisdictions/ex.yaml", "binding: guidance", law)
    assert bind(wide, "town", DAY).screening_days == 60
    own = edited(folder, "cities/town.yaml", "remedy:", "screening: {holds_days: 30}\nremedy:")
    bound = bind(own, "town", DAY)
    assert (bound.screening.layer, bound.screening.source.standing) == ("town", "design")
    assert {rule.screening_days for rule in bound.rules.values()} == {30}


def test_a_rulebook_without_a_term_lets_a_search_count(folder):
    """Where nobody says how long a search counts it does not lapse."""
    text = "screening:                      # for how long a search for adverse events counts\n"
    path = folder / "guide.yaml"
    kept = path.read_text().split(text)
    path.write_text(kept[0] + kept[1][kept[1].index("effective:") :])
    bound = bind(load_rulebook(folder), "town", DAY)
    assert bound.screening_days is None
    assert {rule.screening_days for rule in bound.rules.values()} == {None}
