"""Cells that hold records, rows that make one project, sheets that say more of a row."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offsetcheck.intake.files.sheet import FileRows, Row, Sheet
from offsetcheck.intake.layouts.joined_sheets import with_sheets
from offsetcheck.intake.layouts.layout import FurtherSheet
from offsetcheck.intake.layouts.nested import each, nearest_midnight, total, without_prefix
from offsetcheck.intake.layouts.one_row import one_row_per
from offsetcheck.intake.normalise.text import tidy
from offsetcheck.vocabulary.problem import Severity, UnreadableError
from offsetcheck.vocabulary.reading import SheetSeen, SheetState

WORDS = st.text(st.characters(codec="utf-8", exclude_characters=";"), max_size=12)
RECORDS = st.lists(st.fixed_dictionaries({"country": WORDS, "at": st.integers()}), max_size=5)


@settings(deadline=None)
@given(RECORDS)
def test_json_and_printed_python_are_taken_apart_alike(records: list[dict[str, object]]) -> None:
    """A list of records says the same, whichever program wrote it into the cell."""
    take = each("country")
    texts = (str(record["country"]) for record in records)
    words = list(dict.fromkeys(word for word in map(tidy, texts) if word))
    assert take(json.dumps(records)) == take(repr(records)) == "; ".join(words)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_cell_is_kept_taken_apart_or_refused(text: str) -> None:
    """What opens no list stays as it is; what opens one never comes out as brackets and quotes."""
    try:
        taken = each("name")(text)
    except UnreadableError:
        assert text.strip().startswith(("[", "{"))
    else:
        assert taken == text or text.strip().startswith(("[", "{"))


def test_the_values_of_records() -> None:
    """By a dotted key, by the first of several, words by themselves, each once, nothing nested."""
    assert each("pivot.version")('[{"pivot": {"version": "1"}}, {"pivot": {}}]') == "1"
    assert each(["methodology", "name"])('[{"name": "A"}, {"methodology": "B"}]') == "A; B"
    assert each(".")('["A", null, 2, true, ["x"], {"a": 1}, "A"]') == "A; 2; true"
    assert each("name")("[]") == ""
    assert each("country")("Colombia") == "Colombia"


@pytest.mark.parametrize("cell", ["[{'city': 'Zam", '{"a": 1', "[" * 5000, "[lambda: 1]", "{{}}"])
def test_a_list_that_is_cut_off_is_refused(cell: str) -> None:
    """It is no name, and nothing of it is guessed."""
    with pytest.raises(UnreadableError):
        each("city")(cell)


def test_a_sum_over_records() -> None:
    """Only of those asked for; one without a number makes the whole sum unknown."""
    cell = "[{'q': 10, 'b': False}, {'q': '1,000', 'b': False}, {'q': 7, 'b': True}]"
    assert total({"of": "q", "where": {"b": "false"}})(cell) == "1010"
    assert total({"of": "q", "where": {"b": "true"}})(cell) == "7"
    assert total({"of": "."})('["10", "10"]') == "20"
    assert total({"of": "q"})("[]") == ""
    with pytest.raises(UnreadableError):
        total({"of": "q"})("[{'q': 10}, {'q': None}]")


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2023-01-31T22:00:00.000Z", "2023-02-01"),  # midnight in South Africa
        ("2022-03-29T03:00:00.000Z", "2022-03-29"),  # midnight in Brazil
        ("2041-02-27T18:30:00.000Z", "2041-02-28"),  # midnight in India
        ("2026-01-01", "2026-01-01"),
        ("9999-12-31T23:00:00Z", "9999-12-31T23:00:00Z"),
        ("2023-13-31T22:00:00Z", "2023-13-31T22:00:00Z"),
        ("", ""),
    ],
)
def test_a_moment_in_utc_is_the_day_that_began_then(moment: str, day: str) -> None:
    """Half a day to either side; what is no moment is left to the reader of days."""
    assert nearest_midnight(True)(moment) == day


def test_a_prefix_is_taken_from_each_word_of_a_list() -> None:
    """Only where it opens the word."""
    take = without_prefix(["CDM - ", "CCB - "])
    assert take("CDM - ACM0002; CCB - X; VM0001 CDM - Y") == "ACM0002; X; VM0001 CDM - Y"


def polygons(ids: list[str], status: list[str]) -> Sheet:
    return Sheet("x.csv", ["project_id", "status"], [ids, status], list(range(2, 2 + len(ids))))


def test_rows_of_one_project_become_one() -> None:
    """What they state alike stands once, what they state differently as a list; it is said."""
    sheet = one_row_per(polygons(["1", "2", "1", ""], ["a", "b", "c", "d"]), ["project_id"])
    assert [list(column) for column in sheet.columns] == [["1", "2", ""], ["a; c", "b", "d"]]
    assert list(sheet.lines) == [2, 3, 5]
    assert [problem.severity for problem in sheet.problems] == [Severity.NOTE]
    assert "4 rows are 3 projects" in sheet.problems[0].message


@settings(deadline=None)
@given(st.lists(st.sampled_from(["1", "2", "3", ""]), max_size=12))
def test_no_word_of_a_row_is_lost(ids: list[str]) -> None:
    """Every status of every polygon stands in the row of its project."""
    status = [f"s{row}" for row in range(len(ids))]
    sheet = one_row_per(polygons(ids, status), ["project_id"])
    kept = [word for cell in sheet.columns[1] for word in cell.split("; ")]
    assert sorted(kept) == sorted(status)


def test_a_sheet_whose_rows_are_projects_stays_as_it_is() -> None:
    """Also one that lacks the column."""
    sheet = polygons(["1", "2"], ["a", "b"])
    assert one_row_per(sheet, ["project_id"]) is sheet
    assert one_row_per(sheet, ["other"]) is sheet


def rows_of(name: str, *cells: list[str]) -> FileRows:
    rows = [Row(line, row) for line, row in enumerate(cells, start=1)]
    return FileRows("x.xlsx", rows, sheet=name, spoilt={(3, 0): "the cell holds a formula"})


def test_further_sheets_stand_beside_the_main_one() -> None:
    """By the key that both have: several rows in one cell, none where there is none."""
    further = rows_of(
        "Locations",
        ["locationCountry", "cadTrustProjectId"],
        ["Viet Nam", "K1"],
        ["Viet Nam", "K1"],
        ["India", "K2"],
        ["Peru", "K2"],
        ["Chad", ""],
        ["Togo"],
    )
    others = [rows_of("ratings", ["a"], ["1"]), rows_of("empty"), further]
    main = Sheet(
        "x.xlsx",
        ["cadTrustProjectId"],
        [["K1", "K2", "K3"]],
        [2, 3, 4],
        seen=[SheetSeen("Locations", 7, SheetState.NO_LIST)],
        others=others,
    )
    asked = [
        FurtherSheet(sheet=("locations",), on=("cadTrustProjectId", "warehouseProjectId")),
        FurtherSheet(sheet=("ratings",), on=("cadTrustProjectId",)),
        FurtherSheet(sheet=("empty",), on=("cadTrustProjectId",)),
        FurtherSheet(sheet=("units",), on=("cadTrustProjectId",)),
    ]
    joined = with_sheets(main, asked)
    assert list(joined.headers) == ["cadTrustProjectId", "locations.locationCountry"]
    assert list(joined.columns[1]) == ["Viet Nam", "India; Peru", ""]
    assert joined.spoilt == {(1, 1): "the cell holds a formula"}
    assert [seen.state for seen in joined.seen] == [SheetState.READ]
