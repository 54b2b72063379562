"""The real lists, where they are beside the checkout: whole, with the shares of fields measured."""

from pathlib import Path

import pytest

from offsetcheck.intake.files.read import sheet_of_bytes
from offsetcheck.intake.layouts.known import registry_headers
from offsetcheck.intake.layouts.recognise import recognised
from offsetcheck.intake.offers import read_offers
from offsetcheck.vocabulary.problem import Severity
from offsetcheck.vocabulary.table import CandidateTable

# File, layout, rows, and the share of rows in which a field is at least read, whole or in part.
LISTS = [
    ("vrod/vrod-v2025-12-year-end.parquet", "vrod", 10975,
     {"country": 0.99, "project_type": 1, "mechanism": 1, "registry_status": 0.96, "methodology": 0.84,
      "issued": 1, "remaining": 1, "first_vintage": 0.52, "last_vintage": 0.52, "labels": 0.63}),
    ("offsetsdb/offsetsdb_projects.parquet", "offsetsdb", 10836,
     {"country": 0.99, "project_type": 0.93, "registry_status": 0.62, "issued": 1, "methodology": 0.5}),
    ("verra/verra_allprojects_2025-02.csv", "verra_old", 4395,
     {"country": 1, "registry_status": 1, "estimated_annual": 0.99, "methodology": 0.9, "sectoral_scope": 1}),
    ("verra/verra_allprojects_20col_2026-08-14.csv", "verra_new", 5269,
     {"country": 1, "registry_status": 1, "crediting_end": 0.97, "validator": 0.83, "methodology": 0.9}),
    ("gold-standard/GSF_Registry_Projects_Export_2026-06-04.csv", "gold_standard", 4105,
     {"country": 0.99, "registry_status": 1, "sdgs_claimed": 0.99, "scale": 1, "project_type": 0.91}),
    ("acr/ACR_Projects.txt", "acr", 811,
     {"country": 1, "crediting_end": 0.99, "registry_status": 0.57, "sdgs_claimed": 0.93, "issued": 0.73,
      "compliance_status": 1}),
    ("car/car-projects.csv", "car", 60,
     {"country": 1, "registry_status": 1, "listed_on": 1, "labels": 1, "compliance_status": 0.93}),
    ("art/projects.csv", "art", 28, {"country": 1, "registry_status": 1, "first_crediting_start": 1}),
]  # fmt: skip


def share(table: CandidateTable, field: str) -> float:
    facts = (table.fact(field, row) for row in range(len(table)))
    return sum(fact.value is not None or bool(fact.possible) for fact in facts) / len(table)


@pytest.mark.parametrize("expected", LISTS, ids=[item[1] for item in LISTS])
def test_a_real_list_is_read_whole(own_dictionary, real: Path, expected) -> None:
    """Every row is there under an id of its own, nothing is an error, and fields are read as measured."""
    file, layout, rows, shares = expected
    table = read_offers(real / file, own_dictionary)
    assert (table.layout, len(table)) == (layout, rows)
    assert len(set(table.ids)) == rows
    assert [problem for problem in table.problems if problem.severity is Severity.ERROR] == []
    assert {
        name: share(table, name) for name, least in shares.items() if share(table, name) < least
    } == {}


def test_a_list_that_a_spreadsheet_damaged_is_read_under_its_lines(
    own_dictionary, real: Path
) -> None:
    """All 55 ids are gone; the rows are judged, and the one error says so."""
    table = read_offers(real / "verra/verra_excel-mangled_cp1252_2024-07.csv", own_dictionary)
    assert len(table) == 55
    assert table.ids[0] == "row-2"
    errors = [problem for problem in table.problems if problem.severity is Severity.ERROR]
    assert len(errors) == 1


def test_the_two_big_lists_meet_by_id(own_dictionary, real: Path) -> None:
    """After their ids take one form, the two databases share 10,828 projects."""
    vrod = read_offers(real / "vrod/vrod-v2025-12-year-end.parquet", own_dictionary)
    other = read_offers(real / "offsetsdb/offsetsdb_projects.parquet", own_dictionary)
    assert len(set(vrod.ids) & set(other.ids)) == 10828


def test_a_real_ledger_is_taken_for_no_list_of_projects(real: Path) -> None:
    """Issuances and retirements hold the headings of projects, and those of a ledger."""
    for path in sorted((real / "ledger").glob("*.csv")):
        sheet = sheet_of_bytes(path.read_bytes(), path.name, registry_headers())
        found = recognised(sheet)
        assert found is None or found.layout.holds != "projects", path.name


@pytest.mark.parametrize(
    ("usual", "written"), [("Methodology", "Methodologies"), ("Status", "Project Status")]
)
def test_a_real_list_with_a_renamed_heading_says_what_is_lost(
    own_dictionary, real: Path, tmp_path: Path, usual: str, written: str
) -> None:
    """Verra's old export as people save it again; every other field is read as it was."""
    text = (real / "verra/verra_allprojects_2025-02.csv").read_text("utf-8-sig")
    path = tmp_path / "again_2025-02.csv"
    path.write_text(text.replace(f",{usual},", f",{written},", 1), "utf-8")
    table = read_offers(path, own_dictionary)
    errors = [problem for problem in table.problems if problem.severity is Severity.ERROR]
    assert (table.layout, len(table), len(errors)) == ("verra_old", 4395, 1)
    assert f"“{written}” where" in errors[0].message
