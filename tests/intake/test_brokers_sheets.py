"""Bid sheets as brokers of several countries send them: each value is that of its cell."""

from datetime import date

import pytest

from offsetcheck.intake.offers import offers_of_bytes
from offsetcheck.vocabulary.problem import Severity
from workbooks import rows_xml, workbook


def read(dictionary, text, name="offers.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return offers_of_bytes(data, name, dictionary)


def errors(table):
    return [p.message for p in table.problems if p.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("words", "delivery"),
    [
        (("Spot", "Heti", "Omedelbar", "Inmediata", "Direct", "sofort", "Immédiate", "À vista"), "spot"),
        (("Forward", "Termiini", "Termin", "A plazo", "Termijn", "auf Termin", "À terme", "A termo"), "forward"),
    ],
)  # fmt: skip
def test_delivery_is_read_in_each_language(words, delivery, own_dictionary):
    """Spot and forward, as sellers of eight languages write them."""
    rows = "".join(f"VCS{number},{word}\n" for number, word in enumerate(words, start=1))
    table = read(own_dictionary, f"id,delivery\n{rows}")
    assert list(table.columns["delivery"].values) == [delivery] * len(words)


@pytest.mark.parametrize(
    "heading",
    [
        "Hinta €/t (alv 0 %)", "Price EUR/t excl. VAT", "Prix unitaire HT (€/t)", "Pris EUR/ton exkl. moms",
        "Preis je Tonne (EUR, zzgl. MwSt.)", "Preis (EUR/t, netto)", "Prijs per ton (EUR) excl. btw", "Precio (EUR/t) sin IVA",
        "Preço (EUR/t) sem IVA", "Price (EUR/t, VAT 0%)", "Price (EUR/t, 0 % VAT)",
    ],
)  # fmt: skip
def test_a_price_without_tax_is_a_price(heading, own_dictionary):
    """Tax words of a heading are read in each language, and lose no price."""
    table = read(own_dictionary, f'id;"{heading}"\nVCS1;28,50\n')
    assert table.candidate(0).value("price") == 28.5
    assert not errors(table)


def test_a_group_of_headings_says_nothing_of_their_names(own_dictionary):
    """`Offre` merged over `Quantité` and `Prix`: the lower heading counts, the group beside it."""
    xml = rows_xml(
        ["Identifiant", "Millésime", "", "Offre", ""],
        ["", "de", "à", "Quantité (tCO2e)", "Prix unitaire HT (€/t)"],
        ["VCS1650", 2018, 2019, "15 000", "11,20 €"],
        after='<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/><mergeCell ref="D1:E1"/></mergeCells>',
    )  # fmt: skip
    table = read(own_dictionary, workbook(xml), "offre.xlsx")
    offer = table.candidate(0)
    assert (offer.value("tonnes"), offer.value("price"), offer.value("currency")) == (
        15000,
        11.2,
        "EUR",
    )
    assert offer.value("vintage_start") == date(2018, 1, 1)
    assert offer.value("vintage_end") == date(2019, 12, 31)
    assert not errors(table)


def test_a_group_that_changes_the_meaning_is_not_passed_over(own_dictionary):
    """`Sold` over `Volume` is no volume on offer: it is refused in words."""
    xml = rows_xml(
        ["Project ID", "Sold", ""], ["", "Volume", "Price"], ["VCS1", 5, 9],
        after='<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>',
    )  # fmt: skip
    table = read(own_dictionary, workbook(xml), "a.xlsx")
    assert "tonnes" not in table.columns
    assert any("“Sold” beside it is not understood" in message for message in errors(table))


@pytest.mark.parametrize("turned", [False, True])
def test_of_a_price_a_tonne_and_one_a_lot_that_of_the_tonne_is_read(turned, own_dictionary):
    """The other one is named as what it is; nobody is told that the two differ."""
    prices = [("Price per tonne (USD)", "14.5"), ("Price per lot", "145000")]
    (first, one), (second, two) = reversed(prices) if turned else prices
    table = read(own_dictionary, f"id,tonnes,{first},{second}\nVCS1,10000,{one},{two}\n")
    assert table.candidate(0).value("price") == 14.5
    assert not errors(table)
    [left] = table.reading.unused
    assert (left.header, left.hint) == ("Price per lot", None)
    assert "whole lot" in left.means


def test_a_total_that_is_a_formula_is_no_offer(own_dictionary):
    """Brokers add up with Excel; the sum below the offers is none, and no cell of it is missed."""
    total = "<row><c t='inlineStr'><is><t>TOTAL</t></is></c><c/><c><f>SUM(C2:C3)</f></c></row>"
    xml = rows_xml(["id", "name", "tonnes"], ["VCS1", "a", 5], ["VCS2", "b", 6], total)
    table = read(own_dictionary, workbook(xml), "a.xlsx")
    assert list(table.ids) == ["VCS1", "VCS2"]
    assert [row.line for row in table.reading.aside] == [4]
    assert not errors(table)


def test_rows_set_aside_stand_in_the_order_of_the_file(own_dictionary):
    """A hidden row, a total and a note, whatever found them."""
    xml = rows_xml(
        ["id", "name", "tonnes"], ["Sum", "", 11], ["VCS1", "a", 5],
        "<row hidden='1'><c t='inlineStr'><is><t>VCS3</t></is></c></row>", ["VCS2", "b", 6],
        ["* excl. VAT"],
    )  # fmt: skip
    lines = [row.line for row in read(own_dictionary, workbook(xml), "a.xlsx").reading.aside]
    assert lines == sorted(lines)
    assert len(lines) == 3
