"""The public lists, saved anew as people save lists: no cell is another value than before."""

import pytest

from resaved import WAYS, cells_of, compare

ROWS = 60
LISTS = [
    "vrod/vrod-v2025-12-year-end.parquet",
    "offsetsdb/offsetsdb_projects.parquet",
    "verra/verra_allprojects_2025-02.csv",
    "verra/verra_allprojects_20col_2026-08-14.csv",
    "gold-standard/GSF_Registry_Projects_Export_2026-06-04.csv",
    "acr/ACR_Projects.txt",
    "car/car-projects.csv",
    "art/projects.csv",
    "ledger/verra_vcus.csv",
    "ledger/gold_standard_credits_issued.csv",
    "ledger/gold_standard_credits_retired.csv",
    "ledger/acr_issuances.csv",
    "ledger/acr_retirements.csv",
    "ledger/car_issuances.csv",
    "ledger/car_retirements.csv",
    "ledger/art_issuances.csv",
    "ledger/art_retirements.csv",
]


@pytest.mark.parametrize("file", LISTS)
def test_a_list_saved_anew_is_read_the_same_or_says_what_is_lost(own_dictionary, real, file):
    """Other decimal signs, days, encodings, headings and orders; what is lost is a problem."""
    path = real / file
    cells = cells_of(path.read_bytes(), path.name, own_dictionary, ROWS)
    for way in WAYS:
        found = compare(cells, way, path.stem, own_dictionary)
        assert (way, found.shown, found.wrong) == (way, (), 0)
        assert found.same > 0
        assert found.errors or not found.lost, way
