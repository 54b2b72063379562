"""The table of events: what it holds, in which words, and what it does to a verdict on its day."""

import csv
import re
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.dictionary import Subject

from .test_dated_tables import STOVE_REPORTS, STOVES, rows_of
from .test_known_projects import CLEAN_SELLER, dated, failing

LISTS = Path(__file__).resolve().parents[3] / "shared/data"
VROD = LISTS / "vrod/vrod-v2025-12-year-end.parquet"
OF_NO_LIST = {"CERCARBONO-BAKA-ROKARIRE"}  # no list of this programme is at hand
LOADED = ("fraudulent", "scam", "worthless", "phantom", "junk", "guilty", "criminal", "greenwash")
OFFER = STOVES | {
    "programme": "VCS",
    "unit_type": "VCU",
    "methodology": "VMR0006",
    "methodology_version": "1.1",
}
AFTER = date(2026, 9, 30)


@pytest.fixture(scope="module")
def events(rulebook):
    """Return the cells of every event."""
    return rows_of(rulebook, "events")


def record_titles(rulebook):
    """Return the English words of every event, by the kind of event and its code."""
    return {
        (field.lookup.where["kind"], code): entry.title["en"]
        for field in rulebook.dictionary.of(Subject.CANDIDATE).values()
        if field.lookup is not None
        and field.lookup.table == "events"
        and field.name.endswith("_record")
        for code, entry in field.codes.items()
    }


def judged(judge, project, day=AFTER, **more):
    """Judge stove credits of a project with their papers in order."""
    return judge(
        day,
        record=dated(OFFER, id=project, **more),
        reports=dated(STOVE_REPORTS) | CLEAN_SELLER,
    )


def test_the_table_covers_many_projects_of_several_registries(events):
    """At least 120 events of as many projects, of six programmes."""
    projects = {row["id"] for row in events}
    assert len(events) >= 120
    assert len(projects) >= 120
    assert {re.match("[A-Z]+", project)[0] for project in projects} >= {
        "VCS",
        "ACR",
        "CAR",
        "GS",
        "ART",
        "CERCARBONO",
    }


def test_every_kind_that_rules_read_has_rows(events):
    """Cases of authorities, remedied ones among them, and excess that was made good are there."""
    assert {(row["kind"], row["status"]) for row in events} >= {
        ("enforcement", "open"),
        ("enforcement", "remedied"),
        ("overissuance", "uncompensated"),
        ("overissuance", "made_good"),
        ("reversal", "open"),
        ("reversal", "made_good"),
        ("finding", "open"),
        ("finding", "contested"),
        ("allegation", "open"),
    }


def test_every_event_has_words_and_all_words_an_event(rulebook, events):
    """The words of the dictionary and the codes of the rows are the same, kind by kind."""
    assert set(record_titles(rulebook)) == {(row["kind"], row["event"]) for row in events}


def test_words_are_neutral_and_short(rulebook):
    """No title of an event judges, and none is longer than two lines."""
    for title in record_titles(rulebook).values():
        assert not any(word in title.lower() for word in LOADED), title
        assert len(title) <= 220, title


def test_an_event_has_one_state_at_a_time(events):
    """The states of one event of one project follow each other without an overlap."""
    states = defaultdict(list)
    for row in events:
        assert not row["until"] or row["known_from"] <= row["until"]
        states[row["id"], row["kind"], row["event"]].append(row)
    for rows in states.values():
        rows.sort(key=lambda row: row["known_from"])
        for earlier, later in pairwise(rows):
            assert earlier["until"]
            assert earlier["until"] < later["known_from"]


@pytest.mark.parametrize(
    ("project", "opened", "contested"),
    [
        ("VCS674", "2024-03-01", "2024-07-31"),
        ("VCS985", "2023-04-30", "2023-05-31"),
        ("VCS1468", "2025-01-31", "2026-08-13"),
    ],
)
def test_a_ruling_that_is_stayed_is_open_and_then_contested(events, project, opened, contested):
    """The open state ends on the day before the contested one begins."""
    rows = [row for row in events if (row["id"], row["kind"]) == (project, "finding")]
    [first] = [row for row in rows if (row["known_from"], row["status"]) == (opened, "open")]
    assert [r for r in rows if (r["known_from"], r["status"]) == (contested, "contested")]
    assert date.fromisoformat(first["until"]) + timedelta(1) == date.fromisoformat(contested)


@pytest.mark.skipif(
    not VROD.is_file(), reason="the lists of the registries are not beside this checkout"
)
def test_every_project_is_on_a_list(events):
    """Each id of the table stands in a registry's list or in the database of registries."""
    known = set(pl.read_parquet(VROD, columns=["Project ID"])["Project ID"])
    sources = (
        ("verra/verra_allprojects_20col_2026-08-14.csv", "Project ID", "VCS"),
        ("verra/verra_allprojects_2025-02.csv", "ID", "VCS"),
        ("gold-standard/GSF_Registry_Projects_Export_2026-06-04.csv", "GSID", "GS"),
        ("acr/ACR_Projects.txt", "Project ID", ""),
        ("car/car-projects.csv", "Project ID", ""),
        ("art/projects.csv", "Program ID", ""),
    )
    for file, column, prefix in sources:
        with (LISTS / file).open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            known |= {f"{prefix}{row[column]}" for row in csv.DictReader(lines)}
    assert {row["id"] for row in events} - known == OF_NO_LIST


@pytest.mark.parametrize("project", ["VCS1216", "VCS2390"])
def test_a_settled_case_of_the_developer_caps_and_the_charges_ask_a_person(judge, project):
    """The company's case was settled: a cap, no gate; the charges against persons are read by one."""
    assessment = judged(judge, project)
    assert {"governance.enforcement_remedied", "safeguards.allegation"} <= failing(assessment)
    assert "governance.no_open_enforcement" not in failing(assessment)
    assert assessment.verdict is not Verdict.ELIGIBLE


def test_a_lifted_hold_is_a_finding_only_while_it_lasts(judge):
    """VCS1216 was on hold in October 2024 and no longer so at the end of 2025."""
    held, free = (judged(judge, "VCS1216", day) for day in (date(2024, 11, 1), AFTER))
    assert "safeguards.no_open_finding" in failing(held)
    assert "safeguards.no_open_finding" not in failing(free)


def test_a_lifted_hold_does_not_stand_for_a_search(judge):
    """After the hold nobody has looked yet: the gate on findings waits for a screening."""
    assessment = judge(AFTER, record=dated(OFFER, id="VCS2834"), screened=False)
    [found] = [f for f in assessment.findings if f.rule == "safeguards.no_open_finding"]
    assert found.outcome.value == "unknown"


def test_an_open_case_of_an_authority_rules_out(judge):
    """From the day of the operation on a project of the group is not eligible; before it is open."""
    after = judge(AFTER, record={"id": "VCS2539", "programme": "VCS", "project_type": "redd"})
    before = judge(
        date(2024, 6, 4), record={"id": "VCS2539", "programme": "VCS", "project_type": "redd"}
    )
    assert "governance.no_open_enforcement" in failing(after)
    assert after.verdict is Verdict.NOT_ELIGIBLE
    assert "governance.no_open_enforcement" not in failing(before)


def test_an_excess_that_was_cancelled_caps(judge):
    """VCS2372, of whose credits an excess was cancelled, is graded C at best and not ruled out by it."""
    found = failing(judged(judge, "VCS2372"))
    assert "quantification.overissuance_made_good" in found
    assert "quantification.known_overissuance" not in found


def test_findings_about_tenure_are_findings_of_the_table(rulebook, events):
    """Each event that asks the rule on tenure is a finding that the table holds."""
    named = rulebook.dictionary.candidate["tenure_finding_events"].lookup.words("event")
    found = {row["event"] for row in events if row["kind"] == "finding"}
    assert named
    assert set(named) <= found


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2026, 8, 13)])
def test_a_finding_about_tenure_asks_whatever_the_seller_says(judge, day):
    """Northern Kenya's judgment, open or contested, is for a person to read despite a clean answer."""
    record = {"id": "VCS1468", "project_type": "sustainable_agriculture"}
    assessment = judge(day, record=record, words={"tenure_litigation": False, "tenure": "valid"})
    asked = {f.rule for f in assessment.findings if f.outcome == "fail"}
    assert "permanence.tenure_dispute" in asked
