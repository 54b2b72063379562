"""The SQL that is written for Spark, as far as it can be seen without Spark."""

import re
from datetime import date
from random import Random

import pytest
from worlds import Drawer

from offsetcheck.engine.spark.alike import Alike
from offsetcheck.engine.spark.layers import COLUMN, rounds
from offsetcheck.engine.spark.literals import FACT, fact, literal, name, text
from offsetcheck.engine.spark.plan import columns_read, plan_list
from offsetcheck.engine.spark.tables import misfits, unlike_parts
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.problem import Place, Severity


@pytest.mark.parametrize(
    "hostile", ["a'b", "a\\", "${system:user.home}", "x\n--", "`", "{0}", "é𝔘", "a_c12"]
)
def test_a_text_cannot_leave_its_quotes(hostile):
    """Quotes, backslashes, names of settings and signs of patterns are written by their numbers."""
    written = text(hostile)
    assert re.fullmatch(r"'(\\U[0-9A-F]{8}|[\w ,.:;/-])*'", written)
    read = re.sub(r"\\U([0-9A-F]{8})", lambda match: chr(int(match[1], 16)), written[1:-1])
    assert read == hostile
    assert not COLUMN.search(written)


def test_numbers_and_days_keep_their_type():
    """A number is a double, a day a date, and what is unknown has the type of its field."""
    assert literal(0.1, FieldType.NUMBER) == "(0.1D)"
    assert literal(1e308, FieldType.NUMBER) == "(1E+308D)"
    assert literal(date(1, 1, 1), FieldType.DATE) == "DATE'0001-01-01'"
    assert literal(float("nan"), FieldType.NUMBER) == "CAST(NULL AS DOUBLE)"
    assert literal((), FieldType.CODES) == "CAST(array() AS ARRAY<STRING>)"


@pytest.mark.parametrize("field", ["x", "y", "_c1", "grade", "current_date"])
def test_a_field_is_called_as_nothing_of_a_plan_is(field):
    """What a list is looked through for, a column of the plan or a word of SQL is no fact."""
    assert fact(field) == f"`fact_{field}`"
    assert not COLUMN.search(fact(field))


def test_a_name_cannot_leave_its_quotes():
    """A backtick in a name is doubled."""
    assert name("a`b") == "`a``b`"


@pytest.mark.parametrize("seed", range(8))
def test_each_layer_reads_only_what_is_there(seed):
    """A column reads facts, answers of rounds before, and kept columns of earlier layers."""
    world = Drawer(Random(seed)).world(8, 1)
    plan = plan_list(columns_read(world.bound), world.bound, world.purchase)
    there: set[str] = set()
    for one in plan.rounds({}):
        there = after(one.layers, there) | {a for group in one.groups for a in group.answered}


def after(layers, there):
    """Return the columns that are there after some layers, each of which read what was there."""
    for layer in layers:
        read = {found for text_ in layer.columns.values() for found in COLUMN.findall(text_)}
        assert read <= there
        there = {n for n in there | layer.columns.keys() if n in layer.kept}
    return there


@pytest.mark.parametrize("seed", range(8))
def test_results_rest_on_the_numbers_in_which_rows_are_alike(seed):
    """Of rows that are alike no fact is asked for, nor the answer of a lookup."""
    world = Drawer(Random(seed)).world(8, 1)
    plan = plan_list(columns_read(world.bound), world.bound, world.purchase)
    layers = plan.of_alike(tuple(plan.alike.packed))
    after(layers, set())
    assert not any(FACT in text_ for layer in layers for text_ in layer.columns.values())


def test_each_column_has_bits_of_its_own_in_the_numbers():
    """No two columns share a bit, however many values they have; a number has room to spare."""
    alike = Alike({f"_c{n}": [f"{v}L" for v in range(1 + n % 9)] for n in range(60)})
    taken: dict[str, int] = {}
    for written in alike.unpacked.values():
        number, shift, mask = re.match(
            r"CASE (?:shiftright\()?(\w+)(?:, (\d+)\))? & (\d+)", written
        ).groups()
        bits = int(mask) << int(shift or 0)
        assert bits < 2**63
        assert taken.setdefault(number, 0) & bits == 0
        taken[number] |= bits
    assert list(taken) == list(alike.packed)


LONG = "x" * 200  # a text that is not written twice


def test_a_column_read_once_is_written_into_its_reader():
    """Only what is long and read by several is computed apart; what nobody reads is not at all."""
    texts = {"_c1": "a + 1", "_c2": f"_c1 * {LONG}", "_c3": LONG, "_c4": "unread", "_c5": "b"}
    (last,) = rounds(texts, [], {"x": "_c2 + _c3 + _c5", "y": "_c3 + _c5"})
    assert [layer.columns for layer in last.layers] == [
        {"_c3": LONG},
        {"_done1": f"named_struct('p0', ((a + 1) * {LONG}) + _c3 + (b), 'p1', _c3 + (b))"},
        {"x": "_done1.p0", "y": "_done1.p1"},
    ]


def test_columns_are_computed_late_and_outputs_early():
    """What is read late is handed on through no layer; an output, as a part of one column."""
    texts = {"_c1": f"a {LONG}", "_c2": f"_c1 {LONG}", "_c3": f"b {LONG}"}
    texts["_c4"] = f"_c2 + _c3 + _c2 + _c3 {LONG}"
    outputs = {"x": "_c1", "y": "_c4", "z": "_c4 - _c1"}
    (last,) = rounds(texts, [], outputs)
    assert [sorted(layer.columns) for layer in last.layers] == [
        ["_c1"],
        ["_c2", "_c3", "_done1"],
        ["_c4"],
        ["_done3"],
        ["x", "y", "z"],
    ]
    assert "_done1" in last.layers[1].kept


READ = {"id": "STRING", "tonnes": "DOUBLE", "programme": "STRING", "row": "BIGINT"}
READ["programme__statements"] = "ARRAY<STRUCT<grade: INT, values: ARRAY<STRING>>>"


@pytest.mark.parametrize(
    ("columns", "said", "hint"),
    [
        ({"name": "string"}, "no column `id`", "docs/scale.md"),
        ({"ID": "string"}, "no column `id`", "did you mean `ID`"),
        ({"tonnes": "string"}, "`tonnes` is string and should be double", "with this type"),
        ({"programme": "bigint"}, "`programme` is bigint and should be string", "with this type"),
        ({"programme__statements": "array<struct<g:bigint>>"}, "`programme__statements` is", ""),
    ],
)
def test_a_table_that_is_no_table_of_facts_is_told_by_its_columns(columns, said, hint):
    """A missing id, or a column of a wrong type, is named with what to do about it."""
    told = columns if "name" in columns or "ID" in columns else {"id": "string", **columns}
    (problem,) = misfits(told, READ, "facts")
    assert said in problem.message
    assert hint in (problem.hint or "")
    assert problem.severity is Severity.ERROR


def test_numbers_of_every_width_are_numbers():
    """Whole numbers, floats and decimals are read where a number is asked for."""
    for kind in ("tinyint", "bigint", "float", "double", "decimal(38,18)"):
        assert misfits({"id": "string", "tonnes": kind}, READ, "facts") == []


def test_a_column_that_no_rule_reads_is_named_and_passed_over():
    """It is a warning, with the field that may have been meant."""
    (problem,) = misfits({"id": "string", "tonnnes": "double"}, READ, "facts")
    assert problem.severity is Severity.WARNING
    assert problem.hint == "did you mean `tonnes`?"


@pytest.mark.parametrize(
    ("column", "kinds", "hint"),
    [
        ("tonnes", ("bigint", "double"), "write it as double in every part"),
        ("tonnes", ("double", "int"), "write it as double in every part"),
        ("row", ("int", "bigint"), "write it as bigint in every part"),
        ("tonnes", ("string", "double"), "write it as double in every part"),
        ("programme", ("int", "bigint"), "write it as string in every part"),
        ("note", ("int", "string"), "no rule reads it: leave it out of every part"),
    ],
)
def test_parts_that_differ_are_told_with_the_type_that_fits_both(column, kinds, hint):
    """Both files are named, once for each column, and what would make them one table."""
    first, other = kinds
    parts = {
        "a": {"id": "string", column: first},
        "b": {"id": "string"},
        "c": {"id": "string", column: other},
        "d": {"id": "string", column: other},
    }
    (problem,) = unlike_parts(parts, READ)
    assert problem.place == Place("c", field=column)
    assert problem.message == f"`{column}` is {other} here and {first} in a"
    assert problem.hint == hint


def test_parts_with_the_same_types_are_one_table():
    """A column that only some parts have is no difference."""
    assert unlike_parts({"a": {"id": "string"}, "b": {"id": "string", "row": "int"}}, READ) == []
