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


@pytest.mark.parametrize(
    "sheet",
    [
        # A German forest owner, a Spanish developer, a Finnish broker, a Swedish farm, a Dutch
        # marsh, a French cooperative: each as its bid form would have it.
        ("Projekt-ID;Menge (t CO2e);Unsicherheit (%);Leckage (%);Bereits abgezogen;Ex post oder ex ante\n"
        "W-1;1.000;30;10,5;Unsicherheit, Puffer;gemessen\n"),
        ("ID del proyecto;Cantidad (tCO2e);Incertidumbre (%);Fugas (%);Deducciones ya aplicadas;Medido o previsto\n"
        "W-1;1.000;30;10,5;incertidumbre y reserva;medido\n"),
        ("Hankkeen tunnus;Määrä (tCO2e);Epävarmuus (%);Hiilivuoto (%);Tehdyt vähennykset;Mitattu vai ennuste\n"
        "W-1;1 000;30;10,5;epävarmuus ja puskuri;mitattu\n"),
        ("Projekt-ID;Volym (tCO2e);Mätosäkerhet (%);Läckage (%);Redan gjorda avdrag;Uppmätt eller prognos\n"
        "W-1;1 000;30;10,5;osäkerhet och buffert;uppmätt\n"),
        ("Projectnummer;Hoeveelheid (tCO2e);Onzekerheidsmarge (%);Koolstoflekkage (%);Reeds afgetrokken;Gemeten of voorspeld\n"
        "W-1;1.000;30;10,5;onzekerheid en buffer;gemeten\n"),
        ("Identifiant du projet;Quantité (tCO2e);Incertitude de mesure (%);Taux de fuite (%);Déductions appliquées;Ex post ou ex ante\n"
        "W-1;1 000;30;10,5;incertitude et tampon;ex post\n"),
    ],
    ids=["de", "es", "fi", "sv", "nl", "fr"],
)  # fmt: skip
def test_what_comparable_tonnes_rest_on_is_read_in_six_languages(sheet, own_dictionary):
    """Uncertainty, leakage, what was taken off and whether it was measured, as bid forms say it."""
    table = read(own_dictionary, sheet)
    offer = table.candidate(0)
    assert not errors(table)
    said = [offer.value(name) for name in ("tonnes", "uncertainty_percent", "leakage_percent")]
    assert said == [1000, 30, 10.5]
    assert set(offer.value("deductions_applied")) == {"uncertainty", "buffer"}
    assert offer.value("quantity_timing") == "ex_post"


@pytest.mark.parametrize(
    "word", ["none", "keine", "ei mitään", "inga", "ninguna", "geen", "aucune", "nenhuma"]
)
def test_that_nothing_was_taken_off_is_read_in_each_language(word, own_dictionary):
    """It is a statement, and no blank cell: nothing was taken off."""
    table = read(own_dictionary, f"id,tonnes,deductions applied\nW-1,1000,{word}\n")
    assert table.candidate(0).value("deductions_applied") == ()
    assert not errors(table)


@pytest.mark.parametrize("heading", ["Deductions", "Abzüge", "Leakage per year", "Risiko"])
def test_a_heading_that_may_say_something_else_is_not_taken_for_a_deduction(
    heading, own_dictionary
):
    """A discount of the price is no deduction from the quantity, and leakage a year is no share."""
    table = read(own_dictionary, f"id,tonnes,{heading}\nW-1,1000,10\n")
    offer = table.candidate(0)
    assert offer.value("deductions_applied") is None
    assert offer.value("leakage_percent") is None


@pytest.mark.parametrize(
    ("word", "meaning"),
    [("Standardfehler", "standard_error"), ("erreur type", "standard_error"),
     ("95 %-Konfidenzintervall", "half_width_95"), ("90 %", "half_width_90"),
     ("intervalo de confianza del 90 %", "half_width_90"), ("keskivirhe", "standard_error")],
)  # fmt: skip
def test_what_an_uncertainty_is_is_read_as_bidders_write_it(word, meaning, own_dictionary):
    """A standard error and a half-width differ by nearly a half, so that the cell has to be read."""
    table = read(own_dictionary, f"id;tonnes;Art der Unsicherheit\nW-1;1000;{word}\n")
    assert table.candidate(0).value("uncertainty_meaning") == meaning


@pytest.mark.parametrize(
    ("cell", "field", "value"),
    [("12.5", "leakage_percent", 12.5), ("Measured", "leakage_treatment", "measured")],
)
def test_the_cells_tell_a_share_of_leakage_from_how_it_is_treated(
    cell, field, value, own_dictionary
):
    """A column that is called leakage and nothing else is what its cells are."""
    table = read(own_dictionary, f"id,tonnes,Leakage\nW-1,1000,{cell}\n")
    assert table.candidate(0).value(field) == value
