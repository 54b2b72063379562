"""The forms in which the benchmark gives rules to peers say what the rules say."""

from datetime import date
from xml.etree import ElementTree as ET

import peer_rails
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from peer_chart import HEIGHT, WIDTH, growth
from peer_columns import JOBS, NOBODY, offsetcheck_job, outcomes, polars_job, table_of
from peer_page import exponent
from peer_row_engines import says
from peer_rows import all_distinct, drawn, framed, perturbed, replicated
from peer_rules import DAY, FAIL, NOT_APPLICABLE, PASS, kinds_of, measured, shipped
from side_by_side import difference

from forms import cel_form, duckdb_form, polars_form, python_form
from offsetcheck.engine.assess import assess
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import And, Compare, Constant, FieldRef, Node, Not, Or
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.finding import Outcome

ROWS = 150
CODES = {
    Outcome.NOT_APPLICABLE: NOT_APPLICABLE,
    Outcome.PASS: PASS,
    Outcome.FAIL: FAIL,
    Outcome.UNKNOWN: None,
}


@pytest.fixture(scope="module")
def rules() -> list[BoundRule]:
    """The shipped rules that are measured."""
    return measured(shipped())


@pytest.fixture(scope="module")
def frame(rules: list[BoundRule]) -> pl.DataFrame:
    """Rows on which they come out every way."""
    return framed(drawn(rules, ROWS), kinds_of(rules))


def test_polars_comes_to_what_the_evaluator_of_one_candidate_does(
    rules: list[BoundRule], frame: pl.DataFrame
) -> None:
    """Outcomes and levels of the limit are those of the evaluator that explains, row by row."""
    limit = outcomes(polars_job(rules, frame)())
    told: dict[str, list[object]] = {name: [] for name in limit.columns}
    bound, seen = shipped(), set()
    for candidate in table_of(frame).candidates():
        findings = {f.rule: f for f in assess(candidate, bound, NOBODY).findings}
        for rule in rules:
            finding = findings[rule.id]
            if rule.is_scale:
                told[f"{rule.id} lower"].append(finding.lower)
                told[f"{rule.id} upper"].append(finding.upper)
            else:
                told[rule.id].append(CODES[finding.outcome])
                seen.add(finding.outcome)
    for name in (name for name, values in told.items() if values):
        assert limit[name].to_list() == told[name], name
    assert seen == set(CODES)


def test_offsetcheck_by_columns_comes_to_the_same_with_means(
    rules: list[BoundRule], frame: pl.DataFrame
) -> None:
    """Outcomes, levels and bounds of dimensions of both are equal, cell by cell."""
    limit = outcomes(polars_job(rules, frame)())
    assert difference("offsetcheck", outcomes(offsetcheck_job(rules, frame)()), limit) is None
    assert (
        difference(
            "offsetcheck, whole engine",
            outcomes(JOBS["offsetcheck, whole engine"](rules, frame)()),
            limit,
        )
        is None
    )


def test_plain_python_comes_to_the_same(rules: list[BoundRule], frame: pl.DataFrame) -> None:
    """Closures over one row come to what Polars does, for each requirement."""
    limit = outcomes(polars_job(rules, frame)())
    own = [rule for rule in rules if says("plain Python", rule)]
    assert {rule.id for rule in own} == {rule.id for rule in rules if not rule.is_scale}
    for rule in own:
        form = python_form.outcome(rule)
        assert [form(row) for row in frame.to_dicts()] == limit[rule.id].to_list()


def test_a_cell_that_differs_is_named_with_rule_row_and_both() -> None:
    """The first cell that differs is told, and an unknown differs from everything else."""
    limit = pl.DataFrame({"a.one": [1, 2, None]})
    other = pl.DataFrame({"a.one": [1, 2, 0]})
    assert difference("CEL", limit, limit) is None
    assert difference("CEL", other, limit) == "a.one, row 2: CEL comes to 0, Polars to None"
    assert difference("CEL", limit.head(1).drop("a.one"), limit) == "CEL says nothing of a.one"


FIELDS = [FieldRef(name, FieldType.BOOLEAN) for name in "abc"]
NUMBERS = [FieldRef(name, FieldType.NUMBER) for name in "xy"]
TREES = st.recursive(
    st.sampled_from(FIELDS)
    | st.builds(
        Compare,
        st.sampled_from(["=", "<>", "<", "<=", ">", ">="]),
        st.sampled_from(NUMBERS),
        st.builds(Constant, st.sampled_from([0.0, 1.0, None]), st.just(FieldType.NUMBER)),
    ),
    lambda parts: (
        st.builds(Not, parts)
        | st.builds(And, st.lists(parts, min_size=1, max_size=3).map(tuple))
        | st.builds(Or, st.lists(parts, min_size=1, max_size=3).map(tuple))
    ),
)
CELLS = st.fixed_dictionaries(
    {name: st.sampled_from([True, False, None]) for name in "abc"}
    | {name: st.sampled_from([0.0, 1.0, 2.0, None]) for name in "xy"}
)


@given(tree=TREES, row=CELLS)
def test_two_rails_are_the_three_values_of_kleene(tree: Node, row: dict[str, object]) -> None:
    """A tree holds surely, surely not, or neither: as the closures of plain Python answer."""
    yes, no = (_holds(rail, row) for rail in peer_rails.rails(tree))
    answer = python_form.python_form(tree)(row)
    assert (yes, no) == (answer is True, answer is False)


def _holds(rail: peer_rails.Rail, row: dict[str, object]) -> bool:
    """Return what the CEL text of a rail says, read as Python, which spells most of it alike."""
    names = {name: name for name in row}
    text = cel_form.cel_form(rail, names).replace("!= null", "is not None")
    for theirs, ours in (("&&", "and"), ("||", "or"), ("!=", "<>"), ("!", "not "), ("<>", "!=")):
        text = text.replace(theirs, ours)
    return bool(eval(text, {"true": True, "false": False}, dict(row)))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("it's; DROP TABLE rows", "'it''s; DROP TABLE rows'"),
        (None, "NULL"),
        (True, "TRUE"),
        (0.1, "CAST(0.1 AS DOUBLE)"),
        (date(2025, 1, 2), "DATE '2025-01-02'"),
        (("a", "b"), "['a', 'b']"),
    ],
)
def test_a_value_is_one_literal_of_sql(value: object, said: str) -> None:
    """A text ends where it ends, and a number stays a double."""
    assert duckdb_form.literal(value) == said


def test_rows_are_made_as_asked() -> None:
    """Rows are repeated, shuffled by column, or made so that no number stands twice."""
    frame = pl.DataFrame({"n": [1.0, 2.0, 3.0], "t": ["a", "b", None]})
    assert replicated(frame, 7)["n"].to_list() == [1.0, 2.0, 3.0, 1.0, 2.0, 3.0, 1.0]
    assert sorted(perturbed(frame, 6)["n"].to_list()) == [1.0, 1.0, 2.0, 2.0, 3.0, 3.0]
    assert all_distinct(frame, 300)["n"].n_unique() == 300


def test_growth_is_the_exponent_of_a_power() -> None:
    """Time that grows as the square of rows has the exponent two; of two points none is told."""
    measures = [{"asked": n, "seconds": n * n / 7} for n in (10, 100, 1000)]
    assert exponent(measures, "asked") == "2.00"
    assert exponent(measures[:2], "asked") == "–"


def test_the_limit_leaves_no_rule_out(rules: list[BoundRule]) -> None:
    """Polars and DuckDB have a form of every rule that is measured."""
    for rule in rules:
        for form in (polars_form, duckdb_form):
            assert form.bounds(rule) if rule.is_scale else form.outcome(rule) is not None
    assert shipped().as_of == DAY


def test_the_drawing_of_growth_is_whole_and_within_its_edges() -> None:
    """Each engine has a line of all its heights, a dot for each, and its name."""
    measures = [
        {"peer": peer, "asked": rows, "seconds": rows * factor}
        for peer, factor in (("Polars", 1e-7), ("offsetcheck", 1e-6))
        for rows in (10_000, 200_000, 5_000_000)
    ]
    drawing = ET.fromstring(growth(measures))
    dots = [part for part in drawing.iter() if part.tag.endswith("circle")]
    assert len(dots) == len(measures)
    assert all(0 < float(dot.get("cx")) < WIDTH for dot in dots)
    assert all(0 < float(dot.get("cy")) < HEIGHT for dot in dots)
    assert {"Polars", "offsetcheck"} <= {part.text for part in drawing.iter()}
