"""The columns of the tables of a long list: their names, their order and what stands in each."""

from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.report.result_tables import result_tables
from world import E4, bound, cell, offer, purchase, table

ROWS = [
    offer(carbon_revenue_share=0.6, monitoring_years=50.0),
    offer(id="VCS2", carbon_revenue_share=None, registry_status="withdrawn"),
]


def tables():
    listed = table(ROWS)
    return result_tables(assess_table(listed, bound(), purchase()), listed)


def test_findings_have_a_column_for_each_rule_in_order():
    """Row, id, then every rule in the rulebook's order, a scale followed by its two bounds."""
    expected = ["row", "id"]
    for rule in bound().candidate_rules:
        scale = [f"{rule.id} lower", f"{rule.id} upper"] if rule.levels else []
        expected += [rule.id, *scale]
    assert tables()["findings"].columns == expected


def test_bounds_of_a_scale_stand_in_their_own_columns():
    """A known level bounds itself; an unknown one is bounded by the worst and the best."""
    findings = tables()["findings"]
    name = "additionality.carbon_revenue"
    assert findings["id"].to_list() == ["VCS1", "VCS2"]
    assert findings["row"].to_list() == [0, 1]
    assert findings[name].to_list() == ["scored", "unknown"]
    assert findings[f"{name} lower"].to_list() == [3, 1]
    assert findings[f"{name} upper"].to_list() == [3, 5]
    assert findings["governance.registry_status"].to_list() == ["pass", "fail"]


def test_verdicts_stand_after_who_is_judged():
    """Place and identity come first, then the verdict, each with the cells of its own row."""
    verdicts = tables()["verdicts"]
    assert verdicts.columns[:9] == [
        "row", "line", "id", "name", "country", "vintage", "tonnes", "price", "currency",
    ]  # fmt: skip
    assert verdicts.columns[9] == "verdict"
    assert verdicts.select("row", "line", "id", "vintage", "price").rows() == [
        (0, 2, "VCS1", 2022, 31.5),
        (1, 3, "VCS2", 2022, 31.5),
    ]


def test_what_is_missing_is_counted_over_fields_once():
    """Two rules that wait for one field ask one question, the field of the first rule first."""
    listed = table([offer(monitoring_years=None, permit_until=None, verified=cell(True, E4))])
    made = result_tables(assess_table(listed, bound(), purchase()), listed)
    assert made["verdicts"]["answers_needed"].to_list() == [2]
    [fields] = made["verdicts"]["missing_fields"].to_list()
    order = [n for r in bound().candidate_rules for n in r.inputs]
    assert fields.split("; ") == sorted(fields.split("; "), key=order.index)
    assert made["missing"].select("rule", "field").rows() == [
        (rule.id, name)
        for rule in bound().candidate_rules
        for name in rule.inputs
        if name in ("monitoring_years", "permit_until")
    ]


def test_a_refused_row_has_no_conditions():
    """What stands on the seller's word is a condition of an offer that may be bought, and of no other."""
    on_word = cell(True, E4)
    rows = [
        offer(verified=on_word),
        offer(id="VCS2", verified=on_word, registry_status="withdrawn"),
    ]
    listed = table(rows)
    made = result_tables(assess_table(listed, bound(), purchase()), listed)["verdicts"]
    assert made["conditions"].to_list() == ["governance.independently_verified", ""]
    assert made["on_word"].to_list() == ["governance.independently_verified"] * 2
