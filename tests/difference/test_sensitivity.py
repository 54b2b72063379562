"""What turns where a threshold or a weight is another number, and how the order of bidders holds."""

from dataclasses import replace
from datetime import date

import pytest
from town import documented, offers_of, purchase_in, stove

from offsetcheck.api.sensitivity import Sweeping, drawn
from offsetcheck.difference.sensitivity import (
    Point,
    Swept,
    grid,
    step_of,
    tasks,
    with_value,
    with_weights,
)
from offsetcheck.difference.terms import Terms
from offsetcheck.difference.weight_draws import best_rows, order_of
from offsetcheck.engine.assess import assess
from offsetcheck.engine.columns.sweep import Sweep
from offsetcheck.rulebook.binding.bind import bind

DAY = date(2025, 9, 30)
ROWS = [
    stove("VCS1", vintage=2024),
    stove("VCS2", vintage=2021, carbon_revenue_share=0.6),
    stove("VCS3", vintage=2016, carbon_revenue_share=0.1),
    stove("VCS4", vintage=None, storage_type="biogenic", monitoring_years=39),
    stove("VCS5", storage_type="biogenic", monitoring_years=60),
]


@pytest.fixture(scope="module")
def bound(tmp_path_factory):
    """Return the documented rulebook bound to its town."""
    return bind(documented(tmp_path_factory.mktemp("rules")), "town", DAY)


@pytest.fixture(scope="module")
def table():
    return offers_of(*ROWS)


def answers(sweep_answers):
    return list(zip(sweep_answers.verdicts, sweep_answers.working, strict=True))


def judged(table, bound):
    """Return the verdict and working score of each offer, judged one by one."""
    purchase = purchase_in(2025)
    found = (assess(table.candidate(row), bound, purchase) for row in range(len(table)))
    return [(one.verdict.value, one.integrity_working) for one in found]


def changed(task, bound, number):
    """Return a rulebook in which the number of a task is another."""
    if task.kind == "dimension":
        return replace(bound, scheme=with_weights(bound.scheme, {task.name: int(number)}))
    rule = bound.rules[task.rule]
    made = (
        with_value(rule, task.name, number)
        if task.kind == "value"
        else replace(rule, weight=int(number))
    )
    return replace(bound, rules={**bound.rules, task.rule: made})


def test_each_number_tried_gives_what_judging_each_offer_anew_gives(bound, table):
    """What a sweep says of every threshold and weight is what the engine says of each offer."""
    sweep = Sweep(table, bound, purchase_in(2025))
    found = tasks(sweep, bound)
    assert {task.kind for task in found} == {"value", "weight", "dimension"}
    for task in found:
        for number in task.numbers:
            told = answers(task.judged(number))
            assert told == judged(table, changed(task, bound, number)), (task.name, number)


def test_a_knife_edge_counts_the_least_step_alone():
    """What turns one step away makes a knife-edge; what turns further off does not."""
    points = (Point(4.0, 3, 1), Point(6.0, 0, 2), Point(10.0, 50, 0))
    found = Swept("value", "a.b", "max", 5.0, "year", 1.0, 60, points)
    assert (found.by_one_step(), found.most) == (4, 50)


@pytest.mark.parametrize(
    ("value", "unit", "step"),
    [(40, "year", 1), (0.2, "share", 0.01), (2013, "calendar year", 1), (25000, "tCO2e", 1000)],
)
def test_a_step_fits_the_unit(value, unit, step):
    """Years move by one, shares by a hundredth, large amounts by a part of their size."""
    assert step_of(value, unit) == step
    assert value not in grid(value, step, unit)


@pytest.mark.parametrize("value", [0.0, 0.01, 0.5, 1.0])
def test_a_share_is_never_tried_beyond_nothing_or_all(value):
    """Numbers tried for a share lie between nothing and all of it."""
    assert all(0 <= number <= 1 for number in grid(value, 0.01, "share"))


def test_the_same_seed_draws_the_same_weights(bound):
    """Draws follow from the seed alone, and lie around the scheme's own weights."""
    how = Sweeping(draws=400, seed=7)
    first, again = drawn(bound.scheme, how), drawn(bound.scheme, how)
    assert first == again
    assert first != drawn(bound.scheme, replace(how, seed=8))
    own = {one.id: one.integrity_weight for one in bound.scheme.dimensions if one.integrity_weight}
    for name, weight in own.items():
        mean = sum(draw[name] for draw in first) / len(first) / 10_000
        assert mean == pytest.approx(weight / sum(own.values()), abs=0.02)


def test_the_order_under_the_scheme_itself_holds(bound, table):
    """Where only the scheme's own weights are drawn, each offer keeps its place."""
    sweep = Sweep(table, bound, purchase_in(2025))
    rows = best_rows(sweep.base, 10)
    own = {one.id: one.integrity_weight for one in bound.scheme.dimensions if one.integrity_weight}
    order = order_of(table, rows, Terms(bound, purchase_in(2025)), [own, own], lambda _: None)
    assert order.rows == rows
    assert (order.order_holds, order.first_holds) == (2, 2)
