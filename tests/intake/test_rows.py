"""A row that is no offer is set aside and listed; a row that is one never is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offsetcheck.intake.files.read import sheet_of_bytes
from offsetcheck.vocabulary.headings import heading_key
from offsetcheck.vocabulary.problem import Severity
from offsetcheck.vocabulary.reading import Aside

KNOWN = frozenset(
    map(
        heading_key,
        ("id", "project id", "name", "programme", "vintage", "tonnes", "price", "country"),
    )
)
HEADER = "id,name,programme,vintage,tonnes,price"
OFFERS = [
    "VCS1,Cookstoves,VCS,2020,1000,5.50",
    "GS2,Wind,GS,2021,2500,7",
    "VCS3,Sun,VCS,2019,400,4",
]
SUM = "3900"


def sheet(*lines, name="offers.csv"):
    return sheet_of_bytes("\n".join(lines).encode(), name, KNOWN)


def ids(read):
    return list(read.columns[0])


def aside(read):
    return [(one.line, one.why) for one in read.aside]


TOTALS = [
    f"TOTAL,,,,{SUM},", f"Totaal,,,,{SUM},", f",,,GRAND TOTAL,{SUM},", f"Gesamtsumme,,,,{SUM},",
    f"Yhteensä:,,,,{SUM},", f"Summa,,,,{SUM},", f"Total general,,,,{SUM},", f"Totale,,,,{SUM},",
    f"Sous-total,,,,{SUM},", f"Sub-total (tCO2e),,,,{SUM},", f"Total 3 offers,,,,{SUM},",
    f",,,,{SUM},", f"Total Kenya,,,,{SUM},", ',,,,"3,900",', "Average,,,,1300,5.5", "Zwischensumme,,,,17,",
    "TOTAL,,,,=SUM(E2:E4),",
]  # fmt: skip


@pytest.mark.parametrize("total", TOTALS)
def test_a_total_is_no_offer(total):
    """It is told by its label in any shipped language, or by figures that are the sums."""
    read = sheet(HEADER, *OFFERS, total)
    assert ids(read) == ["VCS1", "GS2", "VCS3"]
    assert aside(read) == [(5, Aside.TOTAL)]
    assert read.lines == [2, 3, 4]


NOTES = [
    "* prices without VAT", "Note: prices excl. VAT, valid until May, all lots", "1) delivery in 2026,,,,,",
    ",,Source: registry of the programme,,,", "Forestry projects,,,,,", "Hinweis: Preise netto,,,,,",
    "Prices are indicative and may change at any time until contracts are signed by both,,,,,",
]  # fmt: skip


@pytest.mark.parametrize("note", NOTES)
def test_a_note_is_no_offer(note):
    """It is told by its sign or first word, or because it stands alone in its row."""
    read = sheet(HEADER, *OFFERS, note)
    assert ids(read) == ["VCS1", "GS2", "VCS3"]
    assert aside(read) == [(5, Aside.NOTE)]


OFFERED = [
    "VCS9,Total Energies cookstoves,VCS,2020,3900,5", "VCS9,Total,,,3900,", "Total-1,Wind,VCS,2020,10,5",
    "VCS9,,,,,", "VCS 9,,,,3900,", "A-7,,,,,", ",Total Energies cookstoves,,2020,500,5", "9,,,,3900,",
    ",Summa Verde reforestation,VCS,2020,500,5", ",Nota Bene Forest,VCS,2020,500,5", ",Wind,,,3900,",
    "VCS9,* Wind,VCS,2020,500,5", ",,,2020,500,5",
]  # fmt: skip


@pytest.mark.parametrize("offer", OFFERED)
def test_an_offer_stays_one(offer):
    """A project's id, or a name that only begins like a total, makes an offer."""
    read = sheet(HEADER, *OFFERS, offer)
    assert len(read) == 4
    assert not read.aside


def test_separators_and_repeated_headers_are_listed():
    """Lines of dashes and the header of each printed page are no offers."""
    read = sheet(HEADER, OFFERS[0], "-----,---,--,,,", OFFERS[1], HEADER, OFFERS[2], HEADER.upper())
    assert ids(read) == ["VCS1", "GS2", "VCS3"]
    assert sorted(aside(read)) == [
        (3, Aside.BLANK),
        (5, Aside.REPEATED_HEADER),
        (7, Aside.REPEATED_HEADER),
    ]


def test_subtotals_without_a_label_and_their_sum_are_no_offers():
    """Each is the sum of the rows since the last, the final one of all."""
    read = sheet(
        HEADER,
        *OFFERS[:2],
        ",,,,3500,",
        OFFERS[2],
        "VCS4,Sun,VCS,2019,100,4",
        ",,,,500,",
        ",,,,4000,",
    )
    assert ids(read) == ["VCS1", "GS2", "VCS3", "VCS4"]
    assert [line for line, _ in aside(read)] == [4, 7, 8]


def test_a_legend_below_the_list_is_no_offer():
    """Signs and their meanings, apart from the list."""
    read = sheet(HEADER, *OFFERS, "", "VCS,Verified Carbon Standard,,,,", "GS,Gold Standard,,,,")
    assert ids(read) == ["VCS1", "GS2", "VCS3"]
    assert aside(read) == [(6, Aside.NOTE), (7, Aside.NOTE)]


def test_a_second_header_begins_a_second_block():
    """Cells below it stand under its own headings; a larger one does not swallow the first."""
    read = sheet(
        "id,name,tonnes",
        "VCS1,Cookstoves,1000",
        "",
        "tonnes,id,name,price,vintage",
        "2500,GS2,Wind,7,2021",
    )
    assert read.headers == ["id", "name", "tonnes", "price", "vintage"]
    assert read.columns == [
        ["VCS1", "GS2"],
        ["Cookstoves", "Wind"],
        ["1000", "2500"],
        ["", "7"],
        ["", "2021"],
    ]
    assert read.lines == [2, 5]
    assert read.header_line == 1


def test_a_table_of_another_kind_below_is_refused_in_words():
    """Its rows are no offers of the list, and are not lost in silence."""
    read = sheet(HEADER, *OFFERS, "", "programme,price", "VCS,5", "GS,6")
    assert ids(read) == ["VCS1", "GS2", "VCS3"]
    (problem,) = read.problems
    assert problem.severity is Severity.ERROR
    assert problem.place.line == 6
    assert "its 2 rows are not read" in problem.message


def test_a_summary_above_the_list_is_not_its_first_block():
    """A small table above has other headings; it is named."""
    read = sheet("programme,tonnes", "VCS,1400", "GS,2500", "", HEADER, *OFFERS)
    assert ids(read) == ["VCS1", "GS2", "VCS3"]
    assert [(p.place.line, p.severity) for p in read.problems] == [(1, Severity.WARNING)]


def test_titles_and_group_headings_stand_above():
    """A row of group names directly above the header is no block of its own."""
    read = sheet("Offers of ACME", "Programme,Tonnes,,Price", HEADER, *OFFERS)
    assert ids(read) == ["VCS1", "GS2", "VCS3"]
    assert read.header_line == 3
    assert not read.problems


def test_units_below_the_header_belong_to_it():
    """A header of two rows is read as one."""
    read = sheet(HEADER, ",,,yyyy,(kt),EUR/t", *OFFERS)
    assert read.headers[3:] == ["vintage (yyyy)", "tonnes (kt)", "price (EUR/t)"]
    assert ids(read) == ["VCS1", "GS2", "VCS3"]


@settings(max_examples=60, deadline=None)
@given(st.permutations([*OFFERS, f"TOTAL,,,,{SUM},", "* a note"]), st.permutations(range(6)))
def test_the_order_of_rows_and_columns_changes_nothing(rows, order):
    """The same rows are offers, wherever they stand."""
    lines = [",".join((line.split(",") + [""] * 6)[at] for at in order) for line in [HEADER, *rows]]
    read = sheet(*lines)
    assert sorted(read.columns[read.keys()["id"]]) == ["GS2", "VCS1", "VCS3"]
    assert sorted(one.why for one in read.aside) == [Aside.NOTE, Aside.TOTAL]
