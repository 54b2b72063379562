"""The days of dated tables: what was decided counts from the day of the decision, not of the list."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.vocabulary.assessment import Verdict

from .test_known_projects import CLEAN_SELLER, TRADEWATER, TRADEWATER_REPORTS, dated, failing

DECISIONS = Path(__file__).resolve().parents[3] / "shared/data/icvcm/icvcm-decisions.json"
UNDECIDED = "under_assessment"
REISSUED = {"AMS-III.G", "VM0048"}  # the paper was put up again later, with the decision unchanged
ONE_MONTH_EARLIER = {"CAR Mexico Forest Protocol"}  # decided on 30 September, paper of October
STOVES = TRADEWATER | {
    "id": "GS9301",
    "name": "Improved stoves",
    "programme": "GS",
    "country": "UG",
    "project_type": "cookstoves",
    "methodology": "AMS-II.G",
    "methodology_version": "13.1",
    "unit_type": "VER",
    "first_vintage": 2023,
    "last_vintage": 2024,
    "vintage": 2024,
    "vintage_start": "2024-01-01",
    "vintage_end": "2024-12-31",
    "issuance_date": "2025-02-20",
    "crediting_start": "2023-01-01",
    "crediting_end": "2027-12-31",
    "first_crediting_start": "2023-01-01",
    "start_date": "2023-01-01",
    "first_notice_date": "2022-06-01",
    "registry_snapshot": "2025-02-28",
}
STOVE_REPORTS = TRADEWATER_REPORTS | {
    "baseline_reassessed_on": "2023-01-01",
    "verification_date": "2025-01-31",
    "monitoring_end": "2024-12-31",
}


def rows_of(rulebook, table):
    """Return the cells of every row of the one edition of a table."""
    [file] = rulebook.tables[table].files.values()
    return [row.cells for row in file.rows]


def judged(judge, day):
    """Judge the stoves with their papers in order."""
    return judge(day, record=dated(STOVES), reports=dated(STOVE_REPORTS) | CLEAN_SELLER)


def test_stoves_turned_down_in_march_are_ruled_out_in_june(judge):
    """2025-06-15: stoves under AMS-II.G, turned down on 7 March 2025, are graded D or E."""
    assessment = judged(judge, date(2025, 6, 15))
    assert "governance.icvcm_decision" in failing(assessment)
    assert assessment.grade_upper in {"D", "E"}
    assert assessment.verdict is Verdict.NOT_ELIGIBLE


def test_the_day_before_the_decision_stoves_are_not_held_against_it(judge):
    """2025-03-06: what is decided the next day does not count yet."""
    assert "governance.icvcm_decision" not in failing(judged(judge, date(2025, 3, 6)))


def test_decisions_fall_into_their_batches(rulebook):
    """Each decided row bears the day of its batch; a row without a paper that of the list."""
    days = Counter(
        (row["known_from"], row["day_standing"])
        for row in rows_of(rulebook, "icvcm_decisions")
        if row["decision"] != UNDECIDED
    )
    assert days == {
        ("2024-06-06", "read"): 8,
        ("2024-08-06", "known"): 18,
        ("2024-08-31", "month"): 2,
        ("2024-11-15", "read-2nd"): 3,
        ("2024-12-12", "read-2nd"): 1,
        ("2025-03-07", "read-2nd"): 11,
        ("2025-06-30", "month"): 5,
        ("2025-07-31", "month"): 2,
        ("2025-08-13", "read-2nd"): 6,
        ("2025-09-30", "month"): 8,
        ("2025-09-30", "read"): 1,
        ("2025-10-30", "read-2nd"): 2,
        ("2026-02-28", "month"): 3,
        ("2026-05-31", "month"): 5,
        ("2026-08-04", "read"): 4,
        ("2026-08-04", "snapshot"): 25,
    }


def test_a_method_is_adverse_from_its_first_adverse_decision(rulebook):
    """The table of methods turned down bears the days of the table of decisions."""
    first = {}
    for row in rows_of(rulebook, "icvcm_decisions"):
        if row["decision"] in {"does_not_meet", "very_unlikely"}:
            key = (row["programme"], row["methodology"])
            first[key] = min(first.get(key, "9999"), row["known_from"])
    adverse = rows_of(rulebook, "icvcm_adverse")
    assert {(r["programme"], r["methodology"]): r["known_from"] for r in adverse} == first


@pytest.mark.skipif(
    not DECISIONS.is_file(), reason="the list of decisions is not beside this checkout"
)
def test_each_day_is_of_the_month_in_the_address_of_its_paper(rulebook):
    """Of each paper in the Council's list a row of that method bears a day of its month."""
    months: dict[str, set[str]] = {}
    for row in rows_of(rulebook, "icvcm_decisions"):
        months.setdefault(_plain(row["methodology"]), set()).add(row["known_from"][:7])
    papers = [r for r in json.loads(DECISIONS.read_text())["rows"] if r["decisionDocumentUrl"]]
    assert len(papers) == 71
    for paper in papers:
        name = _plain(paper["methodology"])
        month = re.search(r"/uploads/(\d{4})/(\d{2})/", paper["decisionDocumentUrl"])
        known = {
            day for method, found in months.items() if name.startswith(method) for day in found
        }
        assert known, paper["methodology"]
        if not any(name.startswith(_plain(m)) for m in REISSUED | ONE_MONTH_EARLIER):
            assert f"{month[1]}-{month[2]}" in known, paper["methodology"]


@pytest.mark.parametrize(
    ("programme", "day"),
    [("VCS", "2024-10-22"), ("GCC", "2024-10-22"), ("ISOMETRIC", "2025-11-10")],
)
def test_aviation_takes_a_programme_from_the_day_reported(rulebook, programme, day):
    """The rows of programmes that aviation takes bear the day on which the decision was reported."""
    rows = [r for r in rows_of(rulebook, "corsia_programmes") if r["phase"] == "first"]
    [row] = [r for r in rows if r["programme"] == programme]
    assert row["known_from"] == day


def _plain(name):
    return re.sub(r"[^a-z0-9]", "", name.lower().replace("&", "and"))
