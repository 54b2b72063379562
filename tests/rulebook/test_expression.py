from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offsetcheck.rulebook.expression.names import Name, Names
from offsetcheck.rulebook.expression.nodes import (
    And,
    Compare,
    Constant,
    CountTrue,
    FieldRef,
    Function,
    In,
    Not,
)
from offsetcheck.rulebook.expression.parse import read_expression
from offsetcheck.vocabulary.dictionary import FieldType as T

CODES = frozenset({"red", "green"})
NAMES = Names(
    [
        Name("a", T.NUMBER, "a"),
        Name("whole", T.INTEGER, "whole"),
        Name("x", T.BOOLEAN, "x"),
        Name("c", T.CODE, "c", CODES),
        Name("cs", T.CODES, "cs", CODES),
        Name("ns", T.INTEGERS, "ns"),
        Name("t", T.TEXT, "t"),
        Name("d", T.DATE, "d"),
        Name("purchase.year", T.INTEGER, "purchase.year"),
        Name("city.scope", T.CODE),
        Name("$as_of", T.DATE),
        Name("$p", T.NUMBER),
        Name("$l", T.CODES),
        Name("$word", T.CODE),
        Name("$day", T.DATE),
    ]
)


def read(text):
    return read_expression(text, NAMES, T.BOOLEAN)


ACCEPTED = [
    "a > 3",
    "$p > 3",
    "-3 < a",
    "- a < 3",
    "a <> 1.5e3",
    "a BETWEEN 1 AND 3",
    "a NOT BETWEEN 1 AND 3",
    "d BETWEEN '2020-01-01' AND $as_of",
    "c IN ('red', 'green')",
    "NOT a IN (1, 2)",
    "t = 'ä''b'",
    "x",
    "NOT x AND (x OR a / 2 > whole)",
    "contains(cs, c)",
    "contains($l, c)",
    "contains(ns, 13)",
    "count_in(cs, ('red')) = 0",
    "count_in(cs, ('red', 'green')) >= 1",
    "size(cs) - 3 >= 0",
    "count_true(x, a > 2, c = 'red') >= 2",
    "count_true(x) = $p",
    "years_between(d, $as_of) > 3",
    "days_between(d, '2024-02-29') < 10",
    "add_years(d, 3) > $as_of",
    "exp(a) > 1 AND sqrt(a) < 2",
    "least(a, $p) < greatest(1, whole)",
    "least(d, '2020-01-01') = d",
    "purchase.year - 3 >= 2020",
    "city.scope = 'community'",
    "d < $day",
    "add_years($day, 1) > d",
    "t = $word",
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_the_subset_holds_is_accepted(text):
    """Every form of the documented subset is read without a problem."""
    parsed = read(text)
    assert parsed.problems == ()
    assert parsed.node is not None


REFUSED = [
    ("a == 3", 3, "`==`"),
    ("a != 3", 3, "`!=`"),
    ("a % 2 = 1", 3, "`%`"),
    ("t || 'x' = 'y'", 3, "`||`"),
    ("a > 1_000", 5, "`1_000` is not a number"),
    ('c = "red"', 5, '`"red"`'),
    ("c = `red`", 5, "``"),
    ("d > DATE '2020-01-01'", 5, "`DATE`"),
    ("d > '2020-13-01'", 5, "is not a date"),
    ("a IS NULL", 3, "`IS`"),
    ("CASE WHEN x THEN x END", 1, "`CASE`"),
    ("CAST(a AS int) > 3", 1, "`CAST`"),
    ("a::int > 3", 2, "`::`"),
    ("a > 3 -- note", 7, "comment"),
    ("a /* note */ > 3", 3, "comment"),
    ("a > 3;", 6, "`;`"),
    ("a[0] > 3", 2, "`[`"),
    ("a > (SELECT 1)", 6, "`SELECT`"),
    ("EXISTS(SELECT 1)", 1, "`EXISTS`"),
    ("t LIKE 'x'", 3, "`LIKE`"),
    ("a > ANY(ns)", 9, "cannot stand"),
    ("a > 3 COLLATE t", 5, "cannot stand"),
    ("sum(a) OVER () > 1", 1, "cannot stand"),
    ("a > 1 x", 7, "side by side"),
    ("a > 3 AS b", 7, "`AS`"),
    ("upper(t) = 'X'", 1, "no function `upper`"),
    ("siz(cs) > 1", 1, "no function `siz`"),
    ("CONTAINS(cs, c)", 1, "no function `CONTAINS`"),
    ("contains(cs)", 12, "cannot be read"),
    ("contains(cs, c, c)", 1, "cannot be written"),
    ("size(cs, cs) > 1", 1, "takes 1 values"),
    ("least(a) < 3", 1, "at least two"),
    ("c IN ()", 1, "at least one value"),
    ("c IN ('red', t)", 14, "only values and parameters"),
    ("c IN ('red', $l)", 14, "list in a list"[:4]),
    ("c IN ('red', 'gren')", 14, "`gren` is not a code of `c`"),
    ("contains(cs, 'redd')", 14, "`redd` is not a code of `cs`"),
    ("contains(t, 'x')", 10, "a list is needed"),
    ("2 <= count_true(x, x)", 6, "left of a comparison"),
    ("count_true(x)", 1, "left of a comparison"),
    ("count_true(x) > 1.5", 17, "whole number"),
    ("count_true(x) > a", 17, "whole number"),
    ("x = true", 5, "`true`"),
    ("a", 1, "yes or no is needed"),
    ("aa > 3", 1, "no field `aa`"),
    ("$pp > 3", 1, "no parameter `$pp`"),
    ("city.scop = 'x'", 1, "no value of a city"),
    ("c < 'red'", 1, "cannot order a code"),
    ("t < 'red'", 1, "cannot order a text"),
    ("d < $word", 5, "cannot be put together"),
    ("days_between(d, $word) > 1", 17, "a date is needed here"),
    ("t = $day", 5, "cannot be put together"),
    ("t = d", 5, "cannot be put together"),
    ("ns = ns", 1, "a list cannot be compared"),
    ("d - d > 3", 1, "a number is needed"),
    ("a > 9007199254740993", 5, "no number that can be held"),
    ("a > 1e999", 5, "no number that can be held"),
    ("purchase.a.b > 3", 1, "cannot be written"),
    ("a > (3", 6, "cannot be read"),
    ("a >", 3, "cannot be read"),
    ("a > 'x", 5, "no partner"),
    ("", 1, "empty"),
    ("(" * 3000 + "a" + ")" * 3000, 1, "2,000 characters"),
    ("(" * 60 + "x" + ")" * 60, 51, "50 levels"),
    ("NOT " * 400 + "x", 201, "50 levels"),
    ("+".join("a" * 900) + " > 3", 1, "50 levels"),
]


@pytest.mark.parametrize(("text", "at", "words"), REFUSED)
def test_what_the_subset_lacks_is_refused_at_its_column(text, at, words):
    """Whatever is beyond the subset is refused by node, argument, name or type, at its token."""
    parsed = read(text)
    assert parsed.node is None
    assert parsed.problems[0].place.column == at
    assert words in parsed.problems[0].message


def test_unknown_names_get_a_suggestion():
    """An unknown field, parameter or code is answered with the nearest of its own kind."""
    assert read("wole > 1").problems[0].hint == "did you mean `whole`?"
    assert read("c = 'gren'").problems[0].hint == "did you mean `green`?"


def test_all_problems_of_an_expression_are_reported():
    """Two mistakes in one expression are two problems, in the order of the text."""
    assert [found.place.column for found in read("c = 'blue' OR zz > 3").problems] == [5, 15]


def test_chains_are_one_node_and_between_is_two_comparisons():
    """AND chains are flat; BETWEEN becomes two comparisons; IN keeps its options."""
    node = read("x AND x AND x AND x").node
    assert isinstance(node, And)
    assert len(node.items) == 4
    between = read("a BETWEEN 1 AND 3").node
    assert isinstance(between, And)
    assert [item.operator for item in between.items if isinstance(item, Compare)] == [">=", "<="]
    assert isinstance(read("NOT x").node, Not)
    listed = read("a IN (1, 2)").node
    assert isinstance(listed, In)
    assert [option.value for option in listed.options if isinstance(option, Constant)] == [1, 2]


def test_a_long_chain_is_no_depth():
    """A chain of one operator is one level, however long."""
    assert read(" AND ".join(["x"] * 300)).problems == ()


def test_dates_and_names_arrive_typed():
    """A quoted text beside a date is a date; a parameter keeps its name for binding."""
    node = read("d >= '2024-02-29'").node
    assert isinstance(node, Compare)
    assert node.right == Constant(date(2024, 2, 29), T.DATE, at=6)
    assert node.left == FieldRef("d", T.DATE, at=1)
    bound = read("a >= $p").node
    assert isinstance(bound, Compare)
    assert bound.right == Constant(None, T.NUMBER, "$p", at=6)


def test_count_true_and_count_in_are_flat():
    """count_true keeps its conditions, count_in its options behind the list."""
    counted = read("count_true(x, a > 2) >= 2").node
    assert isinstance(counted, CountTrue)
    assert len(counted.items) == 2
    compare = read("count_in(cs, ('red', 'green')) = 0").node
    assert isinstance(compare, Compare)
    assert isinstance(compare.left, Function)
    assert len(compare.left.arguments) == 3


@settings(deadline=None)
@given(st.text(alphabet="ax$('\"),.<>=+-*/0159 _;:[]{}%|!\\\n#ANDORTIcsé", max_size=60))
def test_no_text_raises(text):
    """Whatever the text, the reader returns a tree or problems inside it."""
    parsed = read(text)
    assert (parsed.node is None) == bool(parsed.problems)
    assert all(1 <= found.place.column <= len(text) + 1 for found in parsed.problems)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                "x",
                "c",
                "cs",
                "$p",
                "'red'",
                "3",
                "(",
                ")",
                ",",
                "=",
                "<",
                "AND",
                "OR",
                "NOT",
                "IN",
                "BETWEEN",
                "contains",
                "count_in",
                "count_true",
                "size",
                "least",
                "+",
                "-",
                "*",
                "/",
                "purchase.year",
                ".",
            ]
        ),
        max_size=14,
    )
)
def test_no_sequence_of_tokens_raises(tokens):
    """Whatever the order of the subset's own tokens, the reader returns a tree or problems."""
    parsed = read(" ".join(tokens))
    assert (parsed.node is None) == bool(parsed.problems)
