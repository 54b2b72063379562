"""What published evaluations found of a class counts, however good the papers of one project are."""

from datetime import date
from pathlib import Path

import pytest

from offsetcheck.intake.offers import read_offers

from .test_dated_tables import STOVE_REPORTS, STOVES, rows_of
from .test_known_projects import (
    CLEAN_SELLER,
    ORCA_REPORTS,
    TRADEWATER,
    TRADEWATER_REPORTS,
    dated,
    failing,
)

VROD = Path(__file__).resolve().parents[3] / "shared/data/vrod/vrod-v2025-12-year-end.parquet"
CALIFORNIA = "ARB Compliance Offset Protocol: U.S. Forest Projects"
AFTER = date(2026, 9, 30)
FOREST = TRADEWATER | {
    "id": "CAR9001",
    "name": "A forest",
    "programme": "CAR",
    "country": "US",
    "project_type": "improved_forest_management",
    "methodology": CALIFORNIA,
    "methodology_version": "2015",
    "compliance_status": "active",
}
BEST = TRADEWATER_REPORTS | ORCA_REPORTS | {"baseline_reassessed_on": "2026-01-01"}


def quantification(assessment):
    """Return the bounds of the dimension, in thousandths."""
    return next(d.bounds for d in assessment.dimensions if d.dimension == "quantification")


@pytest.fixture(scope="module")
def evaluations(rulebook):
    """Return the cells of every evaluation."""
    return rows_of(rulebook, "published_evaluations")


def test_a_forest_of_california_with_the_best_papers_is_not_best(judge):
    """A standard that takes the average of a region is no sound baseline, and the studies disagree."""
    found = quantification(judge(AFTER, record=dated(FOREST), reports=dated(BEST)))
    assert found.upper <= 2500


def test_the_same_papers_are_best_under_matched_plots(judge):
    """The methodology makes the difference, not the kind of forest."""
    record = dated(FOREST, methodology="VM0045", methodology_version="1.2")
    found = quantification(judge(AFTER, record=record, reports=dated(BEST)))
    assert (found.lower, found.upper) == (5000, 5000)


def test_no_californian_forest_on_the_list_is_best(rulebook, judge):
    """Each row of the real list, with the best papers that a seller could bring, stays at 2.5 or below."""
    if not VROD.exists():
        pytest.skip("the Voluntary Registry Offsets Database is not beside the repository")
    table = read_offers(VROD, rulebook.dictionary)
    kinds = table.columns["project_type"].values
    rows = [
        row
        for row, methodology in enumerate(table.columns["methodology"].values)
        if methodology == CALIFORNIA and kinds[row] == "improved_forest_management"
    ]
    assert len(rows) > 250
    best = {
        table.ids[row]: quantification(
            judge(
                AFTER,
                record={"id": table.ids[row]}
                | {
                    name: fact.value
                    for name, fact in table.candidate(row).facts.items()
                    if fact.value is not None
                },
                reports=dated(BEST),
            )
        ).upper
        for row in rows
    }
    assert {name: upper for name, upper in best.items() if upper > 2500} == {}


@pytest.mark.parametrize(
    ("methodology", "version", "capped"),
    [("VMR0006", "1.2", True), ("AMS-II.G", "13.1", True), ("VM0050", "1.0", False)],
)
def test_stoves_are_capped_by_their_methodology(judge, methodology, version, capped):
    """Two studies agree on the earlier methods; the method that came after them is not judged by them."""
    record = dated(STOVES, methodology=methodology, methodology_version=version, programme="VCS")
    assessment = judge(AFTER, record=record, reports=dated(STOVE_REPORTS) | CLEAN_SELLER)
    assert ("quantification.evaluations_agree" in failing(assessment)) is capped
    if capped:
        assert assessment.grade_upper == "E"


def test_the_papers_do_not_rename_what_the_methodology_prescribes(judge):
    """`Standardised` on a paper makes no sound baseline of a harvest that the project modelled."""
    name = "ACR Improved Forest Management (IFM) on Non-Federal U.S. Forestlands"
    record = dated(FOREST, programme="ACR", methodology=name, methodology_version="1.3")
    assessment = judge(AFTER, record=record, reports=dated(BEST))
    baseline = next(f for f in assessment.findings if f.rule == "quantification.baseline")
    assert baseline.upper == 3


def test_a_finding_is_the_one_that_the_share_gives(evaluations):
    """Below a half, half or more; without a share the row says what was found in words."""
    for row in evaluations:
        most = row["share_held"] or row["high"]
        if most:
            assert row["finding"] == ("below_half" if float(most) < 0.5 else "half_or_more")
        else:
            assert row["finding"] == "no_figure" or "no statistically significant" in row["source"]


def test_a_range_holds_its_share(evaluations):
    """Low, share and high stand in this order."""
    for row in evaluations:
        shown = [float(row[name]) for name in ("low", "share_held", "high") if row[name]]
        assert shown == sorted(shown)
        assert all(0 <= number <= 1 for number in shown)


def test_the_words_for_readers_bear_the_figure(rulebook, evaluations):
    """The title of an evaluation names its authors and year, and the share where there is one."""
    fields = rulebook.dictionary.candidate
    names = ("evaluations_below_half", "evaluations_half_or_more", "evaluations_without_figure")
    titles = {code: one.title["en"] for name in names for code, one in fields[name].codes.items()}
    assert titles.keys() == {row["evaluation"] for row in evaluations}
    for row in evaluations:
        title = titles[row["evaluation"]]
        assert row["study"].partition("-")[0].title() in title
        most = row["share_held"] or row["high"]
        assert not most or f"{round(float(most) * 100)} %" in title


def test_every_study_is_a_source_and_every_class_is_known(rulebook, evaluations):
    """Rows name guides, types, bases and regions that the rulebook has; nothing is misspelt."""
    fields = rulebook.dictionary.candidate
    for row in evaluations:
        assert row["study"] in rulebook.guides
        assert row["project_type"] in fields["project_type"].codes
        assert row["basis"] in fields["evaluation_basis"].codes
        assert row["region"] in fields["evaluation_region"].codes
        assert row["known_from"]


def test_a_region_that_is_judged_apart_has_its_rows(rulebook, evaluations):
    """Each region of the short table is one that a row of the long table speaks of."""
    apart = {(r["project_type"], r["region"]) for r in rows_of(rulebook, "evaluated_regions")}
    assert apart == {
        (row["project_type"], row["region"]) for row in evaluations if row["region"] != "anywhere"
    }
