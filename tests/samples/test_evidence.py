"""The papers of the samples are of kinds that a real file would hold for what they prove."""

import pytest

from offsetcheck.ground.bundled import bundled
from offsetcheck.vocabulary.forms.compose import compose

CITIES = ("turku", "bogota", "melbourne", "alder_bay")
AS_OF = "2026-09-30"
RECORDS = {"registry_record", "court_record", "public_record"}


def entries(city: str, section: str) -> list[dict]:
    """Return the entries of one section of a sample's evidence."""
    text = (bundled("samples") / city / "evidence.yaml").read_text("utf-8")
    return compose(text, "evidence.yaml").data.get(section, [])


@pytest.mark.parametrize("city", CITIES)
def test_each_answer_is_confirmed_by_a_kind_of_paper_that_proves_it(sample, city):
    """A due-diligence answer is confirmed by a record or by a kind that its field names."""
    fields = sample(city).bound.dictionary.candidate
    misplaced = [
        (entry["offer"], entry["kind"], name)
        for entry in entries(city, "confirmed")
        for name in entry["values"]
        if fields[name].documents and entry["kind"] not in RECORDS | set(fields[name].documents)
    ]
    assert misplaced == []


@pytest.mark.parametrize("city", CITIES)
def test_no_answer_is_confirmed_twice(city):
    """Each answer of an offer has one paper behind it, so that the report names the one that counts."""
    named = [(e["offer"], name) for e in entries(city, "confirmed") for name in e["values"]]
    assert len(named) == len(set(named))


@pytest.mark.parametrize("city", CITIES)
def test_papers_of_reports_give_page_and_day(city):
    """A report, opinion or account is cited by page and by the day from which it was known."""
    for entry in entries(city, "confirmed"):
        if entry["kind"].endswith("_report") or entry["kind"] in {"legal_opinion", "tax_record"}:
            assert entry["page"], entry
            assert entry["as_of"] <= AS_OF, entry


@pytest.mark.parametrize("city", CITIES)
def test_the_officers_work_precedes_the_assessment(city):
    """Everything was confirmed or found by a named person before the day of the assessment."""
    for entry in entries(city, "confirmed") + entries(city, "found"):
        assert entry["by"].endswith("(illustrative)"), entry
        assert entry["on"] < AS_OF, entry
