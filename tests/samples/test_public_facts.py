"""The registry facts of the samples are those of the public lists, where these are at hand."""

from pathlib import Path

import pytest

from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.offers import read_offers
from offsetcheck.intake.registry.enrich import enrich
from offsetcheck.vocabulary.evidence import Cause

LISTS = Path(__file__).resolve().parents[3] / "shared" / "data"
VROD = "vrod/vrod-v2025-12-year-end.parquet"
VERRA = "verra/verra_allprojects_20col_2026-08-14.csv"
GOLD_STANDARD = "gold-standard/GSF_Registry_Projects_Export_2026-06-04.csv"

# Where a list must differ: statuses moved between the end of 2025 and August 2026, and one sample is
# about two lists that contradict each other.
DIFFERENT = {
    VROD: {
        ("VCS2930", "registry_status"),
        ("VCS2290", "registry_status"),
        ("VCS1797", "registry_status"),
        ("VCS1468", "registry_status"),
        ("VCS780", "registry_status"),
    },
    VERRA: set(),
    GOLD_STANDARD: set(),
}
AT_ODDS = {("GS3039", name) for name in ("issued", "retired", "remaining")}


@pytest.mark.parametrize("name", DIFFERENT)
def test_the_samples_state_what_the_public_list_states(sample, name):
    """Joined to a public list by id, no fact of a sample differs but those known to have moved."""
    if not (LISTS / name).exists():
        pytest.skip(f"the public list {name} is not at hand")
    dictionary = sample("turku").bound.dictionary
    listed = read_offers(LISTS / name, dictionary)
    differing = set()
    for city in ("turku", "bogota", "melbourne", "alder_bay"):
        table = enrich(sample(city).tender.table, listed, dictionary)
        for row, offer in enumerate(table.ids):
            differing |= {
                (offer, field)
                for field in table.columns
                if table.fact(field, row).cause is Cause.SOURCES_CONTRADICT
            }
    assert differing - AT_ODDS == DIFFERENT[name]


def test_the_samples_stand_at_the_top_of_the_installation():
    """The four tenders are found where the package keeps its samples, and the invented one of tonnes."""
    found = {path.parent.name for path in bundled("samples").glob("*/purchase.yaml")}
    assert found == {"turku", "bogota", "melbourne", "alder_bay", "tonnes"}
