"""Ids, names and developers written so that what is known of a project is not found."""

import pytest

from cheats.honest import FOREST, OZONE, PURCHASE, SCREENING, STOVES
from cheats.tender import Verdict, confirmed, judge_list

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


@pytest.mark.parametrize(
    "serial",
    [
        "10687-245163245-245164244-VCU-033-VER-ZW-14-902-01072012-31122012-0",
        "10687-245163245-245164244-VCS-VCU-1507-VER-ZW-14-902-01072012-31122012-0",
        "10687 245163245 245164244 VCU 033 VER ZW 14 902 01072012 31122012 0",
        "10687/245163245/245164244/VCU/033/VER/ZW/14/902/01072012/31122012/0",
        "serial 10687\u20131\u20139\u2013VCU\u2013033\u2013VER\u2013ZW\u201314\u2013902\u201301072012\u201331122012\u20130",
    ],
)
def test_a_serial_number_in_place_of_an_id(sell, serial):
    """A block's serial number names its own project, not that which another of its numbers names."""
    judged = sell(KARIBA | {"id": serial})
    assert [*judged.offers] == ["VCS902"]
    assert judged.state("quantification.known_overissuance") == "fail"


@pytest.mark.parametrize(
    "serial",
    ["CAR-1-US-33-31-983-KS-2025-9205-1 to 900", "1-2-3-VCS-902-4-5-6", "VCU-033-VER-ZW-14-902"],
)
def test_a_serial_number_of_another_form(sell, serial):
    """A serial number that is no Verra project's is never read as one of Verra's."""
    judged = sell(KARIBA | {"id": serial, "programme": "VCS"})
    assert not judged.signs()
    assert not [offer for offer in judged.offers if offer.startswith("VCS")]


@pytest.mark.parametrize("made_up", ["VCSOPR3", "VCS12345678", "HONEST-1"])
@pytest.mark.parametrize("stage", ["clarification", "final"])
def test_a_search_for_all_is_not_of_an_id_that_is_not_known(sell, made_up, stage):
    """Whoever looked for all offers has not looked for one whose project nobody can tell."""
    purchase = PURCHASE | {"stage": stage}
    judged = sell(FOREST | {"id": made_up, "serials": "made up"}, purchase=purchase)
    [unsearched] = judge_list(judged)["unscreened"].to_list()
    assert unsearched
    assert judged.only.assessment.unscreened == tuple(unsearched)
    if stage == "final":
        assert judged.verdict() is Verdict.UNDECIDED
    else:
        assert judged.verdict() is Verdict.ELIGIBLE_WITH_CONDITIONS
        assert judged.conditions()


def test_a_search_that_names_an_unknown_id_counts(sell):
    """A screening that names the offer is of it, whatever its id."""
    looked = SCREENING | {"offers": ["HONEST-1"]}
    judged = sell(FOREST | {"id": "HONEST-1"}, screenings=[looked])
    assert not judged.only.assessment.unscreened


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
        "Masbosques",
        "Corporación Masbosques",
        "CORPORACIÓN PARA EL MANEJO SOSTENIBLE DE LOS BOSQUES - MASBOSQUES",
    ],
)
def test_a_developer_with_a_record_in_a_new_project(sell, developer):
    """A developer of whom findings are known, under its old or its new name, asks a person."""
    judged = sell(STOVES | {"developer": developer})
    assert not judged.signs()


@pytest.mark.parametrize(
    ("identity", "programme", "event"),
    [("ACR114", "ACR", "greentrees_credits"), ("VCS944", "VCS", "alto_mayo_evictions")],
)
def test_a_project_that_the_press_reported_on(sell, identity, programme, event):
    """A report that is general knowledge asks a person, with the best of papers."""
    judged = sell(FOREST | {"id": identity, "programme": programme})
    assert not judged.signs()
    words = judged.case.bound.dictionary.candidate["allegation_record"].codes[event].title["en"]
    assert words in judged.page()


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
