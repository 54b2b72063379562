"""One reading of project ids: whatever the spelling, the same project; what is none, told."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from offsetcheck.intake.normalise.ids import read_id
from offsetcheck.intake.offers import read_offers
from offsetcheck.vocabulary.evidence import Cause
from offsetcheck.vocabulary.problem import Severity
from offsetcheck.vocabulary.table import CandidateTable

Read = Callable[..., CandidateTable]

# Programmes of which no pattern can be told: of several, or none of its own.
# How these number their projects has not been seen.
WITHOUT_PATTERN = {
    "OTHER", "ERS", "J_CREDIT", "T_VER", "CSI", "OPEN_FOREST_PROTOCOL", "NATURAL_FOREST_STANDARD",
    "ASIA_CARBON_INSTITUTE", "ACORN", "CLIMATE_FORWARD", "MOORFUTURES", "KLIMASKOVFONDEN", "SNK",
    "CREDIBLE_CARBON",
}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "VCS902", "vcs-902", "VCS 902", "VCS–902", "VCS—902", "VCS−902", "VCS.902", "V.C.S. 902",
        "VCS#902", "VCS 0902", "VCS902.0", "[VCS902]", "(VCS 902)", "VCS 902 (Kariba)",
        "VCS902-2", "VCS902a", "902 (VCS)", "Project ID: VCS902", "VCS ID 902", "VERRA 902",
        "PL902", "VCU902", "VCU-902-2020", "VCS902#2",
        "ＶＣＳ９０２", "V\u0421S902", "VC\u0405902", "VCS\u200b902", "VCS\u0669\u0660\u0662",
        "https://registry.verra.org/app/projectDetail/VCS/902",
        "registry.verra.org/app/projectDetail/VCS/902",
    ],
)  # fmt: skip
def test_one_project_has_one_id_whatever_its_spelling(text: str) -> None:
    """Dashes, dots, brackets, suffixes, look-alike letters and addresses are read through."""
    assert read_id(text) == ("VCS902", "VCS")


@pytest.mark.parametrize(
    ("text", "programme", "identity"),
    [
        ("https://registry.goldstandard.org/projects?q=gs11623", "GS", "GS11623"),
        ("https://thereserve2.apx.com/mymodule/reg/prjView.asp?id1=1102", "CAR", "CAR1102"),
        ("https://acr2.apx.com/mymodule/reg/prjView.asp?id1=586", "ACR", "ACR586"),
        ("https://art.apx.com/mymodule/reg/prjView.asp?id1=102", "ART", "ART102"),
        ("PCR-CO-TRL-14-002", "BIOCARBON", "PCR-CO-TRL-14-002"),
        ("erf-179381", "ACCU", "ERF179381"), ("EOP 100945", "ACCU", "EOP100945"),
        ("BCR-CO-635-14-001", "BIOCARBON", "BCR-CO-635-14-001"),
        ("Puro 100008", "PURO", "PURO100008"), ("ISO-12", "ISOMETRIC", "ISO12"),
        ("Cercarbono-Baka-Rokarire", "CERCARBONO", "CERCARBONO-BAKA-ROKARIRE"),
        ("CDM 1234", "CDM", "CDM1234"), ("SOCIALCARBON-19", "SOCIAL_CARBON", "SOCIALCARBON19"),
        ("CFC-15", "CITY_FOREST_CREDITS", "CFC15"), ("CDC-106", "CERCARBONO", "CDC-106"), ("GLD4221", "GS", "GS4221"), ("ACR0242", "ACR", "ACR242"),
    ],
)  # fmt: skip
def test_ids_of_other_programmes_are_told(text: str, programme: str, identity: str) -> None:
    """The programme and the number are read whichever programme it is."""
    assert read_id(text) == (identity, programme)


@pytest.mark.parametrize(
    "text",
    [
        "902", "Kariba", "VCS", "VCS9O2", "VCS90l", "VCS1,468", "VCS 1 468", "VCS1468, VCS902",
        "VCS902 / GS12", "VCS-GS-902", "CAFR5011", "RVPA-12",
        # The number in this address is one of the website's own, not the project's.
        "https://registry.goldstandard.org/projects/details/2147",
    ],
)  # fmt: skip
def test_what_names_no_one_project_is_not_recognised(text: str) -> None:
    """A number without a programme, two projects, a letter for a digit: nothing is guessed."""
    assert not read_id(text).recognised


@pytest.mark.parametrize(
    ("text", "programme"),
    [("TS26", "ISOMETRIC"), ("7BDE", "ISOMETRIC"), ("C01-001", "REGEN"), ("CAFR5011", "ARB")],
)
def test_a_form_that_others_use_is_an_id_where_the_programme_is_stated(
    text: str, programme: str
) -> None:
    """Four letters and digits say nothing by themselves, and stand as written with a programme."""
    assert read_id(text, programme) == (text, programme)
    assert not read_id(text).recognised


def test_an_id_of_another_programme_than_stated_is_not_recognised() -> None:
    """The id keeps its form, so that what is known of that project is still found."""
    assert read_id("VCS-902", "GS") == ("VCS902", None)
    assert read_id("VCS-902", "VCS").recognised


def test_every_programme_has_a_pattern(own_dictionary) -> None:
    """A number with its programme beside it, or an id of the programme's form, is recognised."""
    own = {"ACCU": "ERF1", "BIOCARBON": "BCR-CO-1-1-1", "CERCARBONO": "CDC-1", "REGEN": "C01-001",
           "ARB": "CAFR5011"}  # fmt: skip
    programmes = set(own_dictionary.candidate["programme"].codes) - WITHOUT_PATTERN
    strange = {p for p in programmes if read_id(own.get(p, "123"), p).programme != p}
    assert strange == set()


def test_the_addresses_of_a_database_lead_to_its_ids(real: Path) -> None:
    """Each address that OffsetsDB gives is read as the id beside it."""
    listed = pl.read_parquet(real / "offsetsdb/offsetsdb_projects.parquet")
    rows = listed.select("project_url", "project_id").drop_nulls().rows()
    wrong = [
        (url, name)
        for url, name in rows
        if not name.startswith("VCSOPR") and read_id(url).text != read_id(name).text
    ]
    assert len(rows) > 10_000
    assert wrong == []


def test_every_id_of_the_official_lists_is_recognised(real: Path, own_dictionary) -> None:
    """No registry gives an id that fits no pattern, so that no warning is about a true one."""
    lists = ("acr/ACR_Projects.txt", "art/projects.csv", "vrod/vrod-v2025-12-year-end.parquet")
    for name in lists:
        column = read_offers(real / name, own_dictionary).columns["id"]
        assert column.causes is None, name


def test_an_offer_whose_id_is_not_known_says_so(read: Read) -> None:
    """The id stays as it is, bears the cause, and a warning names what that means."""
    offers = read("id,name,programme\nKariba,A,VCS\nVCS902,B,GS\nVCS934,C,VCS\n")
    facts = [offers.fact("id", row) for row in range(3)]
    assert [fact.value for fact in facts] == ["Kariba", "VCS902", "VCS934"]
    assert [fact.cause for fact in facts] == [Cause.ID_NOT_RECOGNISED] * 2 + [None]
    said = [problem for problem in offers.problems if "only a screening" in problem.message]
    assert [problem.place.line for problem in said] == [2, 3]
    assert {problem.severity for problem in said} == {Severity.WARNING}


def test_rows_of_one_project_by_two_sellers_bear_a_number_each(read: Read) -> None:
    """What names the project alone names neither row."""
    offers = read("id,vintage,seller\nVCS902,2020,A\nvcs-902,2021,B\nVCS934,2020,A\n")
    assert list(offers.ids) == ["VCS902#1", "VCS902#2", "VCS934"]
    assert "VCS902#1 and VCS902#2" in offers.problems[0].message
    assert [offers.fact("id", row).value for row in range(3)] == ["VCS902", "VCS902", "VCS934"]


@pytest.mark.parametrize("own", ["VCS902#2", "Kariba#2"])
def test_an_id_that_bears_a_number_collides_with_none(read: Read, own: str) -> None:
    """No two rows are called alike, so that each gets a report of its own."""
    name = own.removesuffix("#2")
    offers = read(f"id,vintage\n{own},2019\n{name},2020\n{name},2021\n")
    assert len(set(offers.ids)) == 3
