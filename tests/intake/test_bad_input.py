"""Files that cannot be read: each is refused in one located sentence, nothing else is ever raised."""

import io
import json
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offsetcheck.intake.files import limits
from offsetcheck.intake.offers import offers_of_bytes, read_offers
from offsetcheck.vocabulary.problem import InputError
from offsetcheck.vocabulary.table import CandidateTable

Read = Callable[..., CandidateTable]


def sheet_bytes(xml: str | None = None, **more: bytes) -> bytes:
    """Return a small workbook, its sheet's XML or other entries replaced."""
    book = openpyxl.Workbook()
    book.active.append(["id", "tonnes"])
    held, made = io.BytesIO(), io.BytesIO()
    book.save(held)
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = xml.encode() if xml and name.startswith("xl/worksheets/") else old.read(name)
            new.writestr(name, more.pop(name, data))
        for name, data in more.items():
            new.writestr(name, data)
    return made.getvalue()


FAR = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    "</sheetData></worksheet>"
)
REFUSED = [
    ("empty.csv", b"", "the file is empty"),
    ("blank.csv", b" \n\n ", "the file is empty"),
    ("picture.csv", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "a picture"),
    ("paper.csv", b"%PDF-1.7 ...", "a PDF"),
    ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 50, "an old Excel file"),
    ("binary.csv", b"id,name\x00\x01\x02", "binary"),
    ("encoding.csv", b"id,name\nVCS1,a\nVCS2,\x81\x8d\n", "encoding.csv:3: the text is in no encoding"),
    ("offers.docx", b"id,tonnes\nVCS1,5\n", "suffix “.docx”"),
    ("offers.xlsx", b"id,tonnes\nVCS1,5\n", "no Excel workbook"),
    ("offers.parquet", b"id,tonnes\nVCS1,5\n", "no Parquet"),
    ("offers.parquet", b"PAR1" + b"\x07" * 40 + b"PAR1", "no Parquet that can be read"),
    ("norows.csv", b"id,tonnes\n", "a header and no rows"),
    ("norows.xlsx", sheet_bytes(), "a header and no rows"),
    ("colours.csv", b"colour,shape\nred,round\n", "“colour”, “shape”"),
    ("bad.json", b'[{"id": "VCS1", "tonnes": }]', "bad.json:1:27: this is not JSON"),
    ("more.json", b'[{"id": "VCS1"}] x', "text follows the list"),
    ("deep.json", b"[" * 100_000, "nested too deeply"),
    ("scalar.json", b'"VCS1"', "no list of offers"),
    ("numbers.json", b"[1, 2]", "no object with keys"),
    ("big.json", b'[{"id": ' + b"9" * 5000 + b"}]", "this is not JSON"),
    ("bad.yaml", b"offers:\n  - id: VCS1\n tonnes: 5\n", "not YAML"),
    ("alias.yaml", b"a: &a [1]\nb: *a\n", "not allowed"),
    ("bad.jsonl", b"nonsense\n", "bad.jsonl:1:1: the line is not JSON"),
    ("damaged.xlsx", b"PK\x03\x04 no zip at all", "the workbook cannot be read"),
    ("bid.csv", b"PAR1" + b"\x00" * 40 + b"PAR1", "binary"),
    ("far.xlsx", sheet_bytes(FAR), "a cell is used in column 16,384; at most 2,000"),
    ("bomb.xlsx", sheet_bytes(**{"xl/media/a.bin": b"\x00" * 30_000_000}), "unpacks"),
    ("entries.xlsx", sheet_bytes(**{f"xl/x{n}": b"" for n in range(2100)}), "entries"),
    ("entity.xlsx", sheet_bytes(**{"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "cannot be read"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "message"), REFUSED, ids=[name for name, *_ in REFUSED]
)
def test_a_file_that_is_no_list_is_refused(
    read: Read, name: str, content: bytes, message: str
) -> None:
    """The refusal says where and what, and nothing of Python's own."""
    with pytest.raises(InputError) as refused:
        read(content, name)
    assert message in str(refused.value)
    assert all(name in str(problem.place) for problem in refused.value.problems)


def test_a_folder_and_a_missing_file_are_refused(tmp_path, dictionary) -> None:
    """Neither is a list, and neither is a traceback."""
    for path, message in ((tmp_path, "a folder"), (tmp_path / "none.csv", "no such file")):
        with pytest.raises(InputError, match=message):
            read_offers(path, dictionary)


def test_a_refusal_says_what_was_expected(read: Read) -> None:
    """Who sends the wrong file learns which files would do."""
    with pytest.raises(InputError) as refused:
        read("colour,shape\nred,round\n")
    assert "expected a bid sheet with a column “id”" in str(refused.value)
    assert "Gold Standard" in str(refused.value)


@pytest.mark.parametrize("name", ["cell.csv", "cell.json", "cell.yaml", "cell.jsonl"])
def test_a_cell_beyond_the_limit_is_refused_with_its_line(read: Read, name: str) -> None:
    """No cell of a hundred megabytes is taken in, in any kind of text file."""
    size = 100_000_000 if name == "cell.csv" else limits.MAX_CELL + 1
    cell = "x" * size
    record = json.dumps({"id": "VCS2", "name": cell})
    text = {
        "cell.csv": f"id,name\nVCS1,a\nVCS2,{cell}\n",
        "cell.json": f'[{{"id": "VCS1"}},\n{record}]',
        "cell.jsonl": f'{{"id": "VCS1"}}\n{record}\n',
        "cell.yaml": f"- id: VCS1\n- {record}\n",
    }[name]
    with pytest.raises(InputError, match="more than") as refused:
        read(text, name)
    assert refused.value.problems[0].place.line == (3 if name == "cell.csv" else 2)


def test_a_zip_that_lies_about_its_size_is_refused(read: Read) -> None:
    """The directory is held to its word: an entry that unpacks to more than it says is damaged."""
    data = bytearray(sheet_bytes(**{"xl/media/a.bin": bytes(range(256)) * 400}))
    at = data.rfind(b"xl/media/a.bin") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    with pytest.raises(InputError):
        read(bytes(data), "liar.xlsx")


def test_a_quote_that_is_not_closed_is_noticed(read: Read) -> None:
    """A swallowed rest of the file is a warning at the row that swallowed it."""
    rows = "".join(f"VCS{n},row {n}\n" for n in range(2, 500))
    table = read('id,name\nVCS1,"open\n' + rows)
    assert any(
        "runs over" in problem.message and problem.place.line == 2 for problem in table.problems
    )


@pytest.mark.parametrize("sign", ["(", " (", ";", ", ", "1.", "-", "AMS-", "v1 "])
@pytest.mark.parametrize(
    "field",
    ["methodology", "methodology_version", "country", "price", "vintage_start", "sdgs_claimed"],
)
def test_no_cell_makes_a_pattern_wade(read: Read, field: str, sign: str) -> None:
    """A cell of one sign, as long as a cell may be, is read or refused without delay."""
    long = sign * (limits.MAX_CELL // len(sign) - 1)
    assert len(read(f'id,name,{field}\nVCS1,A,"{long}"\n')) == 1


def test_lines_that_are_no_json_do_not_stop_the_others(read: Read) -> None:
    """Each broken line is located, each good one is read."""
    table = read('{"id": "VCS1", "tonnes": 5}\n{oops\n{"id": "VCS3", "tonnes": 6}\n', "a.jsonl")
    assert list(table.ids) == ["VCS1", "VCS3"]
    assert [problem.place.line for problem in table.problems] == [2]


SUFFIXES = st.sampled_from(["csv", "txt", "json", "jsonl", "yaml", "xlsx", "parquet"])
SLOW = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)


@settings(max_examples=200, deadline=None, suppress_health_check=SLOW)
@given(
    SUFFIXES,
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"PAR1", b"id,tonnes\n", b"- id: "]),
)
def test_random_bytes_raise_nothing_but_an_input_error(dictionary, suffix, data, start) -> None:
    """Whatever a file holds, it is read or refused in our words."""
    with suppress(InputError):
        offers_of_bytes(start + data, f"a.{suffix}", dictionary)


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_a_mangled_workbook_raises_nothing_but_an_input_error(dictionary, data) -> None:
    """Bytes changed anywhere in a workbook are met with a refusal or a reading."""
    book = bytearray(WORKBOOK)
    for at in data.draw(st.lists(st.integers(0, len(book) - 1), min_size=1, max_size=5)):
        book[at] = data.draw(st.integers(0, 255))
    with suppress(InputError):
        offers_of_bytes(bytes(book), "a.xlsx", dictionary)


WORKBOOK = sheet_bytes()
CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "NA",
            "none",
            "1.234",
            "12,5",
            "3/4/2020",
            "VCS1",
            "2021",
            "yes",
            "=1+1",
            "€",
            "nan",
            "[",
        ]
    ),
    st.text(max_size=12),
)


@settings(max_examples=200, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_a_random_bid_sheet_loses_no_row(dictionary, data) -> None:
    """Every row with an id is judged, under an id of its own, whatever its cells hold."""
    inputs = sorted(name for name, one in dictionary.candidate.items() if one.is_input)
    fields = data.draw(st.lists(st.sampled_from(inputs), min_size=2, unique=True))
    headers = ["id", *(name for name in fields if name != "id")]
    rows = data.draw(
        st.lists(
            st.lists(CELLS, min_size=len(headers), max_size=len(headers)), min_size=1, max_size=6
        )
    )
    records = [dict(zip(headers, ["VCS1", *row[1:]], strict=True)) for row in rows]
    table = offers_of_bytes(json.dumps(records).encode(), "a.json", dictionary)
    assert len(table) == len(rows)
    assert len(set(table.ids)) == len(rows)
    for candidate in table.candidates():
        assert candidate.value("id") == "VCS1"
