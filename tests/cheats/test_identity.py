"""Ids, names and developers written so that what is known of a project is not found."""

import pytest

from cheats.honest import FOREST, OZONE, SCREENING, STOVES
from cheats.tender import confirmed

KARIBA = FOREST | {"serials": "VCS-VCU-902-2023-1 to 900"}
# Each is read to the project VCS902, whose withdrawal and excess are in the table of events.
SPELLINGS = (
    "vcs902",
    "VCS 902",
    "VCS-902",
    "VCS\u2011902",
    "VCS\u2013902",
    "VCS\u2212902",
    "VCS_902",
    "VCS902.",
    "VCS902 ",
    "(VCS902)",
    "[VCS902]",
    "VCS902#2",
    "VCS00902",
    "VCS\u00a0902",
    "V\u200bCS902",
    "\uff36\uff23\uff33\uff19\uff10\uff12",
    "V\u0421S902",
    "VC\u0405902",
    "PL902",
    "VCU902",
    "Verra 902",
    "902",
    "VCS902 (REDD+)",
    "VCS-902-2018",
    "https://registry.verra.org/app/projectDetail/VCS/902",
    "registry.verra.org/app/projectDetail/VCS/902",
)


@pytest.mark.parametrize("spelling", SPELLINGS, ids=[ascii(s) for s in SPELLINGS])
def test_a_known_project_under_another_spelling(sell, spelling):
    """Kariba with a good bid and seen papers is found under each way to write its id."""
    judged = sell(KARIBA | {"id": spelling})
    assert not judged.may_be_bought()
    assert judged.state("quantification.known_overissuance") == "fail"


@pytest.mark.parametrize("made_up", ["HONEST-1", "VCS-UNKNOWN", "A1", "VCS12345678", "VCS9O2"])
def test_an_id_that_no_programme_gives(sell, made_up):
    """An id that no programme gives is not cleared by a screening of all offers together."""
    judged = sell(FOREST | {"id": made_up})
    assert not judged.signs()


def test_a_serial_number_in_place_of_an_id(sell):
    """A block's serial number is not read as the id of whatever project its digits happen to name."""
    serial = "10687-245163245-245164244-VCU-033-VER-ZW-14-902-01072012-31122012-0"
    judged = sell(KARIBA | {"id": serial})
    assert not judged.signs()
    assert "VCS33" not in judged.offers


def test_a_page_number_of_a_registry_in_place_of_an_id(sell):
    """The number in a Gold Standard address is not the project's: it is read as no id."""
    address = "https://registry.goldstandard.org/projects/details/12990"
    assert not sell(STOVES | {"id": address}).signs()


def test_an_id_that_no_programme_gives_is_named_as_such(sell):
    """The page says that the id was not recognised, and not that nothing is known."""
    assert "id_not_recognised" in sell(FOREST | {"id": "HONEST-1"}).page()


@pytest.mark.parametrize("prefix", ["GS", "ACR", "CAR"])
def test_the_number_of_a_known_project_under_another_programme(sell, prefix):
    """A Verra project with another programme's prefix is not signed: id and programme differ."""
    judged = sell(KARIBA | {"id": f"{prefix}902", "programme": "VCS"})
    assert not judged.signs()


def test_a_known_project_in_another_programme(sell):
    """Kariba is offered as a project of Gold Standard, whose table of events is empty for it."""
    judged = sell(KARIBA | {"id": "VCS902", "programme": "GS"})
    assert not judged.may_be_bought()


@pytest.mark.parametrize(
    "developer",
    [
        "Carbon Green Investments",
        "CARBON GREEN INVESTMENTS (Guernsey) Ltd",
        "C-Quest Capital",
        "C\u2011Quest Capital LLC",
        "CQC Impact Investors LLC",
        "Bridge Carbon",
    ],
)
def test_a_developer_with_a_record_in_a_new_project(sell, developer):
    """A developer of whom findings are known, under its old or its new name, asks a person."""
    judged = sell(STOVES | {"developer": developer})
    assert not judged.signs()


def test_the_confirmed_id_is_not_that_of_the_offer(sell):
    """The officer saw the registry's page of an honest project; the offer is of Kariba."""
    judged = sell(KARIBA | {"id": "VCS902"}, evidence=confirmed(FOREST, identity="VCS902"))
    assert not judged.may_be_bought()
    assert "id" in judged.told()


def test_a_screening_of_an_id_that_is_not_offered(sell):
    """A screening that names the honest spelling of another offer does not cover this one."""
    judged = sell(OZONE, screenings=[SCREENING | {"offers": ["ACR1951"]}])
    assert not judged.signs()
    assert "ACR1951" in judged.told()
