"""Sheets written so that they are read as something better than they are."""

import csv
import io

import pytest

from cheats.honest import FOREST, OZONE
from cheats.tender import confirmed, judge_folder, write_tender
from cheats.test_lists import row
from offsetcheck import InputError
from offsetcheck.vocabulary.evidence import EvidenceGrade

OTHER = OZONE | {
    "id": "ACR1951",
    "seller": "Other Oy",
    "name": "Another invented destruction",
    "serials": "ACR-FR-1951-2025-7-1 to 800",
}


def text_of(*rows):
    names = list(dict.fromkeys(name for row in rows for name in row))
    file = io.StringIO()
    writer = csv.DictWriter(file, names, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


@pytest.fixture
def bid(tmp_path, rulebook):
    """Judge a tender whose offers, and columns.yaml, stand as they are given."""

    def bid(text, *, columns="", **tender):
        folder = write_tender(tmp_path / "tender", OZONE, **tender)
        (folder / "offers.csv").write_text(text, encoding="utf-8")
        if columns:
            (folder / "columns.yaml").write_text(columns, encoding="utf-8")
        return judge_folder(folder, rulebook)

    return bid


LISTED = row("Registered")
STRANGE = {{"Status": "State of it", "Methodology": "Meth"}.get(h, h): v for h, v in LISTED.items()}
MAPPED = (
    "columns: [{heading: State of it, field: registry_status}, {heading: Meth, field: methodology}]"
)


@pytest.mark.parametrize("heading", ["Price", "Hinta EUR", "Seller", "Myyjä", "price (EUR/t)"])
def test_a_registrys_headings_and_a_price(tmp_path, rulebook, heading):
    """A bidder's sheet in the layout of a registry is his word, judged alone or given as a list."""
    path = tmp_path / "verra-2026-08-13.csv"
    path.write_text(text_of(LISTED | {heading: "3"}), encoding="utf-8")
    judged = judge_folder(path, rulebook, city="turku")
    assert judged.fact("registry_status").grade is EvidenceGrade.E4
    assert heading in judged.told()
    with pytest.raises(InputError, match="seller's own word"):
        judge_folder(write_tender(tmp_path / "tender", FOREST), rulebook, registries=[path])


@pytest.mark.parametrize(
    ("listed", "columns"),
    [
        (LISTED | {"Price": "3"}, ""),
        ({{"Methodology": "Methodologies"}.get(h, h): v for h, v in LISTED.items()}, ""),
        (STRANGE, MAPPED),
    ],
    ids=["a column more", "a heading that is near", "headings that are mapped"],
)
def test_a_registrys_layout_in_a_tender(bid, listed, columns):
    """Neither drift nor a mapping makes a record of what was handed in as offers."""
    judged = bid(text_of(listed), columns=columns)
    assert judged.fact("registry_status", "VCS5990").grade is EvidenceGrade.E4
    assert not judged.may_be_bought("VCS5990")


def test_a_mapping_that_turns_a_word_is_told(bid):
    """`withdrawn` read as `registered` stands in the account, and the mapping in the hash."""
    text = text_of(OZONE | {"registry_status": "withdrawn"})
    columns = "columns: [{heading: registry_status, words: {withdrawn: registered}}]"
    judged = bid(text, columns=columns, evidence=[])
    assert "“withdrawn” as “registered”" in judged.told()
    assert judged.fact("registry_status").grade is EvidenceGrade.E4
    assert "columns.yaml" in dict(judged.case.setting.origin.files)


def test_a_mapping_states_no_ledgers_word(bid):
    """What the tender's serial numbers say is stated by no column."""
    judged = bid(
        text_of(OZONE | {"x": "5"}), columns="columns: [{heading: x, field: serials_read}]"
    )
    assert judged.fact("serials_read").value == 800  # of the numbers themselves, not the 5 of x


HIDDEN = {
    "Total and more": {"id": "", "name": "Total"},
    "a star before the name": {"id": "", "name": "* Invented"},
    "a note before the name": {"id": "", "name": "Note: invented"},
    "the id of a total": {"id": "Total", "name": "Total"},
    "a bare id": {"id": "1950", "name": "Total"},
}


@pytest.mark.parametrize("hidden", HIDDEN)
def test_an_offer_that_is_called_like_no_offer(bid, hidden):
    """A whole offer counts whatever it is called, so that its units are missed in no sum."""
    judged = bid(text_of(OZONE, OZONE | {"seller": "B Oy"} | HIDDEN[hidden]))
    assert len(judged.offers) == 2
    assert all(
        judged.finding("double_counting.serials_once", offer).outcome.value == "fail"
        for offer in judged.offers
    )


def test_a_row_that_plays_the_header(bid):
    """A row that swaps the headings of the rows below it is told, and so is where."""
    swapped = {name: {"tonnes": "price", "price": "tonnes"}.get(name, name) for name in OZONE}
    judged = bid(text_of(OZONE, swapped, OTHER))
    assert "offers.csv:3: a row of other headings begins here" in judged.told()
    [aside] = judged.case.readings[0].aside
    assert aside.line == 3


SHORT = "id,name,tonnes,price,start_date\n"


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ("ACR1950,A,1.000,28,2025-01-15\nACR1951,B,800,12.5,2025-01-15\n", "“12.5”"),
        ("ACR1950,A,800,28,03/04/2025\nACR1951,B,800,28,12/31/2025\n", "“12/31/2025”"),
    ],
    ids=["a decimal point", "a month"],
)
def test_one_cell_decides_for_all_not_in_silence(bid, rows, cell):
    """Where a single cell of one bidder settles how all are read, the others are named."""
    assert "and by no other cell" in bid(SHORT + rows).told()
    assert cell in bid(SHORT + rows).told()
    assert (
        "by no other cell"
        not in bid(SHORT + rows.replace("28", "28.5").replace("03/04", "25/04")).told()
    )


@pytest.mark.parametrize(
    ("heading", "tonnes"),
    [("tonnes (kt)", 800_000), ("t (kt)", 800_000), ("tonnes (t)", 800), ("tonnes, kt", 800_000)],
)
def test_a_unit_behind_a_unit(bid, heading, tonnes):
    """Kilotonnes in brackets behind `tonnes` are not the tonnes that the paper shows."""
    judged = bid(text_of({{"tonnes": heading}.get(n, n): v for n, v in OZONE.items()}))
    assert judged.fact("tonnes").value == tonnes
    assert (judged.fact("tonnes").grade is EvidenceGrade.E1) == (tonnes == 800)


@pytest.mark.parametrize("heading", ["price per kg", "price (EUR/kg)"])
def test_a_price_of_a_kilogram(bid, heading):
    """28 a kilogram is no cheap offer."""
    judged = bid(text_of({{"price": heading}.get(n, n): v for n, v in OZONE.items()}))
    assert judged.fact("price").value == 28_000


def test_a_label_that_the_bidder_ticks(bid):
    """`CCP label?` with yes is the bidder's word."""
    assert bid(text_of(OZONE | {"CCP label?": "yes"})).fact("labels").grade is EvidenceGrade.E4


@pytest.mark.parametrize("as_of", [None, "2024-10-31"])
def test_a_status_of_two_words(sell, tmp_path, as_of):
    """A list that says `Registered (annulled)` is not settled by a paper that says `registered`."""
    path = tmp_path / "verra-2026-08-13.csv"
    path.write_text(text_of(row("Registered (annulled)")), encoding="utf-8")
    seen = confirmed(FOREST, **({"as_of": as_of} if as_of else {}))
    judged = sell(FOREST, evidence=seen, registries=[path])
    assert judged.state("governance.registry_status") == "open"
    assert not judged.may_be_bought()


def test_more_rows_than_are_read(tmp_path, rulebook, monkeypatch):
    """A text of too many rows is refused as a workbook is, with the figure and the way out."""
    monkeypatch.setattr("offsetcheck.intake.files.separated.MAX_ROWS", 500)
    path = tmp_path / "offers.csv"
    path.write_text("id,tonnes\n" + "VCS1,5\n" * 501, encoding="utf-8")
    with pytest.raises(InputError, match="more than 500 rows"):
        judge_folder(path, rulebook, city="turku")


def test_headers_without_end_are_told_by_their_count(bid):
    """Thousands of rows that play the header are bounded in the account."""
    swapped = {name: {"tonnes": "price", "price": "tonnes"}.get(name, name) for name in OZONE}
    judged = bid(text_of(OZONE, *[swapped, OTHER] * 300))
    assert "200 more problems of this kind" in judged.told()
