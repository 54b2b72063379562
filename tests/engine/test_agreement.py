"""The evaluator of one candidate and that of a whole table say the same."""

from collections import Counter
from dataclasses import replace
from random import Random

from agreement import disagreements
from hypothesis import HealthCheck, given, settings
from worlds import Drawer, as_table, worlds

from offsetcheck.engine.assess import assess
from offsetcheck.engine.columns import batch, questions, remembered
from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.vocabulary.by_distinct import by_distinct
from offsetcheck.vocabulary.evidence import Cause
from offsetcheck.vocabulary.finding import Outcome

FRAMES = ("rows", "outcomes", "states", "lowers", "uppers", "missing")

STEADY = settings(
    max_examples=120, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@STEADY
@given(worlds(rules=7, rows=14))
def test_both_evaluators_agree_on_random_rulebooks_and_candidates(world):
    """Outcome, bounds, score, verdict, grades, completeness, claim and missing are the same."""
    assert disagreements(world) == []


def test_both_evaluators_agree_where_nearly_every_row_asks_tables_something_else(monkeypatch):
    """Keys that many rows share are asked one by one; where few are shared, all at once."""
    monkeypatch.setattr(questions, "MOST_ASKED", 0)
    found = (disagreements(Drawer(Random(seed)).world(7, 14)) for seed in range(60))
    assert [said for said in found if said] == []


def test_answers_kept_from_other_parts_of_a_list_change_nothing(monkeypatch):
    """With what was concluded and answered before, a list is judged as by a rulebook just bound."""
    monkeypatch.setattr(remembered, "MOST_KEPT", 2)
    for seed in range(20):
        world = Drawer(Random(seed)).world(7, 14)
        first = batch.assess_table(world.table, world.bound, world.purchase)
        again = batch.assess_table(world.table, world.bound, world.purchase)
        fresh = batch.assess_table(world.table, replace(world.bound), world.purchase)
        for name in FRAMES:
            assert getattr(first, name).equals(getattr(again, name))
            assert getattr(first, name).equals(getattr(fresh, name))


def test_a_table_cut_into_parts_is_judged_like_the_whole(monkeypatch):
    """Rows are judged in parts to bound memory; where the cuts lie changes nothing."""
    world = Drawer(Random(11)).world(6, 10)
    whole = batch.assess_table(world.table, world.bound, world.purchase)
    monkeypatch.setattr(batch, "ROWS_AT_ONCE", 3)
    cut = batch.assess_table(world.table, world.bound, world.purchase)
    assert all(getattr(whole, name).equals(getattr(cut, name)) for name in FRAMES)


def test_both_evaluators_agree_where_weights_pass_sums_of_32_bits():
    """Sums are made in half the width where weights allow it, and in full where they do not."""
    for seed in range(20):
        world = Drawer(Random(seed)).world(7, 14)
        heavy = {
            name: replace(rule, weight=rule.weight * 1_000_000)
            for name, rule in world.bound.rules.items()
        }
        assert disagreements(replace(world, bound=replace(world.bound, rules=heavy))) == []


def test_columns_by_distinct_values_are_judged_like_lists():
    """How a column is held, value by value or each once with the places of rows, changes nothing."""
    for seed in range(40):
        world = Drawer(Random(seed)).world(7, 14)
        columns = {
            name: replace(column, values=by_distinct(column.values))
            for name, column in world.table.columns.items()
        }
        table = replace(world.table, columns=columns)
        listed = batch.assess_table(world.table, world.bound, world.purchase)
        held = batch.assess_table(table, world.bound, world.purchase)
        assert all(getattr(listed, name).equals(getattr(held, name)) for name in FRAMES)


def test_a_table_without_rows_gives_frames_without_rows():
    """An empty list is judged too: nothing is said of nothing."""
    world = Drawer(Random(12)).world(4, 1)
    result = batch.assess_table(as_table(()), world.bound, world.purchase)
    assert [len(getattr(result, name)) for name in FRAMES] == [0] * 6


def test_two_runs_give_equal_frames():
    """The same input, rulebook and day give the same frames in the same order."""
    world = Drawer(Random(13)).world(6, 12)
    first = batch.assess_table(world.table, world.bound, world.purchase)
    again = batch.assess_table(world.table, world.bound, world.purchase)
    assert all(getattr(first, name).equals(getattr(again, name)) for name in FRAMES)


def test_draws_meet_every_node_outcome_and_cause():
    """Each node type, outcome and cause of unknown occurs in at least one draw in a hundred."""
    nodes, outcomes, causes, rules, findings = Counter(), Counter(), Counter(), 0, 0
    for seed in range(60):
        world = Drawer(Random(seed)).world(7, 4)
        for rule in world.bound.rules.values():
            nodes.update({type(n) for e in rule.expressions() for n in walk(e)})
            rules += 1
        for candidate in world.candidates:
            for finding in assess(candidate, world.bound, world.purchase).findings:
                outcomes[finding.outcome] += 1
                causes.update({missing.cause for missing in finding.missing})
                findings += 1
    assert {n: nodes[n] for n in Node.__args__ if nodes[n] < 0.01 * rules} == {}
    assert {o: outcomes[o] for o in Outcome if outcomes[o] < 0.01 * findings} == {}
    assert {c: causes[c] for c in Cause if causes[c] < 0.01 * findings} == {}
