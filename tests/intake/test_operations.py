"""The operations that a layout file may name, each by what it makes of a cell or of columns."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.layouts.computations import BY_YEAR, Computation
from offsetcheck.intake.layouts.layout import LayoutColumn
from offsetcheck.intake.layouts.operations import PREPARE
from offsetcheck.intake.normalise.numbers import NumberStyle
from offsetcheck.intake.normalise.readers import Styles
from offsetcheck.vocabulary.problem import UnreadableError

CELLS: list[tuple[str, Any, str, str]] = [
    ("without_prefix", ["CDM - ", "CCB - "], "CDM - ACM0002; X - CDM - Y", "ACM0002; X - CDM - Y"),
    ("each", "country", "[{'country': 'Chile'}, {'city': 'x'}]", "Chile"),
    ("each", ".", '["A", null, "B"]', "A; B"),
    ("total", {"of": "q", "where": {"b": "false"}}, '[{"q": 2, "b": false}, {"q": 3}]', "2"),
    ("nearest_midnight", True, "2023-01-31T22:00:00.000Z", "2023-02-01"),
    ("without_suffix", " (PP)", "A (PP), B  (PP)", "A, B"),
    ("without_suffix", [" (PP)", " Inc."], "A Inc. (PP)", "A"),
    ("nothing_where", "Multiple *", "multiple Proponents", ""),
    ("nothing_where", "Multiple *", "The Multiple Firm", "The Multiple Firm"),
    ("nothing_where", ["a.c", "*x*"], "abc", "abc"),
    ("nothing_where", ["a.c", "*x*"], "one\nx two", ""),
    ("renamed", {"REDD+": "REDD+; Jurisdictional REDD+"}, " redd+ ", "REDD+; Jurisdictional REDD+"),
    ("renamed", {"a": "b"}, "ab", "ab"),
    ("named_by_words", {"words": {"tpddtec": "GS TPDDTEC"}}, "The TPDDTEC v3.1", "GS TPDDTEC"),
    ("named_by_words", {"words": {"soil": "S"}, "unless_starts": ["AM"]}, "AMS soil", "AMS soil"),
    ("prefixed", {"with": "ACR "}, "Woods", "ACR Woods"),
    ("prefixed", {"with": "ACR "}, " VM0042 ", "VM0042"),
    ("prefixed", {"with": "ACR ", "unless_starts": "arb "}, "ARB Woods", "ARB Woods"),
    ("prefixed", {"with": "ACR "}, "  ", ""),
    ("before", " - ", "Soil Protocol - Version 1.1", "Soil Protocol"),
    ("before", [" - ", " v"], "Soil v2 - a", "Soil"),
    ("before", " - ", "Soil", "Soil"),
    ("after", " - ", "Soil Protocol - Version 1.1", "Version 1.1"),
    ("after", " - ", "Soil", ""),
    ("found", "^[A-Z]+-[0-9]+", "TRL-14-2-R", "TRL-14"),
    ("found", "-([0-9]{2})[0-9]{2}-", "TRL-2101-R", "21"),
    ("found", "^[A-Z]+-[0-9]+", "14-TRL", ""),
    ("found", "(a)|b", "b", ""),
    ("without_words", ["0*: *", "1*: *"], "CCB-Gold; 03: Good Health; 13: Climate Action", "CCB-Gold"),
    ("without_words", "0*: *", "03: Good Health and Well-being", ""),
    ("spaced", True, "under_validation", "under validation"),
    ("unescaped", True, r"N\u2082O", "N₂O"),
    ("unescaped", True, r"\ud800 \u0000", r"\ud800 \u0000"),
    ("one_scope", True, "Livestock, enteric fermentation, and manure management",
     "Livestock, enteric fermentation, and manure management"),
    ("one_scope", True, "Energy demand, Transport", "Several scopes"),
    ("one_scope", True, "", ""),
    ("without_slugs", True, '["vm0047", "xx-forest-yy", "Soil Protocol"]', "vm0047; Soil Protocol"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "argument", "cell", "expected"), CELLS)
def test_an_operation_on_a_cell(name: str, argument: Any, cell: str, expected: str) -> None:
    """What the page on layouts says of it."""
    assert PREPARE[name](argument)(cell) == expected


def test_each_operation_on_a_cell_is_tried() -> None:
    """A new operation gets its line above."""
    assert {name for name, *_ in CELLS} == set(PREPARE)


@pytest.mark.parametrize(("name", "argument"), {name: arg for name, arg, *_ in CELLS}.items())
@given(cell=st.text(max_size=60))
def test_an_operation_never_fails_on_a_strangers_cell(name: str, argument: Any, cell: str) -> None:
    """Whatever the text is, another comes of it, or a list that cannot be read is refused."""
    try:
        assert isinstance(PREPARE[name](argument)(cell), str)
    except UnreadableError:
        assert cell.strip().startswith(("[", "{"))


@pytest.mark.parametrize(
    ("name", "columns", "expected"),
    [
        ("first_of", [["", "-", "n/a"], ["b", "c", ""]], ["b", "c", "n/a"]),
        ("joined", [["a", "-", "a"], ["b", "c", "a"]], ["a; b", "c", "a"]),
        ("difference", [["1,000", "5", "x", ""], ["1", "7", "1", "1"]], ["999", "-2", "", ""]),
        ("difference", [["9"], ["1"], ["2"]], ["6"]),
        ("activity_or_scope", [["ARR", ""], ["Energy demand", "Energy demand, Transport"]],
         ["ARR", "Energy demand; Transport"]),
    ],
)  # fmt: skip
def test_an_operation_on_columns(name: str, columns: list[list[str]], expected: list[str]) -> None:
    """One cell for each row, made of the cells beside each other."""
    sheet = Sheet("a.csv", [], [], range(len(columns[0])), styles=Styles(NumberStyle.DOT))
    assert list(Computation(name).texts(sheet, columns)) == expected


def test_a_cell_where_another_is_a_word() -> None:
    """The start of the first period is known where the period is the first."""
    sheet = Sheet("a.csv", [], [], [2, 3, 4])
    cells = [["1", " 1 ", "2"], ["a", "b", "c"]]
    assert list(Computation("where_equals", 2, ("1",)).texts(sheet, cells)) == ["a", "b", ""]


def test_a_cell_unless_another_is_like_a_pattern() -> None:
    """Units of water are no tonnes."""
    sheet = Sheet("a.csv", [], [], [2, 3, 4])
    cells = [["W+ Time", "water flow", "REDD"], ["a", "b", "c"]]
    unless = Computation("unless_like", 2, ("W+*", "Water *"))
    assert list(unless.texts(sheet, cells)) == ["", "", "c"]


def test_the_newest_year_is_that_of_the_first_block() -> None:
    """Later blocks repeat the years for other quantities; a zero and a dash are no quantity."""
    sheet = Sheet(
        "a.csv",
        ["2019", "2021.0", "2020", "2021.1", "2020.2", "1899", "Year"],
        [["5", "0", ""], ["0", "-", ""], ["2", "0.0", ""], ["9"] * 3, ["9"] * 3, ["9"] * 3, ["9"] * 3],
        [2, 3, 4],
    )  # fmt: skip
    newest = Computation(BY_YEAR)
    assert list(newest.texts(sheet, [])) == ["2020", "", ""]
    assert list(newest.reads(sheet)) == [0, 1, 2]


def test_operations_follow_each_other() -> None:
    """Each sees what the one before it has left."""
    column = LayoutColumn.model_validate(
        {"field": "x", "headings": "X", "prepare": [{"after": ": "}, {"renamed": {"b": "c"}}]}
    )
    assert column.prepared("a: b") == "c"
