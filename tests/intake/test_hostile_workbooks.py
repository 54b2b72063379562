"""Workbooks made to end, to flood or to deceive the program that reads them."""

import io
import re
import resource
import zipfile

import pytest

from offsetcheck.intake.files import child, limits, xlsx_cells
from offsetcheck.intake.files import workbook as module
from offsetcheck.intake.files.workbook import read_workbook
from offsetcheck.intake.files.workbook_child import convert
from offsetcheck.vocabulary.problem import InputError
from workbooks import MAIN, cell_xml, packed, row_xml, rows_xml, workbook

HEADER = row_xml(["id", "tonnes"])
OFFER = row_xml(["VCS1", 5])


def refused(data):
    """Return the refusal of a workbook, which its reader gives before its time is up."""
    with pytest.raises(InputError) as error:
        read_workbook(data, "a.xlsx")
    assert "seconds to read" not in str(error.value)
    assert all(problem.place.file == "a.xlsx" for problem in error.value.problems)
    return str(error.value)


def strings_xml(*texts):
    return f'<sst xmlns="{MAIN}">' + "".join(f"<si><t>{text}</t></si>" for text in texts) + "</sst>"


def filled(rows, columns, cell):
    return rows_xml(f"<row>{cell * columns}</row>" * rows)


HOSTILE = {
    "spaces in a reference": (workbook(rows_xml(HEADER, '<row r="2"><c r=" B 2 "><v>1</v></c></row>')), "says that it is"),
    "a row of ten digits": (workbook(rows_xml('<row r="4294967296"><c r="A4294967296"><v>1</v></c></row>')), "row 4294967296 follows row 0"),
    "a reference of ten digits": (workbook(rows_xml('<row r="2"><c r="A4294967298"><v>1</v></c></row>')), "says that it is"),
    "a column of ten letters": (workbook(rows_xml('<row r="2"><c r="ZZZZZZZZZZ2"><v>1</v></c></row>')), "no column"),
    "rows out of order": (workbook(rows_xml('<row r="5"/><row r="5"/>')), "row 5 follows row 5"),
    "two cells in one place": (workbook(rows_xml('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>')), "two cells stand in one place"),
    "cells outside of rows": (workbook(rows_xml('<c r="A1"><v>1</v></c>')), "outside of rows"),
    "a sheet that is not there": (packed([("[Content_Types].xml", ""), ("xl/workbook.xml", f'<workbook xmlns="{MAIN}"><sheets><sheet name="x"/></sheets></workbook>')]), "the sheet is missing"),
    "no sheet": (workbook(), "has no sheet"),
    "a string that is not there": (workbook(rows_xml('<row><c t="s"><v>7</v></c></row>'), strings=strings_xml("a")), "out of range"),
    "a string before the first": (workbook(rows_xml('<row><c t="s"><v>-1</v></c></row>'), strings=strings_xml("a")), "is no number"),
    "an entry twice": (workbook(rows_xml(HEADER), more=[("XL/worksheets/S1.xml", rows_xml(OFFER))]), "is in it twice"),
    "entities": (workbook(f'<!DOCTYPE a [<!ENTITY b "c">]><worksheet xmlns="{MAIN}">&b;</worksheet>'), "document type"),
    "entities in UTF-16": (workbook(f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet xmlns="{MAIN}">&b;</worksheet>'.encode("utf-16")), "document type"),
    "XML that ends early": (workbook(rows_xml(HEADER)[:-20]), "cannot be read"),
    "deep elements": (workbook(f'<worksheet xmlns="{MAIN}">' + "<a>" * 200_000), "cannot be read"),
    "one long string in 64,000 cells": (workbook(rows_xml('<row><c t="s"><v>0</v></c></row>' * 64_000), strings=strings_xml("x" * 100_000)), "more than 200,000,000 characters"),
    "a string too long": (workbook(rows_xml('<row><c t="s"><v>0</v></c></row>'), strings=strings_xml("x" * 200_000)), "holds 200,000 characters; at most 131,072"),
    "a text document": (packed([("[Content_Types].xml", ""), ("word/document.xml", "")]), "a text document (DOCX)"),
    "an OpenDocument sheet": (packed([("mimetype", ""), ("content.xml", "")]), "an OpenDocument file (ODS)"),
    "a Numbers document": (packed([("Index/Document.iwa", "")]), "a Numbers document"),
    "a binary workbook": (packed([("[Content_Types].xml", ""), ("xl/workbook.bin", "")]), "a binary workbook (XLSB)"),
    "a zip of a list": (packed([("offers.csv", "id,tonnes")]), "unpack it and give the file"),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_workbook_is_refused_in_words(case):
    """Nothing of it ends this process, and the refusal says what is wrong."""
    data, message = HOSTILE[case]
    assert message in refused(data)


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        ("MAX_CELLS", "the sheet has 5,000 cells that are used; at most 4,999"),
        ("MAX_SPAN", "the sheet has 5,000 cells up to the last one of each row; at most 4,999"),
        ("MAX_ROWS", "the sheet has 500 rows; at most 499"),
        ("MAX_COLUMNS", "a cell is used in column 10; at most 9 columns"),
        ("MAX_TEXT", "more than 4,999 characters"),
        ("MAX_CELL", "a cell holds 1 characters; at most 0"),
    ],
)
def test_a_limit_is_named_with_the_figure_and_the_way_out(monkeypatch, limit, message):
    """Who meets a limit learns which, by how much, and what to do."""
    data = workbook(filled(500, 10, "<c><v>1</v></c>"))
    monkeypatch.setattr(
        xlsx_cells, limit, int(re.sub(r".* ([\d,]+).*", r"\1", message).replace(",", ""))
    )
    with pytest.raises(InputError) as error:
        convert(data)
    (problem,) = error.value.problems
    assert message in problem.message
    assert problem.hint
    assert problem.place.sheet == "S1"


def test_empty_cells_do_not_count():
    """A sheet that is formatted down to its last row is as large as what is written in it."""
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(3, 20_000))
    (sheet,) = read_workbook(workbook(rows_xml(HEADER, OFFER, empty)), "a.xlsx")
    assert [row.line for row in sheet.rows] == [1, 2]


def test_memory_is_bounded(monkeypatch):
    """A file that wants more memory than its reader may have is refused, and says so."""
    small = child.Kind("Excel workbook", child.Parser.WORKBOOK, limits.GIGABYTE // 8)
    monkeypatch.setattr(module, "WORKBOOK", small)
    xml = rows_xml("<row>" + "<c/>" * 1_500_000 + "</row>")
    data = workbook(xml, method=zipfile.ZIP_STORED)
    assert "of memory to read" in refused(data)


def test_this_process_stays_small():
    """Thirty megabytes of cells that are one string cost this process less than a gigabyte."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    data = HOSTILE["one long string in 64,000 cells"][0]
    refused(data)
    assert len(data) < 200_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1_000_000


def test_an_encrypted_entry_asks_for_the_password_to_be_taken_away():
    """Each entry says whether it is encrypted; nobody tries to read it."""
    data = bytearray(workbook(rows_xml(HEADER, OFFER)))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    assert "protected by a password" in refused(bytes(data))


def test_a_protected_workbook_is_no_zip_and_says_so(read):
    """Excel hides a protected workbook in a file of the old kind."""
    data = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(InputError, match="protected by a password"):
        read(data, "a.xlsx")


def test_a_sheet_under_another_path_is_read_with_its_formulas():
    """Where a sheet is stands in the relations, not in its path."""
    xml = rows_xml(
        HEADER, '<row><c t="inlineStr"><is><t>VCS1</t></is></c><c><f>1+1</f><v>2</v></c></row>'
    )
    for folder in ("tables", "worksheets/deep/er"):
        (sheet,) = read_workbook(workbook(xml, folder=folder), "a.xlsx")
        assert list(sheet.spoilt) == [(1, 1)]


FORMULAS = [
    "<c r='B2'><f>1+1</f><v>2</v></c>",
    '<c\n  t="n"  r="B2" ><v>2</v><f>1+1</f></c>',
    '<c r="B2"><v>2</v><f/></c>',
    "<c><f><![CDATA[1+1]]></f><v>2</v></c>",
    '<c r="B2"><!-- a > b --><f>1+1</f><v>2</v></c>',
    '<c r="&#66;2"><f>1+1</f><v>2</v></c>',
    '<c r="B2"><f t="shared" si="0"/><v>2</v></c>',
    '<c r="B2"><f t="array" ref="B2">1</f><v>2</v></c>',
    '<x:c xmlns:x="' + MAIN + '" r="B2"><x:f>1+1</x:f><x:v>2</x:v></x:c>',
    '<c r="B2"><f>1+1</f></c>',
    '<c r="B2" t="str"><f>"2"</f><v>2</v></c>',
]


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_formula_is_one_in_any_spelling(cell):
    """What XML allows to be written in many ways means one thing."""
    name = cell_xml("VCS1", 'r="A2"' if "r=" in cell or "r='" in cell else "")
    (sheet,) = read_workbook(workbook(rows_xml(HEADER, f"<row>{name}{cell}</row>")), "a.xlsx")
    assert sheet.spoilt == {(1, 1): "the cell holds a formula"}
    assert sheet.rows[1].cells[1] in {"2", "=1+1"}


def test_a_comment_within_a_number_parts_it_for_nobody():
    """`1<!-- -->2` is twelve, in this reader as in any."""
    (sheet,) = read_workbook(workbook(rows_xml("<row><c><v>1<!-- x -->2</v></c></row>")), "a.xlsx")
    assert sheet.rows[0].cells == ["12"]


def test_a_zip_made_with_backslashes_is_read():
    """Some programs of Windows name entries so, and Excel opens what they write."""
    with zipfile.ZipFile(io.BytesIO(workbook(rows_xml(HEADER, OFFER)))) as archive:
        entries = [(name.replace("/", "\\"), archive.read(name)) for name in archive.namelist()]
    (sheet,) = read_workbook(packed(entries), "a.xlsx")
    assert [row.cells for row in sheet.rows] == [["id", "tonnes"], ["VCS1", "5"]]


def test_an_entry_that_unpacks_to_more_than_it_says_is_damaged():
    """The directory of the zip is held to its word where an entry is read."""
    data = bytearray(workbook(rows_xml(HEADER, *[OFFER] * 2000)))
    at = data.rfind(b"xl/worksheets/s1.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = (5_000).to_bytes(4, "little")
    assert "cannot be read" in refused(bytes(data))


def test_cells_and_rows_without_references_follow_the_last_one():
    """Exports of business programs leave most references out; one that is there counts."""
    xml = rows_xml(
        ["id", "tonnes"],
        '<row><c r="B7"><v>1</v></c><c><v>2</v></c></row>',
        '<row><c t="inlineStr"/><c><v>3</v></c></row>',
        '<row r="12"><c><v>4</v></c></row>',
        before='<dimension ref="A0:AZ48943"/>',
    )
    (sheet,) = read_workbook(workbook(xml), "a.xlsx")
    assert [(row.line, list(row.cells)) for row in sheet.rows[1:]] == [
        (7, ["", "1", "2"]),
        (8, ["", "3"]),
        (12, ["4"]),
    ]


def test_a_part_is_found_whatever_its_case():
    """Some programs write `SharedStrings.xml` and name it otherwise."""
    data = workbook(
        rows_xml('<row><c t="s"><v>0</v></c></row>'),
        more=[("XL/SharedStrings.xml", strings_xml("VCS1"))],
    )
    related = "xl/_rels/workbook.xml.rels"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    entries[related] = entries[related].replace(
        b"</Relationships>",
        b'<Relationship Id="s" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    )
    (sheet,) = read_workbook(packed(entries.items()), "a.xlsx")
    assert sheet.rows[0].cells == ["VCS1"]


def test_columns_hidden_many_times_over_are_hidden_once():
    """Fifty thousand times all columns of a sheet are told of once, in no longer an answer."""

    def answer(times):
        cols = '<col min="1" max="16384" hidden="1"/>' * times
        return convert(workbook(rows_xml(HEADER, OFFER, before=f"<cols>{cols}</cols>")))

    assert answer(50_000) == answer(1)
