"""Files that nobody means well, or that went wrong: each is told in words, and nothing is stored."""

import io
import json
import struct
import zipfile
import zlib

import pytest

from offsetcheck.intake.files.limits import MAX_COLUMNS
from web.site import text_of
from web.test_offers import OFFERS, SHEET, hand_in, held
from workbooks import packed as packed_entries
from workbooks import rows_xml, workbook

HEADER = ("id", "name", "programme", "vintage", "tonnes", "price", "currency")
ROW = ("VCS902", "One", "VCS", "2022", "100", "9", "EUR")
PLAIN_BOOK = workbook(rows_xml(HEADER, ROW))


def packed(entries):
    return packed_entries(list(entries.items()))


def entries_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name) for name in book.namelist()}


def with_entry(name, content):
    return packed({**entries_of(PLAIN_BOOK), name: content})


def bomb():
    """Return a workbook whose one sheet unpacks to 600 MB of blanks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in entries_of(PLAIN_BOOK).items():
            if not name.endswith("s1.xml"):
                book.writestr(name, content)
        with book.open("xl/worksheets/s1.xml", "w", force_zip64=True) as sheet:
            for _ in range(600):
                sheet.write(b" " * 1_000_000)
    return out.getvalue()


def many_entries():
    return packed({**entries_of(PLAIN_BOOK), **{f"xl/x{n}.xml": b"<a/>" for n in range(5000)}})


def link_in_zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("offers.csv")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def password_workbook():
    """Return what a spreadsheet program saves with a password: an OLE file with the package."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )


def password_zip():
    """Return a workbook whose entries say that they are encrypted."""
    data = bytearray(PLAIN_BOOK)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + at] |= 1
            start = data.find(mark, start + 4)
    return bytes(data)


def picture():
    raw = zlib.compress(b"\0\0")
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(raw)) + raw


def yaml_bomb():
    lines = ['a0: &a0 ["x", "x"]']
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(lines).encode()


def deep_json():
    return b'{"offers":' + b"[" * 100_000 + b"]" * 100_000 + b"}"


def entity_workbook():
    sheet = (
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        + rows_xml(HEADER, ROW).replace("VCS902", "&a;").encode()
    )
    return with_entry("xl/worksheets/s1.xml", sheet)


def billion_laughs():
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    sheet = f"<!DOCTYPE x [{entities}]>" + rows_xml(HEADER, ROW).replace("VCS902", "&a9;")
    return with_entry("xl/worksheets/s1.xml", sheet.encode())


CASES = {
    "empty": ("a.csv", b"", "the file is empty"),
    "blanks alone": ("a.csv", b" \n \n", "the file is empty"),
    "program": ("setup.exe", b"MZ\x90\0\x03", "binary"),
    "unknown ending": ("offers.doc", b"hello there", "is not read"),
    "no ending": ("offers", SHEET, "is not read"),
    "picture named as a list": ("offers.csv", picture(), "a picture"),
    "pdf named as a list": ("offers.csv", b"%PDF-1.7 hello", "a PDF"),
    "list named as a pdf": ("paper.pdf", SHEET, "is not read"),
    "page of the web named as a pdf": ("a.pdf", b"<html><script>alert(1)</script>", "is not read"),
    "old excel": ("offers.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Excel"),
    "password": ("offers.xlsx", password_workbook(), "password"),
    "encrypted entries": ("offers.xlsx", password_zip(), "password|encrypted|damaged"),
    "macros": ("offers.xlsm", with_entry("xl/vbaProject.bin", b"x"), "macros"),
    "macros under another ending": ("a.xlsx", with_entry("xl/vbaProject.bin", b"x"), "macros"),
    "ending of macros without any": ("a.xlsm", PLAIN_BOOK, "macros"),
    "bomb": ("offers.xlsx", bomb(), "unpack"),
    "thousands of entries": ("offers.xlsx", many_entries(), "entries|parts"),
    "archive": ("offers.zip", packed({"offers.csv": SHEET}), "archive"),
    "archive named as a workbook": ("offers.xlsx", packed({"a.csv": SHEET}), "archive"),
    "link in an archive": ("offers.zip", link_in_zip(), "archive"),
    "way out in an archive": ("offers.xlsx", packed({"../../etc/passwd": b"x"}), "archive"),
    "gzip": ("offers.csv", b"\x1f\x8b\x08\0" + b"x" * 40, "gzip"),
    "cut off workbook": ("offers.xlsx", PLAIN_BOOK[: len(PLAIN_BOOK) // 2], ""),
    "entities from outside": ("offers.xlsx", entity_workbook(), ""),
    "billion laughs": ("offers.xlsx", billion_laughs(), ""),
    "yaml bomb": ("offers.yaml", yaml_bomb(), "alias|anchor"),
    "yaml with a program": ("offers.yaml", b"- !!python/object/apply:os.system [id]", "tag"),
    "deep json": ("offers.json", deep_json(), "deep|JSON"),
    "json that is none": ("offers.json", b'{"offers": [', "JSON"),
    "zero bytes": ("offers.csv", b"\0" * 5000, "binary"),
    "one line of 30 MB": ("offers.csv", b"a" * 30_000_000, ""),
    "thousands of columns": ("offers.csv", b",".join([b"id"] * (MAX_COLUMNS + 5)) + b"\nx", "columns"),
    "header alone": ("offers.csv", b"id,name,programme,vintage,tonnes,price\n", "no rows"),
    "another list": ("offers.csv", b"colour,shape,weight\nred,round,3\n", "no list of projects"),
    "damaged parquet": ("offers.parquet", b"PAR1" + b"\xff" * 200 + b"PAR1", "Parquet|damaged"),
    "notes of the tender": ("evidence.yaml", b"confirmed: []\n", "no list"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "data", "said"), CASES.values(), ids=CASES)
def test_what_cannot_be_taken_is_told_in_words_and_nothing_of_it_is_stored(site, name, data, said):
    """The page says what is wrong with the file; storing it is not offered and does nothing."""
    import re

    before = held(site.folder / "turku")
    answer = hand_in(site, (name, data))
    assert answer.status_code == 200
    text = text_of(answer.text)
    assert "Cannot be taken" in text
    assert re.search(said, text)
    assert "Traceback" not in text
    stored = site.send(OFFERS, {"store": "1"}, form="state")
    assert stored.status_code in {200, 422}
    assert held(site.folder / "turku") == before


NAMES = {
    "way out": "../../../../evil.csv",
    "way of windows": "..\\..\\evil.csv",
    "absolute": "/etc/cron.d/evil.csv",
    "controls": "ev\x07il\x1b[31m.csv",
    "bidi": "offers\u202evsc.csv",
    "marks": "<script>alert(1)</script>.csv",
    "quotes": "\"><img src=x onerror='alert(1)'>.csv",
    "device": "con.csv",
    "hidden": ".htaccess.csv",
    "long": "x" * 500 + ".csv",
    "dots": "....csv",
    "formula": "=cmd|' /C calc'!A0.csv",
    "other scripts": "tarjous–ääkköset 报价.csv",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_of_a_stranger_leads_nowhere(site, name):
    """Whatever a file is called, it waits under a plain name and is stored as the offers."""
    answer = hand_in(site, (name, SHEET))
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "<img" not in answer.text
    assert "\u202e" not in answer.text
    around = {p for p in site.folder.rglob("*") if p.is_file()}
    stored = site.send(OFFERS, {"store": "1", "replace": "1"}, form="state")
    assert stored.status_code == 200
    assert (site.folder / "turku" / "offers.csv").read_bytes() == SHEET
    strange = {p for p in site.folder.rglob("*") if p.is_file()} - around
    assert all(".offsetcheck" in p.parts for p in strange)


def test_fifty_files_at_once_are_looked_at_and_one_more_is_too_many(site):
    """Fifty may come at once; fifty-one are refused in words before any is read."""
    many = [(f"b{n}.csv", SHEET.replace(b"902", str(900 + n).encode())) for n in range(50)]
    answer = hand_in(site, *many)
    assert answer.status_code == 200
    assert text_of(answer.text).count("List of offers") == 50
    again = hand_in(site, ("more.csv", SHEET))
    assert again.status_code == 413
    assert "may wait at once" in text_of(again.text)
    more = hand_in(site, *many, ("more.csv", SHEET))
    assert more.status_code == 413


@pytest.mark.parametrize("cut", ["--b--\r\n", "\r\n--b--\r\n", "x\r\n--b--\r\n"])
def test_files_that_arrive_cut_off_are_refused_as_a_whole(site, cut):
    """Where the end of a form is missing nothing of it is kept: the first file alone is not the bid."""
    token = dict(site.forms("/t/turku/offers")[0].fields)["csrf"]
    part = '--b\r\nContent-Disposition: form-data; name="{0}"{1}\r\n\r\n{2}\r\n'
    body = part.format("csrf", "", token)
    for name in ("one", "two"):
        body += part.format("files", f'; filename="{name}.csv"', f"id\n{name}x")
    kind = {"content-type": "multipart/form-data; boundary=b"}
    whole = f"{body}--b--\r\n"
    answer = site.browser.post("/t/turku/offers", content=whole.removesuffix(cut), headers=kind)
    assert answer.status_code == 400
    assert "one.csv" not in site.text("/t/turku/offers")
    site.browser.post("/t/turku/offers", content=whole, headers=kind)
    assert "one.csv" in site.text("/t/turku/offers")
    assert "two.csv" in site.text("/t/turku/offers")


def test_a_file_that_is_too_large_is_refused_in_words(site, monkeypatch):
    """What is larger than a file may be is refused while it arrives."""
    monkeypatch.setattr("offsetcheck.web.door.forms.LARGEST_FILE", 1000)
    answer = hand_in(site, ("offers.csv", SHEET * 100))
    assert answer.status_code == 413
    assert "larger than" in text_of(answer.text)


def test_links_to_elsewhere_in_a_workbook_are_not_followed(site):
    """A workbook that refers to another one is read without it."""
    link = b'<externalLink><externalBook r:id="r1"/></externalLink>'
    answer = hand_in(site, ("a.xlsx", with_entry("xl/externalLinks/externalLink1.xml", link)))
    assert answer.status_code == 200
    assert "List of offers" in text_of(answer.text)


def test_the_very_same_bid_is_not_stored_twice(site):
    """What lies in the folder already is told by its name, and so is what comes twice."""
    same = (site.folder / "turku" / "offers.csv").read_bytes()
    hand_in(site, ("again.csv", same))
    answer = site.send(OFFERS, {"store": "1", "replace": "1"}, form="state")
    assert answer.status_code == 422
    assert "very same file is there already as offers.csv" in text_of(answer.text)


def test_a_form_for_another_template_says_so(site):
    """A form whose rules are not those in force is marked before it is stored."""
    import forms

    answer = hand_in(site, ("bid.xlsx", forms.saved(forms.workbook())))
    assert answer.status_code == 200
    assert "Filled form" in text_of(answer.text)


def test_what_waits_is_for_the_session_alone_that_sent_it(site, pool):
    """Another session sees nothing of what waits, and gets nothing of it by its number."""
    from starlette.testclient import TestClient

    from offsetcheck.web.app import app_of
    from web.site import HOST

    hand_in(site, ("mine.csv", SHEET))
    other = TestClient(app_of(site.door), base_url=HOST)
    other.get(f"/start?token={site.door.token.value}")
    assert "mine.csv" not in other.get(OFFERS).text
    assert other.get(f"{OFFERS}/file/1").status_code == 404


def test_files_without_the_forms_token_are_not_kept(site):
    """A form of another site leaves nothing behind, not even aside."""
    sent = [("files", ("a.csv", io.BytesIO(SHEET)))]
    answer = site.browser.post(OFFERS, data={"csrf": "x"}, files=sent)
    assert answer.status_code == 403
    assert not list((site.folder / ".offsetcheck").glob("staging/*/*"))


def test_numbers_and_states_that_nobody_gave_change_nothing(site):
    """A made-up number is no file, and a form of another state of the folder is refused."""
    hand_in(site, ("a.csv", SHEET))
    before = held(site.folder / "turku")
    for number in ("2", "../1", "1/../../turku", "-1"):
        assert site.send(OFFERS, {"store": number}, form="state").status_code == 404
    answer = site.send(OFFERS, {"store": "1", "replace": "1", "state": "0"}, form="state")
    assert answer.status_code == 409
    assert held(site.folder / "turku") == before


def test_json_with_a_key_that_is_a_way_is_data_alone(site):
    """Keys and values of a list are text, whatever they look like."""
    row = dict(zip(HEADER, ROW, strict=True)) | {"name": "</script><b>x", "../../x": "1"}
    answer = hand_in(site, ("a.json", json.dumps([row]).encode()))
    assert answer.status_code == 200
    page = site.text(f"{OFFERS}/file/1")
    assert "<b>x" not in page
