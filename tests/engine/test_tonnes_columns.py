"""Comparable tonnes of a whole table are those of its rows, bit for bit."""

from dataclasses import replace
from random import Random

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tonnes_offers import Case, OfferDrawer, compared, guide_steps, told
from worlds import as_table

from offsetcheck.engine.arithmetic import calculate
from offsetcheck.engine.columns.evaluator import ColumnEvaluator
from offsetcheck.engine.columns.fields import TableSlice
from offsetcheck.engine.columns.tonnes import steps as columns
from offsetcheck.engine.columns.tonnes.formulas import Formulas
from offsetcheck.engine.columns.tonnes.rows import plain_tonnes
from offsetcheck.engine.columns.tonnes.spans import Spans
from offsetcheck.engine.intervals import bounds, folded
from offsetcheck.engine.tonnes import comparable_tonnes
from offsetcheck.report.tonnes.tables import comparable_frame
from offsetcheck.rulebook.expression.nodes import Calculate, Constant, FieldRef, Function, Node
from offsetcheck.rulebook.tonnes.binding import BoundSteps
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable, Column
from offsetcheck.vocabulary.tonnes import Span, StepTaken

N = FieldType.NUMBER
STEADY = settings(max_examples=60, deadline=None, derandomize=True, database=None)


@STEADY
@given(st.integers(0, 10**6), st.sampled_from((1, 2, 7, 40)))
def test_both_evaluators_agree_on_random_offers(seed, offers):
    """Each factor, waterfall and price is the same double, under any choices and assumptions."""
    assert compared(OfferDrawer(Random(seed)).case(offers))[1] == []


def plain(made):
    """What one offer came to, without what its steps rest on."""
    falls = tuple(
        replace(fall, steps=tuple(StepTaken(s.step, s.factor, s.factor, options=s.options)
                                  for s in fall.steps))
        for fall in made.waterfalls
    )  # fmt: skip
    return replace(made, waterfalls=falls)


@STEADY
@given(st.integers(0, 10**6), st.sampled_from((1, 7, 40)))
def test_plain_numbers_of_a_list_are_those_of_its_rows(seed, offers):
    """Waterfalls, prices and each way of an open choice are the same doubles in a list."""
    case = OfferDrawer(Random(seed)).case(offers)
    made = plain_tonnes(as_table(case.candidates), case.steps, Purchase())
    each = [plain(comparable_tonnes(case.steps, one, Purchase())) for one in case.candidates]
    assert made == each


def test_draws_meet_what_can_come_out():
    """The random offers hold known and open ones, some without tonnes, some without a price."""
    counted = sum(
        (compared(OfferDrawer(Random(n)).case(50))[0] for n in range(6)), start=told(NONE)
    )
    assert min(counted.values()) > 5, counted


NONE = pl.DataFrame(
    schema=dict.fromkeys(("comparable_low", "comparable_high", "price_high"), pl.Float64)
)


def test_a_table_cut_into_parts_comes_to_the_same(monkeypatch):
    """Rows are taken in parts to bound memory; where the cuts lie changes nothing."""
    case = OfferDrawer(Random(5)).case(20)
    table = as_table(case.candidates)
    whole = columns.tonnes_table(table, case.steps, Purchase())
    monkeypatch.setattr(columns, "ROWS_AT_ONCE", 7)
    assert columns.tonnes_table(table, case.steps, Purchase()).equals(whole)


def test_a_list_that_states_no_tonnes_has_no_table_of_them():
    """A registry's list, and one whose cells are empty, cost nothing and say nothing."""
    table = CandidateTable(["A"], {"price": Column([9])}, "list.csv", [2], "bid_sheet")
    assert comparable_frame(table, guide_steps(), Purchase()) is None
    empty = CandidateTable(["A"], {"tonnes": Column([None])}, "list.csv", [2], "bid_sheet")
    assert comparable_frame(empty, guide_steps(), Purchase()) is None


def test_a_price_without_limit_stands_as_none():
    """Where all tonnes may be lost, the table has a lowest price and no highest."""
    facts = {name: Fact(value, EvidenceGrade.E1) for name, value in
             {"tonnes": 10, "price": 4, "currency": "EUR"}.items()}  # fmt: skip
    frame = comparable_frame(as_table((Candidate("A", facts),)), guide_steps(), Purchase())
    row = frame.row(0, named=True)
    assert (row["price_low"], row["price_high"], row["currency"]) == (4, None, "EUR")
    assert (row["comparable_low"], row["comparable_high"]) == (0, 10)


@STEADY
@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40), st.sampled_from("+-*/"),
       st.floats(-500, 500).filter(bool))  # fmt: skip
def test_operations_with_one_number_for_all_rows_are_those_of_a_row(values, operator, number):
    """A quotient by a constant is that of two doubles in rules and steps, not a product."""
    node = Calculate(operator, FieldRef("tonnes", N), Constant(number, N))
    table = CandidateTable(
        list(map(str, values)),
        {"tonnes": Column(values)},
        "list.csv",
        list(range(len(values))),
        "x",
    )
    rows = TableSlice(table, 0, len(values), Purchase(), guide_steps().as_of)
    made = ColumnEvaluator(rows).value(node, None).to_list()
    assert made == [calculate(operator, value, number) for value in values]


SPANS = st.lists(st.floats(-40, 40), min_size=2, max_size=2).map(sorted)
NODES = st.recursive(
    st.one_of(st.sampled_from("ab").map(lambda name: FieldRef(name, N)),
              st.sampled_from((0.0, 1.0, 3.0, 0.1, -2.0)).map(lambda number: Constant(number, N))),
    lambda node: st.one_of(
        st.builds(Calculate, st.sampled_from("+-*/"), node, node),
        st.builds(lambda name, one: Function(name, (one,), N), st.sampled_from(("exp", "sqrt")), node),
        st.builds(lambda name, one, other: Function(name, (one, other), N),
                  st.sampled_from(("least", "greatest")), node, node),
    ),
    max_leaves=8,
)  # fmt: skip


@settings(STEADY, max_examples=200)
@given(NODES, st.lists(st.tuples(SPANS, SPANS), min_size=2, max_size=5))
def test_bounds_of_any_formula_are_those_of_a_row(node: Node, rows):
    """Every operation on spans, infinite ones too, gives a column what it gives each row."""
    known = {name: _spans([row[place] for row in rows]) for place, name in enumerate("ab")}
    low, high = Formulas(len(rows)).bounds(node, known).columns(len(rows))
    each = [bounds(node, {"a": Span(*a), "b": Span(*b)}) for a, b in rows]
    assert list(zip(low, high, strict=True)) == [(one.low, one.high) for one in each]
    assert [bounds(folded(node), {"a": Span(*a), "b": Span(*b)}) for a, b in rows] == each


def _spans(rows) -> Spans:
    return Spans(*(pl.Series([row[end] for row in rows], dtype=pl.Float64) for end in (0, 1)))


def test_no_step_leaves_tonnes_as_they_are():
    """A rulebook without steps makes tonnes comparable by leaving them."""
    own = guide_steps()
    none = BoundSteps(own.as_of, own.city, (), own.treatment)
    case = Case(none, OfferDrawer(Random(1)).case(9).candidates)
    counted, found = compared(case)
    assert (counted["offers"], found) == (9, [])
