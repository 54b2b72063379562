"""A file cut at any byte, and text made to trip its reader: read, or refused, and nothing invented."""

import io
import json
import time
from contextlib import suppress

import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offsetcheck.intake.files import limits
from offsetcheck.intake.files.read import sheet_of_bytes
from offsetcheck.intake.offers import offers_of_bytes
from offsetcheck.vocabulary.problem import InputError, Severity

KNOWN = {"id", "name", "tonnes", "vintage", "price", "programme"}
RECORDS = [
    {"id": f"VCS{n}", "name": f"Próject “{n}”, phase\n{n}", "tonnes": n * 1000 + 7, "vintage": 2019 + n}
    for n in range(1, 8)
]  # fmt: skip


def as_csv():
    return pl.DataFrame(RECORDS).write_csv().encode()


def as_xlsx():
    book, held = openpyxl.Workbook(), io.BytesIO()
    for row in [list(RECORDS[0]), *(list(record.values()) for record in RECORDS)]:
        book.active.append(row)
    book.save(held)
    return held.getvalue()


def as_parquet():
    held = io.BytesIO()
    pl.DataFrame(RECORDS).write_parquet(held)
    return held.getvalue()


def as_yaml():
    return "".join(
        "- " + "\n  ".join(f"{key}: {json.dumps(value)}" for key, value in record.items()) + "\n"
        for record in RECORDS
    ).encode()


FILES = {
    "csv": as_csv(),
    "json": json.dumps(RECORDS, indent=1).encode(),
    "jsonl": "\n".join(map(json.dumps, RECORDS)).encode(),
    "yaml": as_yaml(),
    "xlsx": as_xlsx(),
    "parquet": as_parquet(),
}
BINARY = ("xlsx", "parquet")


def rows(data, suffix):
    """Return the rows of a file, each as its cells by header, and the sheet they come from."""
    sheet = sheet_of_bytes(data, f"a.{suffix}", KNOWN)
    cells = list(zip(*sheet.columns, strict=True)) if sheet.columns else []
    return [dict(zip(sheet.headers, row, strict=True)) for row in cells], sheet


WHOLE = {suffix: rows(data, suffix)[0] for suffix, data in FILES.items()}


@pytest.mark.parametrize("suffix", FILES)
def test_a_cut_file_invents_no_row(suffix):
    """Its rows are the first of the whole file's; only the last may be one that was cut."""
    data = FILES[suffix]
    cuts = [*range(0, len(data), max(1, len(data) // 9))] if suffix in BINARY else range(len(data))
    for cut in cuts:
        with suppress(InputError):
            found, _ = rows(data[:cut], suffix)
            if found:
                assert found[:-1] == WHOLE[suffix][: len(found) - 1], cut
            assert len(found) <= len(WHOLE[suffix])


def test_whole_files_have_the_same_rows():
    """Six kinds of file say the same."""
    assert all(found == WHOLE["csv"] for found in WHOLE.values())
    assert len(WHOLE["csv"]) == len(RECORDS)


@pytest.mark.parametrize(
    ("end", "told"),
    [('VCS9,"Wind, sea', True), ("VCS9,Wi", True), ("VCS9,Wind,5,2020", False), ("VCS9,,,", False)],
)
def test_a_row_that_the_end_of_the_file_cuts_is_told(end, told):
    """Cells that all other rows have are missing, or a quote is open: the file is cut off."""
    _, sheet = rows(as_csv() + end.encode(), "csv")
    assert [problem.severity for problem in sheet.problems] == [Severity.ERROR] * told


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(["csv", "json", "jsonl", "yaml"]), st.data())
def test_a_file_with_bytes_changed_is_read_or_refused(dictionary, suffix, data):
    """Nothing but a refusal in words is ever raised."""
    content = bytearray(FILES[suffix])
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=6)):
        content[at] = data.draw(st.sampled_from(b'"\x00,;\t\r\n{}[]:\\-&*!|>\xff\xed\xa0'))
    with suppress(InputError):
        offers_of_bytes(bytes(content), f"a.{suffix}", dictionary)


def seconds(call):
    begun = time.process_time()
    call()
    return time.process_time() - begun


BROKEN = {
    "a.jsonl": b'{"id": "VCS1", "tonnes": 5}\n' + b"{oops\n" * 300_000,
    "a.json": b'[{"id": "VCS1", "tonnes": 5}' + b",7" * 300_000 + b"]",
    "twice.json": b'[{"id": "VCS1", "tonnes": 5}' + b',{"id": 1, "a": 1, "a": 2}' * 50_000 + b"]",
    "a.csv": b"id,tonnes\n" + b"VCS1,5,6,7\n" * 300_000,
    "mixed.csv": b"id,tonnes,price\nVCS1,5,6\nVCS2,5,6\nVCS3,5,6\n" + b"VCS1;5;6\n" * 2,
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_300_000_times_is_told_by_its_count(name):
    """The report is bounded at its source, and the answer comes in seconds."""
    found = []
    spent = seconds(lambda: found.append(sheet_of_bytes(BROKEN[name], name, KNOWN)))
    problems = found[0].problems
    assert problems
    assert len(problems) <= limits.MAX_PROBLEMS + 1
    assert spent < 20
    if len(problems) > limits.MAX_PROBLEMS:
        assert problems[-1].message.endswith("more problems of this kind")


ODD = {
    "nan.json": (b'[{"id": "VCS1", "name": "a", "tonnes": NaN, "price": Infinity}]', ["VCS1", "a", "NaN", "Infinity"]),
    "large.json": (b'[{"id": "VCS1", "name": "a", "tonnes": 1e400}]', ["VCS1", "a", "1e400"]),
    "half.json": (b'[{"id": "VCS1", "name": "a\\ud800b"}]', ["VCS1", "a\ufffdb"]),
    "pair.json": (b'[{"id": "VCS1", "name": "a\\ud83c\\udf33b"}]', ["VCS1", "a🌳b"]),
    "utf16.csv": ("id,name\nVCS1,é\n".encode("utf-16-le"), ["VCS1", "é"]),
    "utf16be.csv": ("id,name\nVCS1,é\n".encode("utf-16-be"), ["VCS1", "é"]),
    "utf32.csv": ("id,name\nVCS1,é\n".encode("utf-32"), ["VCS1", "é"]),
    "cr.csv": (b"id,name\rVCS1,a\r", ["VCS1", "a"]),
    "sep.csv": (b"sep=;\r\nid;name\r\nVCS1;a,b\r\n", ["VCS1", "a,b"]),
    "bom.csv": ('\ufeffid,name\n\ufeff"VCS1",a\n'.encode(), ["VCS1", "a"]),
    "comment.csv": (b"# made by x\nid,name\n# and y\nVCS1,a\n", ["VCS1", "a"]),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_read_as_what_it_says(name):
    """No number out of nothing, no half of a sign, no mark of order in a cell."""
    content, cells = ODD[name]
    sheet = sheet_of_bytes(content, name, KNOWN)
    assert [column[0] for column in sheet.columns] == cells
    assert bool(sheet.problems) == name.startswith("half")


REFUSED = {
    "deep.json": (b'[{"id": ' + b"[" * 900 + b"]" * 900 + b"}]", None),
    "half.yaml": (b'- id: VCS1\n  name: "a\\uDC00b"\n', "a backslash cannot stand here"),
    "zero.csv": (b"id,name\nVCS1,a\x00b\n", "zero byte"),
    "wide.csv": (b"," * 300_000, "separators; at most 2,000 columns"),
    "keys.json": (json.dumps([{f"k{n}": n for n in range(3000)}]).encode(), "3,000 different keys; at most 2,000"),
    "columns.csv": (",".join(f"c{n}" for n in range(3000)).encode() + b"\n1\n", "3,000 columns; at most 2,000"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_text_beyond_a_limit_is_refused_with_the_figure(name):
    """The limit is named, or the text is read."""
    content, message = REFUSED[name]
    if message is None:
        with suppress(InputError):
            sheet_of_bytes(content, name, KNOWN)
        return
    with pytest.raises(InputError) as error:
        sheet_of_bytes(content, name, KNOWN)
    assert message in str(error.value)


def test_rows_with_another_separator_are_told():
    """They are neither read as one cell nor lost in silence."""
    _, sheet = rows(b"id,tonnes,price\nVCS1,5,6\nVCS2,5,6\nVCS3;5;6\n", "csv")
    assert list(sheet.columns[0]) == ["VCS1", "VCS2"]
    assert [problem.place.line for problem in sheet.problems] == [4]


def test_a_quote_within_a_quoted_cell_is_told():
    """Exports that do not double it leave open where a cell ends; the rows beside it are read."""
    _, sheet = rows(b'id,name,tonnes\nVCS1,"The "green" one",5\nVCS2,"The ""red"" one",6\n', "csv")
    assert [(p.place.line, p.severity) for p in sheet.problems] == [(2, Severity.WARNING)]
    assert sheet.columns[1][1] == 'The "red" one'
    assert list(sheet.columns[2]) == ["5", "6"]
