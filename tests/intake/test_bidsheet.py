"""Bid sheets of every kind of file: columns by id or alias, odd cells located, rows kept."""

import io
import json
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest

from offsetcheck.intake.account.unread import unread_of
from offsetcheck.intake.offers import offers_of_bytes
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade
from offsetcheck.vocabulary.problem import Severity
from offsetcheck.vocabulary.table import CandidateTable

Read = Callable[..., CandidateTable]


def value(table: CandidateTable, name: str, row: int = 0) -> object:
    return table.candidate(row).value(name)


def workbook(*rows, merge: str | None = None, title: str = "Sheet") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_columns_are_matched_by_id_title_or_alias(read: Read) -> None:
    """Case, spacing and underscores do not count; a bid's facts are the seller's word."""
    table = read(
        "Project ID , STANDARD,Vintage Year,unit  price,Carbon revenue share\nVCS-12,verra,2021,9.5,30 %\n"
    )
    assert table.layout == "bid_sheet"
    assert list(table.ids) == ["VCS12"]
    assert value(table, "programme") == "VCS"
    assert value(table, "vintage") == 2021
    assert value(table, "price") == 9.5
    assert value(table, "carbon_revenue_share") == 0.3
    assert table.candidate(0).fact("price").grade is EvidenceGrade.E4
    assert not table.problems


def test_an_unknown_column_is_a_warning_with_the_nearest_name(read: Read) -> None:
    """Nothing is lost in silence: the column is named, and so is the field that may be meant."""
    reading = read("id,tonnes,delivry,vintage_age\nVCS1,5,spot,3\n").reading
    assert reading is not None
    told = unread_of(reading)
    assert [problem.severity for problem in told] == [Severity.WARNING] * 2
    assert "did you mean `delivery`?" in str(told[0])
    assert "worked out" in str(told[1])


def test_an_unreadable_cell_is_located_and_the_row_is_kept(read: Read) -> None:
    """The field is not stated, its raw cell stays, and the other cells of the row are read."""
    table = read("id,tonnes,vintage,delivery\nVCS1,many,2021,spott\nVCS2,5,2.5,spot\n")
    fact = table.candidate(0).fact("tonnes")
    assert (fact.value, fact.cause, fact.raw) == (None, Cause.NOT_STATED, "many")
    assert value(table, "vintage") == 2021
    assert [str(problem).split("\n")[0] for problem in table.problems] == [
        "offers.csv:2 (column “tonnes”): “many” is not a number",
        "offers.csv:3 (column “vintage”): “2.5” is not a whole number",
        "offers.csv:2 (column “delivery”): “spott” is not a known word of delivery",
    ]
    assert all(problem.severity is Severity.ERROR for problem in table.problems)


def test_values_out_of_range_are_refused_not_clipped(read: Read) -> None:
    """A share of 1.5, a price below nothing and a vintage of 1066 count as not stated."""
    table = read("id,carbon revenue share,price,vintage\nVCS1,1.5,-3,1066\n")
    assert [value(table, name) for name in ("carbon_revenue_share", "price", "vintage")] == [
        None
    ] * 3
    assert len(table.problems) == 3


def test_a_number_of_two_readings_is_located_unless_its_file_decides(read: Read) -> None:
    """`1.234` alone is refused, once for its column; beside `12,5` it is a thousand and more."""
    table = read("id;tonnes;price\nVCS1;1.234;12\nVCS2;2.345;1.250\n")
    assert value(table, "tonnes") is None
    assert [value(table, "price", row) for row in (0, 1)] == [12, None]
    assert [problem.place.line for problem in table.problems] == [2, 3]
    told = read("id;tonnes;price\nVCS1;1.234;12,5\nVCS2;2.345;1.250\n")
    assert [value(told, "tonnes", row) for row in (0, 1)] == [1234, 2345]
    assert [value(told, "price", row) for row in (0, 1)] == [12.5, 1250]


def test_a_comma_separated_file_groups_thousands_with_commas(read: Read) -> None:
    """Who separates cells by commas does not write decimals with them."""
    assert value(read('id,tonnes\nVCS1,"72,000"\n'), "tonnes") == 72000


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(read: Read, delimiter: str) -> None:
    """Commas, semicolons, tabs and bars part cells, also where cells hold the other signs."""
    table = read(f'id{delimiter}name{delimiter}vintage\nVCS1{delimiter}"A, b; c"{delimiter}2020\n')
    assert value(table, "vintage") == 2020
    assert value(table, "name") == "A, b; c"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found(read: Read, encoding: str) -> None:
    """A byte-order mark, else UTF-8, else Windows-1252; accents survive each."""
    table = read("id,name\nVCS1,SÃO JOSÉ – Åbo\n".encode(encoding))
    assert value(table, "name") == "SÃO JOSÉ – Åbo"


def test_blank_cells_and_words_for_nothing(read: Read) -> None:
    """`none` answers a closed list that has it and empties a list; elsewhere it states nothing."""
    table = read(
        "id,legal requirement,labels,sdgs,name,country,state aid\n"
        "VCS1,none,none,none,None,NA,no\nVCS2,N/A,,TBD,-,N/A,unknown\n"
    )
    names = ("legal_requirement", "labels", "sdgs_claimed", "name", "country", "state_aid")
    assert [value(table, name) for name in names] == ["none", (), (), None, "NA", False]
    assert [value(table, name, 1) for name in names] == [None] * 6
    assert not table.problems


def test_a_row_without_an_id_takes_its_lines_name(read: Read) -> None:
    """A row is judged even where nobody can tell which project it is."""
    table = read("id,name,vintage\nVCS1,A,2020\n,B,2021\n")
    assert list(table.ids) == ["VCS1", "row-3"]
    assert "no project id" in table.problems[0].message


def test_the_programme_completes_a_bare_number(read: Read) -> None:
    """902 of Verra is VCS902; and the prefix of an id states its programme."""
    table = read("id,programme,vintage\n902,VCS,2020\nGLD12,,2020\n")
    assert list(table.ids) == ["VCS902", "GS12"]
    assert value(table, "programme", 1) == "GS"


def test_an_id_twice_is_an_error_and_both_rows_are_judged(read: Read) -> None:
    """The second row is called ID#2 and still is the same project."""
    table = read("id,price\nVCS1,5\nVCS-1,6\n")
    assert list(table.ids) == ["VCS1", "VCS1#2"]
    assert table.problems[0].severity is Severity.ERROR
    assert value(table, "id", 1) == "VCS1"


def test_two_lots_of_one_project_are_no_error(read: Read) -> None:
    """Rows that state different vintages are two lots; the second name is noted."""
    table = read("id,vintage\nVCS1,2020\nVCS1,2021\n")
    assert list(table.ids) == ["VCS1", "VCS1#2"]
    assert table.problems[0].severity is Severity.NOTE


def test_a_second_column_for_a_field(read: Read) -> None:
    """The first counts; where the second differs somewhere that is an error."""
    same = read("id,price,unit price\nVCS1,5,5\n")
    assert same.problems[0].severity is Severity.WARNING
    differs = read("id,price,unit price\nVCS1,5,6\n")
    assert value(differs, "price") == 5
    assert differs.problems[0].severity is Severity.ERROR


def test_a_column_without_a_header_is_a_warning(read: Read) -> None:
    """Cells under an empty header are not read in silence; an empty trailing column is no matter."""
    assert "column 3 has cells" in read("id,price,\nVCS1,5,x\n").problems[0].message
    assert not read("id,price,\nVCS1,5,\n").problems


def test_the_version_is_read_beside_the_methodology(read: Read) -> None:
    """`VM0042 v2.1` states both; a column of versions counts before it."""
    table = read("id,methodology,methodology version\nVCS1,VM0042 v2.1,\nVCS2,VM0042 v2.1,2.2\n")
    assert [value(table, "methodology", row) for row in (0, 1)] == ["VM0042"] * 2
    assert [value(table, "methodology_version", row) for row in (0, 1)] == ["2.1", "2.2"]


def test_columns_of_papers_and_pages(read: Read) -> None:
    """The paper and page stand beside the value; a header with a colon or `evidence` does too."""
    table = read("id,tonnes,tonnes evidence,tonnes: page\nVCS1,5,statement.pdf,3\nVCS2,6,,\n")
    fact = table.candidate(0).fact("tonnes")
    assert (fact.value, fact.document, fact.page, fact.grade) == (
        5,
        "statement.pdf",
        "3",
        EvidenceGrade.E4,
    )
    assert table.candidate(1).fact("tonnes").document is None


def test_an_excel_sheet(read: Read) -> None:
    """Typed cells keep number, day and truth; the header is found below a title."""
    table = read(
        workbook(
            ["Offers 2026"], [], ["id", "tonnes", "price", "vintage start", "state aid"],
            ["VCS1", 1500, 1.234, date(2023, 1, 1), True],
        ),
        "offers.xlsx",
    )  # fmt: skip
    assert [value(table, name) for name in ("tonnes", "price", "vintage_start", "state_aid")] == [
        1500, 1.234, date(2023, 1, 1), True,
    ]  # fmt: skip
    assert (
        str(table.candidate(0).fact("price").place) == "offers.xlsx:4 (sheet Sheet, column “price”)"
    )
    assert not table.problems


def test_a_formula_is_no_value(read: Read) -> None:
    """What a formula last came to is not what the bidder states: the cell is reported."""
    table = read(workbook(["id", "tonnes"], ["VCS1", "=1+1"], ["VCS2", 5]), "offers.xlsx")
    assert [value(table, "tonnes", row) for row in (0, 1)] == [None, 5]
    assert [str(problem).split("\n")[0] for problem in table.problems] == [
        "offers.xlsx:2 (sheet Sheet, column “tonnes”): the cell holds a formula"
    ]


def test_merged_headers_are_located(read: Read) -> None:
    """Only the first of merged cells has the value; the column beside it has no header."""
    table = read(workbook(["id", "tonnes", None], ["VCS1", 5, 6], merge="B1:C1"), "offers.xlsx")
    assert any("merged" in problem.message for problem in table.problems)
    assert value(table, "tonnes") == 5


def test_json_in_three_shapes(read: Read) -> None:
    """A list, an object that holds one, and one object per line give the same facts."""
    offers = [
        {"id": "VCS1", "tonnes": 1.5, "sdgs": [13, 7], "state_aid": False},
        {"id": "VCS2", "tonnes": {"value": 40, "document": "a.pdf", "page": 3}, "labels": []},
    ]
    shapes = {
        "a.json": json.dumps(offers, indent=1),
        "b.json": json.dumps({"offers": offers}),
        "c.jsonl": "\n".join(map(json.dumps, offers)),
        "d.yaml": json.dumps(offers),
    }
    for name, text in shapes.items():
        table = read(text, name)
        assert not table.problems
        assert [value(table, field) for field in ("tonnes", "sdgs_claimed", "state_aid")] == [
            1.5,
            (7, 13),
            False,
        ]
        assert value(table, "labels", 1) == ()
        assert table.candidate(1).fact("tonnes").document == "a.pdf"


def test_places_in_json_and_yaml(read: Read) -> None:
    """A problem names the line on which its record starts."""
    table = read('[\n {"id": "VCS1", "tonnes": 5},\n {"id": "VCS2",\n  "tonnes": "x"}\n]', "a.json")
    assert [problem.place.line for problem in table.problems] == [3]
    table = read("offers:\n  - id: VCS1\n    tonnes: 5\n  - id: VCS2\n    tonnes: x\n", "a.yaml")
    assert [problem.place.line for problem in table.problems] == [4]


def test_a_bidder_cannot_grade_himself(read: Read) -> None:
    """A grade written into an offer is no field; the answer stays the seller's word."""
    table = read(json.dumps([{"id": "VCS1", "tonnes": {"value": 40, "grade": "E1"}}]), "a.json")
    assert table.candidate(0).fact("tonnes").grade is EvidenceGrade.E4


def test_text_is_nfc_and_without_invisible_signs(read: Read) -> None:
    """Two ways to write one accent are one text, and a zero-width space does not hide a word."""
    table = read("id,name,delivery\nVCS1,Cafe\u0301,spo\u200bt\n")
    assert value(table, "name") == "Café"
    assert value(table, "delivery") == "spot"


def test_an_index_column_of_a_data_frame_is_no_matter(read: Read) -> None:
    """The unnamed first column that pandas writes is passed over without a word."""
    assert not read("Unnamed: 0,id,price\n0,VCS1,5\n").problems


@pytest.mark.parametrize(
    ("header", "cell", "price", "currency"),
    [
        ("Price (EUR/t)", "9.50", 9.5, "EUR"), ("unit price USD", "9.50", 9.5, "USD"),
        ("price", "€ 9.50", 9.5, "EUR"), ("price", "9.50 A$", 9.5, "AUD"), ("price", "$9.50", 9.5, None),
        ("price [EUR]", "", None, None), ("Price EUR", "USD 9.50", 9.5, "USD"),
    ],
)  # fmt: skip
def test_a_currency_in_the_heading_or_the_cell(read: Read, header, cell, price, currency) -> None:
    """A price says its own currency where its column does not; a bare `$` is several currencies."""
    table = read(f"id,{header},tonnes (tCO2e)\nVCS1,{cell},5\n")
    assert (value(table, "price"), value(table, "currency")) == (price, currency)
    assert value(table, "tonnes") == 5
    assert not table.problems


def test_a_column_of_currencies_counts_before_the_heading(read: Read) -> None:
    """What the bidder states in a column of its own is not filled from elsewhere."""
    table = read("id,price eur,currency\nVCS1,5,AUD\nVCS2,5,\nVCS3,5,dollars\n")
    assert [value(table, "currency", row) for row in range(3)] == ["AUD", "EUR", None]


def test_a_formula_in_text_is_called_one(read: Read) -> None:
    """A formula that reaches a text file is refused as what it is."""
    assert "is a formula" in read("id,price\nVCS1,=2*4\n").problems[0].message


@pytest.mark.parametrize(
    ("heading", "ids"),
    [
        ("VCS ID", ["VCS902", "VCS12", "GS7"]),
        ("Verra project number", ["VCS902", "VCS12", "GS7"]),
        ("Gold Standard project ID", ["GS902", "GS12", "GS7"]),
        ("Project ID", ["902", "12.0", "GS7"]),
    ],
)
def test_a_heading_of_ids_names_the_programme_of_bare_numbers(
    own_dictionary: Dictionary, heading: str, ids: list[str]
) -> None:
    """Under `VCS ID` 902 is VCS902; an id that says its own programme keeps it."""
    sheet = f"{heading};name\n902;A\n12.0;B\nGS7;C\n"
    assert list(offers_of_bytes(sheet.encode(), "bids.csv", own_dictionary).ids) == ids
