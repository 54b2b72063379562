"""Every sheet of a workbook is read or named; what is hidden or struck through is never judged."""

import pytest

from offsetcheck.intake.files.read import sheet_of_bytes
from offsetcheck.intake.files.workbook import read_workbook, sheet_of_list
from offsetcheck.vocabulary.problem import InputError, Severity
from offsetcheck.vocabulary.reading import Aside, SheetState
from workbooks import cell_xml, row_xml, rows_xml, styles_xml, workbook

KNOWN = {"id", "name", "tonnes", "vintage", "price", "share"}
LIST = rows_xml(["id", "name", "tonnes"], ["VCS1", "Wind", 5], ["VCS2", "Sun", 6])


def read(*sheets, **more):
    return sheet_of_bytes(workbook(*sheets, **more), "a.xlsx", KNOWN)


def said(sheet):
    return [(problem.severity, problem.message) for problem in sheet.problems]


def test_each_sheet_is_named_with_what_became_of_it():
    """A cover is no list, a hidden sheet is hidden, another list is not read."""
    cover = rows_xml(["Our offers"], ["with regards"])
    other = rows_xml(["vintage", "price"], [2020, 5])
    found = read(cover, LIST, other, LIST, states=["visible", "visible", "visible", "veryHidden"])
    assert found.sheet == "S2"
    assert [(one.name, one.rows, one.state) for one in found.seen] == [
        ("S1", 2, SheetState.NO_LIST),
        ("S2", 3, SheetState.READ),
        ("S3", 2, SheetState.NOT_READ),
        ("S4", 3, SheetState.HIDDEN),
    ]
    assert said(found) == [
        (Severity.WARNING, "a sheet with another list is not read; it has 1 rows below its header"),
        (Severity.WARNING, "the sheet is hidden and not read; it has 2 rows below its header"),
    ]


def test_a_second_sheet_of_offers_is_an_error():
    """Its rows are offers that nobody would judge."""
    found = read(LIST, rows_xml(["id", "name", "tonnes"], ["VCS3", "Sea", 7]))
    ((severity, message),) = said(found)
    assert severity is Severity.ERROR
    assert message.startswith("a second sheet with the same headings is not read")


def test_a_workbook_of_hidden_sheets_is_refused():
    """Nothing in it was meant to be seen."""
    with pytest.raises(InputError, match="every sheet of the workbook is hidden"):
        read(LIST, states=["hidden"])


def test_hidden_rows_and_columns_are_named_and_not_read():
    """Also filtered rows, and those without height or width."""
    xml = rows_xml(
        ["id", "name", "tonnes", "price"],
        ["VCS1", "Wind", 5, 9],
        row_xml(["VCS2", "Sun", 6, 9], 'hidden="1"'),
        row_xml(["VCS3", "Sea", 7, 9], 'ht="0" customHeight="1"'),
        before='<cols><col min="4" max="16384" hidden="true"/></cols>',
    )
    found = read(xml)
    assert list(found.columns[0]) == ["VCS1"]
    assert list(found.columns[3]) == [""]
    assert [(one.line, one.why, one.text) for one in found.aside] == [
        (3, Aside.HIDDEN, "VCS2 | Sun | 6 | 9"),
        (4, Aside.HIDDEN, "VCS3 | Sea | 7 | 9"),
    ]
    assert said(found) == [
        (Severity.WARNING, "1 column hidden and not read: “price”"),
        (Severity.WARNING, "2 rows (lines 3, 4) hidden and not read"),
    ]


STRUCK = styles_xml((0, 0), (0, 1), fonts=("", "<strike/>", '<strike val="0"/>'))


def test_struck_through_rows_are_asked_about():
    """A row struck through is not judged; a cell struck through is not read."""
    gone = row_xml([]).replace(
        "</row>", cell_xml("VCS2", 's="1"') + cell_xml("Sun", 's="1"') + "</row>"
    )
    part = "<row>" + cell_xml("VCS3") + cell_xml("Sea") + cell_xml(7, 's="1"') + "</row>"
    found = read(rows_xml(["id", "name", "tonnes"], ["VCS1", "Wind", 5], gone, part), styles=STRUCK)
    assert list(found.columns[0]) == ["VCS1", "VCS3"]
    assert [(one.line, one.why) for one in found.aside] == [(3, Aside.STRUCK_THROUGH)]
    assert found.spoilt == {(1, 2): "the cell is struck through"}
    assert said(found) == [(Severity.ERROR, "1 row (line 3) struck through and not read")]


def test_text_that_is_struck_through_in_its_runs_counts():
    """A text may have its line without the cell's format."""
    run = "<r><rPr><strike/></rPr><t>{}</t></r>"
    cells = "".join(
        f'<c t="inlineStr"><is>{run.format(text)}</is></c>' for text in ("VCS2", "Sun", "6")
    )
    found = read(rows_xml(["id", "name", "tonnes"], ["VCS1", "Wind", 5], f"<row>{cells}</row>"))
    assert list(found.columns[0]) == ["VCS1"]


SHOWN = [
    ((9, 0), "0.3", "30%"), ((10, 0), "0.285", "28.5%"), ((170, 0), "1.1", "110%"), ((14, 0), "44197", "2021-01-01"),
    ((22, 0), "44197.5", "2021-01-01T12:00:00"), ((171, 0), "44197", "2021-01-01"), ((172, 0), "44197", "44197"),
    ((173, 0), "12500", "12500"), ((0, 0), "0.1", "0.1"), ((14, 0), "1", "1900-01-01"), ((14, 0), "-5", "-5"),
    ((0, 0), "1E3", "1000"), ((21, 0), "0.5", "12:00:00"), ((0, 0), "1.0", "1"), ((174, 0), "44197", "2021-01-01"),
    ((14, 0), "99999999", "99999999"), ((175, 0), "1234.5", "1234.5"),
]  # fmt: skip
FORMATS = [
    (170, "0%"), (171, "[$-409]d\\-mmm\\-yy;@"), (172, "&quot;day &quot;0"), (173, "#,##0\\ [$EUR]"), (174, "mmm yyyy"),
    (175, "_-* #,##0.00\\ [$kr-41D]_-"),
]  # fmt: skip


@pytest.mark.parametrize(("style", "stored", "shown"), SHOWN)
def test_a_number_is_read_as_it_is_shown(style, stored, shown):
    """Shares in per cent keep their sign, days are ISO; a word in a format is no day."""
    xml = rows_xml(f'<row><c s="0"><v>{stored}</v></c></row>')
    (sheet,) = read_workbook(workbook(xml, styles=styles_xml(style, formats=FORMATS)), "a.xlsx")
    assert sheet.rows[0].cells == [shown]


def test_days_counted_from_1904_are_four_years_later():
    """Workbooks of old Macs count so."""
    data = workbook(
        rows_xml('<row><c s="0"><v>0</v></c></row>'),
        styles=styles_xml((14, 0)),
        xml='<workbookPr date1904="1"/>',
    )
    assert read_workbook(data, "a.xlsx")[0].rows[0].cells == ["1904-01-01"]


def test_an_error_in_a_cell_is_no_value():
    """`#REF!` is not read as a text; `#N/A` says that there is none."""
    (sheet,) = read_workbook(
        workbook(rows_xml('<row><c t="e"><v>#REF!</v></c><c t="e"><v>#N/A</v></c></row>')), "a.xlsx"
    )
    assert sheet.spoilt == {(0, 0): "the cell holds the error #REF!"}


def test_a_header_merged_over_two_rows_is_one():
    """`Vintage` over `from` and `to`."""
    xml = rows_xml(
        ["id", "vintage", "", "tonnes"], ["", "from", "to", ""], ["VCS1", 2019, 2020, 5],
        after='<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/><mergeCell ref="D1:D2"/></mergeCells>',
    )  # fmt: skip
    found = read(xml)
    assert found.headers == ["id", "vintage from", "vintage to", "tonnes"]
    assert not found.problems


def test_merged_titles_are_no_problem_and_merged_offers_are():
    """A title may well be merged; in the list only the first cell has the value."""
    xml = rows_xml(
        ["Our offers"], ["id", "name", "tonnes"], ["VCS1", "Wind", 5], ["VCS2", "", 6],
        after='<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="B3:B4"/></mergeCells>',
    )  # fmt: skip
    assert [(p.place.line, p.severity) for p in read(xml).problems] == [(3, Severity.WARNING)]


def test_a_sign_written_as_its_code_is_the_sign():
    """`_x000D_` is a line end, half a sign is none."""
    (sheet,) = read_workbook(
        workbook(rows_xml(["a_x000A_b", "_xD800_", "_x005F_x0041_"])), "a.xlsx"
    )
    assert sheet.rows[0].cells == ["a\nb", "\ufffd", "_x0041_"]


def test_all_sheets_are_given_to_who_joins_them():
    """A layout of several sheets takes each by its name, with the hidden ones marked."""
    sheets = read_workbook(workbook(LIST, LIST, states=["visible", "hidden"]), "a.xlsx")
    assert [(sheet.sheet, sheet.hidden, len(sheet.rows)) for sheet in sheets] == [
        ("S1", False, 3),
        ("S2", True, 3),
    ]
    assert sheet_of_list(sheets, KNOWN).sheet == "S1"
